/* merge.c - one index of several: their offers in one order, and their tokens by hash, one after the other. */
#include "output.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const index_t  *index;
    const uint64_t *gone;
    uint32_t        next, *numbers; /* the offer to be taken next; what each is called in the whole, or UINT32_MAX */
    uint32_t        token;          /* to be taken next */
} part;

typedef struct {
    entry *at;
    size_t count, room;
} row;

typedef struct {
    part  *parts;
    size_t count;
    row    here, other; /* the entries of a token; room to merge into */
} merging;

static bool is_gone (const part *self, uint32_t offer)
{
    return self->gone && self->gone [offer / 64] >> offer % 64 & 1;
}

/* ------------------------------------------------------------------------------------- offers */

/* Whose next offer is the first of all; NULL: none has any. */
static part *first_of (part parts [], size_t count)
{
    part *first = NULL;
    for (part *p = parts; p < parts + count; p++) {
        while (p->next < p->index->head.offers && is_gone (p, p->next))
            p->numbers [p->next++] = UINT32_MAX;
        if (p->next == p->index->head.offers)
            continue;
        uint64_t key = p->index->keys [p->next], other = first ? first->index->keys [first->next] : 0;
        if (!first || key < other
        ||  (key == other && memcmp (&p->index->ids [p->next], &first->index->ids [first->next], sizeof (offer_id)) < 0))
            first = p;
    }
    return first;
}

static uint32_t offers_left (const part parts [], size_t count)
{
    uint32_t left = 0;
    for (const part *p = parts; p < parts + count; p++)
        for (uint32_t i = 0; i < p->index->head.offers; i++)
            left += !is_gone (p, i);
    return left;
}

static output *number_offers (part parts [], size_t count)
{
    output *to = output_new (offers_left (parts, count));
    uint32_t number = 0;
    for (part *p; (p = first_of (parts, count)); p->next++) {
        p->numbers [p->next] = number++;
        output_offer (to, p->index->keys [p->next], &p->index->ids [p->next]);
    }
    return to;
}

/* ------------------------------------------------------------------------------------- tokens */

static void make_room (row *self, size_t needed)
{
    if (needed <= self->room)
        return;
    self->room = 2 * needed;
    self->at = realloc (self->at, self->room * sizeof *self->at);
    assert (self->at);
}

/* A part's entries of a token by their new numbers, behind those that are here. */
static void take_entries (row *to, const part *from, const index_token_t *t)
{
    make_room (to, to->count + t->frequency);
    assert (to->at);
    for (index_run run = { .at = NULL }; index_next_run (from->index, t, &run); ) {
        const uint32_t *numbers = from->numbers + (size_t) run.block * INDEX_BLOCK;
        for (uint32_t i = 0; i < run.count; i++) {
            uint32_t number = numbers [near_offer (run.at [i])];
            to->at [to->count] = entry_of (number, near_weight (run.at [i]));
            to->count += number != UINT32_MAX;
        }
    }
}

/* Both by rising offer: what is here from the middle on goes in among what lies before it, from behind. Written without a
 * branch, because nobody could guess whose turn it is.                                                                   */
static void weave (merging *self, size_t middle)
{
    row *here = &self->here, *other = &self->other;
    size_t left = middle, right = here->count - middle, to = here->count;
    if (!left || !right || here->at [middle - 1] < here->at [middle])
        return;
    make_room (other, right);
    memcpy (other->at, here->at + middle, right * sizeof *other->at);
    while (left && right) {
        entry mine = here->at [left - 1], theirs = other->at [right - 1];
        bool take = mine > theirs;
        here->at [--to] = take ? mine : theirs;
        left -= take;
        right -= !take;
    }
    memcpy (here->at, other->at, right * sizeof *other->at);
}

/* The hash that comes next; false: there is none. */
static bool next_hash (const merging *self, uint64_t *hash)
{
    bool found = false;
    for (const part *p = self->parts; p < self->parts + self->count; p++)
        if (p->token < p->index->head.tokens && (!found || p->index->hashes [p->token] < *hash)) {
            *hash = p->index->hashes [p->token];
            found = true;
        }
    return found;
}

/* The last parts are the smallest: what they have is woven into more and more. */
static void merge_tokens (merging *self, output *to)
{
    for (uint64_t hash = 0; next_hash (self, &hash); ) {
        bool gram = false;
        self->here.count = 0;
        for (part *p = self->parts + self->count; p-- > self->parts; ) {
            if (p->token == p->index->head.tokens || p->index->hashes [p->token] != hash)
                continue;
            size_t middle = self->here.count;
            gram = p->index->tokens [p->token].gram;
            take_entries (&self->here, p, &p->index->tokens [p->token++]);
            weave (self, middle);
        }
        if (self->here.count)
            output_token (to, hash, gram, self->here.at, (uint32_t) self->here.count);
    }
}

void *index_merge (const index_t *const from [], const uint64_t *const gone [], size_t count, size_t *size)
{
    merging self = { .parts = calloc (count + !count, sizeof *self.parts), .count = count };
    assert (self.parts);
    for (size_t i = 0; i < count; i++) {
        self.parts [i] = (part) { .index = from [i], .gone = gone [i], .numbers = malloc ((from [i]->head.offers + 1) * sizeof (uint32_t)) };
        assert (self.parts [i].numbers);
    }
    output *to = number_offers (self.parts, count);
    merge_tokens (&self, to);
    for (size_t i = 0; i < count; i++)
        free (self.parts [i].numbers);
    free (self.parts);
    free (self.here.at);
    free (self.other.at);
    return output_finish (&to, size);
}
