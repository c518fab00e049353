/* format.h - how an index lies in its bytes: a head, and tables that begin on 64 bytes. */
#ifndef FORMAT_H
#define FORMAT_H
#include "index.h"

#define INDEX_MAGIC "MWINDEX2"

typedef enum { TABLE_IDS, TABLE_KEYS, TABLE_PLACES, TABLE_TOKENS, TABLE_TEXT, TABLE_NEAR, TABLE_BLOCKS, TABLE_RUNS, TABLE_BASES,
               TABLE_STARTS, TABLE_BOUNDS, TABLE_COUNT } table;

typedef struct {
    char     magic [8];
    uint32_t offers, tokens, blocks, place_bits;
    uint64_t size;                       /* of everything */
    struct { uint64_t at, size; } tables [TABLE_COUNT];
    uint8_t  checksum [32];              /* of everything else; zero until index_seal */
} index_head;

/* Where a token is in a block of offers its entries lie together, by rising offer: the number within the block in the lower
 * ten bits, the weight, 1 to 63, in the upper six. In which blocks that is, is told in the way that takes least room:
 * SPARSE, the block beside each entry; RUNS, one word for each block that has any; DENSE, a row over all blocks.      */
enum { WEIGHT_BITS = 6, WEIGHT_MOST = 63, NEAR_BITS = 10, GRAM_SHARE = 8, BASE_BLOCKS = 32 /* that a base of `starts` serves */ };

typedef enum { SPARSE, RUNS, DENSE } index_form;

typedef struct {
    uint64_t hash;           /* tokens lie by it */
    uint32_t text;           /* where its bytes begin; those of the next one end them */
    uint32_t near;           /* where its entries begin */
    uint32_t directory;      /* where it is told in which blocks they are: in `blocks`, or in `runs`; or which row it is */
    uint32_t frequency : 27; /* offers */
    uint32_t gram : 1, form : 2;
} index_token_t;

struct index {
    index_head           head;
    const offer_id      *ids;
    const uint64_t      *keys;
    const uint32_t      *places;   /* by the first bits of a hash: the first token from there on */
    const index_token_t *tokens;
    const char          *text;
    const uint16_t      *near, *blocks;
    const uint32_t      *runs;     /* in the upper half the block; in the lower the count less one, and the greatest weight */
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

/* Entries of a token in one block. */
typedef struct {
    const uint16_t *at;
    uint32_t        count, block, most; /* the greatest weight */
    uint32_t        next;               /* in `blocks`, in `runs` or in its row, from where its directory begins */
} index_run;

/* The runs of a token, one after the other from { .at = NULL } on; false: there are no more. */
bool index_next_run (const index_t *, const index_token_t *, index_run *);
/* Where it is told where those of one with a row begin in a block. */
static inline const uint16_t *index_start (const index_t *self, const index_token_t *t, uint32_t block)
{
    return self->starts + (uint64_t) t->directory * (self->head.blocks + 1) + block;
}

/* That run. */
static inline index_run index_run_in (const index_t *self, const index_token_t *t, uint32_t block)
{
    const uint32_t *bases = self->bases + t->directory * index_bases (self->head.blocks);
    const uint16_t *start = index_start (self, t, block);
    uint32_t begin = bases [block / BASE_BLOCKS] + start [0], end = bases [(block + 1) / BASE_BLOCKS] + start [1];
    return (index_run) { self->near + t->near + begin, end - begin, block,
                         self->bounds [(uint64_t) t->directory * self->head.blocks + block], block + 1 };
}
/* The weight of the offer with this number within the block; 0: it is not there. */
uint32_t index_run_weight (const index_run *, uint32_t number);
#endif
