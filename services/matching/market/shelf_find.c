/* shelf_find.c - the best of all parts. */
#include "shelf_inside.h"
#include "../score.h"
#include "../search/format.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct shelf_reader {
    analyser    *analyser;
    finder      *finder;
    uint64_t    *allowed;
    size_t       allowed_room;
    shelf_found *found;
    size_t       found_room;
    hit_t       *hits;
    size_t       hit_room;
};

void shelf_reader_destroy (shelf_reader *self)
{
    analyser_destroy (&self->analyser);
    finder_destroy (&self->finder);
    free (self->allowed);
    free (self->found);
    free (self->hits);
    free (self);
}

shelf_state shelf_now (const shelf *self)
{
    shelf_state now = { .edition = self->edition, .parts = (int64_t) self->count };
    for (size_t i = 0; i < self->count; i++) {
        int64_t here = self->parts [i]->offers - self->parts [i]->left;
        now.offers += here;
        now.newest += i ? here : 0;
        now.bytes += (int64_t) self->parts [i]->size;
    }
    return now;
}

shelf_reader *shelf_borrow (const shelf *self)
{
    shelf *to = (shelf *) (uintptr_t) self;
    pthread_mutex_lock (&to->mutex);
    shelf_reader *reader = to->reader_count ? to->readers [--to->reader_count] : NULL;
    pthread_mutex_unlock (&to->mutex);
    if (reader)
        return reader;
    reader = calloc (1, sizeof *reader);
    assert (reader);
    reader->analyser = analyser_new (self->language, self->words);
    reader->finder = finder_new ();
    assert (reader->analyser);
    return reader;
}

void shelf_return (const shelf *self, shelf_reader *reader)
{
    shelf *to = (shelf *) (uintptr_t) self;
    pthread_mutex_lock (&to->mutex);
    bool room = to->reader_count < READERS;
    if (room)
        to->readers [to->reader_count++] = reader;
    pthread_mutex_unlock (&to->mutex);
    if (!room)
        shelf_reader_destroy (reader);
}

analyser *shelf_analyser (shelf_reader *self)
{
    return self->analyser;
}

int64_t shelf_frequency (const shelf *self, const char *token, size_t size)
{
    return statistics_frequency (self->statistics, token, size);
}

int64_t shelf_offers (const shelf *self)
{
    return statistics_offers (self->statistics);
}

enum { MEANT_TIMES = 16 /* as often as offers have the word itself */ };

typedef struct {
    char   *word;
    size_t  size;
    int64_t times; /* of the best one so far; at least as many as one has to have */
} meaning;

static bool is_first (const meaning *self, const char *word, size_t size)
{
    int order = memcmp (word, self->word, size < self->size ? size : self->size);
    return order ? order < 0 : size < self->size;
}

/* Of equals the one that is first by its letters. */
static void hold_against (void *to, const char *word, size_t size, int64_t times)
{
    meaning *self = to;
    if (times < self->times || (times == self->times && self->size && !is_first (self, word, size)))
        return;
    self->times = times;
    memcpy (self->word, word, self->size = size);
}

size_t shelf_meant (const shelf *self, const char *written, size_t size, int64_t with, char meant [TOKEN_BYTES])
{
    char word [TOKEN_BYTES];
    meaning best = { meant, 0, with ? MEANT_TIMES * with : 1 };
    size_t folded = analyser_fold (written, size, word);
    if (folded && !(self->words && wordlist_has (self->words, word, folded)))
        typos_find (self->typos, word, folded, hold_against, &best);
    return best.size;
}

static bool is_in (const char *area, const char *municipality)
{
    return strcmp (area, "*") == 0 || strstr (area, municipality);
}

const char *shelf_area_of (const shelf *self, const offer_row *row)
{
    return self->areas [row->area];
}

bool shelf_reaches (const shelf *self, uint32_t area, const char *municipality)
{
    return is_in (self->areas [area], municipality);
}

static const uint64_t *draw (const shelf *self, part *p, const char *municipality)
{
    bool *reaches = calloc (self->area_count + 1, sizeof *reaches);
    assert (reaches);
    for (size_t i = 0; i < self->area_count; i++)
        reaches [i] = is_in (self->areas [i], municipality);
    const uint64_t *bits = part_draw (p, row_place (municipality), reaches);
    free (reaches);
    return bits;
}

static const uint64_t *bits_of (const shelf *self, part *p, const char *municipality)
{
    shelf *to = (shelf *) (uintptr_t) self;
    pthread_mutex_lock (&to->mutex);
    const uint64_t *bits = part_area (p, row_place (municipality));
    if (!bits)
        bits = draw (self, p, municipality);
    pthread_mutex_unlock (&to->mutex);
    return bits;
}

/* NULL: every offer is. */
static const uint64_t *allowed (const shelf *self, shelf_reader *with, part *p, shelf_where where)
{
    if (!where.municipality && !p->left)
        return NULL;
    size_t words = part_words (p->offers);
    const uint64_t *there = where.municipality ? bits_of (self, p, where.municipality) : NULL;
    if (there && !where.away && !p->left)
        return there;
    uint64_t turned = where.away ? UINT64_MAX : 0;
    with->allowed = grow (with->allowed, words, &with->allowed_room, sizeof *with->allowed);
    for (size_t w = 0; w < words; w++)
        with->allowed [w] = (there ? there [w] ^ turned : UINT64_MAX) & ~(p->left ? p->gone [w] : 0);
    return with->allowed;
}

static int by_score (const void *a, const void *b)
{
    const shelf_found *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : offer_id_compare (x->id, y->id);
}

/* Those tokens that a part has; how many. */
static size_t known_in (const part *p, const shelf_wanted *asked, size_t count, wanted here [SHELF_WANTED])
{
    uint64_t hashes [SHELF_WANTED] = { 0 };
    int64_t tokens [SHELF_WANTED];
    size_t known = 0;
    if (!count)
        return 0;
    count = count < SHELF_WANTED ? count : SHELF_WANTED;
    for (size_t i = 0; i < count; i++)
        hashes [i] = asked [i].hash;
    index_tokens (p->index, hashes, count, tokens);
    for (size_t i = 0; i < count; i++)
        if (tokens [i] != INDEX_NONE)
            here [known++] = (wanted) { tokens [i], asked [i].factor };
    return known;
}

static shelf_found found_in (const part *p, size_t which, hit_t hit)
{
    return (shelf_found) { index_id (p->index, hit.offer), &p->rows [hit.offer], hit.score, (uint32_t) which, hit.offer };
}

static void find_in (const shelf *self, shelf_reader *with, size_t which, const shelf_wanted *asked, size_t count,
                     shelf_where where, size_t most, uint32_t *least, size_t *found)
{
    part *p = self->parts [which];
    wanted here [SHELF_WANTED];
    size_t known = known_in (p, asked, count, here);
    if (!known)
        return;
    with->hits = grow (with->hits, most, &with->hit_room, sizeof *with->hits);
    size_t hits = index_find (p->index, with->finder, here, known, allowed (self, with, p, where), *least, with->hits, most);
    if (hits == most) /* there are enough that are as good as the last of these */
        *least = with->hits [most - 1].score;
    with->found = grow (with->found, *found + hits, &with->found_room, sizeof *with->found);
    for (size_t i = 0; i < hits; i++)
        with->found [(*found)++] = found_in (p, which, with->hits [i]);
}

/* The first of what the parts gave; NULL: it is in order. */
static size_t best_of (const shelf_reader *with, size_t found, int (*order) (const void *, const void *), shelf_found *best,
                       size_t most)
{
    if (order && found)
        qsort (with->found, found, sizeof *with->found, order);
    found = found < most ? found : most;
    if (found)
        memcpy (best, with->found, found * sizeof *best);
    return found;
}

size_t shelf_find (const shelf *self, shelf_reader *with, const shelf_wanted *asked, size_t count, shelf_where where, shelf_found *best,
                   size_t most)
{
    size_t found = 0;
    uint32_t least = 1;
    size_t parts = 0;
    for (size_t i = 0; i < self->count && most; i++) {
        size_t before = found;
        find_in (self, with, i, asked, count, where, most, &least, &found);
        parts += found > before;
    }
    return best_of (with, found, parts > 1 ? by_score : NULL, best, most);
}

size_t shelf_find_cpv (const shelf *self, shelf_reader *with, uint32_t cpv, int digits, shelf_where where, shelf_found *best, size_t most)
{
    uint32_t first, last;
    cpv_branch (cpv, digits, &first, &last);
    size_t found = 0;
    for (size_t which = 0; which < self->count; which++) {
        part *p = self->parts [which];
        const uint64_t *may = allowed (self, with, p, where);
        uint32_t end = index_from (p->index, shelf_key (last, UINT16_MAX) + 1);
        for (uint32_t i = index_from (p->index, shelf_key (first, 0)); i < end; i++)
            if (!may || may [i / 64] >> i % 64 & 1) {
                with->found = grow (with->found, found + 1, &with->found_room, sizeof *with->found);
                with->found [found++] = found_in (p, which, (hit_t) { i, 0 });
            }
    }
    return best_of (with, found, by_score, best, most);
}

/* A judge in one part. Rows are far in the memory: they are asked for as offers come in, and the judge hears of many at once. */
typedef struct {
    const shelf_judge *judge;
    const part        *in;
    size_t             which, count;
    uint32_t           least;
    hit_t              waiting [HEARD_AT_ONCE];
} hearing;

static uint32_t besides (void *to, uint64_t first, uint64_t last, bool *all)
{
    const shelf_judge *judge = ((hearing *) to)->judge;
    return judge->besides (judge->to, shelf_key_cpv (first), shelf_key_cpv (last), all);
}

static void hear (hearing *self)
{
    shelf_found found [HEARD_AT_ONCE];
    for (size_t i = 0; i < self->count; i++)
        found [i] = found_in (self->in, self->which, self->waiting [i]);
    if (self->count)
        self->least = self->judge->take (self->judge->to, found, self->count);
    self->count = 0;
}

static uint32_t take (void *to, const hit_t *hits, size_t count)
{
    hearing *self = to;
    for (size_t i = 0; i < count; i++) {
        const offer_row *row = &self->in->rows [hits [i].offer];
        __builtin_prefetch (row);
        __builtin_prefetch (&row->goals); /* it may lie on two lines */
        self->waiting [self->count++] = hits [i];
        if (self->count == HEARD_AT_ONCE)
            hear (self);
    }
    return self->least;
}

void shelf_visit (const shelf *self, shelf_reader *with, const shelf_wanted *asked, size_t count, shelf_where where, const shelf_judge *judge)
{
    hearing now = { .judge = judge };
    for (now.which = 0; now.which < self->count; now.which++) {
        part *p = self->parts [now.which];
        wanted here [SHELF_WANTED];
        size_t known = known_in (p, asked, count, here);
        now.in = p;
        index_visit (p->index, with->finder, here, known, allowed (self, with, p, where), now.least,
                     &(index_judge) { &now, judge->least_words, besides, take });
        hear (&now);
    }
}

bool shelf_place (const shelf *self, const offer_id *id, shelf_found *found)
{
    uint32_t offer;
    for (size_t i = 0; i < self->count; i++)
        if (part_place (self->parts [i], id, &offer)) {
            *found = found_in (self->parts [i], i, (hit_t) { offer, 0 });
            return true;
        }
    return false;
}

uint32_t shelf_weight (const shelf *self, const shelf_found *of, const shelf_wanted *token)
{
    const index_t *index = self->parts [of->part]->index;
    return index_weight (index, index_token (index, token->hash), of->offer);
}
