/* plain.h - texts that people read are plain: nothing in them runs, calls home or turns the line around. */
#ifndef PLAIN_H
#define PLAIN_H
#include "call.h"

/* What is unsafe about a text, for a fault's reason; NULL: nothing. */
const char *plain_fault (const char *text);
/* Looks at every text of a record, and of the records in it; adds a fault for each that is not plain, by its path. True: none.
 * Pages escape all texts as well: this keeps an unsafe one from mails, letters and other readers.                          */
bool plain_record (call *, const schema *, const void *record, faults *);
/* The same of what a call that writes was given; the runtime asks it of every call. */
bool plain_input (call *, const void *record);
#endif
