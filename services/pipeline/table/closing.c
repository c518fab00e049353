/* closing.c - strikes from a financing table what does not hold, until nothing changes; and finds who only hold each other up. */
#include "closing.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Of the pledges that count at some moment, by ask. */
typedef struct {
    int64_t all, of_kind [CLOSING_KINDS];
    int64_t financiers;
} sums;

/* Lists of pledges in one array each: those of list i are at [first [i], first [i + 1]). */
typedef struct {
    size_t *first, *at;
} lists;

typedef struct {
    closing_table *table;
    sums   *asks;
    size_t *who;     /* for each pledge the number of (ask, financier) */
    size_t *with;    /* for each (ask, financier) how many of its pledges count */
    lists   of_ask, named_by; /* pledges of an ask; pledges that ask for a pledge */
    bool   *counts;
    bool   *viable;  /* for each ask; NULL: what counts has to do */
} solver;

static void *zeroed (size_t count, size_t size)
{
    void *at = calloc (count + !count, size);
    assert (at);
    return at;
}

static const closing_condition *condition_of (const solver *self, size_t pledge, size_t i)
{
    return &self->table->pledges [pledge].conditions [i];
}

static void make_lists (lists *to, size_t keys, size_t count)
{
    to->first = zeroed (keys + 2, sizeof *to->first);
    to->at = zeroed (count, sizeof *to->at);
}

/* How many come on list `key` is counted in first [key + 2]; this makes places of it, which add () moves on to where they are said to be. */
static void lay_out (lists *to, size_t keys)
{
    for (size_t i = 2; i < keys + 2; i++)
        to->first [i] += to->first [i - 1];
}

static void add (lists *to, size_t key, size_t pledge)
{
    to->at [to->first [key + 1]++] = pledge;
}

static void list_by_ask (solver *self)
{
    const closing_table *t = self->table;
    make_lists (&self->of_ask, t->ask_count, t->count);
    for (size_t i = 0; i < t->count; i++) {
        assert (t->pledges [i].ask < t->ask_count && t->pledges [i].kind >= 0 && t->pledges [i].kind < CLOSING_KINDS);
        self->of_ask.first [t->pledges [i].ask + 2]++;
    }
    lay_out (&self->of_ask, t->ask_count);
    for (size_t i = 0; i < t->count; i++)
        add (&self->of_ask, t->pledges [i].ask, i);
}

static void list_by_name (solver *self)
{
    const closing_table *t = self->table;
    size_t names = 0;
    for (size_t i = 0; i < t->count; i++)
        names += t->pledges [i].count;
    make_lists (&self->named_by, t->count, names);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < t->count; i++)
            for (size_t k = 0; k < t->pledges [i].count; k++) {
                const closing_condition *c = condition_of (self, i, k);
                if (c->wish != CLOSING_PLEDGE)
                    continue;
                assert (c->pledge < t->count);
                if (turn == 0)
                    self->named_by.first [c->pledge + 2]++;
                else
                    add (&self->named_by, c->pledge, i);
            }
        if (turn == 0)
            lay_out (&self->named_by, t->count);
    }
}

/* The first pledge of the same financier on an ask stands for all of them. */
static void number_financiers (solver *self)
{
    const closing_table *t = self->table;
    for (size_t a = 0; a < t->ask_count; a++)
        for (size_t i = self->of_ask.first [a]; i < self->of_ask.first [a + 1]; i++) {
            size_t k = self->of_ask.first [a];
            while (t->pledges [self->of_ask.at [k]].financier != t->pledges [self->of_ask.at [i]].financier)
                k++;
            self->who [self->of_ask.at [i]] = self->of_ask.at [k];
        }
}

static void count_in (solver *self, size_t pledge, bool in)
{
    const closing_pledge *p = &self->table->pledges [pledge];
    sums *to = &self->asks [p->ask];
    size_t *with = &self->with [self->who [pledge]];
    self->counts [pledge] = in;
    to->all += in ? p->cents : -p->cents;
    to->of_kind [p->kind] += in ? p->cents : -p->cents;
    *with += in ? 1 : (size_t) -1;
    to->financiers += in ? *with == 1 : -(*with == 0);
}

static bool condition_holds (const solver *self, const closing_pledge *p, const closing_condition *c)
{
    const sums *on = &self->asks [p->ask];
    switch (c->wish) {
    case CLOSING_SUM:        return (c->kind == CLOSING_ANY_KIND ? on->all : on->of_kind [c->kind]) >= c->least;
    case CLOSING_FINANCIERS: return on->financiers >= c->least;
    case CLOSING_PLEDGE:     return self->counts [c->pledge];
    default:                 return c->fact;
    }
}

/* What fails of a pledge, given what counts. */
static int fault_of (const solver *self, size_t pledge)
{
    const closing_pledge *p = &self->table->pledges [pledge];
    for (size_t i = 0; i < p->count && !p->sure; i++)
        if (!condition_holds (self, p, &p->conditions [i]))
            return (int) i;
    bool enough = p->sure || (self->viable ? self->viable [p->ask] : self->asks [p->ask].all >= self->table->asks [p->ask].least_cents);
    return enough ? CLOSING_HOLDS : CLOSING_TOO_LITTLE;
}

/* ---------------------------------------------------------------------- what holds, in turns */

/* Whom to look at: each pledge once in a turn. */
typedef struct {
    size_t *at, count, *turn;
} agenda;

static void put_on (agenda *to, size_t pledge, size_t turn)
{
    if (to->turn [pledge] == turn)
        return;
    to->turn [pledge] = turn;
    to->at [to->count++] = pledge;
}

/* All for whom it can matter whether this pledge counts. */
static void put_touched (const solver *self, agenda *to, size_t pledge, size_t turn)
{
    size_t ask = self->table->pledges [pledge].ask;
    for (size_t i = self->of_ask.first [ask]; i < self->of_ask.first [ask + 1]; i++)
        put_on (to, self->of_ask.at [i], turn);
    for (size_t i = self->named_by.first [pledge]; i < self->named_by.first [pledge + 1]; i++)
        put_on (to, self->named_by.at [i], turn);
}

static bool falls (solver *self, size_t pledge, size_t turn)
{
    closing_pledge *p = &self->table->pledges [pledge];
    if (!self->counts [pledge] || (p->failed = fault_of (self, pledge)) == CLOSING_HOLDS)
        return false;
    p->struck_in = turn;
    return true;
}

static bool stands (solver *self, size_t pledge, size_t turn)
{
    (void) turn;
    if (self->counts [pledge] || !self->table->pledges [pledge].holds)
        return false;
    count_in (self, pledge, true);
    bool does = fault_of (self, pledge) == CLOSING_HOLDS;
    count_in (self, pledge, false);
    return does;
}

/* Takes out all that fall at once, or in all that stand, by what counted before; then looks again at whom that touches. */
static void sweep (solver *self, bool (*changes) (solver *, size_t pledge, size_t turn), bool in)
{
    size_t all = self->table->count, count = all, *now = zeroed (all, sizeof *now);
    agenda next = { zeroed (all, sizeof *next.at), 0, zeroed (all, sizeof *next.turn) };
    for (size_t i = 0; i < all; i++)
        now [i] = i;
    for (size_t turn = 1; count; turn++) {
        size_t changed = 0;
        for (size_t i = 0; i < count; i++)
            if (changes (self, now [i], turn))
                now [changed++] = now [i];
        next.count = 0;
        for (size_t i = 0; i < changed; i++) {
            count_in (self, now [i], in);
            put_touched (self, &next, now [i], turn);
        }
        count = next.count;
        memcpy (now, next.at, count * sizeof *now);
    }
    free (now);
    free (next.at);
    free (next.turn);
}

/* From all, what does not fall. */
static void find_largest (solver *self)
{
    closing_table *t = self->table;
    for (size_t i = 0; i < t->count; i++)
        count_in (self, i, true);
    sweep (self, falls, false);
    self->viable = zeroed (t->ask_count, sizeof *self->viable);
    for (size_t i = 0; i < t->count; i++)
        t->pledges [i].holds = self->counts [i];
    for (size_t a = 0; a < t->ask_count; a++) {
        t->asks [a].cents = self->asks [a].all;
        self->viable [a] = self->asks [a].all >= t->asks [a].least_cents;
    }
}

/* From none, what stands without leaning on a circle. Whether an ask has enough is nobody's condition: that is as in the largest set. */
static void find_least (solver *self)
{
    for (size_t i = 0; i < self->table->count; i++)
        if (self->counts [i])
            count_in (self, i, false);
    sweep (self, stands, true);
}

/* --------------------------------------------------------------------------------- circles */

/* Strongly connected parts of what holds but does not stand alone, after Tarjan (1972). */
typedef struct {
    solver *of;
    size_t  seen, top, *number, *low, *stack;
    bool   *stacked;
} walk;

static bool in_question (const solver *self, size_t pledge)
{
    return self->table->pledges [pledge].holds && !self->counts [pledge];
}

/* Whether a condition of pledge `from` that does not hold of itself can hold by pledge `to`. */
static bool leans_on (solver *self, size_t from, size_t to)
{
    const closing_pledge *p = &self->table->pledges [from], *other = &self->table->pledges [to];
    bool leans = false;
    count_in (self, from, true);
    for (size_t i = 0; i < p->count && !leans; i++) {
        const closing_condition *c = &p->conditions [i];
        bool of_kind = c->wish == CLOSING_FINANCIERS || (c->wish == CLOSING_SUM && (c->kind == CLOSING_ANY_KIND || c->kind == other->kind));
        bool can = c->wish == CLOSING_PLEDGE ? c->pledge == to : of_kind && p->ask == other->ask;
        leans = can && !condition_holds (self, p, c);
    }
    count_in (self, from, false);
    return leans;
}

static void close_part (walk *self, size_t root)
{
    closing_table *t = self->of->table;
    bool circle = self->stack [self->top - 1] != root; /* more than one */
    t->circles += circle;
    for (size_t pledge = SIZE_MAX; pledge != root;) {
        pledge = self->stack [--self->top];
        self->stacked [pledge] = false;
        t->pledges [pledge].circle = circle ? t->circles : 0;
    }
}

static void visit (walk *, size_t pledge);

static void follow (walk *self, size_t from, size_t to)
{
    if (from == to || !in_question (self->of, to) || !leans_on (self->of, from, to))
        return;
    if (!self->number [to])
        visit (self, to);
    if (self->stacked [to] && self->low [to] < self->low [from])
        self->low [from] = self->low [to];
}

static void visit (walk *self, size_t pledge)
{
    const closing_pledge *p = &self->of->table->pledges [pledge];
    const lists *of_ask = &self->of->of_ask;
    self->number [pledge] = self->low [pledge] = ++self->seen;
    self->stack [self->top++] = pledge;
    self->stacked [pledge] = true;
    for (size_t i = of_ask->first [p->ask]; i < of_ask->first [p->ask + 1]; i++)
        follow (self, pledge, of_ask->at [i]);
    for (size_t i = 0; i < p->count; i++)
        if (p->conditions [i].wish == CLOSING_PLEDGE)
            follow (self, pledge, p->conditions [i].pledge);
    if (self->low [pledge] == self->number [pledge])
        close_part (self, pledge);
}

static void find_circles (solver *self)
{
    size_t count = self->table->count;
    walk w = { .of = self, .number = zeroed (count, sizeof *w.number), .low = zeroed (count, sizeof *w.low),
               .stack = zeroed (count, sizeof *w.stack), .stacked = zeroed (count, sizeof *w.stacked) };
    for (size_t i = 0; i < count; i++)
        if (in_question (self, i) && !w.number [i])
            visit (&w, i);
    free (w.number);
    free (w.low);
    free (w.stack);
    free (w.stacked);
}

/* ---------------------------------------------------------------------------------- together */

static void begin (solver *self)
{
    closing_table *t = self->table;
    self->asks = zeroed (t->ask_count, sizeof *self->asks);
    self->who = zeroed (t->count, sizeof *self->who);
    self->with = zeroed (t->count, sizeof *self->with);
    self->counts = zeroed (t->count, sizeof *self->counts);
    list_by_ask (self);
    list_by_name (self);
    number_financiers (self);
    t->circles = 0;
    for (size_t i = 0; i < t->count; i++)
        t->pledges [i].struck_in = t->pledges [i].circle = 0;
}

static void end (solver *self)
{
    free (self->asks);
    free (self->who);
    free (self->with);
    free (self->counts);
    free (self->viable);
    free (self->of_ask.first);
    free (self->of_ask.at);
    free (self->named_by.first);
    free (self->named_by.at);
}

void closing_solve (closing_table *t)
{
    solver self = { .table = t };
    begin (&self);
    find_largest (&self);
    find_least (&self);
    find_circles (&self);
    end (&self);
}
