/* lexicon.h - the tokens that somebody asks for, by numbers, and a text as those.
 *
 * What a word leads to is kept as it is written: texts repeat their words, and most of what a word leads to nobody asks for. */
#ifndef LEXICON_H
#define LEXICON_H
#include "search/analyser.h"

typedef struct lexicon lexicon;

lexicon *lexicon_new (void);
void lexicon_destroy (lexicon **self_p);

/* The number of a token by its index_hash, from 0; one that was not asked for yet gets the next. */
uint32_t lexicon_put (lexicon *, uint64_t hash);

/* Tells every token of a text that is asked for, and adds the length of all its tokens, asked for or not, in eighths: of
 * words, and of grams. One analyser, or several that read alike.                                                      */
typedef void lexicon_found (void *to, uint32_t number, unsigned strength);
void lexicon_read (lexicon *, analyser *, const char *text, token_grams, uint32_t lengths [2], lexicon_found *, void *to);
#endif
