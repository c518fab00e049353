/* walk.h - random steps of random people along the process tables of pipeline, with a model beside them: the engine of tests that
 * name a file of laws (WALK_LAWS) and how many steps they go (WALK_STEPS) before they include it.
 *
 * The model is a second telling of the rules: of the tables' own (whose role counts where, from where a step leads on), and
 * of the domain's invariants, as plain conditions. A guard that lets everything pass has to break the model: each is replaced
 * by one that does, and the walk has to find it.                                                                           */
#ifndef WALK_H
#define WALK_H
#include "../../services/pipeline/guards.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { ORGS = 3, ACCOUNTS = 4, STEPS = WALK_STEPS, THINGS = 200 };
static const int64_t noon = INT64_C (1800000000000000);

static const char *const orgs [ORGS] = { "00000000-0000-7000-8000-0000000000a1", "00000000-0000-7000-8000-0000000000a2",
                                         "00000000-0000-7000-8000-0000000000a3" };
static const char *const accounts [ACCOUNTS] = { "00000000-0000-7000-8000-0000000000b1", "00000000-0000-7000-8000-0000000000b2",
                                                 "00000000-0000-7000-8000-0000000000b3", "00000000-0000-7000-8000-0000000000b4" };

/* ------------------------------------------------------------------------------------ chance */

static uint64_t state_of_chance;

static uint64_t below (uint64_t limit)
{
    state_of_chance ^= state_of_chance << 13; /* xorshift64 */
    state_of_chance ^= state_of_chance >> 7;
    state_of_chance ^= state_of_chance << 17;
    return state_of_chance % limit;
}

static int64_t moment (void)
{
    static const int64_t around [] = { -86400000000, -1000, -1, 0, 1, 1000, 86400000000 };
    return noon + around [below (sizeof around / sizeof *around)];
}

static int64_t number (const field *f)
{
    static const int64_t some [] = { 0, 0, 1, 2, 5, 1000000 };
    int64_t value = some [below (sizeof some / sizeof *some)];
    return value < f->min ? f->min : value > f->max ? f->max : value;
}

static void fill (const schema *, void *record, msgpack_zone *, unsigned share);

static void fill_list (const field *f, void *at, msgpack_zone *zone)
{
    size_t count = below (3);
    const schema *shape = f->of ();
    char *items = msgpack_zone_malloc (zone, (count + !count) * shape->size);
    memset (items, 0, (count + !count) * shape->size);
    for (size_t i = 0; i < count; i++)
        fill (shape, items + i * shape->size, zone, 100);
    *(list *) at = (list) { count, items };
}

/* Which of two organisations did it. */
static bool is_doer (const field *f)
{
    return strcmp (f->name, "asked_by") == 0 || strcmp (f->name, "raised_by") == 0;
}

/* Whose it is, and what it belongs to, is always known. */
static bool is_always (const field *f)
{
    size_t size = strlen (f->name);
    bool refers = size > 3 && strcmp (f->name + size - 3, "_id") == 0;
    return f->side || (f->need == KEPT && f->kind == KIND_ID && (refers || is_doer (f)));
}

/* A value of its kind; ids are those of the few people and organisations, so that they often meet. */
static void fill_field (const schema *shape, void *record, size_t index, msgpack_zone *zone)
{
    const field *f = &shape->fields [index];
    void *at = schema_at (f, record);
    switch (f->kind) {
    case KIND_ID:
        *(const char **) at = f->side || is_doer (f) ? orgs [below (ORGS)] : accounts [below (ACCOUNTS)];
        break;
    case KIND_TEXT:
    case KIND_CODE:
    case KIND_DATE:   *(const char **) at = "x"; break;
    case KIND_CHOICE: *(int *) at = (int) below ((uint64_t) f->choice ()->count); break;
    case KIND_INT:
    case KIND_MONEY:  *(int64_t *) at = number (f); break;
    case KIND_MOMENT: *(int64_t *) at = moment (); break;
    case KIND_BOOL:   *(bool *) at = below (2); break;
    case KIND_LIST:   fill_list (f, at, zone); break;
    case KIND_OBJECT: {
        void *inner = msgpack_zone_malloc (zone, f->of ()->size);
        memset (inner, 0, f->of ()->size);
        fill (f->of (), inner, zone, 100);
        *(void **) at = inner;
        break;
    }
    default: return; /* no guard asks */
    }
    schema_mark (record, index);
}

/* Gives so many of a hundred fields another value, or none; where it is, and whose, stays. */
static void fill (const schema *shape, void *record, msgpack_zone *zone, unsigned share)
{
    for (size_t i = 0; i < shape->count; i++) {
        const field *f = &shape->fields [i];
        bool kept = share < 100 && (f->side || strcmp (f->name, "state") == 0 || strcmp (f->name, "id") == 0);
        if (kept || below (100) >= share)
            continue;
        if (is_always (f) || f->need == REQUIRED || below (f->need == KEPT ? 8 : 2))
            fill_field (shape, record, i, zone);
        else {
            memset (schema_at (f, record), 0, f->kind == KIND_LIST ? sizeof (list) : f->kind == KIND_CHOICE ? sizeof (int)
                                            : f->kind == KIND_BOOL ? sizeof (bool) : sizeof (void *));
            ((uint64_t *) record) [0] &= ~(UINT64_C (1) << i);
        }
    }
}

/* ------------------------------------------------------------------------------------- model */

static bool same (const char *a, const char *b)
{
    return a && b && strcmp (a, b) == 0;
}

/* Another telling of whose roles count. */
static bool role_counts (const process *p, const void *thing, const call *at, int bit)
{
    bool sided = false, held = false;
    for (size_t i = 0; i < p->side_count; i++)
        if (p->sides [i].role == 1u << bit) {
            sided = true;
            held |= same (schema_text (p->record (), thing, p->sides [i].field), at->org);
        }
    return (at->roles >> bit & 1) && (!sided || held);
}

/* Some step of that command from there is open to the caller, whatever its guards say. */
static bool is_theirs (const process *p, int from, const char *command, const void *thing, const call *at)
{
    for (size_t i = 0; i < p->step_count; i++) {
        const step *s = &p->steps [i];
        bool who = s->who & ANYBODY;
        for (int bit = 0; bit < 29 && !who; bit++)
            who = (s->who >> bit & 1) && role_counts (p, thing, at, bit);
        if (who && s->from == from && strcmp (s->command, command) == 0)
            return true;
    }
    return false;
}

typedef struct {
    const char *name, *noun, *command;
    guard      *holds;  /* of every step of that command that is taken */
} law;

/* Of one letter and command there may be several, on lines of their own. */
#define LAW_NAMED(letter, noun, command, line) letter##_##noun##_##command##_##line
#define LAW_NAME(letter, noun, command, line) LAW_NAMED (letter, noun, command, line)
#define LAW(letter, noun, command, condition) \
    static bool LAW_NAME (letter, noun, command, __LINE__) (const void *from, const call *at) \
    { const noun##_t *it = from; (void) it, (void) at; return condition; }
#include WALK_LAWS
#undef LAW

static const law laws [] = {
#define LAW(letter, noun, command, condition) { #letter, #noun, #command, LAW_NAME (letter, noun, command, __LINE__) },
#include WALK_LAWS
#undef LAW
};
enum { LAWS = sizeof laws / sizeof *laws };

/* -------------------------------------------------------------------------------------- walk */

typedef struct {
    const process *of;
    void          *record;
    msgpack_zone  *zone;
    unsigned       age;
} thing;

typedef struct {
    guard *guards [reason_count];
    int64_t taken, refused;
    int64_t held [LAWS], stopped [LAWS]; /* taken under a law; refused while the law would have been broken */
    int64_t broken [LAWS];
    char    fault [200];                 /* what else was wrong; empty: nothing */
} walk;

static bool service_has (const process *p)
{
    char name [80];
    snprintf (name, sizeof name, "%s_get", p->name);
    const operation *op = operation_find (name);
    return op && op->service == SERVICE_PIPELINE;
}

/* What the law that was met least is about. */
static const process *least_met (const walk *self)
{
    size_t least = 0;
    for (size_t i = 1; i < LAWS; i++)
        least = self->held [i] < self->held [least] ? i : least;
    return process_find (laws [least].noun);
}

/* Half of the things are those that the walk has met too little of: many guards let few things pass. */
static void begin (const walk *self, thing *t)
{
    size_t count;
    const process *all = processes (&count);
    t->of = below (2) ? least_met (self) : NULL;
    while (!t->of || !service_has (t->of))
        t->of = &all [below (count)];
    if (t->zone)
        msgpack_zone_free (t->zone);
    t->zone = msgpack_zone_new (4096);
    t->record = msgpack_zone_malloc (t->zone, t->of->record ()->size);
    memset (t->record, 0, t->of->record ()->size);
    fill (t->of->record (), t->record, t->zone, 100);
    t->age = 0;
}

static void judge (walk *self, const thing *t, const char *command, const call *at, bool taken, bool theirs)
{
    for (size_t i = 0; i < LAWS; i++) {
        if (strcmp (laws [i].noun, t->of->name) || strcmp (laws [i].command, command))
            continue;
        bool holds = laws [i].holds (t->record, at);
        self->held [i] += taken && holds;
        self->stopped [i] += !taken && theirs && !holds;
        self->broken [i] += taken && !holds;
    }
}

/* What is offered is what would be taken, and the other way round. */
static bool offer_agrees (walk *self, const thing *t, int from, uint32_t roles, const call *at)
{
    const char *offered [64];
    int why;
    size_t count = process_offer (t->of, from, roles, t->record, at, self->guards, offered, 64);
    for (size_t i = 0; i < t->of->step_count; i++) {
        const step *s = &t->of->steps [i];
        if (s->from != from || s->who & ANYBODY)
            continue;
        bool told = false;
        for (size_t k = 0; k < count; k++)
            told |= strcmp (offered [k], s->command) == 0;
        if (told != (process_try (t->of, from, s->command, roles, t->record, at, self->guards, &why) != NULL))
            return false;
    }
    return true;
}

/* Half of the time a step that leads on from here, by somebody who has a side in it; else anything by anybody. */
static const step *wish (const thing *t, int state, call *at)
{
    const process *p = t->of;
    const step *s = &p->steps [below (p->step_count)];
    *at = (call) { .now = noon, .org = below (20) ? orgs [below (ORGS)] : NULL, .account = below (20) ? accounts [below (ACCOUNTS)] : NULL,
                   .roles = 1u << below ((uint64_t) role_words ()->count) | 1u << below ((uint64_t) role_words ()->count) };
    if (below (2))
        return s;
    for (int tries = 0; tries < 20 && s->from != state && s->from != NOWHERE; tries++)
        s = &p->steps [below (p->step_count)];
    at->roles = s->who & ((1u << role_words ()->count) - 1);
    const side *in = p->side_count ? &p->sides [below (p->side_count)] : NULL;
    if (in)
        at->org = schema_text (p->record (), t->record, in->field);
    return s;
}

static void step_of (walk *self, thing *t)
{
    const process *p = t->of;
    call at;
    int state = (int) schema_int (p->record (), t->record, "state", NOWHERE), why;
    const step *tried = wish (t, state, &at);
    int from = tried->from == NOWHERE ? NOWHERE : state;
    uint32_t roles = process_roles (p, t->record, at.org, at.roles);
    bool theirs = is_theirs (p, from, tried->command, t->record, &at);
    const step *taken = process_try (p, from, tried->command, roles, t->record, &at, self->guards, &why);
    if (taken && !theirs)
        snprintf (self->fault, sizeof self->fault, "the table: %s %s", p->name, tried->command);
    if (!taken && !theirs && why != not_yours_to_do && why != out_of_state)
        snprintf (self->fault, sizeof self->fault, "the reason: %s %s", p->name, tried->command);
    if (below (16) == 0 && !offer_agrees (self, t, from, roles, &at))
        snprintf (self->fault, sizeof self->fault, "what is offered: %s %s", p->name, tried->command);
    judge (self, t, tried->command, &at, taken, theirs);
    self->taken += taken != NULL;
    self->refused += !taken;
    if (taken)
        schema_set_int (p->record (), t->record, "state", taken->to);
    fill (p->record (), t->record, t->zone, 20);
    if (++t->age > 40)
        begin (self, t);
}

static void go (walk *self, int64_t steps)
{
    thing things [THINGS] = { 0 };
    for (size_t i = 0; i < THINGS; i++)
        begin (self, &things [i]);
    for (int64_t i = 0; i < steps && !*self->fault; i++)
        step_of (self, &things [below (THINGS)]);
    for (size_t i = 0; i < THINGS; i++)
        msgpack_zone_free (things [i].zone);
}

static uint64_t seed (void)
{
    const char *given = getenv ("SEED");
    uint64_t number = given ? strtoull (given, NULL, 10) : (uint64_t) time (NULL);
    printf ("# SEED=%" PRIu64 "\n", number);
    return number * 2654435761u + 1;
}

static void a_million_steps_break_no_law (void **unused)
{
    (void) unused;
    walk all = { 0 };
    memcpy (all.guards, pipeline_guards, sizeof pipeline_guards);
    state_of_chance = seed ();
    go (&all, STEPS);
    assert_string_equal (all.fault, "");
    printf ("# %" PRId64 " taken, %" PRId64 " refused\n", all.taken, all.refused);
    assert_true (all.taken > STEPS / 100);
    for (size_t i = 0; i < LAWS; i++)
        if (all.broken [i] || all.held [i] < 1 || all.stopped [i] < 1)
            fail_msg ("%s of %s %s: broken %" PRId64 " times, met %" PRId64 ", kept something out %" PRId64, laws [i].name,
                      laws [i].noun, laws [i].command, all.broken [i], all.held [i], all.stopped [i]);
}

static bool yes (const void *it, const call *at)
{
    (void) it, (void) at;
    return true;
}

/* Where every guard lets everything pass, every law is broken. */
static void each_law_is_seen_broken (void **unused)
{
    (void) unused;
    walk careless = { 0 };
    for (int g = 0; g < reason_count; g++)
        careless.guards [g] = pipeline_guards [g] ? yes : NULL;
    state_of_chance = seed ();
    go (&careless, STEPS);
    for (size_t i = 0; i < LAWS; i++)
        if (careless.broken [i] == 0)
            fail_msg ("%s of %s %s held without guards", laws [i].name, laws [i].noun, laws [i].command);
}
#endif
