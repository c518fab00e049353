/* names.h - what the codes of the CPV are called, in Dutch, in English and by everyday words, and which codes the words of a
 * query lead to. It is a function of what it was told; others may look while nobody tells.                              */
#ifndef NAMES_H
#define NAMES_H
#include "../../../common/vocabulary.h"
#include "../search/wordlist.h"
#include "snapshot.h"

typedef struct names names;

/* Borrows the list of Dutch words, which may be NULL. */
names *names_new (const wordlist *);
void names_destroy (names **self_p);

/* A code as it is called from now on, and where that record is kept; shows from names_settle on. */
void names_put (names *, const cpv_code_t *, uint64_t at);
void names_settle (names *);
/* Into a snapshot: where the records are, 64 bits each. */
void names_save (const names *, snapshot *);

/* A word that is looked for, and the most that a code can earn by it. */
typedef struct { const char *at; size_t size; int64_t most; } name_word;

/* A code that words lead to. The texts live until the next names_settle. */
typedef struct {
    uint32_t    cpv;                   /* its eight digits */
    const char *name, *name_en;
    int64_t     points;                /* at most what its words could earn together */
    uint64_t    words;                 /* bit i: by word i */
} name_found;

/* The codes of which words say two thirds of a name at least, by what they earn, then by code; at most `most`. A name earns of
 * each word the share that it has of it, times the share that all words have of the name. At most 64 words.          */
size_t names_find (const names *, const name_word *, size_t count, name_found *best, size_t most);
#endif
