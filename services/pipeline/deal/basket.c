/* basket.c - what is put together from several suppliers' offers becomes one order per supplier, all of them or none. */
#include "../pipeline.h"
#include "deal.h"
#include <stdlib.h>
#include <string.h>

bool basket_basket_has_lines (const void *thing, const call *now)
{
    const basket_t *basket = thing;
    (void) now;
    return basket->lines.count > 0;
}

/* A price is that of the offer's revision at this moment; what its person saw has to be that. */
bool basket_prices_hold (const void *thing, const call *now)
{
    const basket_t *basket = thing;
    (void) now;
    return basket->stale == 0;
}

/* ------------------------------------------------------------------------------------ filling it */

static const char *column (const PGresult *rows, int row, const char *name)
{
    return PQgetvalue (rows, row, PQfnumber (rows, name));
}

static void tell (call *self, const char *why, int at, const char *capacity)
{
    static const struct { const char *why, *field, *reason; } faults [] = {
        { "gone",     "offer_id", "is not an offer on the market" },
        { "unpriced", "offer_id", "has no fixed price: ask its supplier for a quote" },
        { "few",      "quantity", "is less than the offer has a price for" },
        { "many",     "quantity", "is more than the supplier delivers in one order" },
        { "twice",    "offer_id", "must be there once" },
        { "dear",     "quantity", "comes to more than can be ordered here" },
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strcmp (faults [i].why, why) == 0)
            call_invalid (self, call_print (self, "lines[%d].%s", at, faults [i].field), "%s%s%s", faults [i].reason,
                          strcmp (why, "many") ? "" : ": ", strcmp (why, "many") ? "" : capacity);
}

/* Every line that cannot be ordered, with its place. */
static outcome check (call *self)
{
    PGresult *rows;
    outcome how;
    int count = call_run (self, "basket_check", &rows, &how);
    for (int i = 0; i < count; i++)
        tell (self, column (rows, i, "why"), atoi (column (rows, i, "at")), column (rows, i, "capacity"));
    if (count > 0 && self->faults.count == 0 && *column (rows, 0, "too_much") == 't')
        call_invalid (self, "lines", "come to more than can be ordered here");
    return how == outcome_done && self->faults.count ? outcome_invalid : how;
}

outcome basket_create (call *self, const basket_t *in, basket_t *out)
{
    (void) in;
    outcome how = check (self);
    return how == outcome_done ? call_enter (self, out) : how;
}

outcome basket_make (call *self, const basket_t *from, basket_t *out)
{
    const operation *given = self->op;
    self->op = operation_find ("basket_create");
    self->in_schema = basket_schema ();
    self->in = from;
    outcome how = basket_create (self, from, out);
    self->op = given;
    return how;
}

outcome basket_put (call *self, const basket_t *in, basket_t *out)
{
    (void) in;
    outcome how = check (self);
    return how == outcome_done ? call_step (self, out) : how;
}

/* Only to look at: the guest of a purchasing system who came to inspect. */
bool basket_may_be_filled (const void *thing, const call *now)
{
    const basket_t *basket = thing;
    (void) now;
    return basket->source != basket_source_punchout || basket->operation != punchout_operation_inspect;
}

bool basket_goes_back (const void *thing, const call *now)
{
    const basket_t *basket = thing;
    (void) now;
    return basket->source == basket_source_punchout;
}

bool basket_basket_overdue (const void *thing, const call *now)
{
    const basket_t *basket = thing;
    return basket->lapses_at && now->now > basket->lapses_at;
}

/* -------------------------------------------------------------------------------------- ordering */

/* Buying without a need takes the lightest route: what is bought of a kind has to be within its limits. One at a time for a buyer,
 * so that the sums are whole.                                                                                                    */
static outcome ask_route (call *self, const ref_t *basket)
{
    PGresult *rows;
    outcome how;
    if (call_run (self, "need_alone", &rows, &how) < 0 || call_run_with (self, "basket_route", ref_schema (), basket, &rows, &how) <= 0)
        return how;
    const char *why = PQgetvalue (rows, 0, 0);
    return call_conflict (self, words_find (reason_words (), why, strlen (why)));
}

outcome basket_split (call *self, const char *basket)
{
    PGresult *rows;
    ref_t ref = { 0 };
    schema_set_text (ref_schema (), &ref, "id", basket);
    outcome how = ask_route (self, &ref);
    int count = how == outcome_done ? call_run_with (self, "basket_suppliers", ref_schema (), &ref, &rows, &how) : 0;
    for (int i = 0; i < count && how == outcome_done; i++) {
        order_t made = { 0 };
        basket_part_t part = { 0 };
        schema_set_text (basket_part_schema (), &part, "basket_id", basket);
        schema_set_text (basket_part_schema (), &part, "supplier_id", PQgetvalue (rows, i, 0));
        how = call_enter_also (self, "order_buy", &part, &made);
        how = how == outcome_created ? outcome_done : how;
    }
    return how;
}

outcome basket_order (call *self, const ref_t *in, basket_t *out)
{
    outcome how = basket_split (self, in->id);
    return how == outcome_done ? call_step (self, out) : how;
}
