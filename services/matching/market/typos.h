/* typos.h - the words that offers are written with, to find by a slip of the pen: a letter left out, put in or changed, or
 * two neighbours that changed places.
 *
 * Each word stands under itself and under what is left of it without one of its letters; two words are a slip apart only
 * when they meet there (SymSpell: W. Garbe, 2012). What is told is what the edition has (statistics.h), so that it depends
 * on the stream alone.                                                                                                  */
#ifndef TYPOS_H
#define TYPOS_H
#include "snapshot.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TYPOS_LETTERS = 4 /* shorter words are all alike */, TYPOS_BYTES = 63 };

typedef struct typos typos;

typos *typos_new (void);
void typos_destroy (typos **self_p);

/* A word in UTF-8, without case and accents, was written so many times more (less: negative). Of less than TYPOS_LETTERS, of more
 * than TYPOS_BYTES or with digits: it is passed over. `known`, 0 at first, is for who comes with the same word again: it is
 * not looked for then.                                                                                                   */
void typos_count (typos *, const char *word, size_t size, int by, uint32_t *known);
/* What is counted now is the new edition. */
void typos_cut (typos *);

/* Tells every word of the edition that is a slip away from this one, and how often it is written; in no order, some of
 * them twice.                                                                                                          */
typedef void typos_found (void *to, const char *word, size_t size, int64_t times);
void typos_find (const typos *, const char *word, size_t size, typos_found *, void *to);
/* Into a snapshot, and from one into an empty one; false: it is damaged. */
void typos_save (const typos *, snapshot *);
bool typos_load (typos *, snapshot *);

/* Letters of a word that can have a slip; 0: it has digits, or is too long. */
size_t typos_letters (const char *word, size_t size);
/* Whether two words are a slip apart. */
bool typos_apart (const char *a, size_t a_size, const char *b, size_t b_size);
#endif
