/* builder.c - from offers and their tokens to the bytes of an index. */
#include "output.h"
#include "analyser.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t text, size;
    entry   *entries;
    uint32_t count, room;
    uint32_t strength;   /* in the offer at hand */
} token;

struct index_builder {
    offer_id *ids;
    uint64_t *keys;
    size_t    offers, id_room, key_room;
    token    *tokens;
    size_t    count, room;
    uint32_t *slots;     /* which token, plus one */
    size_t    mask;
    char     *text;
    size_t    text_size, text_room;
    uint32_t *present;   /* tokens of the offer at hand */
    size_t    present_count, present_room;
    uint32_t  length [2], mean [2]; /* words, grams: of the offer at hand; of all, on average */
};

static void *grow (void *at, size_t needed, size_t *room, size_t size)
{
    if (needed <= *room)
        return at;
    while (*room < needed)
        *room = *room ? *room * 2 : 64;
    at = realloc (at, *room * size);
    assert (at);
    return at;
}

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
    for (size_t i = 0; i < self->count; i++)
        free (self->tokens [i].entries);
    free (self->ids);
    free (self->keys);
    free (self->tokens);
    free (self->slots);
    free (self->text);
    free (self->present);
    free (self);
    *self_p = NULL;
}

void index_builder_lengths (index_builder *self, unsigned words, unsigned grams)
{
    self->mean [0] = words ? words : 1;
    self->mean [1] = grams ? grams : 1;
}

/* ------------------------------------------------------------------------------------ tokens */

static uint32_t *slot_of (const index_builder *self, const char *at, size_t size)
{
    size_t i = index_hash (at, size) & self->mask;
    for (; self->slots [i]; i = (i + 1) & self->mask) {
        const token *t = &self->tokens [self->slots [i] - 1];
        if (t->size == size && memcmp (self->text + t->text, at, size) == 0)
            break;
    }
    return &self->slots [i];
}

static void spread (index_builder *self)
{
    free (self->slots);
    self->mask = 2 * self->mask + 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    for (size_t i = 0; i < self->count; i++)
        *slot_of (self, self->text + self->tokens [i].text, self->tokens [i].size) = (uint32_t) i + 1;
}

static uint32_t number_of (index_builder *self, const char *at, size_t size)
{
    uint32_t *slot = slot_of (self, at, size);
    if (*slot)
        return *slot - 1;
    self->tokens = grow (self->tokens, self->count + 1, &self->room, sizeof *self->tokens);
    self->text = grow (self->text, self->text_size + size, &self->text_room, 1);
    self->tokens [self->count] = (token) { .text = (uint32_t) self->text_size, .size = (uint32_t) size };
    memcpy (self->text + self->text_size, at, size);
    self->text_size += size;
    *slot = (uint32_t) ++self->count;
    if (2 * self->count > self->mask)
        spread (self);
    return (uint32_t) self->count - 1;
}

/* ------------------------------------------------------------------------------------ offers */

static bool is_gram (const index_builder *self, const token *t)
{
    return self->text [t->text] == TOKEN_GRAM;
}

static uint8_t weigh (const index_builder *self, const token *t)
{
    bool gram = is_gram (self, t);
    return index_weigh (gram, t->strength, self->length [gram], self->mean [gram]);
}

static void enter (token *t, uint32_t offer, uint8_t weight)
{
    size_t room = t->room;
    t->entries = grow (t->entries, t->count + 1, &room, sizeof *t->entries);
    t->room = (uint32_t) room;
    t->entries [t->count++] = (entry) { offer, weight };
}

static void end_offer (index_builder *self)
{
    for (size_t i = 0; i < self->present_count; i++) {
        token *t = &self->tokens [self->present [i]];
        enter (t, (uint32_t) self->offers - 1, weigh (self, t));
        t->strength = 0;
    }
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
    self->length [is_gram (self, t)] += strength;
}

/* -------------------------------------------------------------------------------------- bytes */

typedef struct { const char *text; token token; } named;

static int by_name (const void *a, const void *b)
{
    const named *x = a, *y = b;
    return index_compare (x->text + x->token.text, x->token.size, y->text + y->token.text, y->token.size);
}

/* Tokens by their bytes, so that the same offers give the same index however they came together; those of no offer go. */
void *index_builder_finish (index_builder *self, size_t *size)
{
    size_t count = 0;
    named *all = malloc ((self->count + 1) * sizeof *all);
    assert (all);
    end_offer (self);
    for (size_t i = 0; i < self->count; i++)
        if (self->tokens [i].count)
            all [count++] = (named) { self->text, self->tokens [i] };
    qsort (all, count, sizeof *all, by_name);
    output *to = output_new ((uint32_t) self->offers);
    for (size_t i = 0; i < self->offers; i++)
        output_offer (to, self->keys [i], &self->ids [i]);
    for (size_t i = 0; i < count; i++)
        output_token (to, self->text + all [i].token.text, all [i].token.size, all [i].token.entries, all [i].token.count);
    free (all);
    return output_finish (&to, size);
}
