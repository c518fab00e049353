/* review.c - what both sides of a deal say of each other: who may write, and when either reads what the other wrote. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"

bool review_deal_delivered (const void *thing, const call *now)
{
    (void) now;
    return ((const review_t *) thing)->reveal_at != 0; /* counted from the last delivery that was accepted */
}

bool review_can_be_written (const void *thing, const call *now)
{
    return now->now <= ((const review_t *) thing)->reveal_at;
}

bool review_seldom_enough (const void *thing, const call *now)
{
    (void) now;
    return !((const review_t *) thing)->often;
}

bool review_not_replied (const void *thing, const call *now)
{
    (void) now;
    return !((const review_t *) thing)->reply;
}

bool review_not_own (const void *thing, const call *now)
{
    (void) now;
    return !((const review_t *) thing)->tied;
}

/* Holds the deal first, so that of two who write at once the second one sees the first. With both in, both are shown. */
outcome review_create (call *self, const review_t *in, review_t *out)
{
    PGresult *deal;
    outcome how;
    (void) in;
    if (call_run (self, "review_deal", &deal, &how) < 1)
        return how == outcome_done ? outcome_missing : how;
    how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    outcome shown = call_consequence (self, "review_pair", "review", "reveal");
    if (shown == outcome_done)
        shown = call_load (self, process_find ("review"), self->id, out);
    self->version = out->version;
    return shown == outcome_done ? how : shown;
}
