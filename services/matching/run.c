/* run.c - rankings into records, and records into rankings. */
#include "run.h"
#include "market/record.h"
#include "market/day.h"
#include "market/statistics.h"
#include "search/analyser.h"
#include <assert.h>
#include <string.h>

static void unmark (void *record, const schema *s, const char *name)
{
    size_t index;
    const field *f = schema_field (s, name, &index);
    assert (f);
    *(uint64_t *) record &= ~(UINT64_C (1) << index);
}

/* As it is sent and stored: what is not known is absent. */
static run_candidate_t as_record (const run_candidate_t *is)
{
    const schema *s = run_candidate_schema ();
    run_candidate_t to = *is;
    to.has = (UINT64_C (1) << s->count) - 1;
    if (is->metres == METRES_UNKNOWN)
        unmark (&to, s, "metres");
    if (is->price_cents == PRICE_UNKNOWN)
        unmark (&to, s, "price_cents");
    if (is->label_days == LABEL_NONE)
        unmark (&to, s, "label_days");
    if (is->invited_at == NEVER_INVITED)
        unmark (&to, s, "invited_at");
    return to;
}

/* As it is weighed: what is absent has the value that says so. */
static run_candidate_t as_weighed (const run_candidate_t *record)
{
    const schema *s = run_candidate_schema ();
    run_candidate_t to = *record;
    to.metres = schema_int (s, record, "metres", METRES_UNKNOWN);
    to.price_cents = schema_int (s, record, "price_cents", PRICE_UNKNOWN);
    to.label_days = schema_int (s, record, "label_days", LABEL_NONE);
    to.invited_at = schema_int (s, record, "invited_at", NEVER_INVITED);
    return to;
}

static void write_candidates (const ranking *r, msgpack_zone *zone, run_content_t *out)
{
    size_t count = r->item_count + r->excluded_count;
    run_candidate_t *all = record_room (zone, count, sizeof *all);
    for (size_t i = 0; i < r->item_count; i++)
        all [i] = as_record (&r->items [i]->is);
    for (size_t i = 0; i < r->excluded_count; i++)
        all [r->item_count + i] = as_record (&r->excluded [i]->is);
    schema_set_list (run_content_schema (), out, "candidates", count, all);
}

static void write_chosen (const ranking *r, int64_t places, msgpack_zone *zone, run_content_t *out)
{
    size_t count = r->item_count < (size_t) places ? r->item_count : (size_t) places;
    run_place_t *all = record_room (zone, count, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        schema_set_text (run_place_schema (), &all [i], "offer_id", r->items [i]->is.offer_id);
        schema_set_int (run_place_schema (), &all [i], "score_ppm", r->items [i]->score);
    }
    schema_set_list (run_content_schema (), out, "chosen", count, all);
}

static const char *in_hex (const uint8_t bytes [DRAW_BYTES], msgpack_zone *zone)
{
    char *text = record_room (zone, DRAW_TEXT, 1);
    draw_write (bytes, text);
    return text;
}

bool run_draw (const need_t *need, const publication *when, msgpack_zone *zone, need_draw_t *out)
{
    const schema *s = need_draw_schema ();
    uint8_t seed [DRAW_BYTES];
    if (!draw_of (need, when, seed))
        return false;
    schema_set_text (s, out, "need_id", need->id);
    schema_set_text (s, out, "commitment", need->draw_commitment);
    schema_set_text (s, out, "secret", need->draw_secret);
    schema_set_int (s, out, "published_seq", when->seq);
    schema_set_text (s, out, "stream_hash", in_hex (when->hash, zone));
    schema_set_text (s, out, "seed", in_hex (seed, zone));
    return true;
}

static void write_draw (const need_t *need, const publication *when, msgpack_zone *zone, run_content_t *out)
{
    need_draw_t *draw = record_room (zone, 1, sizeof *draw);
    if (run_draw (need, when, zone, draw))
        schema_set_object (run_content_schema (), out, "draw", draw);
}

void run_write (const ranking *r, const market *from, int64_t places, msgpack_zone *zone, run_content_t *out)
{
    int64_t index_seq = market_seq (from);
    const schema *s = run_content_schema ();
    char *day = record_room (zone, DAY_TEXT, 1);
    for (size_t i = 0; i < r->item_count; i++)
        rank_tell (r, from, r->items [i], zone);
    for (size_t i = 0; i < r->excluded_count; i++)
        rank_tell (r, from, r->excluded [i], zone);
    day_write (r->as_of, day);
    schema_set_text (s, out, "need_id", r->need->id);
    schema_set_text (s, out, "buyer_id", r->need->buyer_id);
    schema_set_int (s, out, "need_version", r->need->version);
    schema_set_int (s, out, "index_seq", index_seq);
    schema_set_int (s, out, "edition", edition_of (index_seq));
    schema_set_text (s, out, "analyser", ANALYSER_VERSION);
    schema_set_text (s, out, "rule_set", r->rules->version);
    schema_set_text (s, out, "as_of", day);
    schema_set_int (s, out, "places", places);
    schema_set_int (s, out, "considered", r->considered);
    schema_set_int (s, out, "text_reference", r->reference);
    if (r->budget)
        schema_set_int (s, out, "budget_cents", r->budget);
    write_draw (r->need, ledger_publication (market_ledger (from), r->need->id), zone, out);
    write_candidates (r, zone, out);
    write_chosen (r, places, zone, out);
}

/* Where and by which secret a draw was made, as it says itself. */
static bool read_draw (const need_draw_t *was, need_t *need, publication *when)
{
    *need = (need_t) { .id = was->need_id, .draw_commitment = was->commitment, .draw_secret = was->secret };
    *when = (publication) { .seq = was->published_seq };
    return draw_read (was->stream_hash, when->hash);
}

void run_weigh (const run_content_t *was, const rules *by, msgpack_zone *zone, ranking *how)
{
    need_t need;
    publication when;
    *how = (ranking) { .rules = by, .as_of = day_of_date (was->as_of),
                       .considered = was->considered, .reference = was->text_reference, .budget = was->budget_cents };
    how->drawn = was->draw && read_draw (was->draw, &need, &when) && draw_of (&need, &when, how->seed);
    run_candidate_t *all = record_room (zone, was->candidates.count, sizeof *all);
    for (size_t i = 0; i < was->candidates.count; i++)
        all [i] = as_weighed (&was->candidates.at [i]);
    rank_again (how, all, was->candidates.count, zone);
}

void run_again (const run_content_t *was, const rules *by, msgpack_zone *zone, ranking *how, run_content_t *out)
{
    need_t need;
    publication when;
    run_weigh (was, by, zone, how);
    *out = *was;
    out->draw = NULL;
    unmark (out, run_content_schema (), "draw");
    if (was->draw && read_draw (was->draw, &need, &when))
        write_draw (&need, &when, zone, out);
    write_candidates (how, zone, out);
    write_chosen (how, was->places, zone, out);
}

outcome run_load (call *self, const char *statement, match_run_t *out)
{
    PGresult *rows;
    outcome how;
    int count = call_run (self, statement, &rows, &how);
    if (count < 1)
        return count < 0 ? how : outcome_missing;
    return db_row (rows, 0, match_run_schema (), out, self->zone) && out->content ? outcome_done : outcome_broken;
}
