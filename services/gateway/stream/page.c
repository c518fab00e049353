/* page.c - a part of an audience's stream as a record event_page, for HTTP. */
#include "page.h"
#include "../../../common/cloudevent.h"
#include "../../../common/log.h"
#include <assert.h>
#include <inttypes.h>

enum { PAGE_BYTES = 600000 };

static void fill (event_page_t *page, const PGresult *rows, msgpack_zone *zone)
{
    size_t bytes_so_far = 0;
    for (int i = 0; i < PQntuples (rows) && bytes_so_far < PAGE_BYTES; i++) {
        event_t *event = &page->items.at [page->items.count];
        page->next = store_int (rows, i, 0);
        bytes_so_far += (size_t) PQgetlength (rows, i, 2);
        bytes view = { (size_t) PQgetlength (rows, i, 2), PQgetvalue (rows, i, 2) };
        const char *why = cloudevent_read (view, page->next, event, zone);
        if (why)
            log_line ("error", "event_unreadable", "seq=%" PRId64 " why=%s", store_int (rows, i, 1),
                      why);
        else
            page->items.count++;
    }
}

bool page_write (store *from, const char *audience, const char *subjects, int64_t after,
                 int64_t limit, msgpack_packer *out)
{
    store_end end;
    PGresult *rows = *subjects ? store_history (from, audience, subjects, after, limit)
                               : store_page (from, audience, after, limit);
    bool good = rows && store_head (from, *subjects ? "all" : audience, &end);
    if (good) {
        msgpack_zone *zone = msgpack_zone_new (8192);
        event_page_t page = { .next = after, .head = end.tseq };
        page.items.at = calloc ((size_t) PQntuples (rows) + 1, sizeof *page.items.at);
        assert (zone && page.items.at);
        fill (&page, rows, zone);
        page.has = (UINT64_C (1) << event_page_schema ()->count) - 1;
        schema_encode (event_page_schema (), &page, OWNER, NULL, out);
        free (page.items.at);
        msgpack_zone_free (zone);
    }
    PQclear (rows);
    return good;
}
