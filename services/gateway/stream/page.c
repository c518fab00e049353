/* page.c - a part of an audience's stream as a record event_page, for HTTP. */
#include "page.h"
#include "../../../common/log.h"
#include "../../../common/vocabulary.h"
#include "../../../common/wire.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum { SEQUENCE = 21, PAGE_BYTES = 900000 };

/* A stored view as a record; its texts and data borrow the row and the zone. */
static bool read_view (const PGresult *rows, int row, event_t *out, msgpack_zone *zone)
{
    msgpack_object object;
    faults wrong = { 0 };
    const char *why = wire_unpack (PQgetvalue (rows, row, 2), (size_t) PQgetlength (rows, row, 2), zone, &object);
    if (!why && schema_decode (event_schema (), &object, out, zone, FROM_PEER, NULL, &wrong))
        return true;
    log_line ("error", "event_unreadable", "seq=%" PRId64 " why=%s", store_int (rows, row, 1),
              why ? why : wrong.at [0].path);
    return false;
}

/* As the profile wants it over HTTP: JSON, and the number in its audience. */
static void finish_event (event_t *self, int64_t tseq, msgpack_zone *zone)
{
    char *sequence = msgpack_zone_malloc (zone, SEQUENCE);
    assert (sequence);
    snprintf (sequence, SEQUENCE, "%020" PRId64, tseq);
    schema_set_text (event_schema (), self, "sequence", sequence);
    schema_set_text (event_schema (), self, "datacontenttype", "application/json");
}

static void fill (event_page_t *page, const PGresult *rows, msgpack_zone *zone)
{
    size_t bytes_so_far = 0;
    for (int i = 0; i < PQntuples (rows) && bytes_so_far < PAGE_BYTES; i++) {
        event_t *event = &page->items.at [page->items.count];
        page->next = store_int (rows, i, 0);
        bytes_so_far += (size_t) PQgetlength (rows, i, 2);
        if (!read_view (rows, i, event, zone))
            continue;
        finish_event (event, page->next, zone);
        page->items.count++;
    }
}

bool page_write (store *from, const char *audience, int64_t after, int64_t limit, msgpack_packer *out)
{
    store_end end;
    PGresult *rows = store_page (from, audience, after, limit);
    bool good = rows && store_head (from, audience, &end);
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
