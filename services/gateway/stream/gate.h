/* gate.h - the door for subscribers from outside: CURVE only, and the key says what may be
 * heard.
 *
 * In the keys directory: `stream.key_secret` is the server's own certificate, `subscribers/`
 * holds one public certificate for each subscriber, whose metadata says `organisation = <uuid>`,
 * or `operator = yes` for one that may read everything. A file that is taken away closes the
 * door at the next connection. The gate has a ZeroMQ context of its own, because a context has
 * one authenticator only. */
#ifndef GATE_H
#define GATE_H
#include "../../../common/evs.h"

typedef struct gate gate;

/* NULL when the server's certificate is not there. */
gate *gate_new (const char *keys);
/* All sockets of the gate are closed before. */
void gate_destroy (gate **self_p);

/* A socket that lets in whoever the certificates name, bound to the endpoint; NULL when it is
 * taken. The thread that uses it closes it with zmq_close. */
void *gate_socket (gate *, int type, const char *endpoint);

/* May that user (the property User-Id of a message) read this audience? NULL may nothing. */
bool gate_allows (const char *user, const char *audience);

/* How many came with a key that nobody knows. Any thread. */
int64_t gate_refused (const gate *);
#endif
