/* lexicon.c - the inverted index: from a word to the offers that have it. A word stays known
 * when the last offer with it leaves; it then leads nowhere.
 *
 * Dutch writes compounds as one word, so a buyer's "tuinonderhoud" must meet an offer's
 * "onderhoud", and the other way round. Each word is also kept under its beginnings and ends;
 * that takes no dictionary, and depends on the words alone.                                   */
#include "lexicon.h"
#include "score.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A part of a compound, and what must be left of it. */
enum { PART_LETTERS = 4, LEFT_LETTERS = 2 };

static void *grow (void *at, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return at;
    *room = *room ? *room * 2 : 4;
    at = realloc (at, *room * size);
    assert (at);
    return at;
}

static void list_add (term_list *to, term *which)
{
    to->at = grow (to->at, to->count, &to->room, sizeof *to->at);
    to->at [to->count++] = which;
}

static void compound_add (market *self, const char *piece, size_t length, term *whole)
{
    void **at = map_place (self->compounds, piece, length);
    if (!*at)
        *at = calloc (1, sizeof (term_list));
    assert (*at);
    list_add (*at, whole);
}

/* Letters here are bytes: stems of Dutch words have hardly any other. */
static term *term_of (market *self, const char *stem)
{
    size_t length = strlen (stem);
    void **at = map_place (self->terms, stem, length);
    if (*at)
        return *at;
    term *fresh = calloc (1, sizeof *fresh);
    assert (fresh);
    fresh->stem = strdup (stem);
    assert (fresh->stem);
    *at = fresh;
    for (size_t size = PART_LETTERS; size + LEFT_LETTERS <= length; size++) {
        compound_add (self, stem, size, fresh);
        compound_add (self, stem + length - size, size, fresh);
    }
    return fresh;
}

/* An offer that is being read. */
typedef struct {
    market *market;
    entry  *offer;
    bool    in_title;
} reading;

static void count_word (void *to, const char *stem, const char *written)
{
    (void) written;
    reading *self = to;
    term *which = term_of (self->market, stem);
    posting *last = which->count ? &which->postings [which->count - 1] : NULL;
    if (!last || last->slot != self->offer->slot) {
        which->postings = grow (which->postings, which->count, &which->room, sizeof *last);
        last = &which->postings [which->count++];
        *last = (posting) { .slot = (uint32_t) self->offer->slot };
        list_add (&self->offer->terms, which);
    }
    if (self->in_title)
        last->title++;
    else
        last->body++;
    self->offer->length += self->in_title ? TITLE_WEIGHT : 1;
}

static size_t free_slot (market *self)
{
    if ((size_t) self->offer_count < self->slot_count)
        for (size_t i = 0; i < self->slot_count; i++)
            if (!self->slots [i])
                return i;
    self->slots = grow (self->slots, self->slot_count, &self->slot_room, sizeof *self->slots);
    return self->slot_count++;
}

void lexicon_add (market *self, entry *offer)
{
    const offer_t *record = offer->record;
    offer->slot = (int64_t) free_slot (self);
    self->slots [offer->slot] = offer;
    reading now = { self, offer, true };
    stemmer_read (self->stemmer, record->title, count_word, &now);
    now.in_title = false;
    stemmer_read (self->stemmer, record->description, count_word, &now);
    self->offer_count++;
    self->total_length += offer->length;
}

static void drop_posting (term *self, uint32_t slot)
{
    size_t i = 0;
    while (self->postings [i].slot != slot)
        i++;
    self->postings [i] = self->postings [--self->count];
}

void lexicon_remove (market *self, entry *offer)
{
    for (size_t i = 0; i < offer->terms.count; i++)
        drop_posting (offer->terms.at [i], (uint32_t) offer->slot);
    self->slots [offer->slot] = NULL;
    self->offer_count--;
    self->total_length -= offer->length;
    offer->slot = -1;
    offer->length = 0;
    offer->terms.count = 0;
}

static void term_end (void *value)
{
    term *self = value;
    free (self->stem);
    free (self->postings);
    free (self);
}

static void list_end (void *value)
{
    term_list *self = value;
    free (self->at);
    free (self);
}

void lexicon_end (market *self)
{
    map_destroy (&self->terms, term_end);
    map_destroy (&self->compounds, list_end);
}

const term *market_term (const market *self, const char *stem)
{
    return map_find (self->terms, stem, strlen (stem));
}

void market_related (const market *self, const char *stem, void (*found) (void *to, const term *),
                     void *to)
{
    size_t length = strlen (stem);
    const term_list *wholes = map_find (self->compounds, stem, length);
    for (size_t i = 0; wholes && i < wholes->count; i++)
        found (to, wholes->at [i]);
    for (size_t size = PART_LETTERS; size + LEFT_LETTERS <= length; size++) {
        const term *begin = map_find (self->terms, stem, size);
        const term *end = map_find (self->terms, stem + length - size, size);
        if (begin)
            found (to, begin);
        if (end)
            found (to, end);
    }
}
