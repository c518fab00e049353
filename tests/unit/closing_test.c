/* closing_test.c - the closing of a financing table held against all subsets of its pledges, on random small tables.
 *
 * SEED=n repeats a run, TABLES=n takes as many.                                                                     */
#include "../../services/pipeline/table/closing.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { MOST = 9, ASKS = 3, WISHES = 3, KINDS = 3 };

static uint64_t chance;

static uint64_t next_chance (void)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return chance;
}

static size_t below (size_t limit)
{
    return (size_t) (next_chance () % limit);
}

typedef struct {
    closing_table     table;
    closing_ask       asks [ASKS];
    closing_pledge    pledges [MOST];
    closing_condition conditions [MOST][WISHES];
} small;

static void make_condition (closing_condition *to, size_t pledges)
{
    *to = (closing_condition) { .wish = (closing_wish) below (4), .kind = (int) below (KINDS + 1) - 1, .pledge = below (pledges),
                                .fact = below (4) > 0 };
    to->least = to->wish == CLOSING_FINANCIERS ? (int64_t) below (4) : (int64_t) below (25);
}

static void make (small *self)
{
    size_t count = below (MOST + 1), asks = 1 + below (ASKS);
    memset (self, 0, sizeof *self);
    self->table = (closing_table) { .asks = self->asks, .ask_count = asks, .pledges = self->pledges, .count = count };
    for (size_t i = 0; i < asks; i++)
        self->asks [i].least_cents = (int64_t) below (20);
    for (size_t i = 0; i < count; i++) {
        self->pledges [i] = (closing_pledge) { .sure = below (12) == 0, .ask = below (asks), .financier = 100 + below (4), .kind = (int) below (KINDS),
                                               .cents = (int64_t) below (12), .count = below (WISHES + 1),
                                               .conditions = self->conditions [i] };
        for (size_t k = 0; k < self->pledges [i].count; k++)
            make_condition (&self->conditions [i][k], count);
    }
}

/* ------------------------------------------------------------------- the same, as it is said */

static int64_t sum_of (const small *self, uint32_t set, size_t ask, int kind)
{
    int64_t sum = 0;
    for (size_t i = 0; i < self->table.count; i++)
        if (set >> i & 1 && self->pledges [i].ask == ask && (kind == CLOSING_ANY_KIND || self->pledges [i].kind == kind))
            sum += self->pledges [i].cents;
    return sum;
}

static int64_t financiers_of (const small *self, uint32_t set, size_t ask)
{
    uint32_t seen = 0;
    for (size_t i = 0; i < self->table.count; i++)
        if (set >> i & 1 && self->pledges [i].ask == ask)
            seen |= UINT32_C (1) << (self->pledges [i].financier - 100);
    return __builtin_popcount (seen);
}

static bool met (const small *self, uint32_t set, size_t pledge, const closing_condition *c)
{
    size_t ask = self->pledges [pledge].ask;
    return c->wish == CLOSING_SUM          ? sum_of (self, set, ask, c->kind) >= c->least
         : c->wish == CLOSING_FINANCIERS ? financiers_of (self, set, ask) >= c->least
         : c->wish == CLOSING_PLEDGE     ? set >> c->pledge & 1
                                         : c->fact;
}

static bool all_met (const small *self, uint32_t set, size_t pledge)
{
    for (size_t k = 0; k < self->pledges [pledge].count && !self->pledges [pledge].sure; k++)
        if (!met (self, set, pledge, &self->conditions [pledge][k]))
            return false;
    return true;
}

static bool consistent (const small *self, uint32_t set)
{
    for (size_t i = 0; i < self->table.count; i++)
        if (self->pledges [i].sure ? !(set >> i & 1) : set >> i & 1 && (!all_met (self, set, i)
                             || sum_of (self, set, self->pledges [i].ask, CLOSING_ANY_KIND) < self->asks [self->pledges [i].ask].least_cents))
            return false;
    return true;
}

static uint32_t largest_of_all (const small *self)
{
    uint32_t best = 0;
    for (uint32_t set = 0; set < UINT32_C (1) << self->table.count; set++)
        if ((!set || __builtin_popcount (set) > __builtin_popcount (best)) && consistent (self, set))
            best = set;
    return best;
}

/* What can be built up one by one, each on what is there already. */
static uint32_t built_up (const small *self, uint32_t within)
{
    uint32_t set = 0;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < self->table.count; i++)
            if (within >> i & 1 && !(set >> i & 1) && all_met (self, set | UINT32_C (1) << i, i)) {
                set |= UINT32_C (1) << i;
                more = true;
            }
    }
    return set;
}

/* Whether one leans on the other, in one step or several: reach [i] are those. */
static void find_reach (const small *self, uint32_t within, uint32_t alone, uint32_t reach [MOST])
{
    size_t n = self->table.count;
    for (size_t i = 0; i < n; i++) {
        reach [i] = 0;
        uint32_t before = alone | UINT32_C (1) << i;
        for (size_t k = 0; (within & ~alone) >> i & 1 && k < n; k++) {
            const closing_pledge *other = &self->pledges [k];
            for (size_t w = 0; k != i && (within & ~alone) >> k & 1 && w < self->pledges [i].count; w++) {
                const closing_condition *c = &self->conditions [i][w];
                bool near = other->ask == self->pledges [i].ask;
                bool can = c->wish == CLOSING_PLEDGE ? c->pledge == k : c->wish == CLOSING_FINANCIERS ? near
                         : c->wish == CLOSING_SUM && near && (c->kind == CLOSING_ANY_KIND || c->kind == other->kind);
                if (can && !met (self, before, i, c))
                    reach [i] |= UINT32_C (1) << k;
            }
        }
    }
    for (size_t over = 0; over < n; over++)
        for (size_t i = 0; i < n; i++)
            if (reach [i] >> over & 1)
                reach [i] |= reach [over];
}

static uint32_t held (const small *self)
{
    uint32_t set = 0;
    for (size_t i = 0; i < self->table.count; i++)
        set |= (uint32_t) self->pledges [i].holds << i;
    return set;
}

static void circles_are_as_said (const small *self, uint32_t set)
{
    uint32_t reach [MOST], alone = built_up (self, set);
    find_reach (self, set, alone, reach);
    for (size_t i = 0; i < self->table.count; i++) {
        size_t circle = self->pledges [i].circle;
        assert_int_equal (circle != 0, reach [i] >> i & 1);
        for (size_t k = 0; circle && k < self->table.count; k++)
            if (k != i)
                assert_int_equal (self->pledges [k].circle == circle, reach [i] >> k & 1 && reach [k] >> i & 1);
    }
    assert_int_equal (self->table.circles != 0, set != alone); /* nothing floats: it stands alone, or leans on a circle */
}

/* The same table in another order: pledge `to [i]` there is pledge i here. */
static void shuffle (const small *self, small *other, size_t to [MOST])
{
    size_t n = self->table.count;
    for (size_t i = 0; i < n; i++)
        to [i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = below (i), kept = to [i - 1];
        to [i - 1] = to [k];
        to [k] = kept;
    }
    *other = *self;
    other->table.asks = other->asks;
    other->table.pledges = other->pledges;
    for (size_t i = 0; i < n; i++) {
        other->pledges [to [i]] = self->pledges [i];
        other->pledges [to [i]].conditions = other->conditions [to [i]];
        memcpy (other->conditions [to [i]], self->conditions [i], sizeof self->conditions [i]);
        for (size_t k = 0; k < WISHES; k++)
            other->conditions [to [i]][k].pledge = to [self->conditions [i][k].pledge];
    }
}

static void the_order_does_not_matter (const small *self)
{
    small other;
    size_t to [MOST];
    shuffle (self, &other, to);
    closing_solve (&other.table);
    for (size_t i = 0; i < self->table.count; i++) {
        const closing_pledge *a = &self->pledges [i], *b = &other.pledges [to [i]];
        assert_int_equal (a->holds, b->holds);
        assert_int_equal (a->failed, b->failed);
        assert_int_equal (a->struck_in, b->struck_in);
        for (size_t k = 0; k < self->table.count; k++)
            assert_int_equal (a->circle && a->circle == self->pledges [k].circle, b->circle && b->circle == other.pledges [to [k]].circle);
    }
    assert_int_equal (self->table.circles, other.table.circles);
}

static uint64_t number_from (const char *name, uint64_t otherwise)
{
    const char *given = getenv (name);
    return given ? strtoull (given, NULL, 10) : otherwise;
}

static void as_all_subsets_say (void **state)
{
    (void) state;
    uint64_t seed = number_from ("SEED", (uint64_t) time (NULL)), tables = number_from ("TABLES", 20000);
    uint64_t with_circle = 0, part_held = 0;
    printf ("# SEED=%" PRIu64 " TABLES=%" PRIu64 "\n", seed, tables);
    chance = seed * UINT64_C (0x9e3779b97f4a7c15) + 1;
    for (uint64_t i = 0; i < tables; i++) {
        small it;
        make (&it);
        closing_solve (&it.table);
        uint32_t best = largest_of_all (&it);
        assert_int_equal (held (&it), best);
        for (size_t a = 0; a < it.table.ask_count; a++) {
            assert_int_equal (it.asks [a].cents, sum_of (&it, best, a, CLOSING_ANY_KIND));
        }
        for (size_t p = 0; p < it.table.count; p++)
            assert_true (!it.pledges [p].holds || it.pledges [p].sure || it.asks [it.pledges [p].ask].cents >= it.asks [it.pledges [p].ask].least_cents);
        for (size_t p = 0; p < it.table.count; p++)
            assert_int_equal (it.pledges [p].holds, it.pledges [p].failed == CLOSING_HOLDS && it.pledges [p].struck_in == 0);
        circles_are_as_said (&it, best);
        the_order_does_not_matter (&it);
        with_circle += it.table.circles > 0;
        part_held += best != 0 && best != (UINT32_C (1) << it.table.count) - 1;
    }
    assert_true (tables < 1000 || (with_circle > tables / 100 && part_held > tables / 20)); /* or it looked at nothing */
}

/* The walk of the financier: 25,000 if there is 10,000 of subsidy, that if there is an agreement, and 5,000 whatever comes. */
static void loan_on_subsidy_on_agreement (void **state)
{
    (void) state;
    enum { LOAN, GIFT, SUBSIDY };
    closing_condition subsidy = { .wish = CLOSING_SUM, .kind = SUBSIDY, .least = 1000000 }, agreement = { .wish = CLOSING_FACT, .fact = true };
    closing_pledge pledges [] = {
        { .financier = 1, .kind = LOAN, .cents = 2500000, .count = 1, .conditions = &subsidy },
        { .financier = 2, .kind = SUBSIDY, .cents = 1000000, .count = 1, .conditions = &agreement },
        { .financier = 3, .kind = GIFT, .cents = 500000 },
    };
    closing_ask ask = { .least_cents = 3500000 };
    closing_table table = { &ask, 1, pledges, 3, 0 };
    closing_solve (&table);
    assert_int_equal (ask.cents, 4000000);
    assert_int_equal (table.circles, 0);
    agreement.fact = false;
    closing_solve (&table);
    assert_int_equal (ask.cents, 0);
    assert_int_equal (pledges [1].failed, 0);
    assert_int_equal (pledges [1].struck_in, 1);
    assert_int_equal (pledges [0].failed, 0);
    assert_int_equal (pledges [0].struck_in, 2);
    assert_int_equal (pledges [2].failed, CLOSING_TOO_LITTLE);
}

static void each_if_the_other_does_holds_and_is_told (void **state)
{
    (void) state;
    closing_condition b = { .wish = CLOSING_PLEDGE, .pledge = 1 }, a = { .wish = CLOSING_PLEDGE, .pledge = 0 };
    closing_pledge pledges [] = { { .cents = 1, .count = 1, .conditions = &b }, { .cents = 1, .count = 1, .conditions = &a },
                                  { .cents = 1, .count = 1, .conditions = &a } };
    closing_ask ask = { .least_cents = 3 };
    closing_table table = { &ask, 1, pledges, 3, 0 };
    closing_solve (&table);
    assert_int_equal (ask.cents, 3);
    assert_int_equal (table.circles, 1);
    assert_int_equal (pledges [0].circle, 1);
    assert_int_equal (pledges [1].circle, 1);
    assert_int_equal (pledges [2].circle, 0); /* leans on the circle, and is not in it */
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (loan_on_subsidy_on_agreement),
        cmocka_unit_test (each_if_the_other_does_holds_and_is_told),
        cmocka_unit_test (as_all_subsets_say),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
