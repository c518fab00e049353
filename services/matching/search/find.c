/* find.c - the best offers for a query, block by block: first those that could give most. What is looked at less never
 * changes what is found.                                                                                              */
#include "visit.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WANTED = 1024, BUCKETS = 256, COARSE_BITS = 10 /* of what factors sum to, where blocks are compared */,
       FAR = 8, NEAR = 3 /* visits before */ };

struct finder {
    uint32_t *sums;                   /* by offer; all zero between searches */
    size_t    sum_room;
    uint16_t *most;                   /* by block: what it could give, coarsely */
    uint32_t *order;                  /* in which blocks are visited */
    size_t    block_room;
    uint8_t  *bounds;                 /* of tokens without a row */
    uint64_t *spans;
    size_t    span_room;
    uint32_t  counts [BUCKETS + 1];
    sought    sought [WANTED];
    visit     visits [FAR];           /* that are prepared, in a ring */
    here     *here;                   /* room for their tokens */
    size_t    here_room;
    visitor   visitor;
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
        free ((*self_p)->bounds);
        free ((*self_p)->spans);
        free ((*self_p)->here);
        best_free (&(*self_p)->visitor.best);
        free (*self_p);
    }
    *self_p = NULL;
}

static void *room_for (void *at, size_t count, size_t size)
{
    at = realloc (at, count * size);
    assert (at);
    return at;
}

static void make_room (finder *self, uint32_t blocks, size_t tokens)
{
    if (self->block_room < blocks) {
        self->most = room_for (self->most, blocks, sizeof *self->most);
        self->order = room_for (self->order, blocks, sizeof *self->order);
        self->block_room = blocks;
    }
    if (self->span_room < blocks * tokens) {
        self->span_room = blocks * tokens;
        self->bounds = room_for (self->bounds, self->span_room, sizeof *self->bounds);
        self->spans = room_for (self->spans, self->span_room, sizeof *self->spans);
    }
    if (self->here_room < FAR * tokens)
        self->here = room_for (self->here, self->here_room = FAR * tokens, sizeof *self->here);
    for (size_t i = 0; i < FAR; i++)
        self->visits [i].tokens = self->here + i * tokens;
}

/* ------------------------------------------------------------------------------------- blocks */

/* Reads where the entries of a token without a row are. */
static void spread_runs (const index_t *self, const index_token_t *t, uint8_t *bounds, uint64_t *spans)
{
    const uint16_t *near = index_near (self, t);
    memset (bounds, 0, self->head.blocks);
    for (index_run run = { .at = NULL }; index_next_run (self, t, &run); ) {
        bounds [run.block] = (uint8_t) run.most;
        spans [run.block] = (uint64_t) (run.at - near) << 32 | run.count;
    }
}

static void add_bounds (uint16_t *restrict most, const uint8_t *restrict bounds, uint32_t blocks, uint16_t factor)
{
    for (uint32_t b = 0; b < blocks; b++)
        most [b] = (uint16_t) (most [b] + bounds [b] * factor);
}

/* Factors so small that what a block could give fits in sixteen bits; they are rounded up. */
static unsigned coarse_shift (const wanted *query, size_t count)
{
    uint64_t sum = 0;
    unsigned shift = 0;
    for (size_t q = 0; q < count; q++)
        sum += query [q].factor;
    while ((sum >> shift) + count >= UINT64_C (1) << COARSE_BITS)
        shift++;
    return shift;
}

/* Looks where the tokens are, and what each block could give at most: so many times 2^shift. */
static unsigned bound_blocks (const index_t *self, finder *with, const wanted *query, size_t count)
{
    uint32_t blocks = self->head.blocks;
    unsigned shift = coarse_shift (query, count);
    make_room (with, blocks, count);
    memset (with->most, 0, blocks * sizeof *with->most);
    for (size_t q = 0; q < count; q++) {
        const index_token_t *t = &self->tokens [query [q].token];
        sought *s = &with->sought [q];
        *s = (sought) { .near = index_near (self, t), .factor = query [q].factor };
        if (t->form == DENSE) {
            s->row = index_row (self, t);
            s->bounds = self->bounds + (uint64_t) s->row * blocks;
        } else {
            spread_runs (self, t, with->bounds + q * blocks, with->spans + q * blocks);
            s->bounds = with->bounds + q * blocks;
            s->spans = with->spans + q * blocks;
        }
        add_bounds (with->most, s->bounds, blocks, (uint16_t) ((s->factor + (UINT64_C (1) << shift) - 1) >> shift));
    }
    return shift;
}

/* Into buckets by what they could give, the most first: within a bucket in any order. Those that give nothing are left
 * out; how many there are. `most`: what any could give. Answers by how many bits
 * what a block could give is greater than the number of its bucket.                                                      */
static unsigned order_blocks (const index_t *self, finder *with, uint32_t *visits, uint32_t *most)
{
    uint32_t blocks = self->head.blocks, at = 0;
    unsigned shift = 0;
    *most = 0;
    for (uint32_t b = 0; b < blocks; b++)
        *most = with->most [b] > *most ? with->most [b] : *most;
    while (*most >> shift >= BUCKETS)
        shift++;
    memset (with->counts, 0, sizeof with->counts);
    for (uint32_t b = 0; b < blocks; b++)
        with->counts [with->most [b] >> shift]++;
    for (int i = BUCKETS; i >= 0; i--) {
        uint32_t count = with->counts [i];
        with->counts [i] = at;
        at += count;
    }
    *visits = 0;
    for (uint32_t b = 0; b < blocks; b++) {
        with->order [with->counts [with->most [b] >> shift]++] = b;
        *visits += with->most [b] > 0;
    }
    return shift;
}

/* Whether the bucket of a visit could give so much. */
static bool reaches (const finder *with, uint32_t visit, unsigned bucket, unsigned coarse, uint32_t least)
{
    uint32_t most = with->most [with->order [visit]];
    return (uint64_t) ((most >> bucket) + 1) << bucket << coarse > least;
}

/* The memory is far: what a visit needs is asked for some visits before. */
static void find_by_blocks (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, size_t wanted_most, uint32_t least)
{
    best_of *best = &with->visitor.best;
    uint32_t visits, highest;
    unsigned coarse = bound_blocks (self, with, query, count), bucket = order_blocks (self, with, &visits, &highest);
    best_begin (best, highest << coarse, wanted_most, least);
    for (uint32_t k = 0, prepared = 0, fetched = 0; k < visits; k++) {
        if (!reaches (with, k, bucket, coarse, best->least))
            break; /* nor does any after it */
        for (; prepared < visits && prepared < k + FAR && reaches (with, prepared, bucket, coarse, best->least); prepared++)
            visit_prepare (self, &with->visits [prepared % FAR], with->sought, count, with->order [prepared], best->least);
        for (; fetched < prepared && fetched < k + NEAR; fetched++)
            visit_fetch (self, &with->visits [fetched % FAR], allowed);
        visit_make (self, &with->visitor, &with->visits [k % FAR], allowed);
    }
}

/* ------------------------------------------------------------------------------------ queries */

/* Those tokens that there are, what is worth most first: that is what could give most in nearly every block, and putting
 * the tokens of each in order takes longer than it saves.                                                               */
static size_t take_query (const wanted *from, size_t count, wanted to [WANTED])
{
    size_t taken = 0;
    for (size_t i = 0; i < count && taken < WANTED; i++) {
        if (from [i].token == INDEX_NONE || !from [i].factor)
            continue;
        size_t at = taken++;
        for (; at && to [at - 1].factor < from [i].factor; at--)
            to [at] = to [at - 1];
        to [at] = from [i];
    }
    return taken;
}

size_t index_find (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, uint32_t least,
                   hit_t *best, size_t most)
{
    wanted known [WANTED];
    if (!most)
        return 0;
    find_by_blocks (self, with, known, take_query (query, count, known), allowed, most, least);
    return best_end (&with->visitor.best, self, best);
}

static void sum_all (const index_t *self, finder *with, const wanted *query, size_t count)
{
    if (with->sum_room < self->head.offers) {
        free (with->sums);
        with->sums = calloc (with->sum_room = self->head.offers, sizeof *with->sums);
        assert (with->sums);
    }
    for (size_t q = 0; q < count; q++) {
        const index_token_t *t = &self->tokens [query [q].token];
        for (index_run run = { .at = NULL }; index_next_run (self, t, &run); )
            visit_add (with->sums + run.block * INDEX_BLOCK, run.at, run.count, query [q].factor);
    }
}

size_t index_find_all (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, hit_t *best, size_t most)
{
    wanted known [WANTED];
    if (!most)
        return 0;
    sum_all (self, with, known, take_query (query, count, known));
    best_begin (&with->visitor.best, UINT32_MAX, most, 1);
    for (uint32_t i = 0; i < self->head.offers; i++) {
        if (with->sums [i] >= with->visitor.best.least && (!allowed || allowed [i / 64] >> i % 64 & 1))
            best_offer (&with->visitor.best, (hit_t) { i, with->sums [i] });
        with->sums [i] = 0;
    }
    return best_end (&with->visitor.best, self, best);
}
