/* place.h - where the set is, for every command: on this machine, or over tcp with the operator's key. */
#ifndef PLACE_H
#define PLACE_H
#include "../../common/subscriber.h"

/* Takes --control, --stream and --keys out of the words, of whichever command; false: one of them is not what it must
 * be, which has been told.                                                                                          */
bool place_read (int *argc, char *argv []);

/* tcp://HOST:PORT of a gateway's control socket; NULL: ipc in the run directory. */
const char *place_control (void);
/* The directory of the keys. */
const char *place_keys (void);
/* The operator's key, for tcp. Ends the program when it cannot be used, which has been told. */
const keys *place_operator (void);
/* Over tcp when --stream was given, else in the run directory. */
stream_source place_stream (const char *run);
#endif
