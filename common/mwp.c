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

bool mwp_send_command (void *socket, mwp_command command)
{
    char frame [COMMAND] = MWP_MAGIC;
    frame [MAGIC] = (char) command;
    return zmq_send (socket, frame, sizeof frame, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
}

mwp_command mwp_command_of (zmq_msg_t *frame)
{
    const char *at = zmq_msg_data (frame);
    bool ours = zmq_msg_size (frame) == COMMAND && memcmp (at, MWP_MAGIC, MAGIC) == 0;
    return ours ? (mwp_command) at [MAGIC] : 0;
}

bool mwp_send (void *socket, const bytes *to, mwp_command command, const schema *shape, const void *header, const bytes *body)
{
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    shape ? schema_encode (shape, header, OWNER, NULL, &packer) : (void) msgpack_pack_map (&packer, 0);
    int last = body ? ZMQ_SNDMORE : 0;
    bool sent = (!to || zmq_send (socket, to->at, to->size, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0)
             && mwp_send_command (socket, command)
             && zmq_send (socket, buffer.data, buffer.size, last | ZMQ_DONTWAIT) >= 0
             && (!body || zmq_send (socket, body->at, body->size, ZMQ_DONTWAIT) >= 0);
    msgpack_sbuffer_destroy (&buffer);
    return sent;
}

bool mwp_read (zmq_msg_t *frame, const schema *shape, void *record, msgpack_zone *zone)
{
    faults all;
    msgpack_object object;
    all.count = 0; /* the rest of it is large, and written before it is read */
    return !wire_unpack (zmq_msg_data (frame), zmq_msg_size (frame), zone, &object)
        && schema_decode (shape, &object, record, zone, FROM_GATEWAY, NULL, &all);
}

const char *mwp_operations_hash (service_id service, char out [33])
{
    size_t count;
    unsigned char hash [16];
    crypto_generichash_state state;
    const operation *all = operations (&count);
    crypto_generichash_init (&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < count; i++)
        if (all [i].service == service)
            crypto_generichash_update (&state, (const unsigned char *) all [i].name, strlen (all [i].name) + 1);
    crypto_generichash_final (&state, hash, sizeof hash);
    return sodium_bin2hex (out, 33, hash, sizeof hash);
}
