/* typed.h - what was typed into a search box: words, "a phrase", -without, and CPV codes. */
#ifndef TYPED_H
#define TYPED_H
#include "../../common/vocabulary.h"

enum { TYPED_BYTES = 1601 /* of 400 characters (search.def) */, TYPED_MOST = 8 /* phrases, and codes; more count as words */ };

typedef struct { const char *at; size_t size; } typed_phrase;

typedef struct {
    char         words [TYPED_BYTES];   /* those of phrases too */
    char         without [TYPED_BYTES]; /* words that must not be there */
    typed_phrase phrases [TYPED_MOST];  /* into what was typed */
    size_t       phrase_count;
    char         cpv [TYPED_MOST] [9];  /* eight digits */
    size_t       cpv_count;
} typed;

/* A quote that nobody closes is no quote. `text` lives as long as the result. */
void typed_read (typed *, const char *text);
/* Whether a code lies under one of the codes, or none was typed. */
bool typed_fits_code (const typed *, uint32_t cpv);
/* Whether an offer has every phrase in its title or description, letter by letter. */
bool typed_fits_phrases (const typed *, const offer_t *offer);
#endif
