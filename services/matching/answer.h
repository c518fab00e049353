/* answer.h - what an answer takes over from the market, which moves on: copies in the call's zone. */
#ifndef ANSWER_H
#define ANSWER_H
#include "../../common/call.h"

/* Sets a text field to a copy; NULL: leaves it absent. */
void answer_text (call *, const schema *, void *record, const char *name, const char *value);
/* A whole number or choice of an offer under the same name, where it has it. */
void answer_int (const schema *, void *record, const char *name, const offer_t *);
/* Room for so many entries of a list, or of texts. */
void *answer_list (call *, const schema *, void *record, const char *name, size_t count);
const char **answer_texts (call *, const schema *, void *record, const char *name, size_t count);
#endif
