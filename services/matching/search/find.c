/* find.c - the best offers for a query, block by block: first those that could give most. What is looked at less never
 * changes what is found. The best are those with the best words, or what a judge makes of them, who knows what else an
 * offer has.                                                                                                           */
#include "visit.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WANTED = 1024, BUCKETS = 256, COARSE_BITS = 16 /* of what a block could give, where blocks are compared */,
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
        free ((*self_p)->visitor.besides);
        free ((*self_p)->visitor.whole);
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
        self->visitor.besides = room_for (self->visitor.besides, blocks, sizeof *self->visitor.besides);
        self->visitor.whole = room_for (self->visitor.whole, blocks, sizeof *self->visitor.whole);
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

/* Asks the judge what offers could have besides their words; the most. */
static uint32_t ask_judge (const index_t *self, visitor *with)
{
    uint32_t most = 0;
    for (uint32_t b = 0, offers = self->head.offers; b < self->head.blocks; b++) {
        uint32_t last = (b + 1) * INDEX_BLOCK < offers ? (b + 1) * INDEX_BLOCK - 1 : offers - 1;
        with->besides [b] = with->judge->besides (with->judge->to, self->keys [(size_t) b * INDEX_BLOCK], self->keys [last], &with->whole [b]);
        most = with->besides [b] > most ? with->besides [b] : most;
    }
    return most;
}

static uint32_t coarsely (uint32_t value, unsigned shift)
{
    return (uint32_t) ((value + (UINT64_C (1) << shift) - 1) >> shift);
}

/* Factors, and what there is besides, so small that what a block could give fits in sixteen bits; they are rounded up. */
static unsigned coarse_shift (const wanted *query, size_t count, uint32_t besides)
{
    uint64_t sum = 0;
    unsigned shift = 0;
    for (size_t q = 0; q < count; q++)
        sum += query [q].factor;
    while (((sum >> shift) + count) * WEIGHT_MOST + (besides >> shift) + 1 >= UINT64_C (1) << COARSE_BITS)
        shift++;
    return shift;
}

/* Looks where the tokens are, and what each block could give at most: so many times 2^shift. */
static unsigned bound_blocks (const index_t *self, finder *with, const wanted *query, size_t count)
{
    uint32_t blocks = self->head.blocks;
    make_room (with, blocks, count);
    unsigned shift = coarse_shift (query, count, with->visitor.judge ? ask_judge (self, &with->visitor) : 0);
    for (uint32_t b = 0; b < blocks; b++)
        with->most [b] = with->visitor.judge ? (uint16_t) coarsely (with->visitor.besides [b], shift) : 0;
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
        add_bounds (with->most, s->bounds, blocks, (uint16_t) coarsely (s->factor, shift));
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
static void visit_blocks (const index_t *self, finder *with, size_t count, const uint64_t *allowed, uint32_t visits, unsigned bucket,
                          unsigned coarse)
{
    visitor *v = &with->visitor;
    for (uint32_t k = 0, prepared = 0, fetched = 0; k < visits; k++) {
        if (!reaches (with, k, bucket, coarse, v->least))
            break; /* nor does any after it */
        for (; prepared < visits && prepared < k + FAR && reaches (with, prepared, bucket, coarse, v->least); prepared++)
            visit_prepare (self, v, &with->visits [prepared % FAR], with->sought, count, with->order [prepared]);
        for (; fetched < prepared && fetched < k + NEAR; fetched++)
            visit_fetch (self, &with->visits [fetched % FAR], allowed);
        visit_make (self, v, &with->visits [k % FAR], allowed);
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
    uint32_t visits, highest;
    if (!most)
        return 0;
    with->visitor.judge = NULL;
    with->visitor.least = least;
    count = take_query (query, count, known);
    unsigned coarse = bound_blocks (self, with, known, count), bucket = order_blocks (self, with, &visits, &highest);
    best_begin (&with->visitor.best, highest << coarse, most, least);
    visit_blocks (self, with, count, allowed, visits, bucket, coarse);
    return best_end (&with->visitor.best, self, best);
}

void index_visit (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, uint32_t least,
                      const index_judge *by)
{
    wanted known [WANTED];
    uint32_t visits, highest;
    with->visitor.judge = by;
    with->visitor.least = least;
    count = take_query (query, count, known);
    unsigned coarse = bound_blocks (self, with, known, count), bucket = order_blocks (self, with, &visits, &highest);
    visit_blocks (self, with, count, allowed, visits, bucket, coarse);
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
            visit_add (with->sums + (size_t) run.block * INDEX_BLOCK, run.at, run.count, query [q].factor);
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
