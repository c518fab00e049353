/* index.c - an index as it lies in its bytes. */
#include "format.h"
#include <assert.h>
#include <sodium.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Eight bytes at a time, each step a multiplication; the end is that of MurmurHash3. */
uint64_t index_hash (const char *at, size_t size)
{
    uint64_t h = size * UINT64_C (0x9e3779b97f4a7c15), word;
    for (; size >= sizeof word; at += sizeof word, size -= sizeof word) {
        memcpy (&word, at, sizeof word);
        h = (h ^ word) * UINT64_C (0xff51afd7ed558ccd);
        h ^= h >> 32;
    }
    word = 0;
    memcpy (&word, at, size);
    h = (h ^ word) * UINT64_C (0xff51afd7ed558ccd);
    h = (h ^ h >> 33) * UINT64_C (0xc4ceb9fe1a85ec53);
    return h ^ h >> 33;
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

static void checksum_of (const index_head *head, const void *bytes, uint8_t out [32])
{
    crypto_generichash_state state;
    crypto_generichash_init (&state, NULL, 0, 32);
    crypto_generichash_update (&state, (const uint8_t *) head, offsetof (index_head, checksum));
    crypto_generichash_update (&state, (const uint8_t *) bytes + sizeof *head, head->size - sizeof *head);
    crypto_generichash_final (&state, out, 32);
}

void index_seal (void *bytes)
{
    index_head head;
    memcpy (&head, bytes, sizeof head);
    checksum_of (&head, bytes, head.checksum);
    memcpy (bytes, &head, sizeof head);
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

index_t *index_on (const void *bytes)
{
    const void *tables [TABLE_COUNT];
    index_t *self = calloc (1, sizeof *self);
    assert (self);
    memcpy (&self->head, bytes, sizeof self->head);
    for (int i = 0; i < TABLE_COUNT; i++)
        tables [i] = (const char *) bytes + self->head.tables [i].at;
    self->ids = tables [TABLE_IDS];
    self->keys = tables [TABLE_KEYS];
    self->places = tables [TABLE_PLACES];
    self->hashes = tables [TABLE_HASHES];
    self->tokens = tables [TABLE_TOKENS];
    self->entries = tables [TABLE_ENTRIES];
    self->bases = tables [TABLE_BASES];
    self->starts = tables [TABLE_STARTS];
    self->bounds = tables [TABLE_BOUNDS];
    return self;
}

/* What was written is not looked through again: nobody else writes where indexes lie, and damage shows in the checksum. */
index_t *index_open (const void *bytes, size_t size, const char **why)
{
    uint8_t sum [32];
    index_head head;
    *why = NULL;
    if (size < sizeof head || memcmp (bytes, INDEX_MAGIC, sizeof head.magic))
        *why = "is no index of this version";
    else {
        memcpy (&head, bytes, sizeof head);
        if (!is_whole (&head, size))
            *why = "is damaged";
        else {
            checksum_of (&head, bytes, sum);
            *why = memcmp (sum, head.checksum, sizeof sum) ? "is damaged" : NULL;
        }
    }
    return *why ? NULL : index_on (bytes);
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

int64_t index_token (const index_t *self, uint64_t hash)
{
    uint32_t place = (uint32_t) (hash >> (64 - self->head.place_bits)), end = self->places [place + 1];
    for (uint32_t i = self->places [place]; i < end; i++)
        if (self->hashes [i] == hash)
            return i;
    return INDEX_NONE;
}

void index_tokens (const index_t *self, const uint64_t hashes [], size_t count, int64_t tokens [])
{
    unsigned shift = 64 - self->head.place_bits;
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch (&self->places [hashes [i] >> shift]);
    for (size_t i = 0; i < count; i++) {
        uint32_t place = self->places [hashes [i] >> shift];
        __builtin_prefetch (&self->hashes [place]);
        __builtin_prefetch (&self->tokens [place]);
    }
    for (size_t i = 0; i < count; i++) {
        tokens [i] = index_token (self, hashes [i]);
        if (tokens [i] != INDEX_NONE)
            __builtin_prefetch (self->entries + self->tokens [tokens [i]].at);
    }
}

uint32_t index_frequency (const index_t *self, int64_t token)
{
    return token == INDEX_NONE ? 0 : self->tokens [token].frequency;
}

/* ----------------------------------------------------------------------------------------- runs */

/* Where it is in a block; a count of 0: it is not. */
static index_run run_at (const index_t *self, const index_token_t *t, uint32_t block)
{
    index_run run = { .at = NULL };
    if (t->form == DENSE)
        return index_run_in (self, index_row (self, t), index_near (self, t), block);
    while (index_next_run (self, t, &run))
        if (run.block >= block)
            return run.block == block ? run : (index_run) { .at = NULL };
    return (index_run) { .at = NULL };
}

/* How many numbers lie on each side of where one is expected: most are there, and that is one line of the cache or two. */
enum { EXPECTED = 16 };

/* The last entry not above a number, or the first of all; without a branch that nobody could guess. */
static uint16_t last_up_to (const uint16_t *at, uint32_t count, uint32_t number)
{
    for (uint32_t half; count > 1; count -= half) {
        half = count / 2;
        at += (size_t) half * (near_offer (at [half]) <= number);
    }
    return *at;
}

uint32_t index_run_weight (const index_run *run, uint32_t number)
{
    uint32_t expected = run->count * number / INDEX_BLOCK, from = 0, to = run->count;
    if (!run->count)
        return 0;
    if (expected > EXPECTED && near_offer (run->at [expected - EXPECTED]) <= number)
        from = expected - EXPECTED;
    if (expected + EXPECTED < run->count && near_offer (run->at [expected + EXPECTED]) > number)
        to = expected + EXPECTED;
    uint16_t found = last_up_to (run->at + from, to - from, number);
    return near_weight (found) * (near_offer (found) == number);
}

uint32_t index_weight (const index_t *self, int64_t token, uint32_t offer)
{
    if (token == INDEX_NONE)
        return 0;
    index_run run = run_at (self, &self->tokens [token], offer / INDEX_BLOCK);
    return index_run_weight (&run, offer % INDEX_BLOCK);
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
