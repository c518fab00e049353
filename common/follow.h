/* follow.h - how a subscriber knows that it missed nothing: pure arithmetic, no sockets, no
 * clock.
 *
 * Live messages are a hint and may be lost, doubled or late; the log has everything. Whatever
 * happens, the numbers that were applied are after+1, after+2, ... without a gap and without a
 * repetition. */
#ifndef FOLLOW_H
#define FOLLOW_H
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t last;  /* applied up to here */
    int64_t head;  /* newest number heard of */
    bool fetching; /* a part of the log was asked for, or must be */
} follow;

/* Begins after `last`, with a look at the log: nobody knows what was said before. */
void follow_start (follow *, int64_t last);
/* A live event came. True: apply it now. */
bool follow_event (follow *, int64_t tseq);
/* The head of the audience was told. */
void follow_heartbeat (follow *, int64_t head);
/* An answer of the log came: everything with after < number <= upto. True: apply it now; false:
 * it does not answer what was asked last. */
bool follow_batch (follow *, int64_t after, int64_t upto, int64_t head);
#endif
