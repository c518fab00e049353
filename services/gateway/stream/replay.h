/* replay.h - reads the log to whoever asks: subscribers over EVS/1, and the gateway for GET
 * /v1/events.
 *
 * A thread of its own with a connection of its own; a reader that asks for years never delays
 * the relay. */
#ifndef REPLAY_H
#define REPLAY_H
#include "../door.h"

typedef struct replay replay;

/* `directory` is where the socket `replay` is made. `outside` is a ROUTER of the gate, or NULL;
 * it is taken over. `pages` is an inproc endpoint that the thread binds (page.h). */
replay *replay_new (const char *conninfo, const char *directory, void *outside, const char *pages);
void replay_destroy (replay **self_p);
#endif
