/* shelf.c - what comes and goes, gathered until it is shown: a batch of offers becomes a part of its own. */
#include "shelf_inside.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 48 /* parts, from which on merging does not wait for a thread */, TEXT_BYTES = 65536 };

uint64_t shelf_key (uint32_t cpv, uint16_t place)
{
    return (uint64_t) cpv << 16 | place;
}

static void forget_pending (shelf *self)
{
    map_destroy (&self->pending, NULL);
    self->pending = map_new ();
    msgpack_zone_clear (self->texts);
}

static void count_word (void *to, const char *word, size_t size, uint32_t times, uint32_t *known)
{
    const shelf *self = to;
    if (self->counted_by)
        typos_count (self->typos, word, size, self->counted_by * (int) times, known);
}

shelf *shelf_new (const char *language, const wordlist *words, const char *directory)
{
    shelf *self = calloc (1, sizeof *self);
    assert (self);
    self->language = language;
    self->words = words;
    self->directory = directory;
    self->statistics = statistics_new ();
    self->typos = typos_new ();
    self->area_numbers = map_new ();
    self->texts = msgpack_zone_new (TEXT_BYTES);
    assert (self->texts);
    forget_pending (self);
    self->analyser = analyser_new (language, words);
    assert (self->analyser);
    analyser_count (self->analyser, count_word, self);
    self->builder = index_builder_new ();
    pthread_mutex_init (&self->mutex, NULL);
    return self;
}

void shelf_lengths (shelf *self, unsigned words, unsigned grams)
{
    index_builder_lengths (self->builder, words, grams);
}

void shelf_destroy (shelf **self_p)
{
    shelf *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->count; i++)
        part_destroy (&self->parts [i]);
    for (size_t i = 0; i < self->reader_count; i++)
        shelf_reader_destroy (self->readers [i]);
    for (size_t i = 0; i < self->area_count; i++)
        free (self->areas [i]);
    free (self->areas);
    map_destroy (&self->area_numbers, NULL);
    map_destroy (&self->pending, NULL);
    msgpack_zone_free (self->texts);
    free (self->coming);
    free (self->going);
    free (self->stale);
    free (self->saved_stale);
    statistics_destroy (&self->statistics);
    typos_destroy (&self->typos);
    analyser_destroy (&self->analyser);
    index_builder_destroy (&self->builder);
    pthread_mutex_destroy (&self->mutex);
    free (self);
    *self_p = NULL;
}

uint32_t shelf_area (shelf *self, const char *text)
{
    void **at = map_place (self->area_numbers, text, strlen (text));
    if (!*at) {
        self->areas = grow (self->areas, self->area_count + 1, &self->area_room, sizeof *self->areas);
        self->areas [self->area_count] = strdup (text);
        assert (self->areas [self->area_count]);
        *at = (void *) (uintptr_t) ++self->area_count;
    }
    return (uint32_t) ((uintptr_t) *at - 1);
}

/* ----------------------------------------------------------------------------------- changing */

static void **pending_of (const shelf *self, const offer_id *id)
{
    return map_place (self->pending, (const char *) id->bytes, sizeof id->bytes);
}

static const char *keep_text (shelf *self, const char *text)
{
    size_t size = strlen (text) + 1;
    char *copy = msgpack_zone_malloc_no_align (self->texts, size);
    assert (copy);
    return memcpy (copy, text, size);
}

static shelf_offer kept (shelf *self, const shelf_offer *offer)
{
    shelf_offer copy = *offer;
    copy.title = keep_text (self, offer->title);
    copy.description = keep_text (self, offer->description);
    copy.row.area = shelf_area (self, offer->area);
    copy.area = self->areas [copy.row.area];
    return copy;
}

static void *goes (const shelf *self)
{
    return (void *) (uintptr_t) &self->coming;
}

void shelf_put (shelf *self, const shelf_offer *offer)
{
    self->coming = grow (self->coming, self->coming_count + 1, &self->coming_room, sizeof *offer);
    self->coming [self->coming_count++] = kept (self, offer);
    *pending_of (self, &offer->id) = (void *) (uintptr_t) self->coming_count;
}

/* In a part that shows; false: nowhere. */
static bool place (const shelf *self, const offer_id *id, size_t *which, uint32_t *offer)
{
    for (*which = 0; *which < self->count; ++*which)
        if (part_place (self->parts [*which], id, offer))
            return true;
    return false;
}

/* Who came and left between two flushes was never here; who was here before that goes. */
static void take_back (shelf *self, void **pending, size_t which)
{
    size_t part;
    uint32_t offer;
    *pending = place (self, &self->coming [which].id, &part, &offer) ? goes (self) : NULL;
    if (which != --self->coming_count) {
        self->coming [which] = self->coming [self->coming_count];
        *pending_of (self, &self->coming [which].id) = (void *) (uintptr_t) (which + 1);
    }
}

void shelf_remove (shelf *self, const shelf_offer *offer)
{
    void **pending = pending_of (self, &offer->id);
    if (*pending && *pending != goes (self)) {
        take_back (self, pending, (size_t) (uintptr_t) *pending - 1);
        return;
    }
    *pending = goes (self);
    self->going = grow (self->going, self->going_count + 1, &self->going_room, sizeof *offer);
    self->going [self->going_count++] = kept (self, offer);
}

const offer_row *shelf_row (const shelf *self, const offer_id *id)
{
    const void *pending = map_find (self->pending, (const char *) id->bytes, sizeof id->bytes);
    size_t which;
    uint32_t offer;
    if (pending)
        return pending == goes (self) ? NULL : &self->coming [(size_t) (uintptr_t) pending - 1].row;
    return place (self, id, &which, &offer) ? &self->parts [which]->rows [offer] : NULL;
}

void shelf_each_of (const shelf *self, uint32_t supplier, void (*found) (void *to, const offer_row *), void *to)
{
    for (size_t i = 0; i < self->coming_count; i++)
        if (self->coming [i].row.supplier == supplier)
            found (to, &self->coming [i].row);
    for (part *const *p = self->parts; p < self->parts + self->count; p++)
        for (uint32_t i = 0; i < (*p)->offers; i++)
            if ((*p)->rows [i].supplier == supplier && !part_has_left (*p, i)
            &&  shelf_row (self, index_id ((*p)->index, i)) == &(*p)->rows [i])
                found (to, &(*p)->rows [i]);
}

/* ------------------------------------------------------------------------------------ showing */

static int by_key (const void *a, const void *b)
{
    const shelf_offer *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : memcmp (&x->id, &y->id, sizeof x->id);
}

static void take_token (void *to, const char *token, size_t size, unsigned strength)
{
    index_builder_token (to, token, size, strength);
}

part *shelf_part_of (shelf *self, shelf_offer *offers, size_t count, int by)
{
    size_t size;
    self->counted_by = by;
    offer_row *rows = malloc (count * sizeof *rows + 1);
    assert (rows);
    qsort (offers, count, sizeof *offers, by_key);
    for (size_t i = 0; i < count; i++) {
        const shelf_offer *o = &offers [i];
        rows [i] = o->row;
        index_builder_offer (self->builder, o->key, &o->id);
        analyser_read (self->analyser, o->title, strlen (o->title), GRAMS_KEPT, take_token, self->builder);
        analyser_read (self->analyser, o->description, strlen (o->description), GRAMS_NONE, take_token, self->builder);
    }
    analyser_tell (self->analyser);
    void *bytes = index_builder_finish (self->builder, &size);
    part *fresh = part_new (bytes, size, rows, (uint32_t) count);
    free (rows);
    return fresh;
}

static void let_go (shelf *self)
{
    part *gone = shelf_part_of (self, self->going, self->going_count, -1);
    statistics_count (self->statistics, gone->index, -1);
    part_destroy (&gone);
    for (size_t i = 0; i < self->going_count; i++) {
        size_t which;
        uint32_t offer;
        if (place (self, &self->going [i].id, &which, &offer))
            part_leave (self->parts [which], offer);
    }
    self->going_count = 0;
}

void shelf_stand (shelf *self, part *fresh)
{
    size_t at = self->count++;
    assert (self->count <= PARTS);
    for (; at && self->parts [at - 1]->offers < fresh->offers; at--)
        self->parts [at] = self->parts [at - 1];
    self->parts [at] = fresh;
}

static void take_in (shelf *self)
{
    part *fresh = shelf_part_of (self, self->coming, self->coming_count, 1);
    statistics_count (self->statistics, fresh->index, 1);
    shelf_stand (self, fresh);
    self->coming_count = 0;
}

void shelf_flush (shelf *self)
{
    if (self->going_count)
        let_go (self);
    if (self->coming_count)
        take_in (self);
    forget_pending (self);
    while (self->count > MOST_PARTS) {
        shelf_merge *merge = shelf_merge_begin (self);
        assert (merge);
        shelf_merge_work (merge);
        shelf_merge_end (self, &merge);
    }
}

void shelf_advance (shelf *self, int64_t seq)
{
    int64_t edition = edition_of (seq);
    if (edition == self->edition)
        return;
    shelf_flush (self);
    statistics_cut (self->statistics);
    typos_cut (self->typos);
    self->edition = edition;
}
