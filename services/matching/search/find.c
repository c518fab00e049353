/* find.c - the best offers for a query: everything looked at when there is little, else block by block. */
#include "format.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WANTED = 1024, FEW = 1500 /* offers below which looking at everything is faster */, BUCKETS = 2048 };

struct finder {
    uint32_t *sums;               /* by offer; all zero between searches */
    size_t    sum_room;
    uint32_t  local [INDEX_BLOCK]; /* the same of one block */
    uint32_t *most, *order;       /* by block: what it could give; in which order blocks are visited */
    size_t    block_room;
    uint32_t  counts [BUCKETS + 1];
};

/* ----------------------------------------------------------------------------------- finders */

finder *finder_new (void)
{
    finder *self = calloc (1, sizeof *self);
    assert (self);
    return self;
}

void finder_destroy (finder **self_p)
{
    if (*self_p) {
        free ((*self_p)->sums);
        free ((*self_p)->most);
        free ((*self_p)->order);
        free (*self_p);
    }
    *self_p = NULL;
}

/* -------------------------------------------------------------------------------------- best */

/* A heap with the worst of the best on top. */
typedef struct {
    const index_t  *index;
    const uint64_t *allowed;
    hit_t          *at;
    size_t          count, most;
    uint32_t        least;  /* no score below this is wanted */
} best_of;

/* Less score, or the same and a greater id. */
static bool is_worse (const best_of *self, const hit_t *a, const hit_t *b)
{
    if (a->score != b->score)
        return a->score < b->score;
    return memcmp (&self->index->ids [a->offer], &self->index->ids [b->offer], sizeof (offer_id)) > 0;
}

static void sink (best_of *self, hit_t hit)
{
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < self->count; i = child) {
        if (child + 1 < self->count && is_worse (self, &self->at [child + 1], &self->at [child]))
            child++;
        if (!is_worse (self, &self->at [child], &hit))
            break;
        self->at [i] = self->at [child];
    }
    self->at [i] = hit;
}

static void rise (best_of *self, hit_t hit)
{
    size_t i = self->count++;
    for (; i && is_worse (self, &hit, &self->at [(i - 1) / 2]); i = (i - 1) / 2)
        self->at [i] = self->at [(i - 1) / 2];
    self->at [i] = hit;
}

/* What a score must be at least. */
static uint32_t threshold (const best_of *self)
{
    return self->count < self->most || self->at [0].score < self->least ? self->least : self->at [0].score;
}

static void offer_to (best_of *self, uint32_t offer, uint32_t score)
{
    hit_t hit = { offer, score };
    if (self->allowed && !(self->allowed [offer >> 6] >> (offer & 63) & 1))
        return;
    if (self->count < self->most)
        rise (self, hit);
    else if (is_worse (self, &self->at [0], &hit))
        sink (self, hit);
}

/* Best first. */
static size_t sorted (best_of *self)
{
    size_t count = self->count;
    while (self->count > 1) {
        hit_t worst = self->at [0], last = self->at [--self->count];
        sink (self, last);
        self->at [self->count] = worst;
    }
    return count;
}

/* -------------------------------------------------------------------------------------- runs */

/* Those of a token in a block. */
static index_run run_in (const index_t *self, const index_token_t *t, uint32_t block)
{
    const uint32_t *far = self->far + t->list;
    uint32_t low = 0, high = t->frequency, first = block * INDEX_BLOCK;
    if (t->bounds != UINT32_MAX)
        return index_run_of_many (self, t, block);
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (far [middle] >> WEIGHT_BITS < first)
            low = middle + 1;
        else
            high = middle;
    }
    while (high < t->frequency && (far [high] >> WEIGHT_BITS) - first < INDEX_BLOCK)
        high++;
    return (index_run) { far + low, NULL, high - low, first };
}

static void add_run (uint32_t *sums, const index_run *r, uint32_t factor)
{
    if (r->far)
        for (uint32_t i = 0; i < r->count; i++)
            sums [(r->far [i] >> WEIGHT_BITS) - r->first] += (r->far [i] & WEIGHT_MOST) * factor;
    else
        for (uint32_t i = 0; i < r->count; i++)
            sums [r->near [i] % INDEX_BLOCK] += (uint32_t) (r->near [i] >> NEAR_BITS) * factor;
}

/* Each sum counts once, and the next search finds zeros. */
static void take_run (uint32_t *sums, const index_run *r, best_of *best)
{
    uint32_t least = threshold (best);
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t at = r->far ? (r->far [i] >> WEIGHT_BITS) - r->first : r->near [i] % INDEX_BLOCK, score = sums [at];
        sums [at] = 0;
        if (score >= least) {
            offer_to (best, r->first + at, score);
            least = threshold (best);
        }
    }
}

/* -------------------------------------------------------------------------------- everything */

static void find_all (const index_t *self, finder *with, const wanted *query, size_t count, best_of *best)
{
    if (with->sum_room < self->head.offers) {
        free (with->sums);
        with->sums = calloc (with->sum_room = self->head.offers, sizeof *with->sums);
        assert (with->sums);
    }
    for (int take = 0; take < 2; take++)
        for (size_t q = 0; q < count; q++) {
            const index_token_t *t = &self->tokens [query [q].token];
            bool many = t->bounds != UINT32_MAX;
            for (uint32_t b = 0; b < (many ? self->head.blocks : 1); b++) {
                index_run r = many ? index_run_of_many (self, t, b) : index_run_of_few (self, t);
                take ? take_run (with->sums + r.first, &r, best) : add_run (with->sums + r.first, &r, query [q].factor);
            }
        }
}

/* ------------------------------------------------------------------------------------ blocks */

static void *room_for (void *at, size_t count)
{
    at = realloc (at, count * sizeof (uint32_t));
    assert (at);
    return at;
}

/* What each block could give at most. */
static void bound_blocks (const index_t *self, finder *with, const wanted *query, size_t count)
{
    uint32_t blocks = self->head.blocks;
    if (with->block_room < blocks) {
        with->most = room_for (with->most, blocks);
        with->order = room_for (with->order, blocks);
        with->block_room = blocks;
    }
    memset (with->most, 0, blocks * sizeof *with->most);
    for (size_t q = 0; q < count; q++) {
        const index_token_t *t = &self->tokens [query [q].token];
        uint32_t factor = query [q].factor;
        if (t->bounds != UINT32_MAX) {
            const uint8_t *bounds = self->bounds + (uint64_t) t->bounds * blocks;
            for (uint32_t b = 0; b < blocks; b++)
                with->most [b] += bounds [b] * factor;
            continue;
        }
        const uint32_t *far = self->far + t->list;
        for (uint32_t i = 0; i < t->frequency;) {
            uint32_t block = far [i] >> WEIGHT_BITS >> NEAR_BITS, most = 0;
            for (; i < t->frequency && far [i] >> WEIGHT_BITS >> NEAR_BITS == block; i++)
                most = (far [i] & WEIGHT_MOST) > most ? far [i] & WEIGHT_MOST : most;
            with->most [block] += most * factor;
        }
    }
}

/* Into buckets by what they could give, the most first: within a bucket in any order. Answers by how many bits what a
 * block could give is greater than the number of its bucket.                                                        */
static unsigned order_blocks (const index_t *self, finder *with, uint32_t *visits)
{
    uint32_t blocks = self->head.blocks, most = 0, at = 0;
    unsigned shift = 0;
    for (uint32_t b = 0; b < blocks; b++)
        most = with->most [b] > most ? with->most [b] : most;
    while (most >> shift >= BUCKETS)
        shift++;
    memset (with->counts, 0, sizeof with->counts);
    for (uint32_t b = 0; b < blocks; b++)
        with->counts [with->most [b] >> shift]++;
    for (int i = BUCKETS; i >= 0; i--) {
        uint32_t here = with->counts [i];
        with->counts [i] = at;
        at += here;
    }
    *visits = 0;
    for (uint32_t b = 0; b < blocks; b++) {
        with->order [with->counts [with->most [b] >> shift]++] = b;
        *visits += with->most [b] > 0;
    }
    return shift;
}

static void visit (const index_t *self, finder *with, const wanted *query, size_t count, uint32_t block, best_of *best)
{
    index_run runs [WANTED];
    for (size_t q = 0; q < count; q++) {
        runs [q] = run_in (self, &self->tokens [query [q].token], block);
        add_run (with->local, &runs [q], query [q].factor);
    }
    for (size_t q = 0; q < count; q++)
        take_run (with->local, &runs [q], best);
}

static void find_by_blocks (const index_t *self, finder *with, const wanted *query, size_t count, best_of *best)
{
    uint32_t visits;
    bound_blocks (self, with, query, count);
    unsigned shift = order_blocks (self, with, &visits);
    for (uint32_t k = 0; k < visits; k++) {
        uint32_t block = with->order [k], most = with->most [block];
        if ((uint64_t) ((most >> shift) + 1) << shift <= threshold (best))
            break; /* neither this bucket nor any after it reaches it */
        if (most >= threshold (best))
            visit (self, with, query, count, block, best);
    }
}

/* ----------------------------------------------------------------------------------- queries */

/* Those tokens that there are. */
static size_t take_query (const index_t *self, const wanted *from, size_t count, wanted to [WANTED], uint64_t *offers)
{
    size_t taken = 0;
    *offers = 0;
    for (size_t i = 0; i < count && taken < WANTED; i++)
        if (from [i].token != INDEX_NONE && from [i].factor) {
            *offers += index_frequency (self, from [i].token);
            to [taken++] = from [i];
        }
    return taken;
}

size_t index_find (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, uint32_t least,
                   hit_t *best, size_t most)
{
    wanted known [WANTED];
    uint64_t offers;
    best_of heap = { self, allowed, best, 0, most, least };
    count = take_query (self, query, count, known, &offers);
    if (most == 0)
        return 0;
    if (offers < FEW)
        find_all (self, with, known, count, &heap);
    else
        find_by_blocks (self, with, known, count, &heap);
    return sorted (&heap);
}

size_t index_find_all (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, hit_t *best, size_t most)
{
    wanted known [WANTED];
    uint64_t offers;
    best_of heap = { self, allowed, best, 0, most, 1 };
    count = take_query (self, query, count, known, &offers);
    if (most == 0)
        return 0;
    find_all (self, with, known, count, &heap);
    return sorted (&heap);
}
