/* find.c - the best offers for a query, block by block: first those that could give most, and within a block only as many
 * tokens as could matter (MaxScore; Turtle and Flood 1995). What is looked at less never changes what is found.        */
#include "best.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WANTED = 1024, BUCKETS = 1024, COARSE_BITS = 10 /* of what factors sum to, where blocks are compared */,
       LOOK_UPS = 12 /* entries that are read in the time that finding one takes */ };

/* Where the entries of a token of the query are: of one with a row, in the index; of another, as read for this query. */
typedef struct {
    const index_token_t *token;
    const uint8_t       *bounds; /* by block: the greatest weight; 0: none */
    const uint64_t      *spans;  /* by block that has any: where they begin, and in the lower half how many; NULL: in the index */
    uint32_t             factor;
} sought;

/* The entries of a token in the block at hand. */
typedef struct {
    const uint16_t *at;
    uint32_t        count, factor, most; /* what it could give */
} here;

struct finder {
    uint32_t *sums;                   /* by offer; all zero between searches */
    size_t    sum_room;
    uint32_t  local [INDEX_BLOCK];    /* the same of one block */
    uint8_t   weights [INDEX_BLOCK];  /* of a token in one block */
    hit_t     candidates [INDEX_BLOCK];
    uint16_t *most;                   /* by block: what it could give, coarsely */
    uint32_t *order;                  /* in which blocks are visited */
    size_t    block_room;
    uint8_t  *bounds;                 /* of tokens without a row */
    uint64_t *spans;
    size_t    span_room;
    uint32_t  counts [BUCKETS + 1];
    sought    sought [WANTED];
    here      here [WANTED];
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
}

/* ------------------------------------------------------------------------------------- blocks */

/* Reads where the entries of a token without a row are. */
static void spread_runs (const index_t *self, const index_token_t *t, uint8_t *bounds, uint64_t *spans)
{
    const uint16_t *first = self->near + t->near;
    memset (bounds, 0, self->head.blocks);
    for (index_run run = { .at = NULL }; index_next_run (self, t, &run); ) {
        bounds [run.block] = (uint8_t) run.most;
        spans [run.block] = (uint64_t) (run.at - first) << 32 | run.count;
    }
}

__attribute__ ((optimize ("O3")))
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
        *s = (sought) { .token = t, .factor = query [q].factor, .bounds = self->bounds + (uint64_t) t->directory * blocks };
        if (t->form != DENSE) {
            spread_runs (self, t, with->bounds + q * blocks, with->spans + q * blocks);
            s->bounds = with->bounds + q * blocks;
            s->spans = with->spans + q * blocks;
        }
        add_bounds (with->most, s->bounds, blocks, (uint16_t) ((s->factor + (UINT64_C (1) << shift) - 1) >> shift));
    }
    return shift;
}

/* Into buckets by what they could give, the most first: within a bucket in any order. Those that give nothing are left
 * out; how many there are. Answers by how many bits what a block could give is greater than the number of its bucket.   */
static unsigned order_blocks (const index_t *self, finder *with, uint32_t *visits)
{
    uint32_t blocks = self->head.blocks, at = 0;
    unsigned most = 0, shift = 0;
    for (uint32_t b = 0; b < blocks; b++)
        most = with->most [b] > most ? with->most [b] : most;
    while (most >> shift >= BUCKETS)
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

static here here_of (const index_t *self, const sought *s, uint32_t block)
{
    here h = { .factor = s->factor, .most = s->factor * s->bounds [block] };
    if (s->spans) {
        h.at = self->near + s->token->near + (s->spans [block] >> 32);
        h.count = (uint32_t) s->spans [block];
    } else {
        index_run run = index_run_in (self, s->token, block);
        h.at = run.at;
        h.count = run.count;
    }
    return h;
}

/* The tokens that are in a block, those that could give most first. Answers what they could give together. */
static uint32_t look_in (const index_t *self, finder *with, size_t count, uint32_t block, size_t *tokens)
{
    uint32_t sum = 0;
    *tokens = 0;
    for (size_t q = 0; q < count; q++) {
        if (!with->sought [q].bounds [block])
            continue;
        here h = here_of (self, &with->sought [q], block);
        size_t at = (*tokens)++;
        for (; at && with->here [at - 1].most < h.most; at--)
            with->here [at] = with->here [at - 1];
        with->here [at] = h;
        sum += h.most;
    }
    return sum;
}

static void add_entries (uint32_t *sums, const here *h)
{
    for (uint32_t i = 0; i < h->count; i++)
        sums [near_offer (h->at [i])] += near_weight (h->at [i]) * h->factor;
}

static bool is_allowed (const uint64_t *allowed, uint32_t offer)
{
    return !allowed || allowed [offer / 64] >> offer % 64 & 1;
}

/* Those with a sum of at least `least`, which are allowed; the sums are zero again. */
static size_t take_sums (finder *with, size_t tokens, uint32_t first, const uint64_t *allowed, uint32_t least)
{
    size_t count = 0;
    for (const here *h = with->here; h < with->here + tokens; h++)
        for (uint32_t i = 0; i < h->count; i++) {
            uint32_t number = near_offer (h->at [i]), sum = with->local [number];
            with->local [number] = 0;
            if (sum >= least && is_allowed (allowed, first + number))
                with->candidates [count++] = (hit_t) { number, sum };
        }
    return count;
}

/* Adds what a token gives to the candidates; of those that are not below `least` then, how many are left. */
static size_t add_to_candidates (finder *with, size_t count, const here *h, uint32_t least)
{
    size_t left = 0;
    bool read = count * LOOK_UPS > h->count;
    if (read) {
        memset (with->weights, 0, sizeof with->weights);
        for (uint32_t i = 0; i < h->count; i++)
            with->weights [near_offer (h->at [i])] = (uint8_t) near_weight (h->at [i]);
    }
    for (size_t i = 0; i < count; i++) {
        hit_t c = with->candidates [i];
        c.score += h->factor * (read ? with->weights [c.offer] : index_run_weight (&(index_run) { .at = h->at, .count = h->count }, c.offer));
        with->candidates [left] = c;
        left += c.score >= least;
    }
    return left;
}

/* What is not given by the first tokens, which are read as a whole, the others could not make good. */
static void visit (const index_t *self, finder *with, size_t count, uint32_t block, const uint64_t *allowed, best_of *best)
{
    size_t tokens, read;
    uint32_t rest = look_in (self, with, count, block, &tokens), least = best->least, first = block * INDEX_BLOCK;
    if (rest < least)
        return;
    for (read = 0; read < tokens && rest >= least; read++) {
        add_entries (with->local, &with->here [read]);
        rest -= with->here [read].most;
    }
    size_t found = take_sums (with, read, first, allowed, least - rest);
    for (; read < tokens && found; read++) {
        rest -= with->here [read].most;
        found = add_to_candidates (with, found, &with->here [read], least - rest);
    }
    for (size_t i = 0; i < found; i++)
        if (with->candidates [i].score >= best->least)
            best_offer (best, (hit_t) { first + with->candidates [i].offer, with->candidates [i].score });
}

static void find_by_blocks (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, best_of *best)
{
    uint32_t visits;
    unsigned coarse = bound_blocks (self, with, query, count), bucket = order_blocks (self, with, &visits);
    for (uint32_t k = 0; k < visits; k++) {
        uint32_t block = with->order [k], most = with->most [block];
        if ((uint64_t) ((most >> bucket) + 1) << bucket << coarse <= best->least)
            break; /* neither this bucket nor any after it reaches it */
        if ((uint64_t) most << coarse >= best->least)
            visit (self, with, count, block, allowed, best);
    }
}

/* ------------------------------------------------------------------------------------ queries */

/* Those tokens that there are. */
static size_t take_query (const wanted *from, size_t count, wanted to [WANTED])
{
    size_t taken = 0;
    for (size_t i = 0; i < count && taken < WANTED; i++)
        if (from [i].token != INDEX_NONE && from [i].factor)
            to [taken++] = from [i];
    return taken;
}

size_t index_find (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, uint32_t least,
                   hit_t *best, size_t most)
{
    wanted known [WANTED];
    best_of heap = { self, best, 0, most, least };
    if (most)
        find_by_blocks (self, with, known, take_query (query, count, known), allowed, &heap);
    return best_sort (&heap);
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
            add_entries (with->sums + run.block * INDEX_BLOCK, &(here) { run.at, run.count, query [q].factor, 0 });
    }
}

size_t index_find_all (const index_t *self, finder *with, const wanted *query, size_t count, const uint64_t *allowed, hit_t *best, size_t most)
{
    wanted known [WANTED];
    best_of heap = { self, best, 0, most, 1 };
    sum_all (self, with, known, take_query (query, count, known));
    for (uint32_t i = 0; i < self->head.offers; i++) {
        if (most && with->sums [i] >= heap.least && is_allowed (allowed, i))
            best_offer (&heap, (hit_t) { i, with->sums [i] });
        with->sums [i] = 0;
    }
    return best_sort (&heap);
}
