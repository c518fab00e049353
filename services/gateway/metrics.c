/* metrics.c - figures in the text format of Prometheus: a table of families over the records of proto/dispatch.def. */
#include "metrics.h"
#include <string.h>

#define PREFIX "meerwaarde_"

/* What a family has a sample of. */
typedef enum { SET, SERVICE, WORKER, VIEW, OPERATION, SELF, CLASS } scope;
typedef enum { PLAIN, MILLISECONDS, MICROSECONDS } unit; /* of the field; seconds are written */

typedef struct {
    scope       of;
    const char *field, *name, *type;
    unit        unit;
    const char *help;
} family;

static const family families [] = {
    { SET, "ready", "ready", "gauge", PLAIN, "1 when every service has a worker that is ready." },
    { SET, "head", "stream_head", "gauge", PLAIN, "Number of the newest event." },
    { SET, "busy_us", "gateway_longest_turn_seconds", "gauge", MICROSECONDS, "Longest turn of the gateway's loop, in processor time." },
    { SET, "blocked_us", "gateway_longest_sleep_seconds", "gauge", MICROSECONDS, "Longest turn of the gateway's loop in which it slept; 0: never." },

    { SERVICE, "workers", "service_workers", "gauge", PLAIN, "Worker processes that take work." },
    { SERVICE, "credit", "service_credit", "gauge", PLAIN, "Requests that they take at the same time." },
    { SERVICE, "in_flight", "service_in_flight", "gauge", PLAIN, "Requests with workers now." },
    { SERVICE, "queued", "service_queued", "gauge", PLAIN, "Requests that wait in the gateway now." },
    { SERVICE, "delay_us", "service_queue_delay_p99_seconds", "gauge", MICROSECONDS, "99 % of the last requests waited less in the gateway." },
    { SERVICE, "p50_us", "service_duration_p50_seconds", "gauge", MICROSECONDS, "Half of the last requests took workers less." },
    { SERVICE, "p99_us", "service_duration_p99_seconds", "gauge", MICROSECONDS, "99 % of the last requests took workers less." },
    { SERVICE, "submitted", "service_submitted_total", "counter", PLAIN, "Requests that came." },
    { SERVICE, "answered", "service_answered_total", "counter", PLAIN, "Requests that a worker answered." },
    { SERVICE, "failed", "service_failed_total", "counter", PLAIN, "Requests that nobody answered." },
    { SERVICE, "shed", "service_shed_total", "counter", PLAIN, "Requests refused because too many waited." },
    { SERVICE, "cancelled", "service_cancelled_total", "counter", PLAIN, "Requests that nobody waited for any more." },
    { SERVICE, "repeated", "service_repeated_total", "counter", PLAIN, "Requests sent again because a worker died." },
    { SERVICE, "hedged", "service_hedged_total", "counter", PLAIN, "Requests sent again because a worker was slow." },
    { SERVICE, "busy_us", "service_request_seconds_total", "counter", MICROSECONDS, "Time that workers had requests in hand, summed over requests." },

    { WORKER, "ready", "worker_ready", "gauge", PLAIN, "1 when the worker takes work, 0 when it drains." },
    { WORKER, "suspect", "worker_suspect", "gauge", PLAIN, "1 when it was not heard for a while." },
    { WORKER, "credit", "worker_credit", "gauge", PLAIN, "Its window at this gateway." },
    { WORKER, "in_flight", "worker_in_flight", "gauge", PLAIN, "Requests of this gateway that it holds." },
    { WORKER, "in_hand", "worker_in_hand", "gauge", PLAIN, "Requests that it holds, of all gateways." },
    { WORKER, "oldest_ms", "worker_oldest_seconds", "gauge", MILLISECONDS, "Age of the oldest of them." },
    { WORKER, "seq", "worker_seq", "gauge", PLAIN, "Number of the newest event that it has read." },
    { WORKER, "threads", "worker_threads", "gauge", PLAIN, "Its threads that serve." },
    { WORKER, "busy_us", "worker_busy_seconds_total", "counter", MICROSECONDS, "Time that they worked, summed." },

    { VIEW, "offers", "view_offers", "gauge", PLAIN, "Offers in the worker's index." },
    { VIEW, "bytes", "view_bytes", "gauge", PLAIN, "Size of that index, without what people read of the offers." },
    { VIEW, "parts", "view_parts", "gauge", PLAIN, "Parts that it consists of." },
    { VIEW, "newest", "view_newest_offers", "gauge", PLAIN, "Offers in all parts but the largest." },
    { VIEW, "edition", "view_edition", "gauge", PLAIN, "Event at which its statistics were counted." },
    { VIEW, "merge_us", "view_merge_seconds", "gauge", MICROSECONDS, "How long the last merge beside the answers took." },
    { VIEW, "kept_seq", "view_kept_seq", "gauge", PLAIN, "Up to which event it is on the disk." },

    { OPERATION, "count", "operation_calls_total", "counter", PLAIN, "How often the worker ran the operation." },
    { OPERATION, "failed", "operation_failures_total", "counter", PLAIN, "Of which broken or unavailable." },
    { OPERATION, "total_us", "operation_seconds_total", "counter", MICROSECONDS, "Time that it took, summed." },

    { SELF, "exchanges", "gateway_exchanges", "gauge", PLAIN, "Requests under way in the gateway." },
    { SELF, "leads", "relay_leads", "gauge", PLAIN, "1 when this gateway's relay numbers the events." },
    { SELF, "stream_alive", "relay_alive", "gauge", PLAIN, "1 when the relay's database answers." },
    { SET, "unknown_keys", "unknown_keys_total", "counter", PLAIN, "Connections refused because nobody knows the key." },
    { SELF, "resident_bytes", "gateway_resident_bytes", "gauge", PLAIN, "Memory of the gateway's process." },
    { CLASS, "count", "http_answers_total", "counter", PLAIN, "HTTP answers by class of status." },
};

/* Labels are texts of the record, or of the one that it is a part of. */
static const char *const labels [] [3] = {
    [SERVICE] = { "service" }, [WORKER] = { "worker", "service" }, [VIEW] = { "worker", "service" },
    [OPERATION] = { "operation", "worker", "service" }, [CLASS] = { "class" },
};
static const schema *(*const shapes []) (void) = {
    [SET] = platform_status_schema, [SERVICE] = service_status_schema, [WORKER] = mwp_status_schema, [VIEW] = mwp_view_schema,
    [OPERATION] = mwp_count_schema, [SELF] = gateway_status_schema, [CLASS] = answer_count_schema,
};

static void write_label (text_buffer *out, const char *name, const char *value)
{
    text_printf (out, "%s=\"", name);
    for (; *value; value++)
        if (*value == '\n')
            text_append (out, "\\n", 2);
        else
            text_printf (out, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    text_append (out, "\"", 1);
}

static void write_labels (text_buffer *out, scope of, const void *record, const mwp_status_t *whole)
{
    const char *before = "{";
    for (int i = 0; i < 3 && labels [of] [i]; i++) {
        const char *value = schema_text (shapes [of] (), record, labels [of] [i]);
        if (!value && whole)
            value = schema_text (mwp_status_schema (), whole, labels [of] [i]);
        text_printf (out, "%s", before);
        write_label (out, labels [of] [i], value ? value : "");
        before = ",";
    }
    if (*before == ',')
        text_append (out, "}", 1);
}

static void write_sample (text_buffer *out, const family *f, const void *record, const mwp_status_t *whole)
{
    int64_t value = schema_int (shapes [f->of] (), record, f->field, -1);
    if (value < 0) /* it does not tell */
        return;
    text_printf (out, PREFIX "%s", f->name);
    write_labels (out, f->of, record, whole);
    if (f->unit == PLAIN)
        text_printf (out, " %lld\n", (long long) value);
    else
        text_printf (out, " %.6f\n", (double) value / (f->unit == MILLISECONDS ? 1e3 : 1e6));
}

static void write_samples (text_buffer *out, const family *f, const platform_status_t *set, const gateway_status_t *self)
{
    switch (f->of) {
    case SET:
        write_sample (out, f, set, NULL);
        break;
    case SERVICE:
        for (size_t i = 0; i < set->services.count; i++)
            write_sample (out, f, &set->services.at [i], NULL);
        break;
    case WORKER:
        for (size_t i = 0; i < set->workers.count; i++)
            write_sample (out, f, &set->workers.at [i], NULL);
        break;
    case VIEW:
        for (size_t i = 0; i < set->workers.count; i++)
            if (set->workers.at [i].view)
                write_sample (out, f, set->workers.at [i].view, &set->workers.at [i]);
        break;
    case OPERATION:
        for (size_t i = 0; i < set->workers.count; i++)
            for (size_t k = 0; k < set->workers.at [i].counts.count; k++)
                write_sample (out, f, &set->workers.at [i].counts.at [k], &set->workers.at [i]);
        break;
    case SELF:
        write_sample (out, f, self, NULL);
        break;
    case CLASS:
        for (size_t i = 0; i < self->answers.count; i++)
            write_sample (out, f, &self->answers.at [i], NULL);
        break;
    }
}

static void write_head (text_buffer *out, const char *name, const char *type, const char *help)
{
    text_printf (out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name, type);
}

/* One microsecond below a power of two is where a step of the histogram ends. */
static void write_histogram (text_buffer *out, const histogram *times)
{
    enum { FIRST = 9, LAST = 24 }; /* half a millisecond to seventeen seconds */
    static const char name [] = "api_duration_seconds";
    write_head (out, name, "histogram", "How long answers of the API took, from the request's last byte on.");
    for (int i = FIRST; i <= LAST; i++) {
        int64_t us = (INT64_C (1) << i) - 1;
        text_printf (out, PREFIX "%s_bucket{le=\"%.6f\"} %lld\n", name, (double) us / 1e6, (long long) histogram_until (times, us));
    }
    text_printf (out, PREFIX "%s_bucket{le=\"+Inf\"} %lld\n", name, (long long) times->total);
    text_printf (out, PREFIX "%s_sum %.6f\n", name, (double) times->sum_us / 1e6);
    text_printf (out, PREFIX "%s_count %lld\n", name, (long long) times->total);
}

void metrics_write (const platform_status_t *set, const gateway_status_t *self, const histogram *answer_times, text_buffer *out)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        write_head (out, families [i].name, families [i].type, families [i].help);
        write_samples (out, &families [i], set, self);
    }
    write_histogram (out, answer_times);
}
