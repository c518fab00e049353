/* wordlist.h - a set of words, to know of what Dutch compounds are made. */
#ifndef WORDLIST_H
#define WORDLIST_H
#include <stdbool.h>
#include <stddef.h>

#define WORDLIST_DUTCH "/usr/share/dict/dutch" /* of Debian's wdutch */

typedef struct wordlist wordlist;

/* Of a file with a word a line, packed by gzip or not; those with other letters than a to z, or of less than four, are left
 * out. NULL: it cannot be read.                                                                                         */
wordlist *wordlist_new (const char *path);
void wordlist_destroy (wordlist **self_p);
size_t wordlist_count (const wordlist *);
bool wordlist_has (const wordlist *, const char *word, size_t size);

/* Parts a compound: the longest end that is a word, after a beginning that is one, with "s", "en" or "e" between
 * them or nothing. The beginning is word [0, *first), the end word [*second, size).                              */
bool wordlist_part (const wordlist *, const char *word, size_t size, size_t *first, size_t *second);
#endif
