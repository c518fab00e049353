/* drain.c - an operator takes a worker out: worker_drain. */
#include "gateway.h"
#include "../../common/wire.h"
#include <string.h>

static worker_view *worker_named (gateway *self, const char *name)
{
    worker_view *views [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (self->dispatcher, views);
    for (size_t i = 0; i < count; i++)
        if (strcmp (views [i]->name, name) == 0)
            return views [i];
    return NULL;
}

/* Nothing more is sent to it from here on. It tells all gateways, and ends. Identity is a part of this process. */
static int drain (gateway *self, const worker_ref_t *which)
{
    worker_view *w = worker_named (self, which->worker);
    if (!w)
        return outcome_missing;
    if (w->service == SERVICE_GATEWAY)
        return outcome_conflict;
    dispatcher_drain (self->dispatcher, w);
    return outcome_done;
}

void drain_worker (gateway *self, exchange *it)
{
    enum { NO_FIELDS = 0x80 }; /* MessagePack's empty map */
    msgpack_zone zone;
    msgpack_object object;
    worker_ref_t which;
    faults wrong = { 0 };
    msgpack_zone_init (&zone, 1024);
    bool readable = !wire_unpack (it->body.data, it->body.size, &zone, &object)
                 && schema_decode (worker_ref_schema (), &object, &which, &zone, FROM_CLIENT, NULL, &wrong);
    int how = !(it->from.roles & it->op->who) ? outcome_missing : !readable ? outcome_invalid : drain (self, &which);
    if (how == outcome_done) {
        mwp_reply_t reply = { 0 };
        schema_set_int (mwp_reply_schema (), &reply, "outcome", how);
        exchange_answer (self, it, &reply, &(bytes) { 1, &(uint8_t) { NO_FIELDS } });
    } else
        exchange_fail (self, it, how, 0);
    msgpack_zone_destroy (&zone);
}
