/* stems.h - a text as the stems of its words, so that "tuinen" meets "Tuin". */
#ifndef STEMS_H
#define STEMS_H

typedef struct stemmer stemmer; /* one thread uses it */

stemmer *stemmer_new (void);
void stemmer_destroy (stemmer **self_p);

/* One word: its Dutch stem, without case and accents, and as it was written. */
typedef void stem_found (void *to, const char *stem, const char *written);

/* Tells `found` of every word of a UTF-8 text in order, but for numbers, single letters, and the
 * words that say nothing about what is bought ("de", "voor", "graag"). NULL is an empty text.    */
void stemmer_read (stemmer *, const char *text, stem_found *found, void *to);
#endif
