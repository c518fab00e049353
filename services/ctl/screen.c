/* screen.c - what `top` shows, as text of at most 80 columns and as JSON. */
#include "screen.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { CELL = 16 };

/* ------------------------------------------------------------------------------------- cells */

/* In at most `width` columns: 12345, 123k, 12M. -1: nobody knows. */
static const char *count_cell (int64_t n, size_t width, char out [CELL + 8])
{
    static const char units [] = "kMGTP";
    if (n < 0)
        return "-";
    snprintf (out, CELL + 8, "%lld", (long long) n);
    for (int i = 0; strlen (out) > width && units [i]; i++)
        snprintf (out, CELL + 8, "%lld%c", (long long) (n /= 1000), units [i]);
    return out;
}

/* In five columns: 120us, 9.9ms, 120ms, 9.9s. */
static const char *time_cell (int64_t us, char out [CELL + 8])
{
    double value = (double) us;
    if (us < 1000)
        snprintf (out, CELL, "%dus", (int) us);
    else if (us < 1000000)
        snprintf (out, CELL, us < 9950 ? "%.1fms" : "%.0fms", us < 999500 ? value / 1e3 : 999);
    else
        snprintf (out, CELL, us < 9950000 ? "%.1fs" : "%.0fs", us < 9999000000 ? value / 1e6 : 9999);
    return out;
}

/* In five columns. */
static const char *rate_cell (double per_second, char out [CELL + 8])
{
    if (per_second < 0 || per_second >= 99.95)
        return count_cell ((int64_t) per_second, 5, out);
    snprintf (out, CELL, "%.1f", per_second);
    return out;
}

/* A name from the network has no business with the terminal, beyond its letters. */
static const char *name_cell (const char *name, size_t width, char out [81])
{
    size_t length = strlen (name) < width ? strlen (name) : width;
    for (size_t i = 0; i < length; i++)
        out [i] = (char) (name [i] < ' ' || name [i] > '~' ? '?' : name [i]);
    out [length] = 0;
    return out;
}

/* ------------------------------------------------------------------------------------- lines */

static void write_title (const snapshot *now, text_buffer *out)
{
    char clock [CELL], head [CELL + 8], turn [CELL + 8], failed [CELL + 8], cancelled [CELL + 8];
    time_t second = time (NULL);
    int64_t failures = 0, cancels = 0;
    for (size_t i = 0; i < now->is.services.count; i++) {
        failures += now->is.services.at [i].failed;
        cancels += now->is.services.at [i].cancelled;
    }
    strftime (clock, sizeof clock, "%H:%M:%S", localtime (&second));
    text_printf (out, "%s  %s  events %s  failed %s  cancelled %s  turn %s\n", clock, now->is.ready ? "ready    " : "not ready",
                 count_cell (schema_int (platform_status_schema (), &now->is, "head", -1), 8, head), count_cell (failures, 5, failed),
                 count_cell (cancels, 5, cancelled), time_cell (now->is.busy_us, turn));
}

static void write_service (const snapshot *before, const snapshot *now, const service_status_t *s, text_buffer *out)
{
    char name [81], cells [13] [CELL + 8];
    text_printf (out, "%-9s%4s%5s%5s%5s%6s%6s%6s%6s%5s%5s%5s%7s%5s\n", name_cell (s->service, 9, name),
                 count_cell (s->workers, 3, cells [0]), count_cell (s->credit, 4, cells [1]), count_cell (s->in_flight, 4, cells [2]),
                 count_cell (s->queued, 4, cells [3]), time_cell (s->delay_us, cells [4]), time_cell (s->p50_us, cells [5]),
                 time_cell (s->p99_us, cells [6]), rate_cell (snapshot_rate (before, now, s->service, "submitted"), cells [7]),
                 count_cell (s->repeated, 4, cells [8]), count_cell (s->hedged, 4, cells [9]), count_cell (s->shed, 4, cells [10]),
                 count_cell (snapshot_seq (now, s->service), 6, cells [11]), count_cell (snapshot_lag (now, s->service), 4, cells [12]));
}

static void write_worker (const snapshot *before, const snapshot *now, const mwp_status_t *w, text_buffer *out)
{
    char name [81], service [81], cells [6] [CELL + 8], busy [CELL + 8] = "-";
    const mwp_status_t *then = snapshot_worker (before, w->worker);
    int64_t threads = schema_int (mwp_status_schema (), w, "threads", 0);
    double wall = (double) (now->at - before->at) * (double) threads;
    if (then && wall > 0 && w->busy_us >= then->busy_us)
        snprintf (busy, sizeof busy, "%d%%", (int) (100 * (double) (w->busy_us - then->busy_us) / wall));
    text_printf (out, "%-24s  %-9s%5s%5s%5s%6s%7s%8s%s\n", name_cell (w->worker, 24, name), name_cell (w->service, 9, service),
                 count_cell (w->credit, 4, cells [0]), count_cell (w->in_flight, 4, cells [1]), count_cell (w->in_hand, 4, cells [2]),
                 busy, time_cell (w->oldest_ms * 1000, cells [3]),
                 count_cell (schema_int (mwp_status_schema (), w, "seq", -1), 7, cells [4]),
                 w->suspect ? " suspect" : w->ready ? "" : " draining");
}

static void write_view (const mwp_status_t *w, text_buffer *out)
{
    char name [81], cells [6] [CELL + 8];
    const mwp_view_t *v = w->view;
    text_printf (out, "%-24s%8s%8s%6s%8s%8s%9s%9s\n", name_cell (w->worker, 24, name), count_cell (v->offers, 7, cells [0]),
                 count_cell (v->bytes, 7, cells [1]), count_cell (v->parts, 5, cells [2]), count_cell (v->newest, 7, cells [3]),
                 time_cell (v->merge_us, cells [4]), count_cell (v->edition, 8, cells [5]),
                 v->kept_seq ? count_cell (v->kept_seq, 8, (char [CELL + 8]) { 0 }) : "-");
}

/* Those that answer from a view of their own, on so many lines. */
static void write_views (const snapshot *now, size_t lines, text_buffer *out)
{
    enum { HEAD_LINES = 2 };
    size_t used = 0;
    for (size_t i = 0; i < now->is.workers.count; i++) {
        const mwp_status_t *w = &now->is.workers.at [i];
        if (!w->view || used + (used ? 1 : HEAD_LINES + 1) > lines)
            continue;
        if (!used)
            text_printf (out, "\nview                      offers   bytes parts  newest   merge  edition  on disk\n");
        used += used ? 1 : HEAD_LINES + 1;
        write_view (w, out);
    }
}

void screen_write (const snapshot *before, const snapshot *now, size_t rows, text_buffer *out)
{
    enum { OTHER_LINES = 6 }; /* title, two blank ones, two heads, one for those that do not fit */
    size_t used = OTHER_LINES + now->is.services.count, count = now->is.workers.count;
    size_t shown = !rows || used + count < rows + 1 ? count : rows > used ? rows - used : 0;
    write_title (now, out);
    text_printf (out, "\nservice   wrk cred hand wait delay   p50   p99 req/s rtry hedg shed    seq  lag\n");
    for (size_t i = 0; i < now->is.services.count; i++)
        write_service (before, now, &now->is.services.at [i], out);
    text_printf (out, "\nworker                    service   cred sent hand  busy oldest     seq\n");
    for (size_t i = 0; i < shown; i++)
        write_worker (before, now, &now->is.workers.at [i], out);
    if (shown < count)
        text_printf (out, "and %zu more workers\n", count - shown);
    else
        write_views (now, rows ? rows - used - count + 1 : SIZE_MAX, out);
}

/* -------------------------------------------------------------------------------------- JSON */

static json_t *as_json (const schema *shape, const void *record)
{
    text_buffer text = { 0 };
    json_write (shape, record, OWNER, &text);
    json_t *value = json_loadb (text.at, text.size, 0, NULL);
    text_free (&text);
    return value;
}

/* A number, or null when nobody knows. */
static json_t *known (double value)
{
    return value < 0 ? json_null () : json_real (value);
}

static json_t *known_count (int64_t value)
{
    return value < 0 ? json_null () : json_integer (value);
}

static json_t *service_json (const snapshot *before, const snapshot *now, const service_status_t *s)
{
    static const char *const counted [] = { "submitted", "answered", "failed", "shed", "cancelled", "repeated", "hedged" };
    json_t *it = as_json (service_status_schema (), s), *rates = json_object ();
    int64_t threads;
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        json_object_set_new (rates, counted [i], known (snapshot_rate (before, now, s->service, counted [i])));
    json_object_set_new (it, "per_second", rates);
    json_object_set_new (it, "utilisation", known (snapshot_busy (before, now, s->service, &threads)));
    json_object_set_new (it, "threads", json_integer (threads));
    json_object_set_new (it, "seq", known_count (snapshot_seq (now, s->service)));
    json_object_set_new (it, "lag", known_count (snapshot_lag (now, s->service)));
    return it;
}

json_t *screen_json (const snapshot *before, const snapshot *now)
{
    json_t *all = as_json (platform_status_schema (), &now->is), *services = json_array ();
    for (size_t i = 0; i < now->is.services.count; i++)
        json_array_append_new (services, service_json (before, now, &now->is.services.at [i]));
    json_object_set_new (all, "services", services);
    json_object_set_new (all, "seconds", json_real ((double) (now->at - before->at) / 1e6));
    return all;
}
