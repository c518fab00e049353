/* opening.h - what the second of two openers brings about: that the seal is closed, and that it is opened. */
#ifndef OPENING_H
#define OPENING_H
#include "../../../common/call.h"

/* After an opener's own step. Where the other has not taken theirs, nothing happens yet. */
outcome opening_close_seal (call *);
outcome opening_open (call *);
#endif
