/* mwp.h - frames of MWP/1, the protocol between dispatchers and workers (proto/DISPATCH.md). */
#ifndef MWP_H
#define MWP_H
#include "vocabulary.h"
#include <zmq.h>

#define MWP_MAGIC "MWP1"

typedef enum {
    MWP_READY = 1, MWP_WELCOME, MWP_CREDIT, MWP_REQUEST, MWP_REPLY, MWP_HEARTBEAT,
    MWP_DRAIN, MWP_FENCE, MWP_BYE, MWP_DISCONNECT, MWP_CANCEL, MWP_REJECT,
} mwp_command;

enum { MWP_HEARTBEAT_MS = 500, MWP_SUSPECT_MS = 1250, MWP_DEAD_MS = 3000 };

/* To be called before the first socket: ZeroMQ's thread for input and output does not push aside the thread whose
 * message it carries, but runs when that one waits, or on another core (a quarter more requests on two cores).   */
void mwp_start (void);

/* Reads one message of at most `room` frames, for the caller to close. 0: it had more, and is gone. -1: none, see errno. */
int mwp_receive (void *socket, zmq_msg_t frames [], int room, int flags);
void mwp_close (zmq_msg_t frames [], int count);

/* The first frame of a message, its head: MWP1, the command, and the header, which is encoded already. */
void mwp_head (zmq_msg_t *head, mwp_command, const void *header, size_t size);

/* Sends [head], preceded by [to] for a ROUTER and followed by [body] if given. `shape` NULL: an empty header.
 * False when the peer is gone or its queue is full. Never blocks.                                             */
bool mwp_send (void *socket, const bytes *to, mwp_command, const schema *shape, const void *header, const bytes *body);

/* The command of such a frame; 0: not ours. */
mwp_command mwp_command_of (zmq_msg_t *head);

/* Decodes the header of a head that has a command into `record`; false: refused. */
bool mwp_read (zmq_msg_t *head, const schema *, void *record, msgpack_zone *);

/* Hash of the operations of a service: both sides must have the same. */
const char *mwp_operations_hash (service_id, char out [33]);
extern const char mwp_build [];
#endif
