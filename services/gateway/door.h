/* door.h - how anybody comes in over tcp: by CURVE only, and the key says to which socket, and as whom.
 *
 * The authorised public keys are in the keys directory (deploy/KEYS.md): `services/` for dispatch, each for the service
 * in its metadata; `operator.key` for control; `subscribers/` for the stream, where services and the operator may hear
 * everything. A file that is taken away closes the door at the next connection. The door has a ZeroMQ context of its
 * own, because a context has one authenticator only.                                                                  */
#ifndef DOOR_H
#define DOOR_H
#include <stdbool.h>
#include <stdint.h>

typedef struct door door;

/* ZAP domains. User-Id of a message is then: the name of a service; `operator`; what door_allows takes. */
#define DOOR_DISPATCH "dispatch"
#define DOOR_CONTROL  "control"
#define DOOR_STREAM   "stream"

/* NULL when the server's key cannot be used; why has been told. */
door *door_new (const char *keys);
/* All sockets of the door are closed before. */
void  door_destroy (door **self_p);

/* A socket that lets in whom the certificates name, bound to the endpoint; of an XPUB, whoever uses it subscribes its
 * peers. NULL when it cannot be had, which has been logged. The thread that uses it closes it with zmq_close.       */
void *door_socket (door *, int type, const char *domain, const char *endpoint, int64_t message_bytes);

/* May that user (the property User-Id of a message) read this audience? NULL may nothing. */
bool door_allows (const char *user, const char *audience);

/* How many connections were refused for their key. Any thread. */
int64_t door_unknown_keys (const door *);
#endif
