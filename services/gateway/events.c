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

/* The subjects as a text array; false: one of them is no noun and id. */
static bool add_subjects (const texts *from, text_buffer *to)
{
    for (size_t i = 0; i < from->count; i++) {
        const char *id = strchr (from->at [i], '/');
        char plain [UUID_TEXT];
        size_t noun = strspn (from->at [i], "abcdefghijklmnopqrstuvwxyz_");
        if (!id || noun != (size_t) (id - from->at [i]) || !uuid_read (id + 1, strlen (id + 1), plain))
            return false;
        text_printf (to, "%s%.*s/%s", i ? "," : "{", (int) noun, from->at [i], plain);
    }
    text_append (to, "}", from->count > 0);
    text_append (to, "", 1);
    return true;
}

/* Who may read what happened to a thing: everybody what is public, its organisations what is theirs, and a moderator what
 * happened to one organisation.                                                                                       */
static void add_audiences (const exchange *it, const texts *subjects, text_buffer *to)
{
    static const char noun [] = "organisation/";
    text_printf (to, "{public");
    if (*it->from.org)
        text_printf (to, ",org/%s", it->from.org);
    if (it->from.roles & MODERATOR && subjects->count == 1 && strncmp (subjects->at [0], noun, sizeof noun - 1) == 0)
        text_printf (to, ",org/%s", subjects->at [0] + sizeof noun - 1);
    text_append (to, "}", 1);
}

static void ask (gateway *self, exchange *it, const event_query_t *query)
{
    const schema *s = event_query_schema ();
    size_t index;
    const texts *subjects = schema_at (schema_field (s, "subject", &index), query);
    bool mine = schema_int (s, query, "mine", false);
    text_buffer audience = { 0 }, of = { 0 };
    bool fine = add_subjects (subjects, &of);
    if (subjects->count)
        add_audiences (it, subjects, &audience);
    else if (mine)
        text_printf (&audience, "org/%s", it->from.org);
    else
        text_printf (&audience, "public");
    text_append (&audience, "", 1);
    if (mine && !*it->from.org)
        exchange_fail (self, it, outcome_anonymous, 0);
    else if (!fine)
        exchange_fail (self, it, outcome_missing, 0);
    else if (!stream_page (self->stream, (uint64_t) it->rid, audience.at, of.at, schema_int (s, query, "after", 0),
                           schema_int (s, query, "limit", PAGE)))
        exchange_fail (self, it, outcome_unavailable, 0);
    else
        watch_again (&self->pages);
    text_free (&audience);
    text_free (&of);
}

void events_ask (gateway *self, exchange *it)
{
    msgpack_zone zone;
    msgpack_object object;
    event_query_t query = { 0 };
    faults ignored = { 0 };
    msgpack_zone_init (&zone, 1024);
    if (wire_unpack (it->body.data, it->body.size, &zone, &object)
    ||  !schema_decode (event_query_schema (), &object, &query, &zone, FROM_GATEWAY, NULL, &ignored))
        query = (event_query_t) { 0 };
    ask (self, it, &query);
    msgpack_zone_destroy (&zone);
}
