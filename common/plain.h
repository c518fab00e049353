/* plain.h - texts that people read are plain: nothing in them runs, calls home or turns the line around. */
#ifndef PLAIN_H
#define PLAIN_H
#include "call.h"

/* What is unsafe about a text, for a fault's reason; NULL: nothing. */
const char *plain_fault (const char *text);
/* Looks at every text of a record, and of the records in it; adds a fault for each that is not plain, by its path below
 * `before` ("" or "proposed."). Pages escape all texts as well: this keeps an unsafe one from mails and other readers. */
void plain_check (call *, const schema *, const void *record, const char *before);
#endif
