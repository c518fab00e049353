/* outcomes.c - what became of whom a round selected, beside their scores. */
#include "../pipeline.h"
#include "counted.h"
#include "hindsight.h"

static void write_share (int kind, int part, const scored_outcome_t *items, size_t count, outcome_share_t *out)
{
    const schema *shape = outcome_share_schema ();
    int64_t came = 0, low, high, of = (int64_t) count;
    for (size_t i = 0; i < count; i++)
        came += kind == outcome_kind_realised ? items [i].realised : items [i].financed;
    hindsight_wilson (came, of, &low, &high);
    schema_set_int (shape, out, "kind", kind);
    schema_set_int (shape, out, "part", part);
    schema_set_int (shape, out, "of", of);
    schema_set_int (shape, out, "came", came);
    schema_set_int (shape, out, "share_ppm", MILLION * came / of);
    schema_set_int (shape, out, "low_ppm", low);
    schema_set_int (shape, out, "high_ppm", high);
}

static size_t write_shares (call *self, const scored_outcome_t *items, size_t count, outcome_share_t *shares)
{
    int64_t *totals = call_alloc (self, count * sizeof *totals);
    size_t made = 0;
    for (size_t i = 0; i < count; i++)
        totals [i] = items [i].total_ppm;
    size_t upper = hindsight_upper (totals, count);
    for (int kind = outcome_kind_financed; kind <= outcome_kind_realised; kind++) {
        write_share (kind, score_half_all, items, count, &shares [made++]);
        if (upper) {
            write_share (kind, score_half_upper, items, upper, &shares [made++]);
            write_share (kind, score_half_lower, items + upper, count - upper, &shares [made++]);
        }
    }
    return made;
}

outcome round_outcomes (call *self, const ref_t *in, round_outcomes_t *out)
{
    const schema *shape = round_outcomes_schema ();
    outcome_share_t *shares = call_alloc (self, 6 * sizeof *shares);
    round_t round = { 0 };
    PGresult *rows;
    outcome how = round_load_own (self, in->id, &round);
    if (how != outcome_done)
        return how;
    if (round.state != round_state_concluded)
        return outcome_missing;
    int found = call_run (self, "round_outcomes", &rows, &how);
    if (found < 0)
        return how;
    size_t count = (size_t) found;
    scored_outcome_t *items = call_alloc (self, (count + 1) * sizeof *items);
    for (int i = 0; i < found; i++)
        if (!db_row (rows, i, scored_outcome_schema (), &items [i], self->zone))
            return outcome_broken;
    bool enough = found >= HINDSIGHT_LEAST && found <= HINDSIGHT_MOST;
    schema_set_text (shape, out, "round_id", in->id);
    schema_set_int (shape, out, "counted", found);
    schema_set_int (shape, out, "least", HINDSIGHT_LEAST);
    schema_set_int (shape, out, "enough", enough);
    schema_set_text (shape, out, "formula", hindsight_formula_nl);
    schema_set_text (shape, out, "formula_en", hindsight_formula_en);
    schema_set_list (shape, out, "shares", enough ? write_shares (self, items, count, shares) : 0, shares);
    schema_set_list (shape, out, "items", count, items);
    return outcome_done;
}
