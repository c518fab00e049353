/* find.c - the best offers for a query, block by block: first those that could give most, and within a block only as many
 * tokens as could matter (MaxScore; Turtle and Flood 1995). What is looked at less never changes what is found.        */
#include "best.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WANTED = 1024, BUCKETS = 256, COARSE_BITS = 10 /* of what factors sum to, where blocks are compared */,
       FAR = 6, NEAR = 3 /* visits before */,
       LOOK_UPS = 12 /* entries that are read in the time that finding one takes */ };

/* Where the entries of a token of the query are: of one with a row, in the index; of another, as read for this query. */
typedef struct {
    const uint16_t *near;        /* where they begin */
    const uint8_t  *bounds;      /* by block: the greatest weight; 0: none */
    const uint64_t *spans;       /* by block that has any: where they begin, and in the lower half how many; NULL: in the index */
    uint32_t        factor, row;
} sought;

/* A token in a block: what it could give, and, once they were looked for, its entries. */
typedef struct {
    const sought   *token;
    const uint16_t *at;    /* NULL: not looked for yet */
    uint32_t        count, most;
} here;

/* A visit to a block: its tokens, as the query has them, and what they could give together. */
typedef struct {
    here    *tokens;
    size_t   count, first;  /* first: so many are asked for before */
    uint32_t block, sum;
} visit;

struct finder {
    uint32_t *sums;                   /* by offer; all zero between searches */
    size_t    sum_room;
    uint32_t  local [INDEX_BLOCK];    /* the same of one block */
    uint32_t  marks [INDEX_BLOCK];    /* what a token weighs, where the upper bits are those of `mark` */
    uint32_t  mark;
    hit_t     candidates [INDEX_BLOCK + 1];
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
    best_of   best;
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
        best_free (&(*self_p)->best);
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

/* ------------------------------------------------------------------------------------ one block */

/* How many of its tokens have to be read as a whole; what is not given by those, the others could not make good. */
static size_t must_read (const visit *self, uint32_t least, uint32_t *rest)
{
    size_t read = 0;
    *rest = self->sum;
    while (read < self->count && *rest >= least)
        *rest -= self->tokens [read++].most;
    return read;
}

/* Where entries begin of those tokens that will be read, is asked for from the memory. */
static void prepare (const index_t *self, finder *with, visit *to, size_t count, uint32_t block, uint32_t least)
{
    uint32_t rest;
    to->count = to->sum = 0;
    to->block = block;
    for (size_t q = 0; q < count; q++) {
        const sought *s = &with->sought [q];
        if (!s->bounds [block])
            continue;
        here h = { .token = s, .most = s->factor * s->bounds [block] };
        to->tokens [to->count++] = h;
        to->sum += h.most;
    }
    size_t read = must_read (to, least, &rest);
    to->first = read + (read < to->count);
    for (size_t i = 0; i < to->first; i++)
        if (!to->tokens [i].token->spans)
            __builtin_prefetch (index_start (self, to->tokens [i].token->row, block));
}

static void locate (const index_t *self, here *h, uint32_t block)
{
    if (h->at)
        return;
    if (h->token->spans) {
        h->at = h->token->near + (h->token->spans [block] >> 32);
        h->count = (uint32_t) h->token->spans [block];
    } else {
        index_run run = index_run_in (self, h->token->row, h->token->near, block);
        h->at = run.at;
        h->count = run.count;
    }
}

/* Entries of those tokens that will be read are asked for. */
static void fetch (const index_t *self, visit *to, const uint64_t *allowed)
{
    if (allowed)
        __builtin_prefetch (allowed + to->block * (INDEX_BLOCK / 64));
    for (size_t i = 0; i < to->first; i++) {
        locate (self, &to->tokens [i], to->block);
        __builtin_prefetch (to->tokens [i].at);
        __builtin_prefetch (to->tokens [i].at + to->tokens [i].count - 1);
    }
}

static void add_entries (uint32_t *restrict sums, const uint16_t *restrict at, uint32_t count, uint32_t factor)
{
    for (uint32_t i = 0; i < count; i++)
        sums [near_offer (at [i])] += near_weight (at [i]) * factor;
}

/* NULL: everybody is. The compiler takes the question out of the loops below. */
static inline bool is_allowed (const uint64_t *allowed, uint32_t number)
{
    return !allowed || allowed [number / 64] >> number % 64 & 1;
}

/* Those with a sum of at least `least`, which are allowed; the sums are zero again. Written without a branch, because
 * nobody could guess which way it goes.                                                                             */
static size_t take_sums (uint32_t *restrict sums, const here *h, const uint64_t *restrict allowed, uint32_t least, hit_t *restrict to)
{
    const uint16_t *restrict at = h->at;
    size_t count = 0;
    for (uint32_t i = 0, entries = h->count; i < entries; i++) {
        uint32_t number = near_offer (at [i]), sum = sums [number];
        sums [number] = 0;
        to [count] = (hit_t) { number, sum };
        count += (sum >= least) & is_allowed (allowed, number);
    }
    return count;
}

/* The same of the only token that is read as a whole: what it gives is the sum. */
static size_t take_entries (const here *h, const uint64_t *restrict allowed, uint32_t least, hit_t *restrict to)
{
    const uint16_t *restrict at = h->at;
    size_t count = 0;
    for (uint32_t i = 0, entries = h->count, factor = h->token->factor; i < entries; i++) {
        uint32_t number = near_offer (at [i]), sum = near_weight (at [i]) * factor;
        to [count] = (hit_t) { number, sum };
        count += (sum >= least) & is_allowed (allowed, number);
    }
    return count;
}

/* Notes what a token weighs where. Marks of other tokens are told by their upper bits, so that none has to be wiped out. */
static void mark_entries (finder *with, const here *h)
{
    uint32_t *restrict marks = with->marks, mark = with->mark += WEIGHT_MOST + 1;
    const uint16_t *restrict at = h->at;
    if (!mark) {
        memset (marks, 0, sizeof with->marks);
        mark = with->mark = WEIGHT_MOST + 1;
    }
    for (uint32_t i = 0, entries = h->count; i < entries; i++)
        marks [near_offer (at [i])] = mark | near_weight (at [i]);
}

/* Adds what a token gives to the candidates; of those that are not below `least` then, how many are left. */
static size_t add_marks (finder *with, size_t count, const here *h, uint32_t least)
{
    const uint32_t *restrict marks = with->marks;
    hit_t *restrict candidates = with->candidates;
    uint32_t mark, factor = h->token->factor;
    size_t left = 0;
    mark_entries (with, h);
    mark = with->mark;
    for (size_t i = 0; i < count; i++) {
        hit_t c = candidates [i];
        uint32_t weight = marks [c.offer] ^ mark;
        c.score += factor * (weight & -(uint32_t) (weight <= WEIGHT_MOST));
        candidates [left] = c;
        left += c.score >= least;
    }
    return left;
}

/* The same for few candidates, each looked for among many entries. */
static size_t look_up (finder *with, size_t count, const here *h, uint32_t least)
{
    index_run run = { .at = h->at, .count = h->count };
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch (h->at + h->count * with->candidates [i].offer / INDEX_BLOCK);
    for (size_t i = 0; i < count; i++) {
        hit_t c = with->candidates [i];
        c.score += h->token->factor * index_run_weight (&run, c.offer);
        with->candidates [left] = c;
        left += c.score >= least;
    }
    return left;
}

/* Those that could be among the best, by the tokens that are read as a whole. */
static size_t first_candidates (const index_t *self, finder *with, visit *at, size_t read, const uint64_t *allowed, uint32_t least)
{
    size_t found = 0;
    for (size_t i = 0; i < read; i++)
        locate (self, &at->tokens [i], at->block);
    if (read == 1)
        return take_entries (at->tokens, allowed, least, with->candidates);
    for (size_t i = 0; i < read; i++)
        add_entries (with->local, at->tokens [i].at, at->tokens [i].count, at->tokens [i].token->factor);
    for (size_t i = 0; i < read; i++)
        found += take_sums (with->local, &at->tokens [i], allowed, least, with->candidates + found);
    return found;
}

static void look_through (const index_t *self, finder *with, visit *at, const uint64_t *allowed)
{
    best_of *best = &with->best;
    uint32_t rest, first = at->block * INDEX_BLOCK, least = best->least;
    size_t read = must_read (at, least, &rest);
    if (at->sum < least)
        return;
    size_t found = first_candidates (self, with, at, read, allowed ? allowed + first / 64 : NULL, least - rest);
    for (; read < at->count && found; read++) {
        here *h = &at->tokens [read];
        rest -= h->most;
        locate (self, h, at->block);
        found = found * LOOK_UPS > h->count ? add_marks (with, found, h, least - rest) : look_up (with, found, h, least - rest);
    }
    for (size_t i = 0; i < found; i++)
        if (with->candidates [i].score >= best->least)
            best_offer (best, (hit_t) { first + with->candidates [i].offer, with->candidates [i].score });
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
    best_of *best = &with->best;
    uint32_t visits, highest;
    unsigned coarse = bound_blocks (self, with, query, count), bucket = order_blocks (self, with, &visits, &highest);
    best_begin (best, highest << coarse, wanted_most, least);
    for (uint32_t k = 0, prepared = 0, fetched = 0; k < visits; k++) {
        if (!reaches (with, k, bucket, coarse, best->least))
            break; /* nor does any after it */
        for (; prepared < visits && prepared < k + FAR && reaches (with, prepared, bucket, coarse, best->least); prepared++)
            prepare (self, with, &with->visits [prepared % FAR], count, with->order [prepared], best->least);
        for (; fetched < prepared && fetched < k + NEAR; fetched++)
            fetch (self, &with->visits [fetched % FAR], allowed);
        look_through (self, with, &with->visits [k % FAR], allowed);
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
    return best_end (&with->best, self, best);
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
            add_entries (with->sums + run.block * INDEX_BLOCK, run.at, run.count, query [q].factor);
    }
}

size_t index_find_all (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, hit_t *best, size_t most)
{
    wanted known [WANTED];
    if (!most)
        return 0;
    sum_all (self, with, known, take_query (query, count, known));
    best_begin (&with->best, UINT32_MAX, most, 1);
    for (uint32_t i = 0; i < self->head.offers; i++) {
        if (with->sums [i] >= with->best.least && (!allowed || allowed [i / 64] >> i % 64 & 1))
            best_offer (&with->best, (hit_t) { i, with->sums [i] });
        with->sums [i] = 0;
    }
    return best_end (&with->best, self, best);
}
