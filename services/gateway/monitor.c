/* monitor.c - the port where a monitor gets its figures; never the one that the public sees. */
#include "gateway.h"
#include "metrics.h"
#include "files/files.h"
#include "stream/stream.h"
#include <event2/buffer.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { IDLE_S = 30, HEADER_BYTES = 8192 };

static void answered (struct evhttp_request *request, void *arg)
{
    gateway *self = arg;
    int class = evhttp_request_get_response_code (request) / 100 - 1;
    if (class >= 0 && class < STATUS_CLASSES)
        self->answers [class]++;
    mask_next (request);
}

void monitor_watch (gateway *self, struct evhttp_request *request)
{
    evhttp_request_set_on_complete_cb (request, answered, self);
}

static int64_t resident_bytes (void)
{
    long long pages = 0;
    FILE *file = fopen ("/proc/self/statm", "r");
    if (file && fscanf (file, "%*s %lld", &pages) != 1)
        pages = 0;
    if (file)
        fclose (file);
    return pages * sysconf (_SC_PAGESIZE);
}

static void describe (gateway *self, gateway_status_t *to, answer_count_t answers [STATUS_CLASSES])
{
    static const char *const names [STATUS_CLASSES] = { "1xx", "2xx", "3xx", "4xx", "5xx" };
    const schema *s = gateway_status_schema ();
    size_t index;
    for (int i = 0; i < STATUS_CLASSES; i++) {
        answers [i] = (answer_count_t) { 0 };
        schema_set_text (answer_count_schema (), &answers [i], "class", names [i]);
        schema_set_int (answer_count_schema (), &answers [i], "count", self->answers [i]);
    }
    *(list *) schema_at (schema_field (s, "answers", &index), to) = (list) { STATUS_CLASSES, answers };
    schema_mark (to, index);
    schema_set_int (s, to, "exchanges", (int64_t) self->exchange_count);
    schema_set_int (s, to, "leads", stream_term (self->stream) > 0);
    schema_set_int (s, to, "stream_alive", stream_alive (self->stream));
    schema_set_int (s, to, "resident_bytes", resident_bytes ());
}

static void came_in (struct evhttp_request *request, void *arg)
{
    gateway *self = arg;
    platform_status_t set;
    gateway_status_t own = { 0 };
    answer_count_t answers [STATUS_CLASSES];
    text_buffer text = { 0 };
    msgpack_zone zone;
    turn_begins (self); /* callers wait meanwhile */
    msgpack_zone_init (&zone, 8192);
    hall_describe (self, &set, &zone);
    describe (self, &own, answers);
    metrics_write (&set, &own, &self->answer_times, &text);
    struct evbuffer *out = evbuffer_new ();
    evbuffer_add (out, text.at, text.size);
    evhttp_add_header (evhttp_request_get_output_headers (request), "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    evhttp_send_reply (request, 200, NULL, out);
    evbuffer_free (out);
    text_free (&text);
    msgpack_zone_destroy (&zone);
}

bool monitor_open (gateway *self, const char *address)
{
    self->monitor = evhttp_new (self->loop);
    evhttp_set_allowed_methods (self->monitor, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
    evhttp_set_max_body_size (self->monitor, 0);
    evhttp_set_max_headers_size (self->monitor, HEADER_BYTES);
    evhttp_set_timeout (self->monitor, IDLE_S);
    evhttp_set_cb (self->monitor, "/metrics", came_in, self);
    return http_listen (self->monitor, address);
}

void monitor_close (gateway *self)
{
    if (self->monitor)
        evhttp_free (self->monitor);
    self->monitor = NULL;
}
