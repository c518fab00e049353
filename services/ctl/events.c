/* events.c - meerwaarde events tail: the stream for people, one line an event, or as JSON. */
#include "events.h"
#include "ctl.h"
#include "place.h"
#include "../../common/apply.h"
#include "../../common/cloudevent.h"
#include "../../common/config.h"
#include "../../common/json.h"
#include "../../common/text.h"
#include <assert.h>
#include <czmq.h>
#include <inttypes.h>
#include <sodium.h>

enum { LAST_FEW = 10, PATIENCE_MS = 3000 };

typedef struct {
    stream_source from;
    const char *audience;
    int64_t after; /* -1: begin with the last few */
    bool json, once;
} wish;

/* What the thing is called by people: its title, name or number. */
static const char *title_of (const stream_event *event)
{
    static const char *const names [] = { "title", "name", "invoice_number", "number", "state" };
    const schema *shape = event->type->record ();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t index;
        const field *f = schema_field (shape, names [i], &index);
        if (!f || !schema_has (event->record, index))
            continue;
        if (f->kind == KIND_CHOICE)
            return f->choice ()->words [schema_int (shape, event->record, names [i], 0)].word;
        if (f->kind == KIND_TEXT || f->kind == KIND_CODE)
            return schema_text (shape, event->record, names [i]);
    }
    return "";
}

static void print_line (const stream_item *item, msgpack_zone *zone)
{
    stream_event event;
    char moment [MOMENT_TEXT];
    if (!apply_read (item, zone, &event)) {
        printf ("%-27s %6" PRId64 "  an event that this build does not know\n", "-", item->tseq);
        return;
    }
    moment_write (event.time, moment);
    printf ("%-27s %6" PRId64 "  %-24s %-50s %.60s\n", moment, item->tseq, event.type->name,
            event.subject, title_of (&event));
}

/* As GET /v1/events gives it; of `all` with the hash of the chain up to here. */
static void print_json (const stream_item *item, msgpack_zone *zone)
{
    event_t event;
    text_buffer out = { 0 };
    if (cloudevent_read (item->body, item->tseq, &event, zone))
        return;
    json_write (event_schema (), &event, OWNER, &out);
    if (item->hash) {
        char hash [2 * EVS_HASH + 1];
        sodium_bin2hex (hash, sizeof hash, item->hash, EVS_HASH);
        printf ("%.*s,\"hash\":\"%s\"}\n", (int) out.size - 1, out.at, hash);
    } else
        printf ("%.*s\n", (int) out.size, out.at);
    text_free (&out);
}

static void print_batch (const wish *self, const stream_batch *batch)
{
    msgpack_zone *zone = msgpack_zone_new (16384);
    assert (zone);
    for (size_t i = 0; i < batch->count; i++) {
        if (self->json)
            print_json (&batch->items [i], zone);
        else
            print_line (&batch->items [i], zone);
        msgpack_zone_clear (zone);
    }
    fflush (stdout);
    msgpack_zone_free (zone);
}

/* Where to begin, for somebody who named no number: so that the last few are seen. -1: nobody
 * answers. */
static int64_t last_few (const wish *self)
{
    subscriber *s = subscriber_new (&self->from, self->audience, 0, NULL);
    const stream_batch *batch = NULL;
    while (!batch && !zsys_interrupted && !subscriber_problem (s)) {
        batch = subscriber_next (s, PATIENCE_MS);
        if (!batch && self->once)
            break;
    }
    int64_t after = !batch ? -1 : batch->head > LAST_FEW ? batch->head - LAST_FEW : 0;
    subscriber_destroy (&s);
    return after;
}

static int tail (wish *self)
{
    if (self->after < 0 && (self->after = last_few (self)) < 0)
        return 1;
    subscriber *s = subscriber_new (&self->from, self->audience, self->after, NULL);
    const stream_batch *batch = NULL;
    do {
        batch = subscriber_next (s, PATIENCE_MS);
        if (batch)
            print_batch (self, batch);
    } while (!zsys_interrupted && !subscriber_problem (s)
             && !(self->once && (!batch || batch->upto >= batch->head)));
    const char *problem = subscriber_problem (s);
    bool good = !problem && (batch || !self->once);
    if (!good)
        fprintf (stderr, "events: %s\n", problem ? problem : "the gateway does not answer");
    subscriber_destroy (&s);
    return good ? 0 : 1;
}

int ctl_events (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the ipc sockets", NULL },
        { "audience", "all", "public, all, or org/UUID", NULL },
        { "after", NULL, "number of the last event known; else the last few are shown", "0..9007199254740991" },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *rest;
    int status;
    wish self = { .json = ctl_flag (&argc, argv, "--json"),
                  .once = ctl_flag (&argc, argv, "--once") };
    if (!config_read (options, COUNT,
                      "events tail: shows the stream. --json: as CloudEvents; --once: does not "
                      "wait for more.",
                      argc, argv, &rest, &status))
        return status;
    zsys_init ();
    self.from = place_stream (config_text (options, COUNT, "run"));
    self.audience = config_text (options, COUNT, "audience");
    self.after = config_text (options, COUNT, "after") ? config_number (options, COUNT, "after")
                 : self.once                           ? 0
                                                       : -1;
    if (!evs_is_audience (self.audience)) {
        fprintf (stderr, "events: the audience is public, all, or org/UUID in lower case\n");
        return 2;
    }
    return tail (&self);
}
