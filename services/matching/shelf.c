/* shelf.c - indexes by size: each holds at least as much as twice all that are smaller, or they become one. */
#include "shelf.h"
#include "statistics.h"
#include "map.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { INDEXES = 64, MANY = 48 /* indexes, from which on merging does not wait for a thread */, SMALLER = 2, READERS = 64, MUNICIPALITY = 8 };

/* Where an area lies that was asked for: a bit for each offer that is delivered there. */
typedef struct area_bits {
    struct area_bits *next;
    char              municipality [MUNICIPALITY];
    uint64_t          bits [];
} area_bits;

typedef struct {
    index_t     *index;
    void        *bytes;
    size_t       size;
    const void **items;   /* by offer */
    uint32_t    *areas;   /* by offer: number of the text that says where it is delivered */
    uint64_t    *gone;    /* a bit for each offer that left */
    uint32_t     offers, left;
    bool         at_work; /* being merged */
    area_bits   *asked;   /* grows under the shelf's mutex; what is in it stays */
} part;

struct shelf_reader {
    analyser *analyser;
    finder   *finder;
    uint64_t *allowed;
    size_t    allowed_room;
    shelf_found *found;
    size_t    found_room;
    hit_t    *hits;
    size_t    hit_room;
};

struct shelf {
    const char     *language;
    const wordlist *words;
    unsigned        lengths [2];      /* mean ones: words, grams */
    part           *parts [INDEXES];  /* the greatest first */
    size_t          count;
    shelf_offer    *coming, *going;
    size_t          coming_count, coming_room, going_count, going_room;
    statistics     *statistics;
    int64_t         edition;
    map            *area_numbers;     /* by text: its number, plus one */
    char          **areas;
    size_t          area_count, area_room;
    analyser       *analyser;         /* of the thread that changes */
    pthread_mutex_t mutex;            /* over readers and what was asked of areas */
    shelf_reader   *readers [READERS];
    size_t          reader_count;
};

static void *grow (void *at, size_t needed, size_t *room, size_t size)
{
    if (needed <= *room)
        return at;
    while (*room < needed)
        *room = *room ? *room * 2 : 64;
    at = realloc (at, *room * size);
    assert (at);
    return at;
}

static void *filled (const void *from, size_t count, size_t size)
{
    void *at = calloc (count + !count, size);
    assert (at);
    if (from && count)
        memcpy (at, from, count * size);
    return at;
}

static size_t words_of (uint32_t offers)
{
    return (offers + (size_t) 63) / 64;
}

uint64_t shelf_key (const char *cpv, const char *municipality)
{
    uint64_t code = 0, place = 0;
    for (int i = 0; i < 8; i++)
        code = 10 * code + (cpv [i] >= '0' && cpv [i] <= '9' ? (uint64_t) (cpv [i] - '0') : 0);
    for (const char *at = municipality ? municipality : ""; *at; at++)
        place = *at >= '0' && *at <= '9' ? 10 * place + (uint64_t) (*at - '0') : place;
    return code << 16 | (place & 0xffff);
}

/* -------------------------------------------------------------------------------------- parts */

static part *part_new (void *bytes, size_t size)
{
    part *self = calloc (1, sizeof *self);
    assert (self);
    self->bytes = bytes;
    self->size = size;
    self->index = index_on (bytes);
    self->offers = index_offers (self->index);
    self->items = filled (NULL, self->offers, sizeof *self->items);
    self->areas = filled (NULL, self->offers, sizeof *self->areas);
    self->gone = filled (NULL, words_of (self->offers), sizeof *self->gone);
    return self;
}

static void part_destroy (part **self_p)
{
    part *self = *self_p;
    if (!self)
        return;
    for (area_bits *at = self->asked, *next; at; at = next) {
        next = at->next;
        free (at);
    }
    index_close (&self->index);
    free (self->bytes);
    free (self->items);
    free (self->areas);
    free (self->gone);
    free (self);
    *self_p = NULL;
}

static bool is_gone (const uint64_t *gone, uint32_t offer)
{
    return gone [offer / 64] >> offer % 64 & 1;
}

static void leave (part *self, uint32_t offer)
{
    self->gone [offer / 64] |= UINT64_C (1) << offer % 64;
    self->left++;
}

/* Where an offer is that has not left; false: not here. Keys lie in order, and so do ids of one key. */
static bool part_place (const part *self, const offer_id *id, uint64_t key, uint32_t *offer)
{
    for (uint32_t i = index_from (self->index, key); i < self->offers && index_key (self->index, i) == key; i++)
        if (!is_gone (self->gone, i) && memcmp (index_id (self->index, i), id, sizeof *id) == 0) {
            *offer = i;
            return true;
        }
    return false;
}

/* ---------------------------------------------------------------------------------- the shelf */

shelf *shelf_new (const char *language, const wordlist *words)
{
    shelf *self = calloc (1, sizeof *self);
    assert (self);
    self->language = language;
    self->words = words;
    shelf_lengths (self, INDEX_MEAN_WORDS, INDEX_MEAN_GRAMS);
    self->statistics = statistics_new ();
    self->area_numbers = map_new ();
    self->analyser = analyser_new (language, words);
    assert (self->analyser);
    pthread_mutex_init (&self->mutex, NULL);
    return self;
}

void shelf_lengths (shelf *self, unsigned words, unsigned grams)
{
    self->lengths [0] = words;
    self->lengths [1] = grams;
}

static void reader_destroy (shelf_reader *self)
{
    analyser_destroy (&self->analyser);
    finder_destroy (&self->finder);
    free (self->allowed);
    free (self->found);
    free (self->hits);
    free (self);
}

void shelf_destroy (shelf **self_p)
{
    shelf *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->count; i++)
        part_destroy (&self->parts [i]);
    for (size_t i = 0; i < self->reader_count; i++)
        reader_destroy (self->readers [i]);
    for (size_t i = 0; i < self->area_count; i++)
        free (self->areas [i]);
    free (self->areas);
    map_destroy (&self->area_numbers, NULL);
    free (self->coming);
    free (self->going);
    statistics_destroy (&self->statistics);
    analyser_destroy (&self->analyser);
    pthread_mutex_destroy (&self->mutex);
    free (self);
    *self_p = NULL;
}

static uint32_t area_number (shelf *self, const char *text)
{
    void **at = map_place (self->area_numbers, text, strlen (text));
    if (!*at) {
        self->areas = grow (self->areas, self->area_count + 1, &self->area_room, sizeof *self->areas);
        self->areas [self->area_count] = strdup (text);
        assert (self->areas [self->area_count]);
        *at = (void *) (uintptr_t) ++self->area_count;
    }
    return (uint32_t) ((uintptr_t) *at - 1);
}

/* ----------------------------------------------------------------------------------- changing */

void shelf_put (shelf *self, const shelf_offer *offer)
{
    self->coming = grow (self->coming, self->coming_count + 1, &self->coming_room, sizeof *offer);
    shelf_offer *to = &self->coming [self->coming_count++];
    *to = *offer;
    uint32_t area = area_number (self, offer->area);
    to->area = self->areas [area];
}

/* Who came and left between two flushes was never here. */
void shelf_remove (shelf *self, const shelf_offer *offer)
{
    for (size_t i = 0; i < self->coming_count; i++)
        if (memcmp (&self->coming [i].id, &offer->id, sizeof offer->id) == 0) {
            self->coming [i] = self->coming [--self->coming_count];
            return;
        }
    self->going = grow (self->going, self->going_count + 1, &self->going_room, sizeof *offer);
    self->going [self->going_count++] = *offer;
}

static int by_key (const void *a, const void *b)
{
    const shelf_offer *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : memcmp (&x->id, &y->id, sizeof x->id);
}

static void take_token (void *to, const char *token, size_t size, unsigned strength)
{
    index_builder_token (to, token, size, strength);
}

static part *part_of (shelf *self, shelf_offer *offers, size_t count)
{
    size_t size;
    index_builder *builder = index_builder_new ();
    index_builder_lengths (builder, self->lengths [0], self->lengths [1]);
    qsort (offers, count, sizeof *offers, by_key);
    for (size_t i = 0; i < count; i++) {
        const shelf_offer *o = &offers [i];
        index_builder_offer (builder, o->key, &o->id);
        analyser_read (self->analyser, o->title, strlen (o->title), GRAMS_KEPT, take_token, builder);
        analyser_read (self->analyser, o->description, strlen (o->description), GRAMS_NONE, take_token, builder);
    }
    void *bytes = index_builder_finish (builder, &size);
    index_builder_destroy (&builder);
    return part_new (bytes, size);
}

static void let_go (shelf *self)
{
    part *gone = part_of (self, self->going, self->going_count);
    statistics_count (self->statistics, gone->index, -1);
    part_destroy (&gone);
    for (size_t i = 0; i < self->going_count; i++) {
        uint32_t offer;
        for (size_t p = 0; p < self->count; p++)
            if (part_place (self->parts [p], &self->going [i].id, self->going [i].key, &offer)) {
                leave (self->parts [p], offer);
                break;
            }
    }
    self->going_count = 0;
}

/* The greatest first. */
static void stand (shelf *self, part *fresh)
{
    size_t at = self->count++;
    assert (self->count <= INDEXES);
    for (; at && self->parts [at - 1]->offers < fresh->offers; at--)
        self->parts [at] = self->parts [at - 1];
    self->parts [at] = fresh;
}

static void take_in (shelf *self)
{
    part *fresh = part_of (self, self->coming, self->coming_count);
    statistics_count (self->statistics, fresh->index, 1);
    for (size_t i = 0; i < self->coming_count; i++) {
        fresh->items [i] = self->coming [i].item;
        fresh->areas [i] = area_number (self, self->coming [i].area);
    }
    stand (self, fresh);
    self->coming_count = 0;
}

void shelf_flush (shelf *self)
{
    if (self->going_count)
        let_go (self);
    if (self->coming_count)
        take_in (self);
    while (self->count > MANY) {
        shelf_merge *merge = shelf_merge_begin (self);
        assert (merge);
        shelf_merge_work (merge);
        shelf_merge_end (self, &merge);
    }
}

void shelf_advance (shelf *self, int64_t seq)
{
    int64_t edition = edition_of (seq);
    if (edition == self->edition)
        return;
    shelf_flush (self);
    statistics_cut (self->statistics);
    self->edition = edition;
}

/* ------------------------------------------------------------------------------------ merging */

struct shelf_merge {
    part     *from [INDEXES], *to;
    uint64_t *gone [INDEXES]; /* as they were at the beginning */
    size_t    count;
};

static uint32_t offers_left (const part *self)
{
    return self->offers - self->left;
}

/* From which one on they had better be one: `count` when all is well. Those at work are as if they were not there. */
static size_t crowded (const shelf *self)
{
    uint64_t smaller = 0;
    size_t from = self->count;
    for (size_t i = self->count; i--; ) {
        const part *p = self->parts [i];
        if (p->at_work)
            continue;
        if ((smaller && p->offers < SMALLER * smaller) || p->left > p->offers / 2)
            from = i;
        smaller += p->offers;
    }
    return from;
}

static shelf_merge *merge_from (shelf *self, size_t from)
{
    shelf_merge *merge = calloc (1, sizeof *merge);
    assert (merge);
    for (size_t i = from; i < self->count; i++) {
        part *p = self->parts [i];
        if (p->at_work)
            continue;
        p->at_work = true;
        merge->from [merge->count] = p;
        merge->gone [merge->count++] = filled (p->gone, words_of (p->offers), sizeof *p->gone);
    }
    return merge;
}

shelf_merge *shelf_merge_begin (shelf *self)
{
    size_t from = crowded (self);
    return from == self->count ? NULL : merge_from (self, from);
}

shelf_merge *shelf_merge_all (shelf *self)
{
    return self->count < 2 ? NULL : merge_from (self, 0);
}

size_t shelf_merge_offers (const shelf_merge *self)
{
    size_t sum = 0;
    for (size_t i = 0; i < self->count; i++)
        sum += self->from [i]->offers;
    return sum;
}

/* Each offer of the whole is the next one of the part whose next one it is. */
static void carry_over (shelf_merge *self)
{
    uint32_t next [INDEXES] = { 0 };
    for (uint32_t to = 0; to < self->to->offers; to++)
        for (size_t i = 0; i < self->count; i++) {
            const part *p = self->from [i];
            while (next [i] < p->offers && is_gone (self->gone [i], next [i]))
                next [i]++;
            if (next [i] < p->offers
            &&  memcmp (index_id (p->index, next [i]), index_id (self->to->index, to), sizeof (offer_id)) == 0) {
                self->to->items [to] = p->items [next [i]];
                self->to->areas [to] = p->areas [next [i]++];
                break;
            }
        }
}

void shelf_merge_work (shelf_merge *self)
{
    const index_t *from [INDEXES];
    const uint64_t *gone [INDEXES];
    size_t size;
    for (size_t i = 0; i < self->count; i++) {
        from [i] = self->from [i]->index;
        gone [i] = self->gone [i];
    }
    void *bytes = index_merge (from, gone, self->count, &size);
    self->to = part_new (bytes, size);
    carry_over (self);
}

/* What left while the work was done leaves the whole too. */
static void catch_up (const shelf_merge *self, const part *from, const uint64_t *then)
{
    for (size_t w = 0; w < words_of (from->offers); w++)
        for (uint64_t late = from->gone [w] & ~then [w]; late; late &= late - 1) {
            uint32_t place, offer = (uint32_t) (64 * w + (size_t) __builtin_ctzll (late));
            bool there = part_place (self->to, index_id (from->index, offer), index_key (from->index, offer), &place);
            assert (there);
            leave (self->to, place);
        }
}

static bool is_merged (const shelf_merge *self, const part *which)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->from [i] == which)
            return true;
    return false;
}

void shelf_merge_end (shelf *self, shelf_merge **merge_p)
{
    shelf_merge *merge = *merge_p;
    size_t kept = 0;
    for (size_t i = 0; i < self->count; i++)
        if (!is_merged (merge, self->parts [i]))
            self->parts [kept++] = self->parts [i];
    self->count = kept;
    for (size_t i = 0; i < merge->count; i++) {
        catch_up (merge, merge->from [i], merge->gone [i]);
        part_destroy (&merge->from [i]);
        free (merge->gone [i]);
    }
    if (merge->to->offers)
        stand (self, merge->to);
    else
        part_destroy (&merge->to);
    free (merge);
    *merge_p = NULL;
}

shelf_state shelf_now (const shelf *self)
{
    shelf_state now = { .edition = self->edition, .indexes = (int64_t) self->count };
    for (size_t i = 0; i < self->count; i++) {
        now.offers += offers_left (self->parts [i]);
        now.bytes += (int64_t) self->parts [i]->size;
    }
    return now;
}

/* ------------------------------------------------------------------------------------- looking */

shelf_reader *shelf_borrow (const shelf *self)
{
    shelf *to = (shelf *) (uintptr_t) self;
    pthread_mutex_lock (&to->mutex);
    shelf_reader *reader = to->reader_count ? to->readers [--to->reader_count] : NULL;
    pthread_mutex_unlock (&to->mutex);
    if (reader)
        return reader;
    reader = calloc (1, sizeof *reader);
    assert (reader);
    reader->analyser = analyser_new (self->language, self->words);
    reader->finder = finder_new ();
    assert (reader->analyser);
    return reader;
}

void shelf_return (const shelf *self, shelf_reader *reader)
{
    shelf *to = (shelf *) (uintptr_t) self;
    pthread_mutex_lock (&to->mutex);
    bool room = to->reader_count < READERS;
    if (room)
        to->readers [to->reader_count++] = reader;
    pthread_mutex_unlock (&to->mutex);
    if (!room)
        reader_destroy (reader);
}

analyser *shelf_analyser (shelf_reader *self)
{
    return self->analyser;
}

int64_t shelf_frequency (const shelf *self, const char *token, size_t size)
{
    return statistics_frequency (self->statistics, token, size);
}

int64_t shelf_offers (const shelf *self)
{
    return statistics_offers (self->statistics);
}

/* Of those that left, words may be known until their index is merged; who asks for them is told that nothing was found. */
bool shelf_has (const shelf *self, const char *token, size_t size)
{
    uint64_t hash = index_hash (token, size);
    for (size_t i = 0; i < self->count; i++)
        if (index_token (self->parts [i]->index, hash) != INDEX_NONE)
            return true;
    return false;
}

static bool reaches (const char *area, const char *municipality)
{
    return strcmp (area, "*") == 0 || strstr (area, municipality);
}

static area_bits *draw (const shelf *self, const part *p, const char *municipality)
{
    size_t words = words_of (p->offers);
    area_bits *drawn = calloc (1, sizeof *drawn + words * sizeof *drawn->bits);
    bool *within = filled (NULL, self->area_count, sizeof *within);
    assert (drawn);
    strncpy (drawn->municipality, municipality, MUNICIPALITY - 1);
    for (size_t i = 0; i < self->area_count; i++)
        within [i] = reaches (self->areas [i], municipality);
    for (uint32_t i = 0; i < p->offers; i++)
        drawn->bits [i / 64] |= (uint64_t) within [p->areas [i]] << i % 64;
    free (within);
    return drawn;
}

static const uint64_t *bits_of (const shelf *self, part *p, const char *municipality)
{
    shelf *to = (shelf *) (uintptr_t) self;
    pthread_mutex_lock (&to->mutex);
    area_bits *at = p->asked;
    while (at && strncmp (at->municipality, municipality, MUNICIPALITY - 1) != 0)
        at = at->next;
    if (!at) {
        at = draw (self, p, municipality);
        at->next = p->asked;
        p->asked = at;
    }
    pthread_mutex_unlock (&to->mutex);
    return at->bits;
}

/* NULL: every offer is. */
static const uint64_t *allowed (const shelf *self, shelf_reader *with, part *p, const char *municipality)
{
    if (!municipality && !p->left)
        return NULL;
    size_t words = words_of (p->offers);
    const uint64_t *there = municipality ? bits_of (self, p, municipality) : NULL;
    if (there && !p->left)
        return there;
    with->allowed = grow (with->allowed, words, &with->allowed_room, sizeof *with->allowed);
    for (size_t w = 0; w < words; w++)
        with->allowed [w] = (there ? there [w] : UINT64_MAX) & ~p->gone [w];
    return with->allowed;
}

static int by_score (const void *a, const void *b)
{
    const shelf_found *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : memcmp (&x->id, &y->id, sizeof x->id);
}

/* What is asked for, by its hash. */
typedef struct { uint64_t hash; uint32_t factor; } sought;

static void find_in (const shelf *self, shelf_reader *with, size_t which, const sought *asked, size_t count, const char *municipality, size_t most, uint32_t *least, size_t *found)
{
    part *p = self->parts [which];
    wanted here [SHELF_WANTED];
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t token = index_token (p->index, asked [i].hash);
        if (token != INDEX_NONE)
            here [known++] = (wanted) { token, asked [i].factor };
    }
    if (!known)
        return;
    with->hits = grow (with->hits, most, &with->hit_room, sizeof *with->hits);
    size_t hits = index_find (p->index, with->finder, here, known, allowed (self, with, p, municipality), *least, with->hits, most);
    if (hits == most) /* there are enough that are as good as the last of these */
        *least = with->hits [most - 1].score;
    with->found = grow (with->found, *found + hits, &with->found_room, sizeof *with->found);
    for (size_t i = 0; i < hits; i++) {
        uint32_t offer = with->hits [i].offer;
        with->found [(*found)++] = (shelf_found) {
            p->items [offer], *index_id (p->index, offer), with->hits [i].score, (uint32_t) which, offer };
    }
}

/* The first of what the parts gave. */
static size_t best_of (const shelf_reader *with, size_t found, int (*order) (const void *, const void *), shelf_found *best,
                       size_t most)
{
    if (found)
        qsort (with->found, found, sizeof *with->found, order);
    found = found < most ? found : most;
    if (found)
        memcpy (best, with->found, found * sizeof *best);
    return found;
}

size_t shelf_find (const shelf *self, shelf_reader *with, const shelf_wanted *asked, size_t count, const char *municipality,
                   shelf_found *best, size_t most)
{
    size_t found = 0;
    uint32_t least = 1;
    sought all [SHELF_WANTED];
    count = count < SHELF_WANTED ? count : SHELF_WANTED;
    for (size_t i = 0; i < count; i++)
        all [i] = (sought) { index_hash (asked [i].token, asked [i].size), asked [i].factor };
    for (size_t i = 0; i < self->count && most; i++)
        find_in (self, with, i, all, count, municipality, most, &least, &found);
    return best_of (with, found, by_score, best, most);
}

size_t shelf_find_cpv (const shelf *self, shelf_reader *with, const char *cpv, int digits, const char *municipality,
                       shelf_found *best, size_t most)
{
    char low [9] = "00000000", high [9] = "99999999";
    memcpy (low, cpv, (size_t) digits);
    memcpy (high, cpv, (size_t) digits);
    size_t found = 0;
    for (size_t which = 0; which < self->count; which++) {
        part *p = self->parts [which];
        const uint64_t *may = allowed (self, with, p, municipality);
        uint32_t end = index_from (p->index, shelf_key (high, "65535") + 1);
        for (uint32_t i = index_from (p->index, shelf_key (low, NULL)); i < end; i++)
            if (!may || may [i / 64] >> i % 64 & 1) {
                with->found = grow (with->found, found + 1, &with->found_room, sizeof *with->found);
                with->found [found++] = (shelf_found) { p->items [i], *index_id (p->index, i), 0, (uint32_t) which, i };
            }
    }
    return best_of (with, found, by_score, best, most);
}

bool shelf_place (const shelf *self, const offer_id *id, uint64_t key, shelf_found *found)
{
    uint32_t offer;
    for (size_t i = 0; i < self->count; i++)
        if (part_place (self->parts [i], id, key, &offer)) {
            *found = (shelf_found) { self->parts [i]->items [offer], *id, 0, (uint32_t) i, offer };
            return true;
        }
    return false;
}

uint32_t shelf_weight (const shelf *self, const shelf_found *of, const char *token, size_t size)
{
    const index_t *index = self->parts [of->index]->index;
    return index_weight (index, index_token (index, index_hash (token, size)), of->offer);
}
