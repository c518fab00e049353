/* output.c - tables that grow, and in the end lie behind each other. */
#include "output.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char  *at;
    size_t size, room; /* bytes */
} growing;

enum { RUN_BYTES = 2 * sizeof (uint16_t), ROW_BYTES = sizeof (uint32_t) };

struct output {
    growing   tables [TABLE_COUNT];
    uint32_t  offers, blocks, tokens, rows;
    uint16_t *runs;    /* of the token at hand, as they are told; one for each block at most */
};

output *output_new (uint32_t offers)
{
    output *self = calloc (1, sizeof *self);
    assert (self && offers <= OFFERS_MOST);
    self->offers = offers;
    self->blocks = (offers + INDEX_BLOCK - 1) / INDEX_BLOCK;
    self->runs = calloc (self->blocks + 1, RUN_BYTES);
    assert (self->runs);
    return self;
}

static void make_room (growing *to, size_t size)
{
    to->room = to->size + size + to->room / 2;
    to->at = realloc (to->at, to->room);
    assert (to->at);
}

/* So many bytes more, with anything in them. */
static inline void *more (output *self, table which, size_t size)
{
    growing *to = &self->tables [which];
    if (to->size + size > to->room)
        make_room (to, size);
    to->size += size;
    return to->at + to->size - size;
}

void output_offer (output *self, uint64_t key, const offer_id *id)
{
    *(offer_id *) more (self, TABLE_IDS, sizeof *id) = *id;
    *(uint64_t *) more (self, TABLE_KEYS, sizeof key) = key;
}

/* -------------------------------------------------------------------------------------- tokens */

static uint32_t block_of (entry e)
{
    return e >> WEIGHT_BITS >> NEAR_BITS;
}

/* How many there are. */
static uint32_t find_runs (output *self, const entry *entries, uint32_t count)
{
    uint16_t *run = self->runs;
    for (uint32_t i = 0, begin = 0, most = 0; i < count; i++) {
        uint32_t weight = entries [i] & WEIGHT_MOST;
        most = weight > most ? weight : most;
        if (i + 1 == count || block_of (entries [i + 1]) != block_of (entries [i])) {
            *run++ = (uint16_t) block_of (entries [i]);
            *run++ = (uint16_t) ((i - begin) << WEIGHT_BITS | most);
            begin = i + 1;
            most = 0;
        }
    }
    return (uint32_t) (run - self->runs) / 2;
}

static void write_near (uint16_t *near, const entry *entries, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        near [i] = (uint16_t) ((entries [i] >> WEIGHT_BITS) % INDEX_BLOCK | (entries [i] & WEIGHT_MOST) << NEAR_BITS);
}

static void write_sparse (output *self, const entry *entries, uint32_t count)
{
    uint16_t *to = more (self, TABLE_ENTRIES, (size_t) count * 2 * sizeof *to);
    for (uint32_t i = 0; i < count; i++)
        to [i] = (uint16_t) block_of (entries [i]);
    write_near (to + count, entries, count);
}

static void write_runs (output *self, uint32_t runs, const entry *entries, uint32_t count)
{
    uint16_t *to = more (self, TABLE_ENTRIES, (1 + 2 * runs + count) * sizeof *to);
    to [0] = (uint16_t) (runs - 1);
    memcpy (to + 1, self->runs, (size_t) runs * RUN_BYTES);
    write_near (to + 1 + 2 * (size_t) runs, entries, count);
}

/* Of each block where its entries begin, and the greatest weight. */
static void write_row (output *self, uint32_t runs)
{
    uint32_t *bases = more (self, TABLE_BASES, index_bases (self->blocks) * sizeof *bases), entries = 0;
    uint16_t *starts = more (self, TABLE_STARTS, (self->blocks + 1) * sizeof *starts);
    uint8_t *bounds = more (self, TABLE_BOUNDS, self->blocks);
    const uint16_t *run = self->runs, *end = run + 2 * (size_t) runs;
    for (uint32_t b = 0; b <= self->blocks; b++) {
        bool here = run < end && run [0] == b;
        if (b % BASE_BLOCKS == 0)
            bases [b / BASE_BLOCKS] = entries;
        starts [b] = (uint16_t) (entries - bases [b / BASE_BLOCKS]);
        if (b < self->blocks)
            bounds [b] = here ? run [1] & WEIGHT_MOST : 0;
        if (here) {
            entries += (run [1] >> WEIGHT_BITS) + 1u;
            run += 2;
        }
    }
}

static void write_dense (output *self, uint32_t runs, const entry *entries, uint32_t count)
{
    uint16_t *to = more (self, TABLE_ENTRIES, ROW_BYTES + count * sizeof *to);
    to [0] = (uint16_t) self->rows;
    to [1] = (uint16_t) (self->rows++ >> 16);
    write_near (to + 2, entries, count);
    write_row (self, runs);
}

static index_form form_of (const output *self, uint32_t count, uint32_t runs)
{
    size_t sparse = count * sizeof (uint16_t), by_run = sizeof (uint16_t) + (size_t) runs * RUN_BYTES;
    size_t dense = ROW_BYTES + self->blocks + (self->blocks + 1) * sizeof (uint16_t) + index_bases (self->blocks) * sizeof (uint32_t);
    return dense < by_run && dense < sparse ? DENSE : by_run < sparse ? RUNS : SPARSE;
}

void output_token (output *self, uint64_t hash, bool gram, const entry *entries, uint32_t count)
{
    uint32_t runs = find_runs (self, entries, count);
    index_token_t t = { (uint32_t) (self->tables [TABLE_ENTRIES].size / sizeof (uint16_t)), count, gram, form_of (self, count, runs) };
    if (t.form == SPARSE)
        write_sparse (self, entries, count);
    else if (t.form == RUNS)
        write_runs (self, runs, entries, count);
    else
        write_dense (self, runs, entries, count);
    *(uint64_t *) more (self, TABLE_HASHES, sizeof hash) = hash;
    *(index_token_t *) more (self, TABLE_TOKENS, sizeof t) = t;
    self->tokens++;
}

/* --------------------------------------------------------------------------------------- bytes */

/* One place for every four tokens or so: their hashes are a line of the cache. */
static uint32_t write_places (output *self)
{
    uint32_t bits = 1, at = 0;
    const uint64_t *hashes = (const uint64_t *) self->tables [TABLE_HASHES].at;
    while (bits < 30 && UINT32_C (4) << bits < self->tokens)
        bits++;
    uint32_t *places = more (self, TABLE_PLACES, ((UINT64_C (1) << bits) + 1) * sizeof *places);
    for (uint32_t p = 0; p <= UINT32_C (1) << bits; p++) {
        while (at < self->tokens && hashes [at] >> (64 - bits) < p)
            at++;
        places [p] = at;
    }
    return bits;
}

static uint64_t aligned (uint64_t at)
{
    return (at + 63) / 64 * 64;
}

void *output_finish (output **self_p, size_t *size)
{
    output *self = *self_p;
    uint32_t bits = write_places (self);
    index_head head = { .magic = INDEX_MAGIC, .offers = self->offers, .tokens = self->tokens, .blocks = self->blocks,
                        .place_bits = bits, .size = aligned (sizeof head) };
    for (int i = 0; i < TABLE_COUNT; i++) {
        head.tables [i].at = head.size;
        head.tables [i].size = self->tables [i].size;
        head.size = aligned (head.size + self->tables [i].size);
    }
    char *bytes = calloc (1, head.size);
    assert (bytes);
    memcpy (bytes, &head, sizeof head);
    for (int i = 0; i < TABLE_COUNT; i++) {
        if (self->tables [i].size)
            memcpy (bytes + head.tables [i].at, self->tables [i].at, self->tables [i].size);
        free (self->tables [i].at);
    }
    *size = head.size;
    free (self->runs);
    free (self);
    *self_p = NULL;
    return bytes;
}
