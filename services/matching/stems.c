/* stems.c - words by Unicode category (utf8proc), stems by Snowball's Dutch rules (libstemmer). */
#include "stems.h"
#include <assert.h>
#include <libstemmer.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { WORD_BYTES = 64 }; /* longer ones are no words */

struct stemmer {
    struct sb_stemmer *dutch;
};

/* Sorted. Articles, pronouns, prepositions, auxiliary verbs, and what every need says. */
static const char *const silent [] = {
    "aan", "aantal", "achter", "al", "alle", "alleen", "allemaal", "als", "altijd", "ander",
    "andere", "ben", "bent", "bij", "binnen", "blijven", "boven", "daar", "daarbij", "daarna",
    "daarom", "dag", "dan", "dat", "de", "den", "der", "deze", "die", "dit", "diverse", "doen",
    "door", "drie", "dus", "een", "eens", "eerst", "eerste", "eigen", "elk", "elkaar", "elke",
    "en", "enkele", "er", "erg", "etc", "gaan", "gaat", "geen", "gemeente", "gemeentelijk",
    "gemeentelijke", "gemeenten", "gevraagd", "goed", "goede", "graag", "had", "hebben",
    "heeft", "heel", "hele", "hem", "hen", "het", "hier", "hij", "hoe", "hun", "ieder",
    "iedere", "iets", "ik", "in", "inclusief", "is", "jaar", "jaarlijks", "je", "jij", "jullie",
    "kan", "komen", "komt", "krijgen", "kun", "kunnen", "kunt", "laten", "later", "leveren",
    "levering", "liefst", "maar", "mag", "maken", "meer", "mensen", "met", "minimaal", "moet",
    "moeten", "mogelijk", "mogen", "na", "naar", "naast", "niet", "nieuwe", "nodig", "nog",
    "nu", "of", "om", "omdat", "onder", "ongeveer", "ons", "onze", "ook", "op", "organisatie",
    "over", "per", "rond", "rondom", "samen", "sinds", "soms", "steeds", "straks", "te",
    "tegen", "ten", "ter", "tijdens", "toch", "toe", "tot", "totaal", "tussen", "twee", "uit",
    "uw", "vaak", "van", "vanaf", "vanuit", "veel", "verschillende", "via", "volgens", "voor",
    "vooral", "vraag", "vragen", "waar", "waarbij", "waarin", "waarmee", "waarna", "wanneer",
    "waren", "was", "wat", "we", "weer", "wekelijks", "wel", "welk", "welke", "werd", "werden",
    "wie", "wij", "wil", "willen", "worden", "wordt", "zal", "ze", "zeer", "zelf", "zich",
    "zij", "zijn", "zo", "zoals", "zodat", "zoek", "zoeken", "zonder", "zou", "zouden", "zowel",
    "zullen",
};

stemmer *stemmer_new (void)
{
    stemmer *self = malloc (sizeof *self);
    assert (self);
    self->dutch = sb_stemmer_new ("dutch", "UTF_8");
    assert (self->dutch);
    return self;
}

void stemmer_destroy (stemmer **self_p)
{
    if (*self_p)
        sb_stemmer_delete ((*self_p)->dutch);
    free (*self_p);
    *self_p = NULL;
}

static int by_text (const void *key, const void *element)
{
    return strcmp (key, *(const char *const *) element);
}

static bool says_something (const char *folded)
{
    return folded [0] && folded [1] && strpbrk (folded, "abcdefghijklmnopqrstuvwxyz")
        && !bsearch (folded, silent, sizeof silent / sizeof *silent, sizeof *silent, by_text);
}

static void tell (stemmer *self, const char *written, size_t size, stem_found *found, void *to)
{
    if (size >= WORD_BYTES)
        return;
    char copy [WORD_BYTES] = "";
    utf8proc_uint8_t *folded = NULL;
    memcpy (copy, written, size);
    utf8proc_map ((const utf8proc_uint8_t *) copy, (utf8proc_ssize_t) size, &folded,
                  UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    if (folded && says_something ((const char *) folded)) {
        int length = (int) strlen ((const char *) folded);
        const sb_symbol *stem = sb_stemmer_stem (self->dutch, folded, length);
        found (to, (const char *) stem, copy);
    }
    free (folded);
}

/* Letters, digits and marks make words; an apostrophe or a hyphen parts them. */
static bool belongs_to_word (utf8proc_int32_t point)
{
    utf8proc_category_t kind = utf8proc_category (point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

void stemmer_read (stemmer *self, const char *text, stem_found *found, void *to)
{
    const char *at = text ? text : "", *begin = at;
    while (*at) {
        utf8proc_int32_t point;
        utf8proc_ssize_t size = utf8proc_iterate ((const utf8proc_uint8_t *) at, -1, &point);
        if (size < 1)
            break;
        if (!belongs_to_word (point)) {
            tell (self, begin, (size_t) (at - begin), found, to);
            begin = at + size;
        }
        at += size;
    }
    tell (self, begin, (size_t) (at - begin), found, to);
}
