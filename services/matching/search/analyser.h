/* analyser.h - a text as tokens: what an offer is found by, and what a query asks for.
 *
 * A token's first byte is its kind. A word is its stem, without case and accents. Dutch writes compounds as one word:
 * what a word list says that one is made of counts as words too, for half, and so does what those are made of. Grams are
 * five letters of a word, so that "cateringdienst" and "catering" meet, and a word with a slip of the pen still finds
 * something. Offers keep every other one of a word, and are asked for all: six letters that two words share are enough
 * for them to meet.                                                                                                   */
#ifndef ANALYSER_H
#define ANALYSER_H
#include "wordlist.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ANALYSER_VERSION "2026-12-c"

typedef enum { TOKEN_WORD = 'w', TOKEN_GRAM = 'g' } token_kind;
enum { TOKEN_WHOLE = 8, TOKEN_PART = 4, TOKEN_BYTES = 64 }; /* how much a token counts, in eighths; bytes of one at most */

typedef struct analyser analyser; /* for one thread */

/* For "dutch" or "english" of libstemmer. Borrows a list of Dutch words, for compounds, or NULL: none are parted. NULL
 * when the language is not known.                                                                                  */
analyser *analyser_new (const char *language, const wordlist *);
void analyser_destroy (analyser **self_p);

/* Which grams are told: those that a text asks for, or those that one is kept under. */
typedef enum { GRAMS_NONE, GRAMS_ASKED, GRAMS_KEPT } token_grams;

/* Tells every token of a UTF-8 text in order. */
typedef void token_found (void *to, const char *token, size_t size, unsigned strength);
void analyser_read (analyser *, const char *text, size_t size, token_grams, token_found *, void *to);

/* From here on every word that is read is counted, as it is written but without case and accents. Some are told when there
 * is no room for them, the others by analyser_tell, and then count anew. What is put into `known` is there when the same
 * word is told again, for as long as it is remembered here; 0 at first.                                                 */
typedef void word_counted (void *to, const char *word, size_t size, uint32_t times, uint32_t *known);
void analyser_count (analyser *, word_counted *, void *to);
void analyser_tell (analyser *);
/* One word so, without an end, and its size; 0: it is longer than a token, or no UTF-8. */
size_t analyser_fold (const char *word, size_t size, char out [TOKEN_BYTES]);
#endif
