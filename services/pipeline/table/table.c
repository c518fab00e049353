/* table.c - closes a financing table: reads what was pledged, lets closing.c say what holds, and takes the steps that follow. */
#include "table.h"
#include "closing.h"
#include <stdlib.h>
#include <string.h>

/* Rows of the database beside what the solver reads; index i is the same pledge, or ask, in both. */
typedef struct {
    call         *self;
    closing_table table;
    closing_t     told;
    bool         *wanted;      /* of each ask: somebody offers something, be it not enough */
    int          *ask_states;
    int          *states;      /* of each pledge */
} run;

static const char *column (const PGresult *rows, int row, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, row, at) ? NULL : PQgetvalue (rows, row, at);
}

static int64_t number (const PGresult *rows, int row, const char *name)
{
    const char *text = column (rows, row, name);
    return text ? strtoll (text, NULL, 10) : 0;
}

static int word_at (const PGresult *rows, int row, const char *name, const words *known)
{
    const char *text = column (rows, row, name);
    return text ? words_find (known, text, strlen (text)) : -1;
}

/* ------------------------------------------------------------------------------------ reading */

static void read_asks (run *it, const PGresult *rows, size_t count)
{
    call *self = it->self;
    it->table.asks = call_alloc (self, count * sizeof *it->table.asks);
    it->told.asks.at = call_alloc (self, count * sizeof *it->told.asks.at);
    it->wanted = call_alloc (self, count * sizeof *it->wanted);
    it->ask_states = call_alloc (self, count * sizeof *it->ask_states);
    it->table.ask_count = it->told.asks.count = count;
    for (size_t i = 0; i < count; i++) {
        closing_ask_t *to = &it->told.asks.at [i];
        const schema *shape = closing_ask_schema ();
        int row = (int) i;
        it->table.asks [i].least_cents = number (rows, row, "min_viable_cents");
        it->wanted [i] = *column (rows, row, "wanted") == 't';
        it->ask_states [i] = word_at (rows, row, "state", ask_state_words ());
        schema_set_text (shape, to, "ask_id", column (rows, row, "id"));
        schema_set_text (shape, to, "title", column (rows, row, "title"));
        schema_set_int (shape, to, "amount_cents", number (rows, row, "amount_cents"));
        schema_set_int (shape, to, "min_viable_cents", number (rows, row, "min_viable_cents"));
    }
}

static int compare_ask (const void *id, const void *ask)
{
    return strcmp (id, ((const closing_ask_t *) ask)->ask_id);
}

static int compare_pledge (const void *id, const void *pledge)
{
    return strcmp (id, ((const closing_pledge_t *) pledge)->id);
}

static void tell_pledge (const PGresult *rows, int row, closing_pledge_t *to)
{
    const schema *shape = closing_pledge_schema ();
    schema_set_text (shape, to, "id", column (rows, row, "id"));
    schema_set_text (shape, to, "ask_id", column (rows, row, "ask_id"));
    if (column (rows, row, "financier_name"))
        schema_set_text (shape, to, "financier_name", column (rows, row, "financier_name"));
    schema_set_int (shape, to, "kind", word_at (rows, row, "kind", pledge_kind_words ()));
    schema_set_int (shape, to, "amount_cents", number (rows, row, "amount_cents"));
}

/* A pledge that does not count cannot hold, so who asks for it asks for what is not so. */
static closing_condition read_condition (const run *it, const PGresult *rows, int row)
{
    closing_condition c = { .wish = CLOSING_FACT, .kind = word_at (rows, row, "wish_kind", pledge_kind_words ()),
                            .least = number (rows, row, "least") };
    const char *fact = column (rows, row, "fact"), *other = column (rows, row, "pledge_id");
    const closing_pledge_t *named;
    switch (word_at (rows, row, "wish", pledge_wish_words ())) {
    case pledge_wish_sum:
        c.wish = CLOSING_SUM;
        break;
    case pledge_wish_financiers:
        c.wish = CLOSING_FINANCIERS;
        break;
    case pledge_wish_pledge:
        named = bsearch (other, it->told.pledges.at, it->told.pledges.count, sizeof *named, compare_pledge);
        if (named) {
            c.wish = CLOSING_PLEDGE;
            c.pledge = (size_t) (named - it->told.pledges.at);
        }
        break;
    default:
        c.fact = fact && *fact == 't';
    }
    return c;
}

/* A row is a pledge with one of its conditions; those of one pledge follow each other. What is only promised says nothing about what binds. */
static bool counts (const PGresult *rows, int row, table_end end)
{
    return end != TABLE_RECHECK || word_at (rows, row, "state", pledge_state_words ()) != pledge_state_committed;
}

static bool same_pledge (const PGresult *rows, int row)
{
    return row > 0 && strcmp (column (rows, row, "id"), column (rows, row - 1, "id")) == 0;
}

static void read_pledge (run *it, const PGresult *rows, int row, size_t at)
{
    const char *ask = column (rows, row, "ask_id");
    const closing_ask_t *on = bsearch (ask, it->told.asks.at, it->told.asks.count, sizeof *on, compare_ask);
    tell_pledge (rows, row, &it->told.pledges.at [at]);
    it->states [at] = word_at (rows, row, "state", pledge_state_words ());
    it->table.pledges [at] = (closing_pledge) { .sure = it->states [at] == pledge_state_paid_out, .ask = (size_t) (on - it->told.asks.at),
                                                .financier = (size_t) number (rows, row, "financier"),
                                                .kind = it->told.pledges.at [at].kind, .cents = it->told.pledges.at [at].amount_cents };
}

static void read_pledges (run *it, const PGresult *rows, int count, table_end end)
{
    call *self = it->self;
    size_t pledges = 0, at = 0;
    for (int row = 0; row < count; row++)
        pledges += counts (rows, row, end) && !same_pledge (rows, row);
    it->table.pledges = call_alloc (self, pledges * sizeof *it->table.pledges);
    it->told.pledges.at = call_alloc (self, pledges * sizeof *it->told.pledges.at);
    it->states = call_alloc (self, pledges * sizeof *it->states);
    it->table.count = it->told.pledges.count = pledges;
    for (int row = 0; row < count; row++)
        if (counts (rows, row, end) && !same_pledge (rows, row))
            read_pledge (it, rows, row, at++);
    closing_condition *conditions = call_alloc (self, (size_t) count * sizeof *conditions);
    at = 0;
    for (int row = 0; row < count; row++) {
        if (!counts (rows, row, end))
            continue;
        at += !same_pledge (rows, row);
        closing_pledge *p = &it->table.pledges [at - 1];
        conditions [row] = read_condition (it, rows, row);
        if (column (rows, row, "wish") && !p->count++)
            p->conditions = &conditions [row];
    }
}

static outcome read_table (run *it, table_end end)
{
    PGresult *rows;
    outcome how;
    int count = call_run (it->self, "closing_asks", &rows, &how);
    if (count < 0)
        return how;
    read_asks (it, rows, (size_t) count);
    count = call_run (it->self, "closing_pledges", &rows, &how);
    if (count >= 0)
        read_pledges (it, rows, count, end);
    return how;
}

/* ------------------------------------------------------------------------------------ telling */

static int result_of (const run *it, size_t ask, table_end end)
{
    int64_t bound = it->table.asks [ask].cents, least = it->table.asks [ask].least_cents;
    if (bound >= least)
        return bound >= it->told.asks.at [ask].amount_cents || end == TABLE_CONCLUDE ? closing_result_financed : closing_result_part_financed;
    if (end == TABLE_CONCLUDE)
        return closing_result_not_financed;
    bool talked_about = it->wanted [ask] || it->ask_states [ask] != ask_state_open;
    return talked_about ? closing_result_interest : closing_result_not_financed;
}

static void tell (run *it, table_end end)
{
    const schema *of_pledge = closing_pledge_schema (), *of_ask = closing_ask_schema ();
    for (size_t i = 0; i < it->table.count; i++) {
        const closing_pledge *p = &it->table.pledges [i];
        closing_pledge_t *to = &it->told.pledges.at [i];
        schema_set_int (of_pledge, to, "holds", p->holds);
        if (!p->holds) {
            schema_set_int (of_pledge, to, "failed", p->failed == CLOSING_TOO_LITTLE ? 0 : p->failed + 1);
            schema_set_int (of_pledge, to, "struck_in", (int64_t) p->struck_in);
        }
        if (p->circle)
            schema_set_int (of_pledge, to, "circle", (int64_t) p->circle);
    }
    for (size_t i = 0; i < it->table.ask_count; i++) {
        schema_set_int (of_ask, &it->told.asks.at [i], "bound_cents", it->table.asks [i].cents);
        schema_set_int (of_ask, &it->told.asks.at [i], "result", result_of (it, i, end));
    }
}

static outcome solve (run *it, table_end end)
{
    outcome how = read_table (it, end);
    if (how != outcome_done)
        return how;
    closing_solve (&it->table);
    tell (it, end);
    return outcome_done;
}

outcome table_look (call *self, closing_t *out)
{
    run it = { .self = self };
    outcome how = solve (&it, TABLE_SETTLE);
    const schema *shape = closing_schema ();
    size_t asks, pledges;
    schema_field (shape, "asks", &asks);
    schema_field (shape, "pledges", &pledges);
    *out = it.told;
    schema_mark (out, asks);
    schema_mark (out, pledges);
    schema_set_int (shape, out, "circles", (int64_t) it.table.circles);
    return how;
}

/* -------------------------------------------------------------------------------------- doing */

static outcome drop (run *it, size_t at)
{
    PGresult *ignored;
    outcome how;
    const closing_pledge_t *told = &it->told.pledges.at [at];
    call_run_with (it->self, "pledge_failed", closing_pledge_schema (), told, &ignored, &how);
    return how == outcome_done ? call_consequence_of (it->self, "pledge", told->failed ? "fail" : "lapse", told->id) : how;
}

/* While talks go on, what does not bind yet may stay as it is. */
static bool lets_be (const run *it, size_t at, table_end end)
{
    return end == TABLE_SETTLE && it->states [at] == pledge_state_committed
        && it->ask_states [it->table.pledges [at].ask] == ask_state_follow_up;
}

/* What becomes of a pledge. Who stays bound is told when others are not: `shaken` asks. */
static outcome move_pledge (run *it, size_t at, const bool *shaken, table_end end)
{
    const closing_pledge *p = &it->table.pledges [at];
    const char *id = it->told.pledges.at [at].id;
    if (!p->holds)
        return lets_be (it, at, end) ? outcome_done : drop (it, at);
    if (it->states [at] == pledge_state_committed)
        return call_consequence_of (it->self, "pledge", "bind", id);
    bool tell_it = it->states [at] == pledge_state_firm && shaken [p->ask];
    return tell_it ? call_consequence_of (it->self, "pledge", "keep", id) : outcome_done;
}

static outcome move_initiative (run *it, const closing_ask_t *ask)
{
    static const char *const steps [] = { [closing_result_financed] = "finance", [closing_result_part_financed] = "divide",
                                          [closing_result_interest] = "follow", [closing_result_not_financed] = "leave" };
    PGresult *rows;
    outcome how;
    call_run_with (it->self, "ask_financed", closing_ask_schema (), ask, &rows, &how);
    int count = how == outcome_done ? call_run_with (it->self, "ask_initiative", closing_ask_schema (), ask, &rows, &how) : 0;
    return count > 0 ? call_consequence_of (it->self, "initiative", steps [ask->result], PQgetvalue (rows, 0, 0)) : how;
}

/* An ask that is closed lets go of what was only thought of; what is left of one goes on being talked about. */
static outcome move_ask (run *it, size_t at)
{
    const closing_ask_t *ask = &it->told.asks.at [at];
    bool over = ask->result == closing_result_financed || ask->result == closing_result_not_financed;
    PGresult *rows;
    outcome how = move_initiative (it, ask);
    if (how == outcome_done && !(over && it->ask_states [at] == ask_state_closed))
        how = call_consequence_of (it->self, "ask", over ? "close" : "follow", ask->ask_id);
    int count = how == outcome_done && over ? call_run_with (it->self, "closing_indicated", closing_ask_schema (), ask, &rows, &how) : 0;
    for (int i = 0; i < count && how == outcome_done; i++)
        how = call_consequence_of (it->self, "pledge", "lapse", PQgetvalue (rows, i, 0));
    return how;
}

outcome table_close (call *self, table_end end)
{
    run it = { .self = self };
    outcome how = solve (&it, end);
    bool *shaken = call_alloc (self, it.table.ask_count * sizeof *shaken);
    for (size_t i = 0; i < it.table.count; i++)
        shaken [it.table.pledges [i].ask] |= it.states [i] == pledge_state_firm && !it.table.pledges [i].holds;
    for (size_t i = 0; i < it.table.count && how == outcome_done; i++)
        how = move_pledge (&it, i, shaken, end);
    for (size_t i = 0; i < it.table.ask_count && how == outcome_done; i++)
        if (end != TABLE_RECHECK || shaken [i])
            how = move_ask (&it, i);
    return how;
}
