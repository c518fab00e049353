/* client.c - operations over the control socket. */
#include "client.h"
#include "place.h"
#include "../../common/mwp.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct client {
    void         *context, *socket;
    msgpack_zone *zone;
    int64_t       rid;
};

static void connect_to (client *self, const char *endpoint, const keys *keys, unsigned attempt)
{
    if (self->socket)
        zmq_close (self->socket);
    self->socket = zmq_socket (self->context, ZMQ_DEALER);
    zmq_setsockopt (self->socket, ZMQ_LINGER, &(int) { 0 }, sizeof (int));
    zmq_setsockopt (self->socket, ZMQ_IPV6, &(int) { keys != NULL }, sizeof (int));
    if (keys)
        keys_put_on (keys, self->socket, attempt);
    zmq_connect (self->socket, endpoint);
}

static bool answers (client *self)
{
    enum { PATIENCE_MS = 1500 };
    platform_status_t ignored = { 0 };
    client_caller who = client_operator ();
    return client_ask (self, "platform_status", nothing_schema (), &(nothing_t) { 0 }, &who, PATIENCE_MS, &ignored) >= 0;
}

/* While the gateway's key is being replaced it is tried out which one it has: a question may not be asked twice. */
static void connect_by_key (client *self, const char *endpoint)
{
    char known [2][KEY_TEXT];
    const keys *keys = place_operator ();
    connect_to (self, endpoint, keys, 0);
    if (keys_of_gateway (keys, known) > 1 && !answers (self))
        connect_to (self, endpoint, keys, 1);
}

client *client_new (const char *run)
{
    client *self = calloc (1, sizeof *self);
    char endpoint [300];
    assert (self);
    snprintf (endpoint, sizeof endpoint, "ipc://%s/control", run);
    self->context = zmq_ctx_new ();
    self->zone = msgpack_zone_new (8192);
    if (place_control ())
        connect_by_key (self, place_control ());
    else
        connect_to (self, endpoint, NULL, 0);
    return self;
}

void client_destroy (client **self_p)
{
    client *self = *self_p;
    if (!self)
        return;
    zmq_close (self->socket);
    zmq_ctx_term (self->context);
    msgpack_zone_free (self->zone);
    free (self);
    *self_p = NULL;
}

const char *client_text (const json_t *from, const char *name)
{
    const char *text = json_string_value (json_object_get (from, name));
    return text ? text : "";
}

int64_t client_number (const json_t *from, const char *name)
{
    return json_integer_value (json_object_get (from, name));
}

void client_forget (client *self)
{
    msgpack_zone_clear (self->zone);
}

client_caller client_operator (void)
{
    return (client_caller) { .account = "00000000-0000-7000-8000-000000000001", .roles = OPERATOR | MODERATOR, .if_match = -1 };
}

static bool send_request (client *self, const char *operation, const msgpack_sbuffer *body, const client_caller *who, int timeout_ms)
{
    mwp_request_t request = { 0 };
    const schema *s = mwp_request_schema ();
    schema_set_int (s, &request, "rid", ++self->rid);
    schema_set_text (s, &request, "operation", operation);
    schema_set_int (s, &request, "budget_ms", timeout_ms);
    schema_set_int (s, &request, "roles", who->roles);
    if (who->account && *who->account)
        schema_set_text (s, &request, "account", who->account);
    if (who->org && *who->org)
        schema_set_text (s, &request, "org", who->org);
    if (who->key)
        schema_set_text (s, &request, "key", who->key);
    if (who->at)
        schema_set_int (s, &request, "at", who->at);
    if (who->if_match >= 0)
        schema_set_int (s, &request, "if_match", who->if_match);
    return mwp_send (self->socket, NULL, MWP_REQUEST, s, &request, &(bytes) { body->size, body->data });
}

/* The answer to the request sent last: its header in *reply, its body in `frame`. */
static bool receive (client *self, int timeout_ms, mwp_reply_t *reply, zmq_msg_t *frame)
{
    int64_t until = clock_steady_us () + timeout_ms * INT64_C (1000);
    while (clock_steady_us () < until) {
        zmq_msg_t frames [2];
        zmq_setsockopt (self->socket, ZMQ_RCVTIMEO, &(int) { (int) ((until - clock_steady_us ()) / 1000) + 1 }, sizeof (int));
        int count = mwp_receive (self->socket, frames, 2, 0);
        bool ours = count == 2 && mwp_command_of (&frames [0]) == MWP_REPLY
                 && mwp_read (&frames [0], mwp_reply_schema (), reply, self->zone) && reply->rid == self->rid;
        if (ours) {
            zmq_msg_init (frame);
            zmq_msg_move (frame, &frames [1]);
        }
        mwp_close (frames, count);
        if (ours)
            return true;
    }
    return false;
}

static int exchange (client *self, const char *operation, const msgpack_sbuffer *in, const client_caller *who, int timeout_ms,
                     mwp_reply_t *reply, zmq_msg_t *body)
{
    return send_request (self, operation, in, who, timeout_ms) && receive (self, timeout_ms, reply, body) ? reply->outcome : -1;
}

static json_t *parsed (text_buffer *text)
{
    json_t *value = json_loadb (text->at ? text->at : "", text->size, JSON_DECODE_ANY, NULL);
    text_free (text);
    return value;
}

static json_t *answer_as_json (client *self, const operation *op, const mwp_reply_t *reply, zmq_msg_t *body)
{
    text_buffer text = { 0 };
    msgpack_object object;
    faults ignored = { 0 };
    if (reply->outcome == outcome_done || reply->outcome == outcome_created) {
        void *record = msgpack_zone_malloc (self->zone, op->out ()->size);
        if (!wire_unpack (zmq_msg_data (body), zmq_msg_size (body), self->zone, &object)
        &&  schema_decode (op->out (), &object, record, self->zone, FROM_PEER, NULL, &ignored))
            json_write (op->out (), record, OWNER, &text);
    } else
        json_write (mwp_reply_schema (), reply, OWNER, &text);
    return parsed (&text);
}

int client_call (client *self, const char *operation_name, const json_t *in, const client_caller *who, int timeout_ms, json_t **out)
{
    char *text = json_dumps (in, JSON_COMPACT);
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    faults wrong = { 0 };
    mwp_reply_t reply;
    zmq_msg_t body;
    const operation *op = operation_find (operation_name);
    int how = outcome_invalid;
    *out = NULL;
    if (!op)
        *out = json_pack ("{s:s}", "outcome", "there is no such operation");
    else if (!text || !json_read (text, strlen (text), &packer, &wrong))
        *out = json_pack ("{s:s}", "outcome", "the input is not JSON");
    else if ((how = exchange (self, operation_name, &buffer, who, timeout_ms, &reply, &body)) >= 0) {
        *out = answer_as_json (self, op, &reply, &body);
        zmq_msg_close (&body);
    }
    msgpack_zone_clear (self->zone);
    msgpack_sbuffer_destroy (&buffer);
    free (text);
    return how;
}

int client_ask (client *self, const char *operation_name, const schema *shape, const void *in, const client_caller *who, int timeout_ms, void *out)
{
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    msgpack_object object;
    mwp_reply_t reply;
    zmq_msg_t body;
    faults ignored = { 0 };
    const operation *op = operation_find (operation_name);
    schema_encode (shape, in, OWNER, NULL, &packer);
    int how = exchange (self, operation_name, &buffer, who, timeout_ms, &reply, &body);
    if (how >= 0) {
        bool good = how == outcome_done || how == outcome_created;
        if (good && (wire_unpack (zmq_msg_data (&body), zmq_msg_size (&body), self->zone, &object)
                 || !schema_decode (op->out (), &object, out, self->zone, FROM_PEER, NULL, &ignored)))
            how = outcome_broken;
        zmq_msg_close (&body);
    }
    msgpack_sbuffer_destroy (&buffer);
    return how;
}
