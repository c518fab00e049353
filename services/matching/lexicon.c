/* lexicon.c - numbers by the hash of a token, and what words lead to by the hash of a word. */
#include "lexicon.h"
#include "query.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 12, KNOWN = 1 << 16 /* words, in four megabytes */, KNOWN_TOKENS = 12, AT_ONCE = 32 };

typedef struct { uint64_t hash; uint32_t number /* plus one */; } slot;

/* What a word leads to; it holds until another token is asked for. Two words with the same hash of 64 bits would be one, as
 * tokens are (index.h).                                                                                               */
typedef struct {
    uint64_t hash;          /* of the word, and of which grams are read; the others are of another one */
    uint32_t asked;         /* how many tokens were asked for */
    uint32_t words : 12, grams : 12; /* lengths */
    uint32_t count : 8;     /* more than KNOWN_TOKENS: they did not fit */
    struct { uint32_t number : 28, strength : 4; } tokens [KNOWN_TOKENS];
} known;

struct lexicon {
    slot     *slots;        /* by hash */
    size_t    mask;
    uint32_t  count;
    known    *known;        /* by hash; one takes the place of another */
};

typedef struct { const char *at; size_t size; uint64_t hash; } written;

/* A reading: into whom, and for whom. */
typedef struct { const lexicon *of; known *into; uint32_t *lengths; lexicon_found *found; void *to; } reading;

lexicon *lexicon_new (void)
{
    lexicon *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = FIRST_SLOTS - 1;
    self->slots = calloc (FIRST_SLOTS, sizeof *self->slots);
    self->known = calloc (KNOWN, sizeof *self->known);
    assert (self->slots && self->known);
    return self;
}

void lexicon_destroy (lexicon **self_p)
{
    if (*self_p) {
        free ((*self_p)->slots);
        free ((*self_p)->known);
        free (*self_p);
    }
    *self_p = NULL;
}

/* ------------------------------------------------------------------------------------- tokens */

static slot *slot_of (const lexicon *self, uint64_t hash)
{
    size_t i = hash & self->mask;
    while (self->slots [i].number && self->slots [i].hash != hash)
        i = (i + 1) & self->mask;
    return &self->slots [i];
}

static void spread (lexicon *self)
{
    slot *old = self->slots;
    size_t room = self->mask + 1;
    self->mask = 2 * room - 1;
    self->slots = calloc (2 * room, sizeof *self->slots);
    assert (self->slots);
    for (size_t i = 0; i < room; i++)
        if (old [i].number)
            *slot_of (self, old [i].hash) = old [i];
    free (old);
}

uint32_t lexicon_put (lexicon *self, uint64_t hash)
{
    slot *at = slot_of (self, hash);
    if (at->number)
        return at->number - 1;
    *at = (slot) { hash, ++self->count };
    if (self->count > self->mask / 2)
        spread (self);
    return self->count - 1;
}

/* -------------------------------------------------------------------------------------- words */

static void learn (void *to, const char *at, size_t size, unsigned strength)
{
    const reading *self = to;
    known *it = self->into;
    uint32_t number = slot_of (self->of, index_hash (at, size))->number;
    if (*at == TOKEN_GRAM)
        it->grams += strength;
    else
        it->words += strength;
    if (!number)
        return;
    if (it->count < KNOWN_TOKENS) {
        it->tokens [it->count].number = number - 1;
        it->tokens [it->count].strength = strength & 0xf;
    }
    it->count++;
}

static void tell (void *to, const char *at, size_t size, unsigned strength)
{
    const reading *self = to;
    uint32_t number = slot_of (self->of, index_hash (at, size))->number;
    self->lengths [*at == TOKEN_GRAM] += strength;
    if (number)
        self->found (self->to, number - 1, strength);
}

static const known *look_up (lexicon *self, analyser *with, const written *w, token_grams grams)
{
    known *it = &self->known [w->hash % KNOWN];
    if (it->hash != w->hash || it->asked != self->count) {
        *it = (known) { .hash = w->hash, .asked = self->count };
        analyser_read (with, w->at, w->size, grams, learn, &(reading) { .of = self, .into = it });
    }
    return it;
}

/* What has too many tokens, or is longer than one and may be several words, is told without being kept. */
static void read_word (lexicon *self, analyser *with, const written *w, token_grams grams, reading *into)
{
    const known *it = w->size < TOKEN_BYTES ? look_up (self, with, w, grams) : NULL;
    if (!it || it->count > KNOWN_TOKENS) {
        analyser_read (with, w->at, w->size, grams, tell, into);
        return;
    }
    into->lengths [0] += it->words;
    into->lengths [1] += it->grams;
    for (int i = 0; i < it->count; i++)
        into->found (into->to, it->tokens [i].number, it->tokens [i].strength);
}

/* Several at once: memory is asked for all of them before the first is looked at. */
void lexicon_read (lexicon *self, analyser *with, const char *text, token_grams grams, uint32_t lengths [2], lexicon_found *found,
                   void *to)
{
    reading into = { self, NULL, lengths, found, to };
    size_t size = 1;
    while (size) {
        written words [AT_ONCE];
        size_t count = 0;
        for (; count < AT_ONCE && (text = query_next (text, &size), size); text += size, count++) {
            words [count] = (written) { text, size, index_hash (text, size) + grams };
            __builtin_prefetch (&self->known [words [count].hash % KNOWN]);
        }
        for (size_t i = 0; i < count; i++)
            read_word (self, with, &words [i], grams, &into);
    }
}
