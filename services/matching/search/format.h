/* format.h - how an index lies in its bytes: a head, and tables that begin on 64 bytes. */
#ifndef FORMAT_H
#define FORMAT_H
#include "index.h"

#define INDEX_MAGIC "MWINDEX1"

typedef enum { TABLE_IDS, TABLE_SLOTS, TABLE_TOKENS, TABLE_TEXT, TABLE_FAR, TABLE_NEAR, TABLE_WEIGHTS, TABLE_STARTS, TABLE_BOUNDS, TABLE_COUNT } table;

typedef struct {
    char     magic [8];
    uint32_t offers, tokens, slots, blocks;
    uint64_t size;                       /* of everything */
    struct { uint64_t at, size; } tables [TABLE_COUNT];
    uint8_t  checksum [32];              /* of everything behind the head */
} index_head;

/* A token. Few offers have it: their numbers stand in `far`. Many: the lower ten bits do, in `near`, and for each block
 * where its own begin, and the greatest weight there.                                                               */
typedef struct {
    uint32_t text;      /* where its bytes begin; those of the next one end them */
    uint32_t frequency; /* offers */
    uint32_t weights;   /* where its weights begin */
    uint32_t list;      /* where its numbers begin, in far or near */
    uint32_t bounds;    /* which of those with bounds it is; UINT32_MAX: none */
} index_token_t;

uint64_t index_hash (const char *token, size_t size);
#endif
