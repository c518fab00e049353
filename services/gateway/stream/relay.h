/* relay.h - numbers what services leave in the outbox, and says it to whoever listens.
 *
 * A thread of its own with a connection of its own. Of all relays on a database one leads: it
 * moves the outbox to the log. All of them say what the log then has to their own listeners, so
 * that every gateway serves live. Nothing is said before it is committed. */
#ifndef RELAY_H
#define RELAY_H
#include "live.h"

typedef struct relay relay;

/* Listeners come to `live` in the directory; whoever knows of something new says so at `nudges`, an inproc endpoint. */
relay *relay_new (const char *conninfo, const char *directory, const char *nudges, void *outside);
void relay_destroy (relay **self_p);

/* Number of the newest event that was said; -1 before the first look at the database. Any
 * thread. */
int64_t relay_head (const relay *);
/* The number of its lead; 0 while another one leads. Any thread. */
int64_t relay_term (const relay *);
/* Did its database answer within the last seconds? Any thread. */
bool relay_alive (const relay *);
#endif
