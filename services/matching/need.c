/* need.c - the matches of a need, for the organisation whose need it is. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "answer.h"
#include "market/day.h"
#include "explain.h"
#include "market/record.h"
#include "run.h"
#include <string.h>

enum { ITEMS_WHEN_ABSENT = 20 };

static void write_parts (call *self, const ranking *r, const candidate *c, match_t *to)
{
    const schema *s = match_part_schema ();
    match_part_t *parts = answer_list (self, match_schema (), to, "parts", PART_COUNT);
    for (int i = 0; i < PART_COUNT; i++) {
        char why [WHY_BYTES];
        schema_set_int (s, &parts [i], "name", i);
        schema_set_int (s, &parts [i], "points_ppm", c->points [i]);
        schema_set_int (s, &parts [i], "most_ppm", r->rules->most [i]);
        explain_part (r, c, i, DUTCH, why);
        answer_text (self, s, &parts [i], "why", why);
        explain_part (r, c, i, ENGLISH, why);
        answer_text (self, s, &parts [i], "why_en", why);
    }
}

static void write_match (call *self, const ranking *r, const candidate *c, match_t *to)
{
    const schema *s = match_schema ();
    const offer_t *offer = c->offer;
    answer_text (self, s, to, "offer_id", offer->id);
    answer_text (self, s, to, "supplier_id", offer->supplier_id);
    answer_text (self, s, to, "supplier_name", c->is.supplier_name);
    answer_text (self, s, to, "supplier_municipality_name",
                 c->by->record ? c->by->record->municipality_name : offer->supplier_municipality_name);
    answer_text (self, s, to, "title", offer->title);
    answer_text (self, s, to, "unit", offer->unit);
    answer_text (self, s, to, "impact", offer->impact);
    answer_int (s, to, "sector", offer);
    answer_int (s, to, "price_cents", offer);
    answer_int (s, to, "lead_days", offer);
    if (c->is.invited_at)
        schema_set_int (s, to, "invited_at", c->is.invited_at);
    schema_set_int (s, to, "score_ppm", c->score);
    write_parts (self, r, c, to);
}

static void write_exclusion (call *self, const ranking *r, const candidate *c,
                             match_exclusion_t *to)
{
    const schema *s = match_exclusion_schema ();
    char why [WHY_BYTES];
    answer_text (self, s, to, "offer_id", c->offer->id);
    answer_text (self, s, to, "supplier_name", c->is.supplier_name);
    answer_text (self, s, to, "title", c->offer->title);
    schema_set_int (s, to, "rule", c->kept_out);
    explain_rule (r, c, DUTCH, why);
    answer_text (self, s, to, "why", why);
    explain_rule (r, c, ENGLISH, why);
    answer_text (self, s, to, "why_en", why);
}

static void write_draw (call *self, const need_t *need, const market *from, match_list_t *out)
{
    need_draw_t drawn = { 0 };
    if (run_draw (need, ledger_publication (market_ledger (from), need->id), self->zone, &drawn))
        schema_set_object (match_list_schema (), out, "draw", record_copy (need_draw_schema (), &drawn, self->zone));
}

static void write_ranking (call *self, const ranking *r, const market *from, match_list_t *out)
{
    const schema *s = match_list_schema ();
    answer_text (self, s, out, "need_id", r->need->id);
    answer_text (self, s, out, "buyer_id", r->need->buyer_id);
    schema_set_text (s, out, "rule_set", r->rules->version);
    schema_set_int (s, out, "considered", r->considered);
    write_draw (self, r->need, from, out);
    match_t *items = answer_list (self, s, out, "items", r->item_count);
    for (size_t i = 0; i < r->item_count; i++) {
        rank_tell (r, from, r->items [i], self->zone);
        write_match (self, r, r->items [i], &items [i]);
    }
    match_exclusion_t *excluded = answer_list (self, s, out, "excluded", r->excluded_count);
    for (size_t i = 0; i < r->excluded_count; i++) {
        rank_tell (r, from, r->excluded [i], self->zone);
        write_exclusion (self, r, r->excluded [i], &excluded [i]);
    }
}

/* Somebody else's need is missing, as if it were not there. */
static const need_t *own_need (const call *self, const market *from, const char *id)
{
    const need_t *need = market_need (from, id);
    return need && self->org && strcmp (need->buyer_id, self->org) == 0 ? need : NULL;
}

/* The answer from the market as it stands. */
static outcome answer (call *self, const match_query_t *in, const market *from, match_list_t *out)
{
    const need_t *need = own_need (self, from, in->id);
    if (!need)
        return outcome_missing;
    size_t limit = in->limit ? (size_t) in->limit : ITEMS_WHEN_ABSENT;
    size_t excluded = (size_t) schema_int (match_query_schema (), in, "excluded", (int64_t) limit);
    write_ranking (self, rank (from, need, day_of_moment (self->now), limit, excluded, self->zone), from, out);
    schema_set_int (match_list_schema (), out, "index_seq", market_seq (from));
    self->seq = market_seq (from);
    return outcome_done;
}

/* A run outlives the market that it was read from: it is copied while the market stands still. */
static outcome make_run (call *self, const match_query_t *in, const market *from, run_now_t *out)
{
    const schema *s = run_now_schema ();
    const need_t *need = own_need (self, from, in->id);
    if (!need)
        return outcome_missing;
    run_content_t made = { 0 };
    char hash [HASH_TEXT];
    int64_t places = in->limit ? in->limit : ITEMS_WHEN_ABSENT;
    run_write (rank (from, need, day_of_moment (self->now), RUN_KEEPS, RUN_KEEPS, self->zone), from, places, self->zone, &made);
    record_hash (run_content_schema (), &made, hash);
    answer_text (self, s, out, "hash", hash);
    schema_set_object (s, out, "content", record_copy (run_content_schema (), &made, self->zone));
    self->seq = market_seq (from);
    return outcome_done;
}

outcome need_run (call *self, const match_query_t *in, run_now_t *out)
{
    outcome how;
    const market *from = answer_open (self, in->id, &how);
    if (!from)
        return how;
    how = make_run (self, in, from, out);
    answer_close (self);
    return how;
}

static void put_on_record (call *self, const run_now_t *from, match_run_t *to)
{
    const schema *s = match_run_schema ();
    assert (from->content);
    schema_set_text (s, to, "id", self->id);
    schema_set_text (s, to, "need_id", from->content->need_id);
    schema_set_text (s, to, "buyer_id", from->content->buyer_id);
    schema_set_text (s, to, "hash", from->hash);
    schema_set_int (s, to, "made_at", self->now);
    schema_set_object (s, to, "content", from->content);
}

/* What is stored is what is answered: the row as it was written. */
outcome need_match (call *self, const match_query_t *in, match_run_t *out)
{
    run_now_t now = { 0 };
    match_run_t made = { 0 };
    PGresult *rows;
    outcome how = need_run (self, in, &now);
    if (how == outcome_done)
        put_on_record (self, &now, &made);
    if (how != outcome_done || call_run_with (self, "run_insert", match_run_schema (), &made, &rows, &how) < 0)
        return how;
    return call_read (self, rows, 0, out);
}

outcome need_matches (call *self, const match_query_t *in, match_list_t *out)
{
    outcome how;
    const market *from = answer_open (self, in->id, &how);
    if (!from)
        return how;
    how = answer (self, in, from, out);
    answer_close (self);
    return how;
}

/* What anybody may know of a need that is on the market, or was. */
static outcome show_draw (call *self, const char *id, const market *from, need_draw_t *out)
{
    need_draw_t drawn = { 0 };
    const need_t *need = market_need (from, id);
    if (!need || !run_draw (need, ledger_publication (market_ledger (from), id), self->zone, &drawn))
        return outcome_missing;
    *out = *(need_draw_t *) record_copy (need_draw_schema (), &drawn, self->zone);
    self->seq = market_seq (from);
    return outcome_done;
}

outcome need_draw (call *self, const ref_t *in, need_draw_t *out)
{
    outcome how;
    const market *from = answer_open (self, in->id, &how);
    if (!from)
        return how;
    how = show_draw (self, in->id, from, out);
    answer_close (self);
    return how;
}
