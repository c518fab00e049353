/* names.c - an inverted index of names. A word tells as much as few names have it; a part of a compound has the share in that
 * which it tells of what all parts tell. Dutch and English are kept apart.                                             */
#include "names.h"
#include "../search/grow.h"
#include "map.h"
#include "../score.h"
#include "../search/analyser.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { TONGUES = 2, TERMS = 64 /* words of a name */, PARTS = 2 /* of a word; what those are made of does not count */ };
enum { WHOLE_NAME = 1000, LEAST_SHARE = 2 * WHOLE_NAME / 3 /* "tuin" says half of garden furniture */ };

/* A code as it was told last. */
typedef struct {
    uint32_t cpv;
    uint64_t at;         /* where its record is */
    char    *name, *name_en, **words;
    size_t   word_count;
} entry;

/* One of an entry's names; `mass` is what its words tell together. */
typedef struct { uint32_t of; int64_t mass; } title;

/* That a title has a token, and how much of its mass that is. */
typedef struct { uint32_t title; int64_t mass; } post;

typedef struct {
    uint32_t count;               /* words of titles that have it */
    post    *posts;               /* by rising title */
    size_t   post_count, room;
} leaf;

/* Of a title: what the words at hand gave so far. */
typedef struct {
    int64_t  mass, earned;
    uint64_t words;
    size_t   whole;               /* number of the last word that it has as a whole, plus one */
} gauge;

struct names {
    map            *codes;              /* by code: entry * */
    entry         **entries;            /* by code, rising */
    size_t          count, room;
    bool            changed;
    title          *titles;
    size_t          title_count, title_room;
    map            *leaves [TONGUES];   /* by token: leaf * */
    int64_t         words;              /* of all titles */
    analyser       *analysers [TONGUES];
    gauge          *gauges;             /* by title, all zero between two searches */
    pthread_mutex_t mutex;              /* over analysers and gauges */
};

static char *kept (const char *text)
{
    char *copy = strdup (text);
    assert (copy);
    return copy;
}

static void leaf_end (void *value)
{
    free (((leaf *) value)->posts);
    free (value);
}

static void entry_clear (entry *self)
{
    for (size_t i = 0; i < self->word_count; i++)
        free (self->words [i]);
    free (self->words);
    free (self->name);
    free (self->name_en);
}

static void entry_end (void *value)
{
    entry_clear (value);
    free (value);
}

names *names_new (const wordlist *words)
{
    names *self = calloc (1, sizeof *self);
    assert (self);
    self->codes = map_new ();
    self->analysers [0] = analyser_new ("dutch", words);
    self->analysers [1] = analyser_new ("english", NULL);
    for (int t = 0; t < TONGUES; t++)
        self->leaves [t] = map_new ();
    pthread_mutex_init (&self->mutex, NULL);
    return self;
}

void names_destroy (names **self_p)
{
    names *self = *self_p;
    if (!self)
        return;
    map_destroy (&self->codes, entry_end);
    for (int t = 0; t < TONGUES; t++) {
        map_destroy (&self->leaves [t], leaf_end);
        analyser_destroy (&self->analysers [t]);
    }
    free (self->entries);
    free (self->titles);
    free (self->gauges);
    pthread_mutex_destroy (&self->mutex);
    free (self);
    *self_p = NULL;
}

/* -------------------------------------------------------------------------------------- words */

/* A word: itself first, and then its parts. */
typedef struct {
    char   token [1 + PARTS] [TOKEN_BYTES];
    size_t size [1 + PARTS], count;
} term;

typedef struct { term at [TERMS]; size_t count; } terms;

static void take_token (void *to, const char *token, size_t size, unsigned strength)
{
    terms *self = to;
    if (strength == TOKEN_WHOLE && self->count < TERMS)
        self->at [self->count++].count = 0;
    term *t = self->count ? &self->at [self->count - 1] : NULL;
    if (!t || t->count == 1 + PARTS || (strength == TOKEN_WHOLE && t->count))
        return;
    memcpy (t->token [t->count], token, size);
    t->size [t->count++] = size;
}

static void read_terms (const names *self, int tongue, const char *text, size_t size, terms *out)
{
    out->count = 0;
    analyser_read (self->analysers [tongue], text, size, false, take_token, out);
}

static leaf *leaf_of (const names *self, int tongue, const term *of, size_t which)
{
    return map_find (self->leaves [tongue], of->token [which], of->size [which]);
}

/* How much a token tells; never nothing. */
static int64_t tells (const names *self, const leaf *it)
{
    return score_rarity (self->words, it ? it->count : 0) + 1;
}

/* Of what a word is worth, the share that a token of it has. */
static int64_t share_of (const names *self, int tongue, const term *of, size_t which, int64_t worth)
{
    int64_t all = 0;
    if (which == 0)
        return worth;
    for (size_t i = 1; i < of->count; i++)
        all += tells (self, leaf_of (self, tongue, of, i));
    return worth * tells (self, leaf_of (self, tongue, of, which)) / all;
}

/* ------------------------------------------------------------------------------------ telling */

void names_put (names *self, const cpv_code_t *code, uint64_t where)
{
    void **at = map_place (self->codes, code->code, strlen (code->code));
    if (!*at) {
        entry *fresh = calloc (1, sizeof *fresh);
        assert (fresh);
        fresh->cpv = cpv_number (code->code);
        self->entries = grow (self->entries, self->count + 1, &self->room, sizeof (entry *));
        *at = self->entries [self->count++] = fresh;
    } else
        entry_clear (*at);
    entry *to = *at;
    to->at = where;
    to->name = kept (code->name);
    to->name_en = kept (code->name_en);
    to->word_count = code->words.count;
    to->words = calloc (to->word_count + 1, sizeof *to->words);
    assert (to->words);
    for (size_t i = 0; i < to->word_count; i++)
        to->words [i] = kept (code->words.at [i]);
    self->changed = true;
}

/* Does something with every title: its number, its tongue and its words. */
typedef void title_do (names *, uint32_t number, int tongue, const terms *);

static void with_title (names *self, uint32_t *number, int tongue, const char *text, title_do *what)
{
    terms all;
    read_terms (self, tongue, text, strlen (text), &all);
    what (self, (*number)++, tongue, &all);
}

static void with_titles (names *self, title_do *what)
{
    uint32_t number = 0;
    for (size_t i = 0; i < self->count; i++) {
        const entry *e = self->entries [i];
        with_title (self, &number, 0, e->name, what);
        with_title (self, &number, 1, e->name_en, what);
        for (size_t w = 0; w < e->word_count; w++)
            with_title (self, &number, 0, e->words [w], what);
    }
}

static void count_leaves (names *self, uint32_t number, int tongue, const terms *all)
{
    (void) number;
    self->words += (int64_t) all->count;
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->at [i].count; k++) {
            void **at = map_place (self->leaves [tongue], all->at [i].token [k], all->at [i].size [k]);
            if (!*at)
                *at = calloc (1, sizeof (leaf));
            assert (*at);
            ((leaf *) *at)->count++;
        }
}

static void post_leaves (names *self, uint32_t number, int tongue, const terms *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const term *t = &all->at [i];
        int64_t whole = tells (self, leaf_of (self, tongue, t, 0));
        self->titles [number].mass += whole;
        for (size_t k = 0; k < t->count; k++) {
            leaf *to = leaf_of (self, tongue, t, k);
            to->posts = grow (to->posts, to->post_count + 1, &to->room, sizeof *to->posts);
            to->posts [to->post_count++] = (post) { number, share_of (self, tongue, t, k, whole) };
        }
    }
}

static void number_titles (names *self)
{
    self->title_count = 0;
    for (uint32_t i = 0; i < self->count; i++)
        for (size_t n = 2 + self->entries [i]->word_count; n; n--) {
            self->titles = grow (self->titles, self->title_count + 1, &self->title_room, sizeof *self->titles);
            self->titles [self->title_count++] = (title) { i, 0 };
        }
}

static int by_code (const void *a, const void *b)
{
    uint32_t x = (*(entry *const *) a)->cpv, y = (*(entry *const *) b)->cpv;
    return (x > y) - (x < y);
}

/* All is made anew: the list changes once in years. */
void names_settle (names *self)
{
    if (!self->changed)
        return;
    self->words = 0;
    for (int t = 0; t < TONGUES; t++) {
        map_destroy (&self->leaves [t], leaf_end);
        self->leaves [t] = map_new ();
    }
    qsort (self->entries, self->count, sizeof (entry *), by_code);
    number_titles (self);
    with_titles (self, count_leaves);
    with_titles (self, post_leaves);
    free (self->gauges);
    self->gauges = calloc (self->title_count + 1, sizeof *self->gauges);
    assert (self->gauges);
    self->changed = false;
}

void names_save (const names *self, snapshot *to)
{
    uint64_t *at = calloc (self->count + 1, sizeof *at);
    assert (at);
    for (size_t i = 0; i < self->count; i++)
        at [i] = self->entries [i]->at;
    snapshot_put (to, at, self->count * sizeof *at);
    free (at);
}

/* ------------------------------------------------------------------------------------ looking */

/* The titles that words have met. */
typedef struct {
    const names *in;
    uint32_t    *met;
    size_t       count, room;
} looking;

static gauge *meet (looking *self, uint32_t title)
{
    gauge *g = &self->in->gauges [title];
    if (!g->words) {
        self->met = grow (self->met, self->count + 1, &self->room, sizeof *self->met);
        self->met [self->count++] = title;
    }
    return g;
}

/* A title that has the word as a whole earns nothing more by its parts; one that has a token twice earns once. */
static void note (looking *self, const leaf *it, size_t word, bool whole, int64_t earned)
{
    for (size_t i = 0; it && i < it->post_count; i++) {
        gauge *g = meet (self, it->posts [i].title);
        if (!whole && g->whole == word + 1)
            continue;
        g->mass += it->posts [i].mass;
        g->words |= UINT64_C (1) << word;
        g->whole = whole ? word + 1 : g->whole;
        if (!i || it->posts [i].title != it->posts [i - 1].title)
            g->earned += earned;
    }
}

static void look_at_word (looking *self, const name_word *word, size_t number, int tongue)
{
    terms all;
    read_terms (self->in, tongue, word->at, word->size, &all);
    for (size_t i = 0; i < all.count; i++) {
        const term *t = &all.at [i];
        for (size_t k = 0; k < t->count; k++)
            note (self, leaf_of (self->in, tongue, t, k), number, k == 0, share_of (self->in, tongue, t, k, word->most));
    }
}

static int by_points (const void *a, const void *b)
{
    const name_found *x = a, *y = b;
    return x->points != y->points ? (x->points < y->points) - (x->points > y->points) : (x->cpv > y->cpv) - (x->cpv < y->cpv);
}

/* What the titles that were met earn, best first; their gauges are zero again. */
static size_t collect (const looking *self, name_found *all)
{
    size_t count = 0;
    for (size_t i = 0; i < self->count; i++) {
        const title *t = &self->in->titles [self->met [i]];
        const entry *e = self->in->entries [t->of];
        gauge *g = &self->in->gauges [self->met [i]];
        int64_t share = (g->mass < t->mass ? g->mass : t->mass) * WHOLE_NAME / t->mass;
        if (share >= LEAST_SHARE)
            all [count++] = (name_found) { e->cpv, e->name, e->name_en, g->earned * share / WHOLE_NAME, g->words };
        *g = (gauge) { 0 };
    }
    if (count)
        qsort (all, count, sizeof *all, by_points);
    return count;
}

static bool is_among (const name_found *all, size_t count, uint32_t cpv)
{
    for (size_t i = 0; i < count; i++)
        if (all [i].cpv == cpv)
            return true;
    return false;
}

size_t names_find (const names *self, const name_word *words, size_t count, name_found *best, size_t most)
{
    names *to = (names *) (uintptr_t) self;
    looking now = { .in = self };
    size_t found = 0;
    pthread_mutex_lock (&to->mutex);
    for (size_t i = 0; i < count && self->title_count; i++)
        for (int t = 0; t < TONGUES; t++)
            look_at_word (&now, &words [i], i, t);
    name_found *all = malloc ((now.count + 1) * sizeof *all);
    assert (all);
    size_t met = collect (&now, all);
    pthread_mutex_unlock (&to->mutex);
    for (size_t i = 0; i < met && found < most; i++)
        if (all [i].points && !is_among (best, found, all [i].cpv))
            best [found++] = all [i];
    free (all);
    free (now.met);
    return found;
}
