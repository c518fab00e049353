/* builder.c - from offers and their tokens to the bytes of an index. */
#include "format.h"
#include "analyser.h"
#include <assert.h>
#include <sodium.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint32_t offer; uint8_t weight; } entry;

typedef struct {
    uint32_t text, size;
    entry   *entries;
    uint32_t count, room;
    uint32_t strength;   /* in the offer at hand */
} token;

struct index_builder {
    offer_id *ids;
    size_t    offers, offer_room;
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

uint64_t index_hash (const char *at, size_t size)
{
    uint64_t h = UINT64_C (1469598103934665603); /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        h = (h ^ (uint8_t) at [i]) * UINT64_C (1099511628211);
    return h ^ h >> 29;
}

void index_checksum (const index_head *head, const void *bytes, size_t size, uint8_t out [32])
{
    crypto_generichash_state state;
    crypto_generichash_init (&state, NULL, 0, 32);
    crypto_generichash_update (&state, (const uint8_t *) head, offsetof (index_head, checksum));
    crypto_generichash_update (&state, (const uint8_t *) bytes + sizeof *head, size - sizeof *head);
    crypto_generichash_final (&state, out, 32);
}

index_builder *index_builder_new (void)
{
    index_builder *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = (1 << 12) - 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    /* An offer of the market: a title of five words, forty-five in its description. */
    index_builder_lengths (self, 50 * TOKEN_WHOLE, 20 * TOKEN_WHOLE);
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

/* tf / (tf + k1 (1 - b + b length / mean)), in 63rds; tf in eighths, and so is what it is held against. A gram weighs an
 * eighth of a word.                                                                                                */
static uint8_t weigh (const index_builder *self, const token *t)
{
    enum { GRAM_SHARE = 8 };
    bool gram = is_gram (self, t);
    uint64_t tf = 1000 * (uint64_t) t->strength;
    uint64_t norm = 9600 * (250 + 750 * (uint64_t) self->length [gram] / self->mean [gram]) / 1000;
    uint64_t most = gram ? WEIGHT_MOST / GRAM_SHARE : WEIGHT_MOST, weight = (most * tf + (tf + norm) / 2) / (tf + norm);
    return weight ? (uint8_t) weight : 1;
}

static void end_offer (index_builder *self)
{
    for (size_t i = 0; i < self->present_count; i++) {
        token *t = &self->tokens [self->present [i]];
        size_t room = t->room;
        t->entries = grow (t->entries, t->count + 1, &room, sizeof *t->entries);
        t->room = (uint32_t) room;
        t->entries [t->count++] = (entry) { (uint32_t) self->offers - 1, weigh (self, t) };
        t->strength = 0;
    }
    self->present_count = 0;
    self->length [0] = self->length [1] = 0;
}

void index_builder_offer (index_builder *self, const offer_id *id)
{
    end_offer (self);
    self->ids = grow (self->ids, self->offers + 1, &self->offer_room, sizeof *self->ids);
    self->ids [self->offers++] = *id;
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

typedef struct {
    index_head *head;
    char       *base;
} writing;

static void *table_at (const writing *self, table which)
{
    return self->base + self->head->tables [which].at;
}

static bool is_long (const token *t)
{
    return t->count >= INDEX_LONG;
}

static writing lay_out (const index_builder *self)
{
    uint64_t far = 0, near = 0, longs = 0;
    for (size_t i = 0; i < self->count; i++) {
        *(is_long (&self->tokens [i]) ? &near : &far) += self->tokens [i].count;
        longs += is_long (&self->tokens [i]);
    }
    uint64_t slots = 1, blocks = (self->offers + INDEX_BLOCK - 1) / INDEX_BLOCK;
    while (slots < 2 * self->count + 1)
        slots *= 2;
    const uint64_t sizes [TABLE_COUNT] = {
        [TABLE_IDS] = self->offers * sizeof *self->ids, [TABLE_SLOTS] = slots * 4,
        [TABLE_TOKENS] = (self->count + 1) * sizeof (index_token_t), [TABLE_TEXT] = self->text_size,
        [TABLE_FAR] = far * 4, [TABLE_NEAR] = near * 2, [TABLE_BASES] = longs * index_bases ((uint32_t) blocks) * 4,
        [TABLE_STARTS] = longs * (blocks + 1) * 2, [TABLE_BOUNDS] = longs * blocks,
    };
    index_head head = { .magic = INDEX_MAGIC, .offers = (uint32_t) self->offers, .tokens = (uint32_t) self->count,
                        .slots = (uint32_t) slots, .blocks = (uint32_t) blocks };
    uint64_t at = (sizeof head + 63) / 64 * 64;
    for (int i = 0; i < TABLE_COUNT; i++) {
        head.tables [i].at = at;
        head.tables [i].size = sizes [i];
        at = (at + sizes [i] + 63) / 64 * 64;
    }
    head.size = at;
    writing to = { .base = calloc (1, at) };
    assert (to.base);
    memcpy (to.base, &head, sizeof head);
    to.head = (index_head *) to.base;
    return to;
}

static void write_long (const writing *to, const token *t, index_token_t *as, uint32_t number)
{
    uint32_t blocks = to->head->blocks, i = 0;
    uint16_t *near = (uint16_t *) table_at (to, TABLE_NEAR) + as->list;
    uint32_t *bases = (uint32_t *) table_at (to, TABLE_BASES) + number * index_bases (blocks);
    uint16_t *starts = (uint16_t *) table_at (to, TABLE_STARTS) + (uint64_t) number * (blocks + 1);
    uint8_t *bounds = (uint8_t *) table_at (to, TABLE_BOUNDS) + (uint64_t) number * blocks;
    as->bounds = number;
    for (uint32_t b = 0; b <= blocks; b++) {
        if (b % BASE_BLOCKS == 0)
            bases [b / BASE_BLOCKS] = i;
        starts [b] = (uint16_t) (i - bases [b / BASE_BLOCKS]);
        for (; i < t->count && t->entries [i].offer / INDEX_BLOCK == b; i++) {
            uint8_t weight = t->entries [i].weight;
            near [i] = (uint16_t) (t->entries [i].offer % INDEX_BLOCK | (unsigned) weight << NEAR_BITS);
            bounds [b] = weight > bounds [b] ? weight : bounds [b];
        }
    }
}

static void write_short (const writing *to, const token *t, index_token_t *as)
{
    uint32_t *far = (uint32_t *) table_at (to, TABLE_FAR) + as->list;
    as->bounds = UINT32_MAX;
    for (uint32_t i = 0; i < t->count; i++)
        far [i] = t->entries [i].offer << WEIGHT_BITS | t->entries [i].weight;
}

void *index_builder_finish (index_builder *self, size_t *size)
{
    end_offer (self);
    writing to = lay_out (self);
    index_token_t *tokens = table_at (&to, TABLE_TOKENS);
    uint32_t *slots = table_at (&to, TABLE_SLOTS), far = 0, near = 0, longs = 0;
    memcpy (table_at (&to, TABLE_TEXT), self->text, self->text_size);
    if (self->offers)
        memcpy (table_at (&to, TABLE_IDS), self->ids, self->offers * sizeof *self->ids);
    for (size_t i = 0; i < self->count; i++) {
        const token *t = &self->tokens [i];
        uint32_t *list = is_long (t) ? &near : &far;
        tokens [i] = (index_token_t) { .text = t->text, .frequency = t->count, .list = *list };
        is_long (t) ? write_long (&to, t, &tokens [i], longs++) : write_short (&to, t, &tokens [i]);
        *list += t->count;
        size_t slot = index_hash (self->text + t->text, t->size) & (to.head->slots - 1);
        while (slots [slot])
            slot = (slot + 1) & (to.head->slots - 1);
        slots [slot] = (uint32_t) i + 1;
    }
    tokens [self->count].text = (uint32_t) self->text_size;
    index_checksum (to.head, to.base, to.head->size, to.head->checksum);
    *size = to.head->size;
    return to.base;
}
