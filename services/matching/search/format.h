/* format.h - how an index lies in its bytes: a head, and tables that begin on 64 bytes. */
#ifndef FORMAT_H
#define FORMAT_H
#include "index.h"

#define INDEX_MAGIC "MWINDEX1"

typedef enum { TABLE_IDS, TABLE_KEYS, TABLE_SLOTS, TABLE_TOKENS, TABLE_TEXT, TABLE_FAR, TABLE_NEAR, TABLE_BASES, TABLE_STARTS, TABLE_BOUNDS, TABLE_COUNT } table;

typedef struct {
    char     magic [8];
    uint32_t offers, tokens, slots, blocks;
    uint64_t size;                       /* of everything */
    struct { uint64_t at, size; } tables [TABLE_COUNT];
    uint8_t  checksum [32];              /* of everything else */
} index_head;

void index_checksum (const index_head *, const void *bytes, size_t size, uint8_t out [32]);

/* Weights are 1 to 63. Of a token that few offers have, each stands in `far`: its number, and the weight in the lower six
 * bits. Of one that many have it stands in `near`: the number within its block, and the weight in the upper six of sixteen;
 * and for each block it is known where its own begin, and the greatest weight there.                                      */
enum { WEIGHT_BITS = 6, WEIGHT_MOST = 63, NEAR_BITS = 10, GRAM_SHARE = 8, BASE_BLOCKS = 32 /* that a base of `starts` serves */ };

typedef struct {
    uint32_t text;      /* where its bytes begin; those of the next one end them */
    uint32_t frequency; /* offers */
    uint32_t list;      /* where its own begin, in far or near */
    uint32_t bounds;    /* which of those with bounds it is; UINT32_MAX: none */
} index_token_t;

struct index {
    index_head           head;
    const offer_id      *ids;
    const uint64_t      *keys;
    const uint32_t      *slots, *far, *bases;
    const index_token_t *tokens;
    const char          *text;
    const uint16_t      *near, *starts;
    const uint8_t       *bounds;
};

/* Bases of a token with bounds: for so many blocks, and for the end of the last one. */
static inline uint64_t index_bases (uint32_t blocks)
{
    return blocks / BASE_BLOCKS + 1;
}

/* Entries of a token that lie together, of offers from `first` on. */
typedef struct {
    const uint32_t *far;  /* NULL: near */
    const uint16_t *near;
    uint32_t        count, first;
} index_run;

/* All entries of a token that few offers have; those in a block of one that many have. */
index_run index_run_of_few (const index_t *, const index_token_t *);
index_run index_run_of_many (const index_t *, const index_token_t *, uint32_t block);

uint64_t index_hash (const char *token, size_t size);
/* The order of tokens: by their bytes, and a beginning before the whole. */
int index_compare (const char *a, size_t a_size, const char *b, size_t b_size);
#endif
