/* query.h - what a text asks for: its words, what each is worth, and the tokens that find them. */
#ifndef QUERY_H
#define QUERY_H
#include "shelf.h"

enum { QUERY_WORDS = 64, TITLE_WEIGHT = 3 /* of a word in a title, against one in a description */ };

/* A word as it was written, and what an offer earns that has it. */
typedef struct {
    char    written [64];
    int64_t most;
} query_word;

typedef struct {
    query_word   words [QUERY_WORDS];
    size_t       word_count;
    shelf_wanted wanted [SHELF_WANTED];
    uint8_t      of [SHELF_WANTED];      /* which word a token belongs to */
    size_t       wanted_count;
    int64_t      reference;              /* what an offer earns with the six words that tell most */
} query;

/* Reads the title's words first; words past the sixty-fourth do not count. `description` may be NULL. */
void query_read (query *, const shelf *, shelf_reader *, const char *title, const char *description);

/* What an offer earns: the score that shelf_find gives it. */
uint32_t query_score (const query *, const shelf *, const shelf_found *);
/* Bit i: the offer has word i, or a part of it. */
uint64_t query_words_in (const query *, const shelf *, const shelf_found *);
#endif
