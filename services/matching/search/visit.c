/* visit.c - candidates by the tokens that must be read, and what the others add to them. */
#include "visit.h"
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { MANY = 64 /* entries: so many take longer than a look at all sums */, LOOK_UPS = 12 /* are read in the time that finding one takes */ };

/* How many of its tokens have to be read as a whole; what is not given by those, the others could not make good. */
static size_t must_read (const visit *self, uint32_t least, uint32_t *rest)
{
    size_t read = 0;
    *rest = self->sum;
    while (read < self->count && *rest >= least)
        *rest -= self->tokens [read++].most;
    return read;
}

/* What words have to score there. */
static uint32_t least_in (const visitor *with, uint32_t block)
{
    if (!with->judge)
        return with->least;
    uint32_t rest = with->least > with->besides [block] ? with->least - with->besides [block] : 0;
    return with->whole [block] || rest > with->judge->least_words ? rest : with->judge->least_words;
}

void visit_prepare (const index_t *self, const visitor *with, visit *to, const sought query [], size_t count, uint32_t block)
{
    uint32_t rest;
    to->count = to->sum = 0;
    to->block = block;
    for (size_t q = 0; q < count; q++) {
        const sought *s = &query [q];
        if (!s->bounds [block])
            continue;
        here h = { .token = s, .most = s->factor * s->bounds [block] };
        to->tokens [to->count++] = h;
        to->sum += h.most;
    }
    size_t read = must_read (to, least_in (with, block), &rest);
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

void visit_fetch (const index_t *self, visit *to, const uint64_t *allowed)
{
    if (allowed)
        __builtin_prefetch (allowed + (size_t) to->block * (INDEX_BLOCK / 64));
    for (size_t i = 0; i < to->first; i++) {
        locate (self, &to->tokens [i], to->block);
        __builtin_prefetch (to->tokens [i].at);
        __builtin_prefetch (to->tokens [i].at + to->tokens [i].count - 1);
    }
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

/* A bit for each of 64 sums: whether it is at least that, which is not 0. */
static uint64_t bits_of (const uint32_t *sums, uint32_t least)
{
    uint64_t bits = 0;
#ifdef __SSE2__
    __m128i below = _mm_set1_epi32 ((int) least - 1), is [4];
    const __m128i *at = (const __m128i *) sums;
    for (int i = 0; i < 4; i++, at += 4) {
        for (int k = 0; k < 4; k++)
            is [k] = _mm_cmpgt_epi32 (_mm_loadu_si128 (at + k), below);
        __m128i sixteen = _mm_packs_epi16 (_mm_packs_epi32 (is [0], is [1]), _mm_packs_epi32 (is [2], is [3]));
        bits |= (uint64_t) (uint32_t) _mm_movemask_epi8 (sixteen) << 16 * i;
    }
#else
    for (int i = 0; i < 64; i++)
        bits |= (uint64_t) (sums [i] >= least) << i;
#endif
    return bits;
}

/* The same of many entries: all sums are looked at. */
static size_t take_all (uint32_t *restrict sums, const uint64_t *allowed, uint32_t least, hit_t *restrict to)
{
    size_t count = 0;
    for (uint32_t w = 0; w < INDEX_BLOCK / 64; w++) {
        uint64_t bits = bits_of (sums + 64 * (size_t) w, least);
        if (bits && allowed) /* which ends with the last offer */
            bits &= allowed [w];
        for (; bits; bits &= bits - 1) {
            uint32_t number = 64 * w + (uint32_t) __builtin_ctzll (bits);
            to [count++] = (hit_t) { number, sums [number] };
        }
    }
    memset (sums, 0, INDEX_BLOCK * sizeof *sums);
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
static void mark_entries (visitor *with, const here *h)
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
static size_t add_marks (visitor *with, size_t count, const here *h, uint32_t least)
{
    const uint32_t *marks = with->marks;
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
static size_t look_up (visitor *with, size_t count, const here *h, uint32_t least)
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
static size_t first_candidates (const index_t *self, visitor *with, visit *at, size_t read, const uint64_t *allowed, uint32_t least)
{
    size_t found = 0;
    for (size_t i = 0; i < read; i++)
        locate (self, &at->tokens [i], at->block);
    if (read == 1)
        return take_entries (at->tokens, allowed, least, with->candidates);
    size_t entries = 0;
    for (size_t i = 0; i < read; i++) {
        visit_add (with->sums, at->tokens [i].at, at->tokens [i].count, at->tokens [i].token->factor);
        entries += at->tokens [i].count;
    }
    if (entries > MANY)
        return take_all (with->sums, allowed, least, with->candidates);
    for (size_t i = 0; i < read; i++)
        found += take_sums (with->sums, &at->tokens [i], allowed, least, with->candidates + found);
    return found;
}

/* All that are allowed, with or without words. */
static size_t everybody (const index_t *self, visitor *with, visit *at, const uint64_t *allowed)
{
    uint32_t first = at->block * INDEX_BLOCK, left = self->head.offers - first, count = left < INDEX_BLOCK ? left : INDEX_BLOCK;
    size_t found = 0;
    for (size_t i = 0; i < at->count; i++) {
        locate (self, &at->tokens [i], at->block);
        visit_add (with->sums, at->tokens [i].at, at->tokens [i].count, at->tokens [i].token->factor);
    }
    for (uint32_t i = 0; i < count; i++) {
        with->candidates [found] = (hit_t) { i, with->sums [i] };
        found += is_allowed (allowed, i);
    }
    memset (with->sums, 0, sizeof with->sums);
    return found;
}

/* Those whose words score so much, with all that they score. */
static size_t by_words (const index_t *self, visitor *with, visit *at, const uint64_t *allowed, uint32_t least)
{
    uint32_t rest;
    size_t read = must_read (at, least, &rest), found = first_candidates (self, with, at, read, allowed, least - rest);
    for (; read < at->count && found; read++) {
        here *h = &at->tokens [read];
        rest -= h->most;
        locate (self, h, at->block);
        found = found * LOOK_UPS > h->count ? add_marks (with, found, h, least - rest) : look_up (with, found, h, least - rest);
    }
    return found;
}

void visit_make (const index_t *self, visitor *with, visit *at, const uint64_t *allowed)
{
    best_of *best = &with->best;
    uint32_t first = at->block * INDEX_BLOCK, least = least_in (with, at->block);
    if (at->sum < least)
        return;
    const uint64_t *may = allowed ? allowed + first / 64 : NULL;
    size_t found = least ? by_words (self, with, at, may, least) : everybody (self, with, at, may);
    for (size_t i = 0; i < found; i++)
        with->candidates [i].offer += first;
    if (with->judge) {
        with->least = found ? with->judge->take (with->judge->to, with->candidates, found) : with->least;
        return;
    }
    for (size_t i = 0; i < found; i++)
        if (with->candidates [i].score >= best->least)
            best_offer (best, with->candidates [i]);
    with->least = best->least;
}
