/* answer.h - what every answer does: wait for the market, and take over from it what it says, as the market moves on. */
#ifndef ANSWER_H
#define ANSWER_H
#include "replica.h"
#include "../../common/call.h"

/* The market of the process that answers. */
replica *answer_replica (const call *);
/* Waits until the market is as new as the call asks for; false: not in time, and the outcome is `index_behind`. */
bool answer_await (const call *);
/* `us` from now, or the call's deadline when that is earlier. */
int64_t answer_until (const call *, int64_t us);

/* Sets a text field to a copy; NULL: leaves it absent. */
void answer_text (call *, const schema *, void *record, const char *name, const char *value);
/* A whole number or choice of an offer under the same name, where it has it. */
void answer_int (const schema *, void *record, const char *name, const offer_t *);
/* Room for so many entries of a list, or of texts. */
void *answer_list (call *, const schema *, void *record, const char *name, size_t count);
const char **answer_texts (call *, const schema *, void *record, const char *name, size_t count);
#endif
