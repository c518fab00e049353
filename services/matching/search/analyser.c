/* analyser.c - letters by Unicode category (utf8proc), stems by Snowball (libstemmer), compounds by a word list.
 *
 * What a word as it is written leads to is kept: texts repeat their words, and stemming is the dear part. */
#include "analyser.h"
#include "wordlist.h"
#include <assert.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { KEPT = 1 << 16, GRAM = 5, LONG_WORD = 8 /* shorter ones are no compounds */ };

/* Tokens of one word: size, strength, bytes, again and again; those of its grams last. */
typedef struct {
    char    *written, *folded;
    uint8_t *tokens;
    uint32_t size, words; /* bytes of all, and of those that are no grams */
    uint32_t times;       /* it was read, of those that were not told */
} kept;

struct analyser {
    struct sb_stemmer *stemmer;
    const wordlist    *words;
    bool               dutch;
    kept              *kept;  /* by hash; one takes the place of another */
    word_counted      *counted;
    void              *counted_to;
    uint32_t          *read;  /* places of those with times, some twice; NULL: nothing is counted */
    size_t             read_count;
};

/* Sorted. Words that say nothing about what is bought. */
static const char *const silent_dutch [] = {
    "aan", "al", "alles", "als", "altijd", "andere", "ben", "bij", "daar", "dan", "dat", "de", "der", "deze", "die", "dit",
    "doch", "doen", "door", "dus", "een", "eens", "en", "er", "ge", "geen", "geweest", "haar", "had", "heb", "hebben", "heeft",
    "hem", "het", "hier", "hij", "hoe", "hun", "iemand", "iets", "ik", "in", "is", "ja", "je", "kan", "kon", "kunnen", "maar",
    "me", "meer", "men", "met", "mij", "mijn", "moet", "na", "naar", "niet", "niets", "nog", "nu", "of", "om", "omdat",
    "onder", "ons", "onze", "ook", "op", "over", "reeds", "te", "tegen", "toch", "toen", "tot", "u", "uit", "uw", "van", "veel",
    "voor", "want", "waren", "was", "wat", "we", "werd", "wezen", "wie", "wij", "wil", "worden", "wordt", "zal", "ze", "zelf", "zich",
    "zij", "zijn", "zo", "zonder", "zou",
};
static const char *const silent_english [] = {
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on",
    "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
};

static int by_text (const void *key, const void *element)
{
    return strcmp (key, *(const char *const *) element);
}

static bool is_silent (const analyser *self, const char *word)
{
    return self->dutch ? bsearch (word, silent_dutch, sizeof silent_dutch / sizeof *silent_dutch, sizeof *silent_dutch, by_text) != NULL
                       : bsearch (word, silent_english, sizeof silent_english / sizeof *silent_english, sizeof *silent_english, by_text) != NULL;
}

analyser *analyser_new (const char *language, const wordlist *words)
{
    analyser *self = calloc (1, sizeof *self);
    assert (self);
    self->stemmer = sb_stemmer_new (language, "UTF_8");
    self->words = words;
    self->dutch = strcmp (language, "dutch") == 0;
    self->kept = calloc (KEPT, sizeof *self->kept);
    assert (self->kept);
    if (!self->stemmer)
        analyser_destroy (&self);
    return self;
}

void analyser_destroy (analyser **self_p)
{
    analyser *self = *self_p;
    if (!self)
        return;
    if (self->stemmer)
        sb_stemmer_delete (self->stemmer);
    for (size_t i = 0; i < KEPT; i++) {
        free (self->kept [i].written);
        free (self->kept [i].folded);
        free (self->kept [i].tokens);
    }
    free (self->kept);
    free (self->read);
    free (self);
    *self_p = NULL;
}

/* ---------------------------------------------------------------------------------- counting */

void analyser_count (analyser *self, word_counted *counted, void *to)
{
    self->counted = counted;
    self->counted_to = to;
    self->read = calloc (KEPT, sizeof *self->read);
    assert (self->read);
}

static void tell_times (const analyser *self, kept *it)
{
    if (it->times)
        self->counted (self->counted_to, it->folded, strlen (it->folded), it->times);
    it->times = 0;
}

void analyser_tell (analyser *self)
{
    while (self->read_count)
        tell_times (self, &self->kept [self->read [--self->read_count]]);
}

static void count (analyser *self, kept *it)
{
    if (!self->read || it->times++)
        return;
    if (self->read_count == KEPT)
        analyser_tell (self);
    self->read [self->read_count++] = (uint32_t) (it - self->kept);
    it->times = 1;
}

/* ---------------------------------------------------------------------------------- one word */

static void keep_token (kept *to, token_kind kind, const char *bytes, size_t size, unsigned strength)
{
    if (size + 1 > TOKEN_BYTES || !size)
        return;
    to->tokens = realloc (to->tokens, to->size + size + 3);
    assert (to->tokens);
    uint8_t *at = to->tokens + to->size;
    at [0] = (uint8_t) (size + 1);
    at [1] = (uint8_t) strength;
    at [2] = (uint8_t) kind;
    memcpy (at + 3, bytes, size);
    to->size += size + 3;
}

static void keep_stem (analyser *self, kept *to, const char *word, size_t size, unsigned strength)
{
    const sb_symbol *stem = sb_stemmer_stem (self->stemmer, (const sb_symbol *) word, (int) size);
    keep_token (to, TOKEN_WORD, (const char *) stem, (size_t) sb_stemmer_length (self->stemmer), strength);
}

static bool is_letters (const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word [i] < 'a' || word [i] > 'z')
            return false;
    return true;
}

static void look_up (analyser *self, kept *to, const char *folded, size_t size)
{
    size_t first, second;
    if (is_silent (self, folded))
        return;
    keep_stem (self, to, folded, size, TOKEN_WHOLE);
    if (self->words && size >= LONG_WORD && wordlist_part (self->words, folded, size, &first, &second)) {
        keep_stem (self, to, folded, first, TOKEN_PART);
        keep_stem (self, to, folded + second, size - second, TOKEN_PART);
    }
    to->words = to->size;
    for (size_t i = 0; i + GRAM <= size && is_letters (folded, size); i++)
        keep_token (to, TOKEN_GRAM, folded + i, GRAM, TOKEN_WHOLE);
}

size_t analyser_fold (const char *word, size_t size, char out [TOKEN_BYTES])
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_map ((const utf8proc_uint8_t *) word, (utf8proc_ssize_t) size, &folded,
                  UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    size_t length = folded ? strlen ((const char *) folded) : 0;
    length = length < TOKEN_BYTES ? length : 0;
    if (length)
        memcpy (out, folded, length);
    free (folded);
    return length;
}

static void fold (analyser *self, kept *to, const char *written, size_t size)
{
    char folded [TOKEN_BYTES];
    size_t length = analyser_fold (written, size, folded);
    to->folded = strndup (folded, length);
    assert (to->folded);
    look_up (self, to, to->folded, length);
}

static kept *kept_of (analyser *self, const char *written, size_t size)
{
    uint64_t h = UINT64_C (1469598103934665603);
    for (size_t i = 0; i < size; i++)
        h = (h ^ (uint8_t) written [i]) * UINT64_C (1099511628211);
    kept *it = &self->kept [(h ^ h >> 29) % KEPT];
    if (it->written && strncmp (it->written, written, size) == 0 && !it->written [size])
        return it;
    if (self->read)
        tell_times (self, it);
    free (it->written);
    free (it->folded);
    it->written = strndup (written, size);
    assert (it->written);
    it->size = it->words = 0;
    fold (self, it, written, size);
    return it;
}

/* ---------------------------------------------------------------------------------- a text */

static void tell (analyser *self, const char *written, size_t size, bool grams, token_found *found, void *to)
{
    if (size == 0 || size >= TOKEN_BYTES) /* longer ones are no words */
        return;
    kept *it = kept_of (self, written, size);
    count (self, it);
    for (size_t at = 0; at < (grams ? it->size : it->words); at += it->tokens [at] + 2u)
        found (to, (const char *) it->tokens + at + 2, it->tokens [at], it->tokens [at + 1]);
}

/* Letters, digits and marks make words. */
static bool belongs_to_word (const char *at, size_t left, size_t *size)
{
    uint8_t c = (uint8_t) *at;
    *size = 1;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    utf8proc_int32_t point;
    utf8proc_ssize_t length = utf8proc_iterate ((const utf8proc_uint8_t *) at, (utf8proc_ssize_t) left, &point);
    if (length < 1)
        return false;
    *size = (size_t) length;
    utf8proc_category_t kind = utf8proc_category (point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

void analyser_read (analyser *self, const char *text, size_t size, bool grams, token_found *found, void *to)
{
    size_t begin = 0, step;
    for (size_t at = 0; at < size; at += step)
        if (!belongs_to_word (text + at, size - at, &step)) {
            tell (self, text + begin, at - begin, grams, found, to);
            begin = at + step;
        }
    tell (self, text + begin, size - begin, grams, found, to);
}
