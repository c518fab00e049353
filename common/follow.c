/* follow.c - how a subscriber knows that it missed nothing: pure arithmetic, no sockets, no
 * clock. */
#include "follow.h"

static void hear_of (follow *self, int64_t head)
{
    if (head > self->head)
        self->head = head;
    if (self->head > self->last)
        self->fetching = true;
}

void follow_start (follow *self, int64_t last)
{
    *self = (follow) { .last = last, .head = last, .fetching = true };
}

bool follow_event (follow *self, int64_t tseq)
{
    bool next = tseq == self->last + 1;
    if (next)
        self->last = tseq;
    hear_of (self, tseq);
    return next;
}

void follow_heartbeat (follow *self, int64_t head)
{
    hear_of (self, head);
}

bool follow_batch (follow *self, int64_t after, int64_t upto, int64_t head)
{
    if (after != self->last || upto < after)
        return false;
    self->last = upto;
    self->fetching = false;
    hear_of (self, head);
    return true;
}
