/* standing.c - tokens by their number; each knows who waits under it. What an offer at hand gives to each is added up in a
 * gauge, and who has enough is looked at as a whole.                                                                  */
#include "standing.h"
#include "lexicon.h"
#include "market/map.h"
#include "search/format.h"
#include "search/grow.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where it waits lies beside it, so that who is elsewhere costs no more than a look. */
typedef struct { uint64_t who : 26, factor : 24, place : 14; } wait;

typedef struct {
    wait     *waiting;      /* those under it, by their places */
    uint32_t *begins;       /* where those of each place begin, and the last ones end; NULL: they are few */
    uint32_t  count, room;
    uint32_t  places;       /* that `begins` knows of */
    bool      gram;
} token;

typedef struct {
    offer_id    id;
    const void *item;       /* NULL: the number is nobody's */
    uint32_t    count;
    uint32_t   *tokens;
} waiter;

/* Of one that waits: what the offer at hand has given so far, by how many tokens, and what is enough. */
typedef struct { uint32_t offer, sum, enough; uint16_t together, tokens; } gauge;

/* Those that wait under a token: of one place, or all of them, of whom each is looked at; and what it weighs in the offer. */
typedef struct { const wait *from, *to; uint32_t weight; bool look; } run;

enum { PLACES = 10000, ANYWHERE = PLACES, MOST_WAITING = 1 << 26 };

/* Where a crowd waits under a token, and at least one for every so many places, it is kept where each place begins. */
enum { CROWD = 16, PLACES_OF_ONE = 4 };

struct standing {
    token        *tokens;
    size_t        token_count, token_room;
    lexicon      *lexicon;             /* what numbers tokens have */
    waiter       *waiters;
    size_t        count, room;
    gauge        *gauges;              /* by number */
    size_t        gauge_room;
    uint32_t     *free;                /* numbers of nobody */
    size_t        free_count, free_room;
    map          *numbers;             /* by id: number plus one */
    uint16_t      places [PLACES + 1]; /* by a municipality's code, and ANYWHERE: its number plus one; 0: nobody ever waited there */
    size_t        place_count;

    uint32_t      offer;               /* number of the one at hand */
    uint32_t     *strengths;           /* of each token in it */
    size_t        strength_room;
    uint32_t     *present;             /* its tokens */
    size_t        present_count, present_room;
    uint32_t      lengths [2];
    bool          everywhere;          /* it is delivered in the whole country */
    uint32_t      area [PLACES + 1];   /* where it is delivered, of the places where somebody waits */
    size_t        area_count;
    uint32_t      within [PLACES + 1]; /* by place: the last offer that was delivered there */
    run          *runs;                /* to whom it gives something */
    size_t        run_count, run_room;
    uint32_t     *enough;              /* who has enough of it */
    size_t        enough_count, enough_room;
    standing_met *met;
    size_t        met_count, met_room;
};

standing *standing_new (void)
{
    standing *self = calloc (1, sizeof *self);
    assert (self);
    self->lexicon = lexicon_new ();
    self->numbers = map_new ();
    self->places [ANYWHERE] = (uint16_t) ++self->place_count;
    return self;
}

void standing_destroy (standing **self_p)
{
    standing *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->token_count; i++) {
        free (self->tokens [i].waiting);
        free (self->tokens [i].begins);
    }
    for (size_t i = 0; i < self->count; i++)
        free (self->waiters [i].tokens);
    free (self->tokens);
    free (self->strengths);
    free (self->waiters);
    free (self->free);
    free (self->gauges);
    lexicon_destroy (&self->lexicon);
    map_destroy (&self->numbers, NULL);
    free (self->runs);
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

static uint32_t token_number (standing *self, const shelf_wanted *wanted)
{
    uint32_t number = lexicon_put (self->lexicon, wanted->hash);
    if (number < self->token_count)
        return number;
    self->tokens = grow (self->tokens, number + 1, &self->token_room, sizeof *self->tokens);
    self->strengths = grow (self->strengths, number + 1, &self->strength_room, sizeof *self->strengths);
    self->tokens [number] = (token) { .gram = *wanted->token == TOKEN_GRAM };
    self->strengths [number] = 0;
    self->token_count++;
    return number;
}

/* There is one more in a place, or one less: those of later places move. */
static void move_begins (token *under, uint32_t place, uint32_t by)
{
    for (uint32_t i = place + 1; i <= under->places; i++)
        under->begins [i] += by;
}

static void find_begins (token *under, size_t places)
{
    under->begins = realloc (under->begins, (places + 1) * sizeof *under->begins);
    assert (under->begins);
    for (uint32_t place = 0, at = 0; place <= places; place++) {
        while (at < under->count && under->waiting [at].place < place)
            at++;
        under->begins [place] = at;
    }
    under->places = (uint32_t) places;
}

/* Behind those of the same place. */
static void wait_under (const standing *self, token *under, wait fresh)
{
    size_t room = under->room;
    uint32_t at = under->count++;
    under->waiting = grow (under->waiting, under->count, &room, sizeof *under->waiting);
    under->room = (uint32_t) room;
    for (; at && under->waiting [at - 1].place > fresh.place; at--)
        under->waiting [at] = under->waiting [at - 1];
    under->waiting [at] = fresh;
    if (fresh.place < under->places)
        move_begins (under, fresh.place, 1);
    else if (under->begins || (under->count >= CROWD && under->count >= self->place_count / PLACES_OF_ONE))
        find_begins (under, self->place_count);
}

/* Nobody waits twice under one token. */
static void wait_no_more (token *under, uint32_t who)
{
    for (uint32_t i = 0; i < under->count; i++)
        if (under->waiting [i].who == who) {
            move_begins (under, under->waiting [i].place, -1u);
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

static uint32_t place_number (standing *self, const char *municipality)
{
    uint16_t *number = &self->places [municipality ? place_code (municipality) : ANYWHERE];
    if (!*number)
        *number = (uint16_t) ++self->place_count;
    return *number - 1u;
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
    self->enough = grow (self->enough, self->count + 2, &self->enough_room, sizeof *self->enough); /* all, and one that is forgotten */
    return (uint32_t) self->count++;
}

void standing_put (standing *self, const offer_id *id, const shelf_wanted *wanted, size_t count, int64_t least,
                   const char *municipality, const void *item)
{
    assert (item && count <= SHELF_WANTED);
    standing_remove (self, id);
    uint32_t who = free_number (self), place = place_number (self, municipality);
    assert (who < MOST_WAITING);
    uint32_t *numbers = calloc (count + 1, sizeof *numbers);
    assert (numbers);
    self->waiters [who] = (waiter) {
        .id = *id, .item = item, .count = (uint32_t) count, .tokens = numbers };
    self->gauges [who] = (gauge) { .enough = (uint32_t) (least > 1 ? least : 1), .tokens = (uint16_t) count };
    for (size_t i = 0; i < count; i++) {
        numbers [i] = token_number (self, &wanted [i]);
        wait_under (self, &self->tokens [numbers [i]], (wait) { who, wanted [i].factor, place });
    }
    *map_place (self->numbers, (const char *) id->bytes, sizeof id->bytes) = (void *) (uintptr_t) (who + UINT64_C (1));
}

/* ------------------------------------------------------------------------------------ meeting */

static void take_token (void *to, uint32_t number, unsigned strength)
{
    standing *self = to;
    if (!self->strengths [number]) {
        self->present = grow (self->present, self->present_count + 1, &self->present_room, sizeof *self->present);
        self->present [self->present_count++] = number;
        __builtin_prefetch (&self->tokens [number]);
    }
    self->strengths [number] += strength;
}

static void read_offer (standing *self, analyser *with, const shelf_offer *offer)
{
    self->offer++;
    self->present_count = 0;
    self->lengths [0] = self->lengths [1] = 0;
    lexicon_read (self->lexicon, with, offer->title, GRAMS_KEPT, self->lengths, take_token, self);
    lexicon_read (self->lexicon, with, offer->description, GRAMS_NONE, self->lengths, take_token, self);
}

static void add_place (standing *self, uint32_t code)
{
    if (!self->places [code] || self->within [self->places [code] - 1] == self->offer)
        return;
    uint32_t place = self->places [code] - 1u;
    self->within [place] = self->offer;
    self->area [self->area_count++] = place;
}

/* "*" is all of the country; else codes with spaces, as "GM0153 GM0164". */
static void read_area (standing *self, const char *area)
{
    self->everywhere = strcmp (area, "*") == 0;
    self->area_count = 0;
    add_place (self, ANYWHERE);
    for (const char *at = area; (at = strstr (at, "GM")); at += 2) {
        char code [5] = { 0 };
        strncpy (code, at + 2, sizeof code - 1);
        add_place (self, place_code (code));
    }
}

static void add_run (standing *self, const token *t, uint32_t from, uint32_t to, uint32_t weight, bool look)
{
    if (from == to)
        return;
    self->runs [self->run_count++] = (run) { t->waiting + from, t->waiting + to, weight, look };
    __builtin_prefetch (t->waiting + from);
}

/* Those that wait under a token within the area. */
static void add_runs (standing *self, const token *t, uint32_t weight)
{
    if (self->everywhere || !t->begins) {
        add_run (self, t, 0, t->count, weight, !self->everywhere);
        return;
    }
    for (size_t i = 0; i < self->area_count; i++)
        if (self->area [i] < t->places)
            add_run (self, t, t->begins [self->area [i]], t->begins [self->area [i] + 1], weight, false);
}

/* All of the memory is asked for before the first of it is looked at: much at once comes as fast as little. */
static void gather (standing *self)
{
    self->runs = grow (self->runs, self->present_count * self->area_count, &self->run_room, sizeof *self->runs);
    self->run_count = 0;
    for (size_t i = 0; i < self->present_count; i++) {
        const token *t = &self->tokens [self->present [i]];
        for (size_t k = 0; k < self->area_count && t->begins; k++)
            __builtin_prefetch (t->begins + self->area [k]);
    }
    for (size_t i = 0; i < self->present_count; i++) {
        const token *t = &self->tokens [self->present [i]];
        uint32_t *strength = &self->strengths [self->present [i]];
        add_runs (self, t, index_weigh (t->gram, *strength, self->lengths [t->gram], t->gram ? INDEX_MEAN_GRAMS : INDEX_MEAN_WORDS));
        *strength = 0;
    }
}

/* To each of these; who has enough by it is noted. That is hard to foresee, so that jumping over the others would cost more
 * than noting them too and then forgetting them.                                                                      */
static void pour (standing *self, const wait *from, const wait *to, uint32_t weight)
{
    uint32_t *enough = self->enough + self->enough_count;
    gauge *gauges = self->gauges;
    for (uint32_t offer = self->offer; from < to; from++) {
        gauge *into = &gauges [from->who];
        bool first = into->offer != offer;
        uint32_t before = first ? 0 : into->sum;
        into->together = (uint16_t) (first ? 1 : into->together + 1);
        into->offer = offer;
        into->sum = before + (uint32_t) from->factor * weight;
        *enough = from->who;
        enough += (before < into->enough) & (into->sum >= into->enough);
    }
    self->enough_count = (size_t) (enough - self->enough);
}

static void pour_all (standing *self)
{
    self->enough_count = 0;
    for (const run *r = self->runs; r < self->runs + self->run_count; r++)
        if (!r->look)
            pour (self, r->from, r->to, r->weight);
        else
            for (const wait *w = r->from; w < r->to; w++)
                if (self->within [w->place] == self->offer)
                    pour (self, w, w + 1, r->weight);
}

/* By two tokens at least, or by all that there are. */
static bool is_met (const gauge *g)
{
    return g->together >= STANDING_TOGETHER || g->together == g->tokens;
}

static void meet (standing *self)
{
    size_t count = 0;
    for (size_t i = 0; i < self->enough_count; i++)
        if (is_met (&self->gauges [self->enough [i]])) {
            __builtin_prefetch (&self->waiters [self->enough [i]]);
            self->enough [count++] = self->enough [i];
        }
    self->met = grow (self->met, count, &self->met_room, sizeof *self->met);
    self->met_count = count;
    for (size_t i = 0; i < count; i++) {
        const waiter *w = &self->waiters [self->enough [i]];
        self->met [i] = (standing_met) { w->id, w->item, self->gauges [self->enough [i]].sum };
    }
}

static int by_id (const void *a, const void *b)
{
    return memcmp (&((const standing_met *) a)->id, &((const standing_met *) b)->id, sizeof (offer_id));
}

size_t standing_meet (standing *self, analyser *with, const shelf_offer *offer, const standing_met **met)
{
    read_offer (self, with, offer);
    read_area (self, offer->area);
    gather (self);
    pour_all (self);
    meet (self);
    if (self->met_count)
        qsort (self->met, self->met_count, sizeof *self->met, by_id);
    *met = self->met;
    return self->met_count;
}
