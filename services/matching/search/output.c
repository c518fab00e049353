/* output.c - tables that grow, and in the end lie behind each other. */
#include "output.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char  *at;
    size_t size, room; /* bytes */
} growing;

struct output {
    growing   tables [TABLE_COUNT];
    uint32_t  offers, blocks, tokens, rows;
    uint32_t *runs;    /* of the token at hand, as in the table; one for each block at most */
};

output *output_new (uint32_t offers)
{
    output *self = calloc (1, sizeof *self);
    assert (self && offers <= OFFERS_MOST);
    self->offers = offers;
    self->blocks = (offers + INDEX_BLOCK - 1) / INDEX_BLOCK;
    self->runs = malloc ((self->blocks + 1) * sizeof *self->runs);
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

static uint32_t run_count (uint32_t run)
{
    return ((run & 0xffff) >> WEIGHT_BITS) + 1;
}

/* How many there are. */
static uint32_t find_runs (output *self, const entry *entries, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0, begin = 0, most = 0; i < count; i++) {
        uint32_t weight = entries [i] & WEIGHT_MOST;
        most = weight > most ? weight : most;
        if (i + 1 == count || block_of (entries [i + 1]) != block_of (entries [i])) {
            self->runs [found++] = block_of (entries [i]) << 16 | (i - begin) << WEIGHT_BITS | most;
            begin = i + 1;
            most = 0;
        }
    }
    return found;
}

static void write_near (output *self, const entry *entries, uint32_t count)
{
    uint16_t *near = more (self, TABLE_NEAR, count * sizeof *near);
    for (uint32_t i = 0; i < count; i++)
        near [i] = (uint16_t) ((entries [i] >> WEIGHT_BITS) % INDEX_BLOCK | (entries [i] & WEIGHT_MOST) << NEAR_BITS);
}

static void write_sparse (output *self, const entry *entries, uint32_t count)
{
    uint16_t *blocks = more (self, TABLE_BLOCKS, count * sizeof *blocks);
    for (uint32_t i = 0; i < count; i++)
        blocks [i] = (uint16_t) block_of (entries [i]);
}

static void write_runs (output *self, uint32_t runs)
{
    memcpy (more (self, TABLE_RUNS, runs * sizeof *self->runs), self->runs, runs * sizeof *self->runs);
}

static void write_dense (output *self, uint32_t runs)
{
    uint32_t *bases = more (self, TABLE_BASES, index_bases (self->blocks) * sizeof *bases), entries = 0, run = 0;
    uint16_t *starts = more (self, TABLE_STARTS, (self->blocks + 1) * sizeof *starts);
    uint8_t *bounds = more (self, TABLE_BOUNDS, self->blocks);
    for (uint32_t b = 0; b <= self->blocks; b++) {
        bool here = run < runs && self->runs [run] >> 16 == b;
        if (b % BASE_BLOCKS == 0)
            bases [b / BASE_BLOCKS] = entries;
        starts [b] = (uint16_t) (entries - bases [b / BASE_BLOCKS]);
        if (b < self->blocks)
            bounds [b] = here ? self->runs [run] & WEIGHT_MOST : 0;
        if (here)
            entries += run_count (self->runs [run++]);
    }
}

static index_form form_of (const output *self, uint32_t count, uint32_t runs)
{
    size_t sparse = count * sizeof (uint16_t), by_run = runs * sizeof (uint32_t);
    size_t dense = self->blocks + (self->blocks + 1) * sizeof (uint16_t) + index_bases (self->blocks) * sizeof (uint32_t);
    return dense < by_run && dense < sparse ? DENSE : by_run < sparse ? RUNS : SPARSE;
}

void output_token (output *self, const output_name *name, const entry *entries, uint32_t count)
{
    uint32_t runs = find_runs (self, entries, count);
    index_token_t t = { .hash = name->hash, .text = (uint32_t) self->tables [TABLE_TEXT].size, .gram = name->gram,
                        .near = (uint32_t) (self->tables [TABLE_NEAR].size / sizeof (uint16_t)),
                        .frequency = count, .form = form_of (self, count, runs) };
    write_near (self, entries, count);
    if (t.form == SPARSE) {
        t.directory = (uint32_t) (self->tables [TABLE_BLOCKS].size / sizeof (uint16_t));
        write_sparse (self, entries, count);
    } else if (t.form == RUNS) {
        t.directory = (uint32_t) (self->tables [TABLE_RUNS].size / sizeof (uint32_t));
        write_runs (self, runs);
    } else {
        t.directory = self->rows++;
        write_dense (self, runs);
    }
    *(index_token_t *) more (self, TABLE_TOKENS, sizeof t) = t;
    memcpy (more (self, TABLE_TEXT, name->size), name->text, name->size);
    self->tokens++;
}

/* --------------------------------------------------------------------------------------- bytes */

/* One place for every two tokens or so. */
static uint32_t write_places (output *self)
{
    uint32_t bits = 1, at = 0;
    const index_token_t *tokens = (const index_token_t *) self->tables [TABLE_TOKENS].at;
    while (bits < 30 && UINT32_C (2) << bits < self->tokens)
        bits++;
    uint32_t *places = more (self, TABLE_PLACES, ((UINT64_C (1) << bits) + 1) * sizeof *places);
    for (uint32_t p = 0; p <= UINT32_C (1) << bits; p++) {
        while (at < self->tokens && tokens [at].hash >> (64 - bits) < p)
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
    index_token_t end = { .text = (uint32_t) self->tables [TABLE_TEXT].size }; /* where the last one's text ends */
    uint32_t bits = write_places (self);
    *(index_token_t *) more (self, TABLE_TOKENS, sizeof end) = end;
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
