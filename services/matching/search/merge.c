/* merge.c - one index of several: their offers in one order, and their tokens one after the other. */
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

/* The next entry goes in behind those that come before it; what is left in `here` follows. */
typedef struct {
    merging *in;
    size_t   at; /* in here */
} weaving;

static void weave (weaving *self, entry fresh)
{
    row *from = &self->in->here, *to = &self->in->other;
    while (self->at < from->count && from->at [self->at].offer < fresh.offer)
        to->at [to->count++] = from->at [self->at++];
    to->at [to->count++] = fresh;
}

static void weave_run (weaving *self, const part *from, index_run r)
{
    for (uint32_t i = 0; i < r.count; i++) {
        uint32_t number = from->numbers [r.far ? r.far [i] >> WEIGHT_BITS : r.first + r.near [i] % INDEX_BLOCK];
        if (number != UINT32_MAX)
            weave (self, (entry) { number, (uint8_t) (r.far ? r.far [i] & WEIGHT_MOST : r.near [i] >> NEAR_BITS) });
    }
}

/* Adds a part's entries of a token to those that are here: both by rising offer. */
static void take_token (merging *self, const part *from, const index_token_t *t)
{
    weaving now = { .in = self };
    make_room (&self->other, self->here.count + t->frequency);
    self->other.count = 0;
    if (t->bounds == UINT32_MAX)
        weave_run (&now, from, index_run_of_few (from->index, t));
    else
        for (uint32_t b = 0; b < from->index->head.blocks; b++)
            weave_run (&now, from, index_run_of_many (from->index, t, b));
    while (now.at < self->here.count)
        self->other.at [self->other.count++] = self->here.at [now.at++];
    row taken = self->other;
    self->other = self->here;
    self->here = taken;
}

static const char *name_of (const part *self, size_t *size)
{
    const index_token_t *t = &self->index->tokens [self->token];
    *size = t [1].text - t->text;
    return self->index->text + t->text;
}

/* Whose next token is the first of all; NULL: none has any. */
static const part *first_token (const merging *self)
{
    const part *first = NULL;
    const char *least = NULL;
    size_t least_size = 0;
    for (const part *p = self->parts; p < self->parts + self->count; p++) {
        size_t size;
        if (p->token == p->index->head.tokens)
            continue;
        const char *name = name_of (p, &size);
        if (!first || index_compare (name, size, least, least_size) < 0) {
            first = p;
            least = name;
            least_size = size;
        }
    }
    return first;
}

/* The last parts are the smallest: what they have is woven into more and more. */
static void merge_tokens (merging *self, output *to)
{
    for (const part *first; (first = first_token (self)); ) {
        size_t size, other;
        const char *name = name_of (first, &size);
        self->here.count = 0;
        for (part *p = self->parts + self->count; p-- > self->parts; ) {
            if (p->token == p->index->head.tokens)
                continue;
            const char *same = name_of (p, &other);
            if (other == size && memcmp (same, name, size) == 0)
                take_token (self, p, &p->index->tokens [p->token++]);
        }
        if (self->here.count)
            output_token (to, name, size, self->here.at, (uint32_t) self->here.count);
    }
}

void *index_merge (const index_t *const from [], const uint64_t *const gone [], size_t count, size_t *size)
{
    merging self = { .parts = calloc (count + !count, sizeof *self.parts), .count = count };
    assert (self.parts);
    for (size_t i = 0; i < count; i++) {
        self.parts [i] = (part) { .index = from [i], .gone = gone [i], .numbers = calloc (from [i]->head.offers + 1, 4) };
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
