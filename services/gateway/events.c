/* events.c - GET /v1/events: pages of the stream, read by the stream's own thread. */
#include "gateway.h"
#include "stream/stream.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <string.h>

enum { PAGE = 100 };

static bool page_came (gateway *self, void *socket)
{
    (void) socket;
    uint64_t rid;
    zmq_msg_t page;
    if (!stream_answer (self->stream, &rid, &page))
        return false;
    exchange *it = exchange_find (self, (int64_t) rid);
    mwp_reply_t reply = { 0 };
    bytes body = { zmq_msg_size (&page), zmq_msg_data (&page) };
    schema_set_int (mwp_reply_schema (), &reply, "outcome", body.size ? outcome_done : outcome_unavailable);
    if (it)
        exchange_answer (self, it, &reply, &body);
    zmq_msg_close (&page);
    return true;
}

void events_open (gateway *self)
{
    watch_start (&self->pages, self, self->loop, stream_socket (self->stream), page_came);
}

void events_ask (gateway *self, exchange *it)
{
    msgpack_zone zone;
    msgpack_object object;
    event_query_t query;
    faults ignored = { 0 };
    char audience [48] = "public";
    msgpack_zone_init (&zone, 1024);
    bool fine = !wire_unpack (it->body.data, it->body.size, &zone, &object)
             && schema_decode (event_query_schema (), &object, &query, &zone, FROM_GATEWAY, NULL, &ignored);
    int64_t after = fine ? schema_int (event_query_schema (), &query, "after", 0) : 0;
    int64_t limit = fine ? schema_int (event_query_schema (), &query, "limit", PAGE) : PAGE;
    bool mine = fine && schema_int (event_query_schema (), &query, "mine", false);
    msgpack_zone_destroy (&zone);
    if (mine && !*it->from.org) {
        exchange_fail (self, it, outcome_anonymous, 0);
        return;
    }
    if (mine)
        snprintf (audience, sizeof audience, "org/%s", it->from.org);
    if (!stream_page (self->stream, (uint64_t) it->rid, audience, after, limit))
        exchange_fail (self, it, outcome_unavailable, 0);
    else
        watch_again (&self->pages);
}
