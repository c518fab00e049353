/* sealing.h - a quote as it is written down where quotes are sealed. */
#ifndef SEALING_H
#define SEALING_H
#include "../../../common/call.h"

/* Makes what a caller wrote of a quote the call's input, once it is fit to be written down: its sum is reckoned, and where
 * the need has a seal, all that has a price goes into a box that only the opening can open.                                */
outcome sealing_prepare (call *, const quote_t *in, const char *id, int64_t revision);

/* The same of what one side proposes to write of a quote that is read by both: numbered, summed and hashed into `quote`. */
outcome sealing_complete (call *, const quote_t *in, const char *id, const char *supplier, int64_t revision, quote_t *quote);
#endif
