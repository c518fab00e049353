/* replay.c - a decided round computed again by other rules: a read, that writes nothing. */
#include "../pipeline.h"
#include "choosing.h"
#include "counted.h"
#include "hindsight.h"
#include "ranking.h"
#include <inttypes.h>
#include <string.h>

/* A round as it was decided, and what it is computed from. */
typedef struct {
    const replay_request_t *in;
    round_t                 round;
    selection_ranked_t      kept;
    const char            **ids, **titles;
    size_t                  count, judged;
    counted_judgement_t    *judgements;
    ranked_initiative_t    *ranked;
    selection_line_t       *lines;
} past;

static outcome load_kept (call *self, past *of)
{
    PGresult *rows;
    outcome how;
    int found = call_run (self, "round_replay_kept", &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    return db_row (rows, 0, selection_ranked_schema (), &of->kept, self->zone) ? outcome_done : outcome_broken;
}

static outcome load_presented (call *self, past *of)
{
    PGresult *rows;
    outcome how;
    int found = call_run (self, "round_replay_presented", &rows, &how);
    if (found < 0)
        return how;
    of->count = (size_t) found;
    of->ids = call_alloc (self, (of->count + 1) * sizeof *of->ids);
    of->titles = call_alloc (self, (of->count + 1) * sizeof *of->titles);
    for (int i = 0; i < found; i++) {
        of->ids [i] = PQgetvalue (rows, i, 0);
        of->titles [i] = PQgetvalue (rows, i, 1);
    }
    return counted_read (self, "round_ranking_counted", &of->judgements, &of->judged);
}

/* ------------------------------------------------------------------------------------- by which rules */

static const replay_weight_t *weight_of (const replay_request_t *in, const char *code)
{
    for (size_t i = 0; i < in->weights.count; i++)
        if (strcmp (in->weights.at [i].code, code) == 0)
            return &in->weights.at [i];
    return NULL;
}

static outcome check_weights (call *self, const past *of)
{
    const replay_request_t *in = of->in;
    int64_t sum = 0;
    for (size_t i = 0; i < of->round.rubric.count; i++) {
        const replay_weight_t *other = weight_of (in, of->round.rubric.at [i].code);
        sum += other ? other->weight_ppm : of->round.rubric.at [i].weight_ppm;
    }
    for (size_t i = 0; i < in->weights.count; i++) {
        bool known = false;
        for (size_t j = 0; j < of->round.rubric.count; j++)
            known |= strcmp (of->round.rubric.at [j].code, in->weights.at [i].code) == 0;
        if (!known || weight_of (in, in->weights.at [i].code) != &in->weights.at [i])
            call_invalid (self, call_print (self, "weights[%zu].code", i), "must be a criterion of the round, once");
    }
    if (in->weights.count && sum != MILLION)
        call_invalid (self, "weights", "must be 1000000 together with the others; they are %" PRId64, sum);
    return self->faults.count ? outcome_invalid : outcome_done;
}

static const rubric_criterion_t *other_rubric (call *self, const past *of)
{
    rubric_criterion_t *rubric = call_alloc (self, (of->round.rubric.count + 1) * sizeof *rubric);
    for (size_t i = 0; i < of->round.rubric.count; i++) {
        const replay_weight_t *other = weight_of (of->in, of->round.rubric.at [i].code);
        rubric [i] = of->round.rubric.at [i];
        if (other) {
            rubric [i].weight_ppm = other->weight_ppm;
            rubric [i].independent = other->weight_ppm == 0;
        }
    }
    return rubric;
}

static bool is_left_out (const replay_request_t *in, const char *juror)
{
    bool out = false;
    for (size_t i = 0; i < in->without_jurors.count; i++)
        out |= strcmp (in->without_jurors.at [i], juror) == 0;
    return out;
}

static ranked_initiative_t *rank_by (call *self, const past *of, const ranking_rules *rules)
{
    ranked_initiative_t *ranked = call_alloc (self, (of->count + 1) * sizeof *ranked);
    ranking_make (rules, of->ids, of->count, of->judgements, of->judged, ranked,
                  call_alloc (self, (of->count * rules->criteria + 1) * sizeof (ranked_criterion_t)));
    return ranked;
}

/* Whether its own rules come to what was kept: of each that was ranked, the same total and rank. */
static bool is_reproduced (call *self, const past *of)
{
    const round_t *round = &of->round;
    const ranking_rules own = { round->rubric.at, round->rubric.count, round->method, round->min_reviews };
    past then = *of;
    then.count = of->kept.ranking.count;
    then.ids = call_alloc (self, (then.count + 1) * sizeof *then.ids);
    for (size_t i = 0; i < then.count; i++)
        then.ids [i] = of->kept.ranking.at [i].initiative_id;
    const ranked_initiative_t *now = rank_by (self, &then, &own), *kept = of->kept.ranking.at;
    bool same = true;
    for (size_t i = 0; i < then.count; i++)
        same &= strcmp (now [i].initiative_id, kept [i].initiative_id) == 0 && now [i].judgements == kept [i].judgements
             && now [i].total_ppm == kept [i].total_ppm && now [i].rank == kept [i].rank;
    return same;
}

static int64_t how_many (const selection_line_t *lines, size_t count, int outcome)
{
    int64_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += lines [i].outcome == outcome;
    return found;
}

static void run_again (call *self, past *of)
{
    const replay_request_t *in = of->in;
    const schema *shape = replay_request_schema ();
    const selection_line_t *was = of->kept.lines.at;
    size_t before = of->kept.lines.count, left = 0;
    for (size_t i = 0; i < of->judged; i++)
        if (!is_left_out (in, of->judgements [i].juror_id))
            of->judgements [left++] = of->judgements [i];
    of->judged = left;
    const ranking_rules rules = { other_rubric (self, of), of->round.rubric.count,
                                  (int) schema_int (shape, in, "method", of->round.method),
                                  schema_int (shape, in, "min_reviews", of->round.min_reviews) };
    of->ranked = rank_by (self, of, &rules);
    hindsight_ties (of->ranked, of->count, was, before);
    of->lines = call_alloc (self, (of->count + 1) * sizeof *of->lines);
    choosing_by_ranking (of->ranked, of->count, schema_int (shape, in, "places", how_many (was, before, selection_outcome_selected)),
                         schema_int (shape, in, "waitlist", how_many (was, before, selection_outcome_waitlisted)), of->lines);
}

/* ------------------------------------------------------------------------------------- what is answered */

static int change_of (const selection_line_t *is, const selection_line_t *was)
{
    int before = was ? was->outcome : selection_outcome_not_selected;
    return is->outcome == before ? replay_change_same
         : is->outcome == selection_outcome_selected ? replay_change_in
         : before == selection_outcome_selected ? replay_change_out : replay_change_other;
}

static void set_rank (const schema *shape, replay_line_t *line, const char *rank, int64_t at, const char *total, int64_t ppm)
{
    if (!at)
        return;
    schema_set_int (shape, line, rank, at);
    schema_set_int (shape, line, total, ppm);
}

static const char *title_of (const past *of, const char *id)
{
    for (size_t i = 0; i < of->count; i++)
        if (strcmp (of->ids [i], id) == 0)
            return of->titles [i];
    return "";
}

static void write_line (const past *of, size_t at, replay_line_t *line)
{
    const schema *shape = replay_line_schema ();
    const ranked_initiative_t *ranked = &of->ranked [at];
    const selection_line_t *is = &of->lines [at], *was = hindsight_line (of->kept.lines.at, of->kept.lines.count, ranked->initiative_id);
    schema_set_text (shape, line, "initiative_id", ranked->initiative_id);
    schema_set_text (shape, line, "title", title_of (of, ranked->initiative_id));
    schema_set_int (shape, line, "outcome", is->outcome);
    if (is->place)
        schema_set_int (shape, line, "place", is->place);
    set_rank (shape, line, "rank", ranked->rank, "total_ppm", ranked->total_ppm);
    schema_set_int (shape, line, "judgements", ranked->judgements);
    schema_set_int (shape, line, "enough", ranked->enough);
    schema_set_int (shape, line, "change", change_of (is, was));
    if (!was)
        return;
    schema_set_int (shape, line, "was_outcome", was->outcome);
    schema_set_int (shape, line, "deviation", was->deviation);
    set_rank (shape, line, "was_rank", was->rank, "was_total_ppm", was->total_ppm);
}

static bool lacks_judgements (const past *of)
{
    bool lacks = false;
    for (size_t i = 0; i < of->count; i++)
        lacks |= !of->ranked [i].enough;
    return lacks;
}

static void write_notes (call *self, const past *of, bool reproduced, round_replay_t *out)
{
    const schema *shape = round_replay_schema ();
    const selection_line_t *was = of->kept.lines.at;
    size_t before = of->kept.lines.count, index;
    bool tie = false, deviates = false;
    for (size_t i = 0; i < before; i++) {
        tie |= was [i].deviation == selection_deviation_tie;
        deviates |= was [i].deviation == selection_deviation_above || was [i].deviation == selection_deviation_below;
    }
    const struct { int note; bool holds; } all [] = {
        { replay_note_blinding, schema_int (replay_request_schema (), of->in, "blinding", -1) >= 0 },
        { replay_note_unjudged, of->count > before }, { replay_note_order, of->count < before }, { replay_note_ties, tie },
        { replay_note_deviations, deviates }, { replay_note_changed, !reproduced }, { replay_note_too_few, lacks_judgements (of) } };
    texts *notes = schema_at (schema_field (shape, "notes", &index), out);
    notes->at = call_alloc (self, sizeof all / sizeof *all * sizeof *notes->at);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all [i].holds)
            notes->at [notes->count++] = replay_note_words ()->words [all [i].note].word;
    schema_mark (out, index);
}

static void report (call *self, const past *of, bool reproduced, round_replay_t *out)
{
    const schema *shape = round_replay_schema ();
    const selection_line_t *was = of->kept.lines.at;
    size_t before = of->kept.lines.count;
    replay_line_t *items = call_alloc (self, (of->count + 1) * sizeof *items);
    for (size_t i = 0; i < of->count; i++)
        write_line (of, i, &items [i]);
    schema_set_text (shape, out, "round_id", of->in->id);
    schema_set_int (shape, out, "simulation", true);
    schema_set_int (shape, out, "reproduced", reproduced);
    schema_set_int (shape, out, "presented", (int64_t) of->count);
    schema_set_int (shape, out, "selected", how_many (of->lines, of->count, selection_outcome_selected));
    schema_set_int (shape, out, "waitlisted", how_many (of->lines, of->count, selection_outcome_waitlisted));
    schema_set_int (shape, out, "was_presented", (int64_t) before);
    schema_set_int (shape, out, "was_selected", how_many (was, before, selection_outcome_selected));
    schema_set_int (shape, out, "was_waitlisted", how_many (was, before, selection_outcome_waitlisted));
    schema_set_int (shape, out, "judgements", (int64_t) of->judged);
    schema_set_list (shape, out, "items", of->count, items);
    write_notes (self, of, reproduced, out);
}

outcome round_replay (call *self, const replay_request_t *in, round_replay_t *out)
{
    past of = { .in = in };
    outcome how = round_load_own (self, in->id, &of.round);
    if (how == outcome_done)
        how = load_kept (self, &of);
    if (how == outcome_done)
        how = load_presented (self, &of);
    if (how == outcome_done)
        how = check_weights (self, &of);
    if (how != outcome_done)
        return how;
    bool reproduced = is_reproduced (self, &of);
    run_again (self, &of);
    report (self, &of, reproduced, out);
    return outcome_done;
}
