/* market_snapshot.c - the market as the next process of this directory finds it: a snapshot, and the files that it names.
 *
 * Records and parts are on the disk before the snapshot that speaks of them; what is behind them was never there. */
#include "market_inside.h"
#include "../../../common/log.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

/* What has to be the same: another build may read words or rows otherwise. */
#define FORM "3 " ANALYSER_VERSION

typedef struct {
    char     form [32];
    uint8_t  epoch [16], sum [32];
    int64_t  seq;
    uint64_t used;      /* bytes of the records */
    uint64_t words;     /* of the list */
    uint32_t row_bytes;
} head;

typedef struct { offer_id id; uint64_t record_at; int64_t invited_at; } saved_enterprise;

struct market_keep {
    snapshot      *snapshot;
    const records *records;
    char           path [PATH_BYTES];
    bool           done;
};

static void path_of (const char *directory, const char *name, char out [PATH_BYTES])
{
    snprintf (out, PATH_BYTES, "%s/%s", directory, name);
}

records *market_open_records (const market *self, uint64_t used, const char **why)
{
    char path [PATH_BYTES];
    if (!self->directory)
        return records_open (NULL, 0, why);
    path_of (self->directory, "records", path);
    return records_open (path, used, why);
}

void market_forget (const char *directory)
{
    char path [PATH_BYTES];
    if (!directory)
        return;
    path_of (directory, "snapshot", path);
    unlink (path);
}

static head head_of (const market *self)
{
    head is = { .form = FORM, .seq = self->seq, .words = self->words ? wordlist_count (self->words) : 0, .row_bytes = sizeof (offer_row) };
    return is;
}

/* ------------------------------------------------------------------------------------- saving */

static void save_enterprises (const market *self, snapshot *to)
{
    saved_enterprise *all = calloc (self->count + 1, sizeof *all);
    assert (all);
    for (uint32_t i = 0; i < self->count; i++) {
        const enterprise *e = &self->enterprises [i];
        all [i] = (saved_enterprise) { e->id, e->record_at, e->invited_at };
    }
    snapshot_put (to, all, self->count * sizeof *all);
    free (all);
}

typedef struct { uint64_t *at; size_t count, room; } places;

static void note_need (void *to, const char *key, void *value)
{
    (void) key;
    places *self = to;
    self->at = grow (self->at, self->count + 1, &self->room, sizeof *self->at);
    self->at [self->count++] = ((const kept_need *) value)->at;
}

static void save_needs (const market *self, snapshot *to)
{
    places all = { 0 };
    map_each (self->needs, note_need, &all);
    snapshot_put (to, all.at, all.count * sizeof *all.at);
    free (all.at);
}

market_keep *market_keep_begin (market *self, const uint8_t epoch [16])
{
    market_keep *keep = calloc (1, sizeof *keep);
    assert (keep && self->directory);
    head is = head_of (self);
    memcpy (is.epoch, epoch, sizeof is.epoch);
    is.used = records_used (self->records);
    records_sum (self->records, is.sum);
    keep->snapshot = snapshot_new ();
    keep->records = self->records;
    path_of (self->directory, "snapshot", keep->path);
    snapshot_put (keep->snapshot, &is, sizeof is);
    save_enterprises (self, keep->snapshot);
    save_needs (self, keep->snapshot);
    names_save (self->names, keep->snapshot);
    snapshot_put (keep->snapshot, self->places, sizeof self->places);
    ledger_save (self->ledger, keep->snapshot);
    shelf_save (self->shelf, keep->snapshot);
    return keep;
}

bool market_keep_work (market_keep *self)
{
    self->done = records_sync (self->records) && snapshot_write (self->snapshot, self->path);
    if (!self->done)
        log_text ("error", "market_not_kept", "path", self->path);
    return self->done;
}

void market_keep_end (market *self, market_keep **keep_p)
{
    if ((*keep_p)->done)
        shelf_saved (self->shelf);
    snapshot_destroy (&(*keep_p)->snapshot);
    free (*keep_p);
    *keep_p = NULL;
}

/* ------------------------------------------------------------------------------------ loading */

static const char *const damaged = "is damaged";

static void read_offer (void *from, const offer_row *row, shelf_offer *out)
{
    market *self = from;
    const offer_t *offer = records_read (self->records, row->record, offer_schema (), self->scratch);
    *out = (shelf_offer) { .id = id_of_text (offer->id), .key = shelf_key (row->cpv, row->seat), .title = offer->title,
                           .description = offer->description };
}

static void load_names (market *self, const uint64_t *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        names_put (self->names, records_read (self->records, at [i], cpv_code_schema (), self->scratch), at [i]);
        msgpack_zone_clear (self->scratch);
    }
    names_settle (self->names);
}

/* What a snapshot says of records: where they are. */
typedef struct {
    const saved_enterprise *enterprises;
    const uint64_t         *needs, *named;
    size_t                  enterprise_count, need_count, named_count;
} places_of_records;

static const char *load_without_records (market *self, snapshot *from, places_of_records *to)
{
    size_t known;
    to->enterprises = snapshot_array (from, sizeof *to->enterprises, &to->enterprise_count);
    to->needs = snapshot_array (from, sizeof *to->needs, &to->need_count);
    to->named = snapshot_array (from, sizeof *to->named, &to->named_count);
    const known_place *places = snapshot_array (from, sizeof *places, &known);
    if (!to->enterprises || !to->needs || !to->named || !places || known != ROW_PLACES || !ledger_load (self->ledger, from))
        return damaged;
    memcpy (self->places, places, sizeof self->places);
    return shelf_load (self->shelf, from);
}

static const char *load_records (market *self, snapshot *from, const places_of_records *at)
{
    for (size_t i = 0; i < at->enterprise_count; i++) {
        const saved_enterprise *e = &at->enterprises [i];
        uint32_t number = market_number (self, &e->id);
        if (e->record_at)
            market_know (self, number, e->record_at);
        self->enterprises [number].invited_at = e->invited_at;
    }
    for (size_t i = 0; i < at->need_count; i++)
        market_know_need (self, at->needs [i]);
    load_names (self, at->named, at->named_count);
    const char *why = shelf_load_newest (self->shelf, from, read_offer, self);
    msgpack_zone_clear (self->scratch);
    return why;
}

/* Records are looked through meanwhile: they are most of what is read. */
static const char *load (market *self, snapshot *from, uint8_t epoch [16])
{
    size_t one;
    const char *why;
    places_of_records at;
    const head *is = snapshot_array (from, sizeof *is, &one);
    head ours = head_of (self);
    if (!is || one != 1)
        return damaged;
    if (memcmp (is->form, ours.form, sizeof ours.form) || is->words != ours.words || is->row_bytes != ours.row_bytes)
        return "is of another version";
    self->records = market_open_records (self, is->used, &why);
    if (!self->records)
        return why;
    records_prove (self->records, is->sum);
    self->seq = is->seq;
    memcpy (epoch, is->epoch, sizeof is->epoch);
    why = load_without_records (self, from, &at);
    const char *proved = records_proved (self->records);
    return why ? why : proved ? proved : load_records (self, from, &at);
}

bool market_resume (market *self, uint8_t epoch [16], const char **why)
{
    char path [PATH_BYTES];
    path_of (self->directory, "snapshot", path);
    snapshot *from = snapshot_read (path, why);
    if (from)
        *why = load (self, from, epoch);
    bool resumed = from && !*why;
    snapshot_destroy (&from);
    return resumed;
}
