/* standing.c - tokens by their hash; each knows who waits under it. What an offer at hand gives to each is added up in a
 * gauge, and who has enough is looked at as a whole.                                                                  */
#include "standing.h"
#include "market/map.h"
#include "search/format.h"
#include "search/grow.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where it waits lies beside it, so that who is elsewhere costs no more than a look. */
typedef struct { uint64_t who : 26, factor : 24, place : 14; } wait;

typedef struct {
    uint64_t  hash;
    wait     *waiting;      /* those under it, by their places */
    uint32_t  count, room;
    uint32_t  strength;     /* in the offer at hand */
    bool      gram;
} token;

typedef struct {
    offer_id    id;
    const void *item;       /* NULL: the place is free */
    uint32_t    count;
    uint32_t   *tokens;
} waiter;

/* Of one that waits: what the offer at hand has given so far, by how many tokens, and what is enough. */
typedef struct { uint32_t offer, sum, enough; uint16_t together, tokens; } gauge;

/* The upper half of a token's hash, so that most others need not be looked at, and its number plus one. */
typedef struct { uint32_t tag, number; } slot;

enum { FIRST_SLOTS = 1 << 12, PLACES = 10000, ANYWHERE = PLACES, MOST_WAITING = 1 << 26, LOOK_UP = 8 /* that are looked at in the time that finding a place takes */ };

struct standing {
    token        *tokens;
    size_t        token_count, token_room;
    slot         *slots;               /* by hash */
    size_t        mask;
    waiter       *waiters;
    size_t        count, room;
    gauge        *gauges;              /* by number */
    size_t        gauge_room;
    uint32_t     *free;                /* numbers of nobody */
    size_t        free_count, free_room;
    map          *numbers;             /* by id: number plus one */
    uint32_t      offer;               /* number of the one at hand */
    uint32_t     *present;             /* tokens of it */
    size_t        present_count, present_room;
    uint32_t      lengths [2];
    uint64_t      area [PLACES / 64 + 1]; /* a bit for each municipality's code, and for ANYWHERE */
    uint32_t      places [PLACES + 1];    /* the same as a list, where they are few */
    size_t        place_count;
    uint32_t     *enough;              /* who has enough of the offer at hand */
    size_t        enough_count, enough_room;
    standing_met *met;
    size_t        met_count, met_room;
};

standing *standing_new (void)
{
    standing *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = FIRST_SLOTS - 1;
    self->slots = calloc (FIRST_SLOTS, sizeof *self->slots);
    assert (self->slots);
    self->numbers = map_new ();
    return self;
}

void standing_destroy (standing **self_p)
{
    standing *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->token_count; i++)
        free (self->tokens [i].waiting);
    for (size_t i = 0; i < self->count; i++)
        free (self->waiters [i].tokens);
    free (self->tokens);
    free (self->slots);
    free (self->waiters);
    free (self->free);
    free (self->gauges);
    map_destroy (&self->numbers, NULL);
    free (self->enough);
    free (self->present);
    free (self->met);
    free (self);
    *self_p = NULL;
}

size_t standing_count (const standing *self)
{
    return self->count - self->free_count;
}

/* ------------------------------------------------------------------------------------- tokens */

static slot *slot_of (const standing *self, uint64_t hash)
{
    size_t i = hash & self->mask;
    while (self->slots [i].number && (self->slots [i].tag != hash >> 32 || self->tokens [self->slots [i].number - 1].hash != hash))
        i = (i + 1) & self->mask;
    return &self->slots [i];
}

static void spread (standing *self)
{
    free (self->slots);
    self->mask = 2 * self->mask + 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    for (size_t i = 0; i < self->token_count; i++)
        *slot_of (self, self->tokens [i].hash) = (slot) { (uint32_t) (self->tokens [i].hash >> 32), (uint32_t) i + 1 };
}

static uint32_t token_number (standing *self, const shelf_wanted *wanted)
{
    uint64_t hash = index_hash (wanted->token, wanted->size);
    slot *at = slot_of (self, hash);
    if (at->number)
        return at->number - 1;
    self->tokens = grow (self->tokens, self->token_count + 1, &self->token_room, sizeof *self->tokens);
    self->tokens [self->token_count] = (token) { .hash = hash, .gram = *wanted->token == TOKEN_GRAM };
    *at = (slot) { (uint32_t) (hash >> 32), (uint32_t) ++self->token_count };
    if (2 * self->token_count > self->mask)
        spread (self);
    return (uint32_t) self->token_count - 1;
}

/* The first that waits in a place, or where it would be. */
static uint32_t first_in (const token *under, uint32_t place)
{
    uint32_t from = 0, to = under->count;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        if (under->waiting [middle].place < place)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void wait_under (token *under, wait fresh)
{
    size_t room = under->room;
    uint32_t at = first_in (under, fresh.place);
    under->waiting = grow (under->waiting, under->count + 1, &room, sizeof *under->waiting);
    under->room = (uint32_t) room;
    memmove (under->waiting + at + 1, under->waiting + at, (under->count++ - at) * sizeof *under->waiting);
    under->waiting [at] = fresh;
}

/* Nobody waits twice under one token. */
static void wait_no_more (token *under, uint32_t who)
{
    for (uint32_t i = 0; i < under->count; i++)
        if (under->waiting [i].who == who) {
            memmove (under->waiting + i, under->waiting + i + 1, (--under->count - i) * sizeof *under->waiting);
            return;
        }
}

/* ------------------------------------------------------------------------------------ waiters */

static uint32_t place_code (const char *municipality)
{
    uint32_t code = 0;
    for (; *municipality; municipality++)
        code = *municipality >= '0' && *municipality <= '9' ? (10 * code + (uint32_t) (*municipality - '0')) % PLACES : code;
    return code;
}

void standing_remove (standing *self, const offer_id *id)
{
    void **number = map_place (self->numbers, (const char *) id->bytes, sizeof id->bytes);
    if (!*number)
        return;
    uint32_t who = (uint32_t) ((uintptr_t) *number - 1);
    waiter *w = &self->waiters [who];
    for (uint32_t i = 0; i < w->count; i++)
        wait_no_more (&self->tokens [w->tokens [i]], who);
    free (w->tokens);
    *w = (waiter) { .item = NULL };
    *number = NULL;
    self->free = grow (self->free, self->free_count + 1, &self->free_room, sizeof *self->free);
    self->free [self->free_count++] = who;
}

static uint32_t free_number (standing *self)
{
    if (self->free_count)
        return self->free [--self->free_count];
    self->waiters = grow (self->waiters, self->count + 1, &self->room, sizeof *self->waiters);
    self->gauges = grow (self->gauges, self->count + 1, &self->gauge_room, sizeof *self->gauges);
    return (uint32_t) self->count++;
}

void standing_put (standing *self, const offer_id *id, const shelf_wanted *wanted, size_t count, int64_t least,
                   const char *municipality, const void *item)
{
    assert (item && count <= SHELF_WANTED);
    standing_remove (self, id);
    uint32_t who = free_number (self), place = municipality ? place_code (municipality) : ANYWHERE;
    assert (who < MOST_WAITING);
    uint32_t *numbers = calloc (count + 1, sizeof *numbers);
    assert (numbers);
    self->waiters [who] = (waiter) {
        .id = *id, .item = item, .count = (uint32_t) count, .tokens = numbers };
    self->gauges [who] = (gauge) { .enough = (uint32_t) (least > 1 ? least : 1), .tokens = (uint16_t) count };
    for (size_t i = 0; i < count; i++) {
        numbers [i] = token_number (self, &wanted [i]);
        wait_under (&self->tokens [numbers [i]], (wait) { who, wanted [i].factor, place });
    }
    *map_place (self->numbers, (const char *) id->bytes, sizeof id->bytes) = (void *) (uintptr_t) (who + UINT64_C (1));
}

/* ------------------------------------------------------------------------------------ meeting */

/* Words that nobody asks for count for the length alone. */
static void take_token (void *to, const char *at, size_t size, unsigned strength)
{
    standing *self = to;
    self->lengths [*at == TOKEN_GRAM] += strength;
    uint32_t number = slot_of (self, index_hash (at, size))->number;
    if (!number)
        return;
    token *t = &self->tokens [number - 1];
    if (!t->strength) {
        self->present = grow (self->present, self->present_count + 1, &self->present_room, sizeof *self->present);
        self->present [self->present_count++] = number - 1;
    }
    t->strength += strength;
}

static void read_offer (standing *self, analyser *with, const shelf_offer *offer)
{
    self->offer++;
    self->present_count = self->enough_count = self->met_count = 0;
    self->lengths [0] = self->lengths [1] = 0;
    analyser_read (with, offer->title, strlen (offer->title), GRAMS_KEPT, take_token, self);
    analyser_read (with, offer->description, strlen (offer->description), GRAMS_NONE, take_token, self);
}

static void add_place (standing *self, uint32_t place)
{
    uint64_t bit = UINT64_C (1) << place % 64;
    if (!(self->area [place / 64] & bit))
        self->places [self->place_count++] = place;
    self->area [place / 64] |= bit;
}

/* "*" is all of the country; else codes with spaces, as "GM0153 GM0164". */
static void read_area (standing *self, const char *area)
{
    bool all = strcmp (area, "*") == 0;
    memset (self->area, all ? 0xff : 0, sizeof self->area);
    self->place_count = all ? PLACES : 0;
    add_place (self, ANYWHERE);
    for (const char *at = area; !all && (at = strstr (at, "GM")); at += 2) {
        char code [5] = { 0 };
        strncpy (code, at + 2, sizeof code - 1);
        add_place (self, place_code (code));
    }
}

static bool is_within (const standing *self, uint32_t place)
{
    return self->area [place / 64] >> place % 64 & 1;
}

/* Whether it is enough by this, and was not before. */
static bool pour (gauge *into, uint32_t offer, uint32_t gain)
{
    bool first = into->offer != offer;
    uint32_t before = first ? 0 : into->sum;
    into->together = (uint16_t) (first ? 1 : into->together + 1);
    into->offer = offer;
    into->sum = before + gain;
    return before < into->enough && into->sum >= into->enough;
}

static void give (standing *self, const wait *w, uint32_t weight)
{
    if (pour (&self->gauges [w->who], self->offer, (uint32_t) w->factor * weight)) {
        __builtin_prefetch (&self->waiters [w->who]);
        self->enough [self->enough_count++] = w->who;
    }
}

/* What a token gives to those that wait under it, within the area: each is looked at where they are fewer than it takes
 * to look for each place.                                                                                             */
static void pour_out (standing *self, token *t)
{
    const wait *end = t->waiting + t->count;
    uint32_t weight = index_weigh (t->gram, t->strength, self->lengths [t->gram], t->gram ? INDEX_MEAN_GRAMS : INDEX_MEAN_WORDS);
    self->enough = grow (self->enough, self->enough_count + t->count, &self->enough_room, sizeof *self->enough);
    t->strength = 0;
    if (t->count < LOOK_UP * self->place_count) {
        for (const wait *w = t->waiting; w < end; w++)
            if (is_within (self, w->place))
                give (self, w, weight);
        return;
    }
    for (size_t i = 0; i < self->place_count; i++)
        for (const wait *w = t->waiting + first_in (t, self->places [i]); w < end && w->place == self->places [i]; w++)
            give (self, w, weight);
}

/* By two tokens at least, or by all that there are. */
static void meet (standing *self, uint32_t who)
{
    const waiter *w = &self->waiters [who];
    const gauge *g = &self->gauges [who];
    if (g->together >= STANDING_TOGETHER || g->together == g->tokens)
        self->met [self->met_count++] = (standing_met) { w->id, w->item, g->sum };
}

static int by_id (const void *a, const void *b)
{
    return memcmp (&((const standing_met *) a)->id, &((const standing_met *) b)->id, sizeof (offer_id));
}

size_t standing_meet (standing *self, analyser *with, const shelf_offer *offer, const standing_met **met)
{
    read_offer (self, with, offer);
    read_area (self, offer->area);
    for (size_t i = 0; i < self->present_count; i++)
        pour_out (self, &self->tokens [self->present [i]]);
    self->met = grow (self->met, self->enough_count, &self->met_room, sizeof *self->met);
    for (size_t i = 0; i < self->enough_count; i++)
        meet (self, self->enough [i]);
    if (self->met_count)
        qsort (self->met, self->met_count, sizeof *self->met, by_id);
    *met = self->met;
    return self->met_count;
}
