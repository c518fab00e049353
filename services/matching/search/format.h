/* format.h - how an index lies in its bytes: a head, and tables that begin on 64 bytes. */
#ifndef FORMAT_H
#define FORMAT_H
#include "index.h"

#define INDEX_MAGIC "MWINDEX3"

typedef enum { TABLE_IDS, TABLE_KEYS, TABLE_PLACES, TABLE_HASHES, TABLE_TOKENS, TABLE_ENTRIES, TABLE_BASES, TABLE_STARTS,
               TABLE_BOUNDS, TABLE_COUNT } table;

typedef struct {
    char     magic [8];
    uint32_t offers, tokens, blocks, place_bits;
    uint64_t size;                       /* of everything */
    struct { uint64_t at, size; } tables [TABLE_COUNT];
    uint8_t  checksum [32];              /* of everything else; zero until index_seal */
} index_head;

/* Where a token is in a block of offers its entries lie together, by rising offer: the number within the block in the lower
 * ten bits, the weight, 1 to 63, in the upper six. In which blocks that is, is told before them, in the way that takes
 * least room: SPARSE, the block of each entry; RUNS, how many blocks have any, less one, and for each of them its number,
 * and a word of how many entries less one, and the greatest weight; DENSE, in two words which row over all blocks it is.   */
enum { WEIGHT_BITS = 6, WEIGHT_MOST = 63, NEAR_BITS = 10, GRAM_SHARE = 8, BASE_BLOCKS = 32 /* that a base of `starts` serves */ };

typedef enum { SPARSE, RUNS, DENSE } index_form;

typedef struct {
    uint32_t at;             /* in `entries` */
    uint32_t frequency : 29; /* offers */
    uint32_t gram : 1, form : 2;
} index_token_t;

struct index {
    index_head           head;
    const offer_id      *ids;
    const uint64_t      *keys;
    const uint32_t      *places;   /* by the first bits of a hash: the first token from there on */
    const uint64_t      *hashes;   /* tokens lie by them */
    const index_token_t *tokens;
    const uint16_t      *entries;
    const uint32_t      *bases;
    const uint16_t      *starts;
    const uint8_t       *bounds;   /* of a row, by block: the greatest weight; 0: none there */
};

static inline uint32_t near_offer (uint16_t entry)
{
    return entry % INDEX_BLOCK;
}

static inline uint32_t near_weight (uint16_t entry)
{
    return entry >> NEAR_BITS;
}

/* Bases of a row: for so many blocks, and for the end of the last one. */
static inline uint64_t index_bases (uint32_t blocks)
{
    return blocks / BASE_BLOCKS + 1;
}

/* Where the entries of a token begin. What has tokens has entries, which a checker cannot know. */
static inline const uint16_t *index_near (const index_t *self, const index_token_t *t)
{
    const uint16_t *at = self->entries + t->at;
    return at + (t->form == SPARSE ? t->frequency : t->form == RUNS ? 2 * at [0] + 3 : 2); // NOLINT(clang-analyzer-core.NullDereference)
}

/* The row of one that has any. */
static inline uint32_t index_row (const index_t *self, const index_token_t *t)
{
    const uint16_t *at = self->entries + t->at;
    return at [0] | (uint32_t) at [1] << 16; // NOLINT(clang-analyzer-core.NullDereference)
}

/* Entries of a token in one block. */
typedef struct {
    const uint16_t *at;
    uint32_t        count, block, most; /* the greatest weight */
    uint32_t        next;               /* in what is told before the entries, or in the row */
} index_run;

/* Where it is told where the entries of a row begin in a block. */
static inline const uint16_t *index_start (const index_t *self, uint32_t row, uint32_t block)
{
    return self->starts + (uint64_t) row * (self->head.blocks + 1) + block;
}

/* That run; entries begin at `near`. */
static inline index_run index_run_in (const index_t *self, uint32_t row, const uint16_t *near, uint32_t block)
{
    const uint32_t *bases = self->bases + row * index_bases (self->head.blocks);
    const uint16_t *start = index_start (self, row, block);
    uint32_t begin = bases [block / BASE_BLOCKS] + start [0], end = bases [(block + 1) / BASE_BLOCKS] + start [1];
    return (index_run) { near + begin, end - begin, block, self->bounds [(uint64_t) row * self->head.blocks + block], block + 1 };
}

/* Entries of one block that lie together. */
static inline bool index_next_sparse (const index_t *self, const index_token_t *t, index_run *run)
{
    const uint16_t *blocks = self->entries + t->at;
    uint32_t i = run->next;
    if (i == t->frequency)
        return false;
    *run = (index_run) { .at = blocks + t->frequency + i, .block = blocks [i] };
    for (; i < t->frequency && blocks [i] == run->block; i++, run->count++)
        run->most = near_weight (run->at [run->count]) > run->most ? near_weight (run->at [run->count]) : run->most;
    run->next = i;
    return true;
}

static inline bool index_next_told (const index_t *self, const index_token_t *t, index_run *run)
{
    const uint16_t *told = self->entries + t->at, *pair = told + 1 + 2 * (size_t) run->next;
    if (run->next > told [0])
        return false;
    *run = (index_run) { run->at ? run->at + run->count : index_near (self, t), (pair [1] >> WEIGHT_BITS) + 1, pair [0],
                         pair [1] & WEIGHT_MOST, run->next + 1 };
    return true;
}

static inline bool index_next_in_row (const index_t *self, const index_token_t *t, index_run *run)
{
    const uint16_t *near = index_near (self, t);
    if (run->at && run->at + run->count == near + t->frequency)
        return false;
    do
        *run = index_run_in (self, index_row (self, t), near, run->next);
    while (!run->count);
    return true;
}

/* The runs of a token, one after the other from { .at = NULL } on; false: there are no more. */
static inline bool index_next_run (const index_t *self, const index_token_t *t, index_run *run)
{
    return t->form == SPARSE ? index_next_sparse (self, t, run) : t->form == RUNS ? index_next_told (self, t, run)
                                                                                  : index_next_in_row (self, t, run);
}

/* The weight of the offer with this number within the block; 0: it is not there. */
uint32_t index_run_weight (const index_run *, uint32_t number);
#endif
