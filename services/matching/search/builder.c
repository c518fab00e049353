/* builder.c - from offers and their tokens to the bytes of an index: what comes is put in a row, and in the end sorted
 * by counting.                                                                                                      */
#include "output.h"
#include "analyser.h"
#include "grow.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint64_t hash;
    uint32_t strength;   /* in the offer at hand */
    uint32_t count;      /* offers with it */
    bool     gram;
} token;

typedef struct { uint32_t token; entry entry; } posting;

struct index_builder {
    offer_id *ids;
    uint64_t *keys;
    size_t    offers, id_room, key_room;
    token    *tokens;
    size_t    count, room;
    uint32_t *slots;     /* by hash: which token, plus one */
    size_t    mask;
    posting  *postings;  /* by rising offer */
    size_t    posting_count, posting_room;
    uint32_t *present;   /* tokens of the offer at hand */
    size_t    present_count, present_room;
    uint32_t  length [2], mean [2]; /* words, grams: of the offer at hand; of all, on average */
};

index_builder *index_builder_new (void)
{
    index_builder *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = (1 << 12) - 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    index_builder_lengths (self, INDEX_MEAN_WORDS, INDEX_MEAN_GRAMS);
    return self;
}

void index_builder_destroy (index_builder **self_p)
{
    index_builder *self = *self_p;
    if (!self)
        return;
    free (self->ids);
    free (self->keys);
    free (self->tokens);
    free (self->slots);
    free (self->postings);
    free (self->present);
    free (self);
    *self_p = NULL;
}

void index_builder_lengths (index_builder *self, unsigned words, unsigned grams)
{
    self->mean [0] = words ? words : 1;
    self->mean [1] = grams ? grams : 1;
}

/* ------------------------------------------------------------------------------------- tokens */

static uint32_t *slot_of (const index_builder *self, uint64_t hash)
{
    size_t i = hash & self->mask;
    while (self->slots [i] && self->tokens [self->slots [i] - 1].hash != hash)
        i = (i + 1) & self->mask;
    return &self->slots [i];
}

static void spread (index_builder *self)
{
    free (self->slots);
    self->mask = 2 * self->mask + 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    for (size_t i = 0; i < self->count; i++)
        *slot_of (self, self->tokens [i].hash) = (uint32_t) i + 1;
}

static uint32_t number_of (index_builder *self, const char *at, size_t size)
{
    uint64_t hash = index_hash (at, size);
    uint32_t *slot = slot_of (self, hash);
    if (*slot)
        return *slot - 1;
    self->tokens = grow (self->tokens, self->count + 1, &self->room, sizeof *self->tokens);
    self->tokens [self->count] = (token) { .hash = hash, .gram = *at == TOKEN_GRAM };
    *slot = (uint32_t) ++self->count;
    if (2 * self->count > self->mask)
        spread (self);
    return (uint32_t) self->count - 1;
}

/* ------------------------------------------------------------------------------------- offers */

static void end_offer (index_builder *self)
{
    size_t first = self->posting_count;
    self->postings = grow (self->postings, first + self->present_count, &self->posting_room, sizeof *self->postings);
    for (size_t i = 0; i < self->present_count; i++) {
        token *t = &self->tokens [self->present [i]];
        uint8_t weight = index_weigh (t->gram, t->strength, self->length [t->gram], self->mean [t->gram]);
        self->postings [first + i] = (posting) { self->present [i], entry_of ((uint32_t) self->offers - 1, weight) };
        t->count++;
        t->strength = 0;
    }
    self->posting_count += self->present_count;
    self->present_count = 0;
    self->length [0] = self->length [1] = 0;
}

void index_builder_offer (index_builder *self, uint64_t key, const offer_id *id)
{
    end_offer (self);
    self->ids = grow (self->ids, self->offers + 1, &self->id_room, sizeof *self->ids);
    self->keys = grow (self->keys, self->offers + 1, &self->key_room, sizeof *self->keys);
    self->ids [self->offers] = *id;
    self->keys [self->offers++] = key;
}

void index_builder_token (index_builder *self, const char *at, size_t size, unsigned strength)
{
    uint32_t number = number_of (self, at, size);
    token *t = &self->tokens [number];
    if (!t->strength) {
        self->present = grow (self->present, self->present_count + 1, &self->present_room, sizeof *self->present);
        self->present [self->present_count++] = number;
    }
    t->strength += strength;
    self->length [t->gram] += strength;
}

/* -------------------------------------------------------------------------------------- bytes */

/* Hashes are spread evenly: into as many heaps as there are tokens by their first bits, and each into order. */
static uint32_t *by_hash (const index_builder *self)
{
    unsigned bits = 1;
    while (bits < 30 && (size_t) 1 << bits < self->count)
        bits++;
    uint32_t *begins = calloc (((size_t) 1 << bits) + 1, sizeof *begins), *order = calloc (self->count + 1, sizeof *order);
    assert (begins && order);
    for (size_t i = 0; i < self->count; i++)
        begins [(self->tokens [i].hash >> (64 - bits)) + 1]++;
    for (size_t i = 0; i < (size_t) 1 << bits; i++)
        begins [i + 1] += begins [i];
    for (size_t i = 0; i < self->count; i++)
        order [begins [self->tokens [i].hash >> (64 - bits)]++] = (uint32_t) i;
    for (size_t i = 1; i < self->count; i++)
        for (size_t at = i; at && self->tokens [order [at - 1]].hash > self->tokens [order [at]].hash; at--) {
            uint32_t kept = order [at];
            order [at] = order [at - 1];
            order [at - 1] = kept;
        }
    free (begins);
    return order;
}

/* Each token's entries together, tokens in this order; `ends`, by token, says where. */
static entry *together (const index_builder *self, const uint32_t *order, uint32_t *ends)
{
    entry *all = malloc ((self->posting_count + 1) * sizeof *all);
    uint32_t at = 0;
    assert (all);
    for (size_t i = 0; i < self->count; i++) {
        ends [order [i]] = at;
        at += self->tokens [order [i]].count;
    }
    for (size_t i = 0; i < self->posting_count; i++)
        all [ends [self->postings [i].token]++] = self->postings [i].entry;
    return all;
}

static void begin_anew (index_builder *self)
{
    memset (self->slots, 0, (self->mask + 1) * sizeof *self->slots);
    self->offers = self->count = self->posting_count = 0;
}

/* Tokens by their hashes, so that the same offers give the same index however they came together. */
void *index_builder_finish (index_builder *self, size_t *size)
{
    end_offer (self);
    uint32_t *order = by_hash (self), *ends = malloc ((self->count + 1) * sizeof *ends);
    assert (ends);
    entry *all = together (self, order, ends);
    output *to = output_new ((uint32_t) self->offers);
    for (size_t i = 0; i < self->offers; i++)
        output_offer (to, self->keys [i], &self->ids [i]);
    for (size_t i = 0; i < self->count; i++) {
        const token *t = &self->tokens [order [i]];
        if (t->count)
            output_token (to, t->hash, t->gram, all + ends [order [i]] - t->count, t->count);
    }
    free (order);
    free (ends);
    free (all);
    begin_anew (self);
    return output_finish (&to, size);
}
