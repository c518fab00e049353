/* index.c - an index as it lies in its bytes. */
#include "format.h"
#include <assert.h>
#include <sodium.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

uint64_t index_hash (const char *at, size_t size)
{
    uint64_t h = UINT64_C (1469598103934665603); /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        h = (h ^ (uint8_t) at [i]) * UINT64_C (1099511628211);
    return h ^ h >> 29;
}

int index_compare (const char *a, size_t a_size, const char *b, size_t b_size)
{
    int order = memcmp (a, b, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

uint8_t index_weigh (bool gram, uint32_t strength, uint32_t length, uint32_t mean)
{
    uint64_t tf = 1000 * (uint64_t) strength;
    uint64_t norm = 9600 * (250 + 750 * (uint64_t) length / mean) / 1000;
    uint64_t most = index_weight_most (gram), weight = (most * tf + (tf + norm) / 2) / (tf + norm);
    return weight ? (uint8_t) weight : 1;
}

uint32_t index_weight_most (bool gram)
{
    return gram ? WEIGHT_MOST / GRAM_SHARE : WEIGHT_MOST;
}

void index_checksum (const index_head *head, const void *bytes, size_t size, uint8_t out [32])
{
    crypto_generichash_state state;
    crypto_generichash_init (&state, NULL, 0, 32);
    crypto_generichash_update (&state, (const uint8_t *) head, offsetof (index_head, checksum));
    crypto_generichash_update (&state, (const uint8_t *) bytes + sizeof *head, size - sizeof *head);
    crypto_generichash_final (&state, out, 32);
}

/* Tables lie behind each other, inside. */
static bool is_whole (const index_head *head, size_t size)
{
    uint64_t at = sizeof *head;
    for (int i = 0; i < TABLE_COUNT; i++) {
        if (head->tables [i].at < at || head->tables [i].at > size || head->tables [i].size > size - head->tables [i].at)
            return false;
        at = head->tables [i].at + head->tables [i].size;
    }
    return head->size == size && head->blocks == (head->offers + (uint64_t) INDEX_BLOCK - 1) / INDEX_BLOCK;
}

/* What was written is not looked through again: nobody else writes where indexes lie, and damage shows in the checksum. */
index_t *index_open (const void *bytes, size_t size, const char **why)
{
    uint8_t sum [32];
    index_t *self = calloc (1, sizeof *self);
    assert (self);
    *why = NULL;
    if (size < sizeof self->head || memcmp (bytes, INDEX_MAGIC, sizeof self->head.magic))
        *why = "is no index of this version";
    else {
        memcpy (&self->head, bytes, sizeof self->head);
        index_checksum (&self->head, bytes, size, sum);
        if (!is_whole (&self->head, size) || memcmp (sum, self->head.checksum, sizeof sum))
            *why = "is damaged";
    }
    if (*why) {
        free (self);
        return NULL;
    }
    const void *tables [TABLE_COUNT];
    for (int i = 0; i < TABLE_COUNT; i++)
        tables [i] = (const char *) bytes + self->head.tables [i].at;
    self->ids = tables [TABLE_IDS];
    self->keys = tables [TABLE_KEYS];
    self->slots = tables [TABLE_SLOTS];
    self->tokens = tables [TABLE_TOKENS];
    self->text = tables [TABLE_TEXT];
    self->far = tables [TABLE_FAR];
    self->near = tables [TABLE_NEAR];
    self->bases = tables [TABLE_BASES];
    self->starts = tables [TABLE_STARTS];
    self->bounds = tables [TABLE_BOUNDS];
    return self;
}

void index_close (index_t **self_p)
{
    free (*self_p);
    *self_p = NULL;
}

uint32_t index_offers (const index_t *self)
{
    return self->head.offers;
}

const offer_id *index_id (const index_t *self, uint32_t offer)
{
    return &self->ids [offer];
}

uint64_t index_key (const index_t *self, uint32_t offer)
{
    return self->keys [offer];
}

int64_t index_token (const index_t *self, const char *token, size_t size)
{
    size_t mask = self->head.slots - 1;
    for (size_t i = index_hash (token, size) & mask; self->slots [i]; i = (i + 1) & mask) {
        const index_token_t *t = &self->tokens [self->slots [i] - 1];
        if (t [1].text - t->text == size && memcmp (self->text + t->text, token, size) == 0)
            return self->slots [i] - 1;
    }
    return INDEX_NONE;
}

uint32_t index_frequency (const index_t *self, int64_t token)
{
    return token == INDEX_NONE ? 0 : self->tokens [token].frequency;
}

index_run index_run_of_few (const index_t *self, const index_token_t *t)
{
    return (index_run) { self->far + t->list, NULL, t->frequency, 0 };
}

index_run index_run_of_many (const index_t *self, const index_token_t *t, uint32_t block)
{
    const uint32_t *bases = self->bases + t->bounds * index_bases (self->head.blocks);
    const uint16_t *starts = self->starts + (uint64_t) t->bounds * (self->head.blocks + 1);
    uint32_t begin = bases [block / BASE_BLOCKS] + starts [block], end = bases [(block + 1) / BASE_BLOCKS] + starts [block + 1];
    return (index_run) { NULL, self->near + t->list + begin, end - begin, block * INDEX_BLOCK };
}

static uint32_t entry_offer (index_run r, uint32_t i)
{
    return r.far ? r.far [i] >> WEIGHT_BITS : r.first + r.near [i] % INDEX_BLOCK;
}

uint32_t index_weight (const index_t *self, int64_t token, uint32_t offer)
{
    if (token == INDEX_NONE)
        return 0;
    const index_token_t *t = &self->tokens [token];
    index_run r = t->bounds == UINT32_MAX ? index_run_of_few (self, t) : index_run_of_many (self, t, offer / INDEX_BLOCK);
    uint32_t from = 0, to = r.count;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        if (entry_offer (r, middle) < offer)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == r.count || entry_offer (r, from) != offer)
        return 0;
    return r.far ? r.far [from] & WEIGHT_MOST : r.near [from] >> NEAR_BITS;
}

uint32_t index_from (const index_t *self, uint64_t key)
{
    uint32_t from = 0, to = self->head.offers;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        if (self->keys [middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
