/* analyser.c - letters by Unicode category (utf8proc), stems by Snowball (libstemmer), compounds by a word list.
 *
 * What a word as it is written leads to is kept: texts repeat their words, and stemming is the dear part. */
#include "analyser.h"
#include "index.h"
#include "wordlist.h"
#include <assert.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { SETS = 1 << 15, WAYS = 4, SLOTS = SETS * WAYS, GRAM = 5, LONG_WORD = 8 /* shorter ones are no compounds */, TOKENS_BYTES = 2048,
       RING = 16 /* words that are looked ahead */ };

/* What a word leads to, in one piece: as it was written, and then its tokens: size, strength, bytes, again and again; those
 * that are grams last.                                                                                                   */
typedef struct {
    uint32_t times;                        /* it was read, of those that were not told */
    uint32_t known;                        /* what who counts knows it by */
    uint16_t written, words, size, folded; /* bytes: of the word, of tokens that are no grams, of all tokens, of the word folded */
    char     bytes [];
} kept;

typedef struct { uint64_t hash; kept *kept; } slot;

struct analyser {
    struct sb_stemmer *stemmer;
    const wordlist    *words;
    bool               dutch;
    slot              *slots;  /* sets by hash; in a full set one takes the place of another */
    uint8_t            tokens [TOKENS_BYTES]; /* of the word at hand */
    size_t             size, word_size;
    word_counted      *counted;
    void              *counted_to;
    uint32_t          *read;   /* slots of those with times, some twice; NULL: nothing is counted */
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
    self->slots = calloc (SLOTS, sizeof *self->slots);
    assert (self->slots);
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
    for (size_t i = 0; i < SLOTS; i++)
        free (self->slots [i].kept);
    free (self->slots);
    free (self->read);
    free (self);
    *self_p = NULL;
}

/* ---------------------------------------------------------------------------------- counting */

void analyser_count (analyser *self, word_counted *counted, void *to)
{
    self->counted = counted;
    self->counted_to = to;
    self->read = calloc (SLOTS, sizeof *self->read);
    assert (self->read);
}

static void tell_times (const analyser *self, kept *it)
{
    if (it->times)
        self->counted (self->counted_to, it->bytes + it->written + it->size, it->folded, it->times, &it->known);
    it->times = 0;
}

void analyser_tell (analyser *self)
{
    while (self->read_count) {
        if (self->read_count > RING)
            __builtin_prefetch (self->slots [self->read [self->read_count - RING]].kept);
        tell_times (self, self->slots [self->read [--self->read_count]].kept);
    }
}

static void count (analyser *self, slot *at)
{
    if (!self->read)
        return;
    if (!at->kept->times) {
        if (self->read_count == SLOTS)
            analyser_tell (self);
        self->read [self->read_count++] = (uint32_t) (at - self->slots);
    }
    at->kept->times++;
}

/* ---------------------------------------------------------------------------------- one word */

static void keep_token (analyser *self, token_kind kind, const char *bytes, size_t size, unsigned strength)
{
    if (size + 1 > TOKEN_BYTES || !size || self->size + size + 3 > TOKENS_BYTES)
        return;
    uint8_t *at = self->tokens + self->size;
    at [0] = (uint8_t) (size + 1);
    at [1] = (uint8_t) strength;
    at [2] = (uint8_t) kind;
    memcpy (at + 3, bytes, size);
    self->size += size + 3;
}

static void keep_stem (analyser *self, const char *word, size_t size, unsigned strength)
{
    const sb_symbol *stem = sb_stemmer_stem (self->stemmer, (const sb_symbol *) word, (int) size);
    keep_token (self, TOKEN_WORD, (const char *) stem, (size_t) sb_stemmer_length (self->stemmer), strength);
}

static bool is_letters (const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word [i] < 'a' || word [i] > 'z')
            return false;
    return true;
}

/* Both parts of a compound, and then theirs. */
static void keep_parts (analyser *self, const char *word, size_t size)
{
    size_t first, second;
    if (!self->words || size < LONG_WORD || !wordlist_part (self->words, word, size, &first, &second))
        return;
    keep_stem (self, word, first, TOKEN_PART);
    keep_stem (self, word + second, size - second, TOKEN_PART);
    keep_parts (self, word, first);
    keep_parts (self, word + second, size - second);
}

static void look_up (analyser *self, const char *folded, size_t size)
{
    if (is_silent (self, folded))
        return;
    keep_stem (self, folded, size, TOKEN_WHOLE);
    keep_parts (self, folded, size);
    self->word_size = self->size;
    for (size_t i = 0; i + GRAM <= size && is_letters (folded, size); i++)
        keep_token (self, TOKEN_GRAM, folded + i, GRAM, TOKEN_WHOLE);
}

/* Most words are of plain letters, for which utf8proc would do no more. */
static bool fold_plain (const char *written, size_t size, char out [TOKEN_BYTES])
{
    for (size_t i = 0; i < size; i++) {
        char c = written [i];
        if ((unsigned char) c >= 0x80)
            return false;
        out [i] = (char) (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    out [size] = 0;
    return true;
}

size_t analyser_fold (const char *word, size_t size, char out [TOKEN_BYTES])
{
    utf8proc_uint8_t *folded = NULL;
    if (size < TOKEN_BYTES && fold_plain (word, size, out))
        return size;
    utf8proc_map ((const utf8proc_uint8_t *) word, (utf8proc_ssize_t) size, &folded,
                  UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    size_t length = folded ? strlen ((const char *) folded) : 0;
    length = length < TOKEN_BYTES ? length : 0;
    if (length)
        memcpy (out, folded, length);
    out [length] = 0;
    free (folded);
    return length;
}

/* Its tokens; the size of the word folded. */
static size_t read_word (analyser *self, const char *written, size_t size, char folded [TOKEN_BYTES])
{
    self->size = self->word_size = 0;
    size_t length = analyser_fold (written, size, folded);
    if (length)
        look_up (self, folded, length);
    return length;
}

static kept *kept_new (analyser *self, const char *written, size_t size)
{
    char folded [TOKEN_BYTES];
    size_t length = read_word (self, written, size, folded);
    kept *fresh = malloc (sizeof *fresh + size + self->size + length);
    assert (fresh);
    *fresh = (kept) { .written = (uint16_t) size, .words = (uint16_t) self->word_size, .size = (uint16_t) self->size,
                      .folded = (uint16_t) length };
    memcpy (fresh->bytes, written, size);
    memcpy (fresh->bytes + size, self->tokens, self->size);
    memcpy (fresh->bytes + size + self->size, folded, length);
    return fresh;
}

static slot *set_of (const analyser *self, uint64_t hash)
{
    return &self->slots [hash % SETS * WAYS];
}

static slot *slot_of (analyser *self, const char *written, size_t size, uint64_t hash)
{
    slot *set = set_of (self, hash), *to = set;
    for (; to < set + WAYS && to->kept; to++)
        if (to->hash == hash && to->kept->written == size && memcmp (to->kept->bytes, written, size) == 0)
            return to;
    if (to == set + WAYS)
        to = &set [(hash >> 32) % WAYS];
    if (to->kept && self->read)
        tell_times (self, to->kept);
    kept *before = to->kept;
    to->hash = hash;
    to->kept = kept_new (self, written, size);
    free (before);
    return to;
}

/* ---------------------------------------------------------------------------------- a text */

typedef struct { const char *at; size_t size; uint64_t hash; } written;

/* A text that is being read. What is kept of its words is far: of each it is asked for some words before it is told. */
typedef struct {
    analyser    *by;
    token_grams  grams;
    token_found *found;
    void        *to;
    written      words [RING];          /* that were met and are not told yet */
    size_t       met, asked, told;
} reading;

static void tell (const reading *self, const written *word)
{
    slot *at_hand = slot_of (self->by, word->at, word->size, word->hash);
    const kept *it = at_hand->kept;
    count (self->by, at_hand);
    const uint8_t *tokens = (const uint8_t *) it->bytes + word->size;
    size_t at = 0, gram = 0;
    for (; at < it->words; at += tokens [at] + 2u)
        self->found (self->to, (const char *) tokens + at + 2, tokens [at], tokens [at + 1]);
    for (; self->grams && at < it->size; at += tokens [at] + 2u)
        if (self->grams == GRAMS_ASKED || gram++ % 2 == 0)
            self->found (self->to, (const char *) tokens + at + 2, tokens [at], tokens [at + 1]);
}

static void ask (const reading *self, uint64_t hash)
{
    const slot *set = set_of (self->by, hash);
    for (int i = 0; i < WAYS; i++)
        if (set [i].hash == hash)
            __builtin_prefetch (set [i].kept);
}

/* Tells those that were met so long ago. */
static void go_on (reading *self, size_t slots, size_t words)
{
    for (; self->asked + slots < self->met; self->asked++)
        ask (self, self->words [self->asked % RING].hash);
    for (; self->told + words < self->met; self->told++)
        tell (self, &self->words [self->told % RING]);
}

static void meet (reading *self, const char *at, size_t size)
{
    if (size == 0 || size >= TOKEN_BYTES) /* longer ones are no words */
        return;
    uint64_t hash = index_hash (at, size);
    __builtin_prefetch (set_of (self->by, hash));
    self->words [self->met++ % RING] = (written) { at, size, hash };
    go_on (self, RING / 2, RING - 1);
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

void analyser_read (analyser *self, const char *text, size_t size, token_grams grams, token_found *found, void *to)
{
    reading now = { .by = self, .grams = grams, .found = found, .to = to };
    size_t begin = 0, step;
    for (size_t at = 0; at < size; at += step)
        if (!belongs_to_word (text + at, size - at, &step)) {
            meet (&now, text + begin, at - begin);
            begin = at + step;
        }
    meet (&now, text + begin, size - begin);
    go_on (&now, 0, 0);
}
