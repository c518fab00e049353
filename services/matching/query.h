/* query.h - what a text asks for: its words, what each is worth, the tokens that find them, and the CPV codes whose names
 * they say.                                                                                                            */
#ifndef QUERY_H
#define QUERY_H
#include "market/names.h"
#include "market/shelf.h"

enum { QUERY_WORDS = 64, QUERY_BRANCHES = 8, TITLE_WEIGHT = 3 /* of a word in a title, against one in a description */ };

/* A word as it was written, and what an offer earns that has it. */
typedef struct {
    char    written [64];
    char    meant [TOKEN_BYTES]; /* what is looked for as well, where this seems to be a slip; else empty */
    int64_t most;
} query_word;

typedef struct {
    query_word   words [QUERY_WORDS];
    size_t       word_count;
    shelf_wanted wanted [SHELF_WANTED];
    uint8_t      of [SHELF_WANTED];      /* which word a token belongs to */
    bool         slip [SHELF_WANTED];    /* it is of what was meant by that word, and not of the word as it was written */
    size_t       wanted_count;
    name_found   branches [QUERY_BRANCHES]; /* codes by their names, what tells most first */
    size_t       branch_count;
    int64_t      reference;              /* what an offer earns with the six words that tell most */
} query;

/* The next word of a text from here on, and its bytes; 0: there is none. Letters, digits and all beyond ASCII are of words;
 * each is read by itself.                                                                                             */
const char *query_next (const char *text, size_t *size);

/* Reads the title's words first; words past the sixty-fourth do not count. `description` may be NULL. The names are asked
 * for words of the title; NULL: for none.                                                                              */
void query_read (query *, const shelf *, const names *, shelf_reader *, const char *title, const char *description);

/* The best `most` offers with any of the words, or under any of the codes, ties by id. */
size_t query_find (const query *, const shelf *, shelf_reader *, shelf_where, shelf_found *best, size_t most);
/* What an offer earns: the score that query_find gives it. */
uint32_t query_score (const query *, const shelf *, const shelf_found *);
/* The code under which an offer with this one lies, of those whose names the words say; NULL: none. */
const name_found *query_branch (const query *, uint32_t cpv);
/* What an offer with this one earns by that; and what one with a code from `first` to `last` could. */
uint32_t query_branch_score (const query *, uint32_t cpv);
uint32_t query_branch_most (const query *, uint32_t first, uint32_t last);
/* Bit i: the offer has word i, or a part of it, or of what was meant by it; `slips`: only what was meant. */
uint64_t query_words_in (const query *, const shelf *, const shelf_found *, uint64_t *slips);

/* The words of a text of an offer, as they are written there, by which it is found. */
typedef void query_mark (void *to, const char *word, size_t size, int of /* which word of the query */);
void query_marks (const query *, analyser *, const char *text, query_mark *, void *to);
#endif
