/* live.h - the live side of EVS/1: who listens to which audience, and what is said to them.
 *
 * Two doors: inside over ipc, where everybody may hear everything, and outside over tcp
 * (door.h), where a key decides. Live is a hint: what a slow listener misses, it fetches. */
#ifndef LIVE_H
#define LIVE_H
#include "../../../common/evs.h"
#include "../door.h"
#include <czmq.h>

typedef struct live live;

/* `outside` is an XPUB socket of the door, or NULL; it is taken over. Ends the process when the
 * inner endpoint cannot be had: nothing works without. */
live *live_new (const char *inside, void *outside);
void live_destroy (live **self_p);

/* What to poll for, two at most. How many. */
int live_polls (live *, zmq_pollitem_t items [2]);
/* Takes note of who came; true when somebody came. */
bool live_listen (live *);
/* Those somebody ever listened to, as `{public,all}`. NULL: none. The caller frees it. */
char *live_audiences (live *);

void live_say (live *, const char *audience, const evs_header *, const uint8_t epoch [EVS_EPOCH],
               const void *body, size_t size);
#endif
