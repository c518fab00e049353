/* sealing.h - a quote as it is written down where quotes are sealed. */
#ifndef SEALING_H
#define SEALING_H
#include "../../../common/call.h"

/* Makes what a caller wrote of a quote the call's input, once it is fit to be written down: its sum is reckoned, and where
 * the need has a seal, all that has a price goes into a box that only the opening can open.                                */
outcome sealing_prepare (call *, const quote_t *in, const char *id, int64_t revision);
#endif
