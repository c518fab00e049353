/* mwp.c - frames of MWP/1. */
#define _GNU_SOURCE /* SCHED_BATCH */
#include "mwp.h"
#include "wire.h"
#include <czmq.h>
#include <sched.h>
#include <sodium.h>
#include <string.h>

const char mwp_build [] = "0.1.0";

void mwp_start (void)
{
    zsys_init ();
    zsys_set_thread_sched_policy (SCHED_BATCH);
}

enum { MAGIC = sizeof MWP_MAGIC - 1, COMMAND = MAGIC + 1 };

int mwp_receive (void *socket, zmq_msg_t frames [], int room, int flags)
{
    int count = 0, surplus = 0;
    bool more = true;
    while (more) {
        zmq_msg_t extra, *to = count < room ? &frames [count] : &extra;
        zmq_msg_init (to);
        if (zmq_msg_recv (to, socket, flags) < 0)
            return -1; /* only at the first one: a message comes whole */
        more = zmq_msg_more (to);
        if (to != &extra)
            count++;
        else {
            surplus++;
            zmq_msg_close (&extra);
        }
    }
    if (surplus == 0)
        return count;
    mwp_close (frames, count);
    return 0;
}

void mwp_close (zmq_msg_t frames [], int count)
{
    for (int i = 0; i < count; i++)
        zmq_msg_close (&frames [i]);
}

void mwp_head (zmq_msg_t *head, mwp_command command, const void *header, size_t size)
{
    zmq_msg_init_size (head, COMMAND + size);
    char *at = zmq_msg_data (head);
    memcpy (at, MWP_MAGIC, MAGIC);
    at [MAGIC] = (char) command;
    memcpy (at + COMMAND, header, size);
}

mwp_command mwp_command_of (zmq_msg_t *head)
{
    const char *at = zmq_msg_data (head);
    bool ours = zmq_msg_size (head) > COMMAND && memcmp (at, MWP_MAGIC, MAGIC) == 0;
    return ours ? (mwp_command) at [MAGIC] : 0;
}

bool mwp_send (void *socket, const bytes *to, mwp_command command, const schema *shape, const void *header, const bytes *body)
{
    zmq_msg_t head;
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    shape ? schema_encode (shape, header, OWNER, NULL, &packer) : (void) msgpack_pack_map (&packer, 0);
    mwp_head (&head, command, buffer.data, buffer.size);
    msgpack_sbuffer_destroy (&buffer);
    bool sent = (!to || zmq_send (socket, to->at, to->size, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0)
             && zmq_msg_send (&head, socket, (body ? ZMQ_SNDMORE : 0) | ZMQ_DONTWAIT) >= 0
             && (!body || zmq_send (socket, body->at, body->size, ZMQ_DONTWAIT) >= 0);
    zmq_msg_close (&head); /* what was sent is empty by now */
    return sent;
}

bool mwp_read (zmq_msg_t *head, const schema *shape, void *record, msgpack_zone *zone)
{
    faults all;
    msgpack_object object;
    all.count = 0; /* the rest of it is large, and written before it is read */
    return !wire_unpack ((char *) zmq_msg_data (head) + COMMAND, zmq_msg_size (head) - COMMAND, zone, &object)
        && schema_decode (shape, &object, record, zone, FROM_GATEWAY, NULL, &all);
}

const char *mwp_operations_hash (service_id service, char out [33])
{
    size_t count;
    unsigned char hash [crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    const operation *all = operations (&count);
    crypto_hash_sha256_init (&state);
    for (size_t i = 0; i < count; i++)
        if (all [i].service == service)
            crypto_hash_sha256_update (&state, (const unsigned char *) all [i].name, strlen (all [i].name) + 1);
    crypto_hash_sha256_final (&state, hash);
    return sodium_bin2hex (out, 33, hash, 16);
}
