/* ledger.c - publications and invitations, by need. */
#include "ledger.h"
#include "map.h"
#include "record.h"
#include "../../../common/log.h"
#include "../search/grow.h"
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { ZONE_BYTES = 1024 };

typedef struct {
    bool               published;
    publication        when;
    msgpack_zone      *zone;   /* of what the invitations point at; NULL: none was sent */
    pack_invitation_t *sent;
    size_t             sent_count, sent_room;
} page;

struct ledger {
    map *pages; /* by id of the need */
};

ledger *ledger_new (void)
{
    ledger *self = calloc (1, sizeof *self);
    assert (self);
    self->pages = map_new ();
    return self;
}

static void page_end (void *value)
{
    page *self = value;
    if (!self)
        return;
    if (self->zone)
        msgpack_zone_free (self->zone);
    free (self->sent);
    free (self);
}

void ledger_destroy (ledger **self_p)
{
    if (*self_p) {
        map_destroy (&(*self_p)->pages, page_end);
        free (*self_p);
        *self_p = NULL;
    }
}

static page *page_of (ledger *self, const char *need_id)
{
    void **at = map_place (self->pages, need_id, strlen (need_id));
    if (!*at)
        *at = calloc (1, sizeof (page));
    assert (*at);
    return *at;
}

static void note_publication (page *self, const stream_event *event)
{
    const need_t *need = event->record;
    uint8_t seed [DRAW_BYTES];
    self->published = true;
    self->when.seq = event->seq;
    memcpy (self->when.hash, event->hash, EVS_HASH);
    if (need->draw_secret && !draw_of (need, &self->when, seed))
        log_text ("error", "draw_broken: the secret is not the one committed to, equal offers go by id", "need", need->id);
}

/* `hash` has room for the message's. */
static pack_invitation_t as_sent (const stream_event *event, char hash [DRAW_TEXT])
{
    static const char *const kept [] = { "id", "supplier_id", "supplier_name", "offer_id" };
    const schema *s = pack_invitation_schema ();
    pack_invitation_t to = { 0 };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *text = schema_text (invitation_schema (), event->record, kept [i]);
        if (text)
            schema_set_text (s, &to, kept [i], text);
    }
    const char *message = ((const invitation_t *) event->record)->message;
    if (message) {
        uint8_t raw [DRAW_BYTES];
        crypto_hash_sha256 (raw, (const uint8_t *) message, strlen (message));
        draw_write (raw, hash);
        schema_set_text (s, &to, "message_hash", hash);
    }
    schema_set_int (s, &to, "sent_at", event->time);
    schema_set_int (s, &to, "seq", event->seq);
    return to;
}

static pack_invitation_t *room_for_invitation (page *self)
{
    if (!self->zone)
        self->zone = msgpack_zone_new (ZONE_BYTES);
    self->sent = grow (self->sent, self->sent_count + 1, &self->sent_room, sizeof *self->sent);
    assert (self->zone);
    return &self->sent [self->sent_count++];
}

static void note_invitation (page *self, const stream_event *event)
{
    char hash [DRAW_TEXT];
    pack_invitation_t sent = as_sent (event, hash), *to = room_for_invitation (self);
    *to = *(pack_invitation_t *) record_copy (pack_invitation_schema (), &sent, self->zone);
}

void ledger_apply (ledger *self, const stream_event *event)
{
    if (event->type == &event_types () [EVENT_need_published] && event->hash)
        note_publication (page_of (self, ((const need_t *) event->record)->id), event);
    else if (event->type == &event_types () [EVENT_invitation_sent])
        note_invitation (page_of (self, ((const invitation_t *) event->record)->need_id), event);
}

static const page *find (const ledger *self, const char *need_id)
{
    return map_find (self->pages, need_id, strlen (need_id));
}

const publication *ledger_publication (const ledger *self, const char *need_id)
{
    const page *of = find (self, need_id);
    return of && of->published ? &of->when : NULL;
}

size_t ledger_invitations (const ledger *self, const char *need_id, const pack_invitation_t **out)
{
    const page *of = find (self, need_id);
    *out = of ? of->sent : NULL;
    return of ? of->sent_count : 0;
}

/* ---- kept ---- */

typedef struct {
    char        need_id [40];
    publication when;
    uint64_t    published, sent;
} saved_page;

typedef struct { snapshot *to; msgpack_sbuffer written; } saving;

static void save_page (void *to, const char *need_id, void *value)
{
    saving *self = to;
    const page *from = value;
    saved_page head = { .published = from->published, .sent = from->sent_count };
    if (from->published)
        head.when = from->when;
    memccpy (head.need_id, need_id, 0, sizeof head.need_id - 1);
    snapshot_put (self->to, &head, sizeof head);
    for (size_t i = 0; i < from->sent_count; i++) {
        msgpack_sbuffer_clear (&self->written);
        record_write (pack_invitation_schema (), &from->sent [i], &self->written);
        snapshot_put (self->to, self->written.data, self->written.size);
    }
}

void ledger_save (const ledger *self, snapshot *to)
{
    uint64_t pages = map_count (self->pages);
    saving now = { .to = to };
    msgpack_sbuffer_init (&now.written);
    snapshot_put (to, &pages, sizeof pages);
    map_each (self->pages, save_page, &now);
    msgpack_sbuffer_destroy (&now.written);
}

static bool load_page (ledger *self, snapshot *from)
{
    size_t one, size;
    const saved_page *head = snapshot_array (from, sizeof *head, &one);
    if (!head || one != 1)
        return false;
    page *to = page_of (self, head->need_id);
    to->published = head->published;
    to->when = head->when;
    for (uint64_t i = 0; i < head->sent; i++) {
        const void *bytes = snapshot_next (from, &size);
        if (!bytes)
            return false;
        pack_invitation_t *sent = room_for_invitation (to);
        *sent = *(pack_invitation_t *) record_read (pack_invitation_schema (), bytes, size, to->zone);
    }
    return true;
}

bool ledger_load (ledger *self, snapshot *from)
{
    size_t one;
    const uint64_t *pages = snapshot_array (from, sizeof *pages, &one);
    bool good = pages && one == 1;
    for (uint64_t i = 0; good && i < *pages; i++)
        good = load_page (self, from);
    return good;
}
