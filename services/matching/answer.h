/* answer.h - what every answer does: wait for the market, and take over from it what it says, as the market moves on. */
#ifndef ANSWER_H
#define ANSWER_H
#include "replica.h"
#include "../../common/call.h"

/* The market, as new as the call asks for, which stands still until answer_close. With the id of a need, or NULL: that the
 * stream may be about to tell of. NULL: not in time (`index_behind`), or there is no such need (`missing`).              */
const market *answer_open (const call *, const char *need_id, outcome *how);
void answer_close (const call *);

/* Sets a text field to a copy; NULL: leaves it absent. */
void answer_text (call *, const schema *, void *record, const char *name, const char *value);
/* A whole number or choice of an offer under the same name, where it has it. */
void answer_int (const schema *, void *record, const char *name, const offer_t *);
/* Room for so many entries of a list, or of texts. */
void *answer_list (call *, const schema *, void *record, const char *name, size_t count);
const char **answer_texts (call *, const schema *, void *record, const char *name, size_t count);
#endif
