/* selection.c - what the jury of a round decides: drafted from the ranking, signed by who was there, then in force at once. */
#include "../pipeline.h"
#include "../deal/award.h"
#include "choosing.h"
#include "counted.h"
#include "jury.h"
#include "ranking.h"
#include <inttypes.h>
#include <string.h>

/* ------------------------------------------------------------------------------------- guards */

bool selection_round_is_deliberating (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->round_state == round_state_deliberation;
}

bool selection_ranking_current (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->current;
}

bool selection_ranking_explained (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->unexplained == 0;
}

bool selection_enough_judged (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->too_few == 0;
}

bool selection_enough_selected (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->selected >= selection->select_min && selection->selected <= selection->select_max;
}

bool selection_all_signed (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->present.count > 0 && selection->not_signed == 0;
}

bool selection_present_signs (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->may_sign;
}

/* Who is not chosen may object: so there is somebody to decide. */
bool selection_appeal_can_be_handled (const void *thing, const call *now)
{
    const selection_t *selection = thing;
    (void) now;
    return selection->handler_ready;
}

/* ------------------------------------------------------------------------------------- the ranking */

/* What a round comes to now, as `presented` and `counted` say. */
typedef struct {
    round_t              round;
    ranked_initiative_t *ranked;
    size_t               count;
} standing;

static outcome rank_round (call *self, const char *presented, const char *counted, standing *out)
{
    PGresult *rows;
    counted_judgement_t *judgements = NULL;
    size_t judged = 0;
    outcome how;
    int found = call_run (self, presented, &rows, &how);
    if (found < 0)
        return how;
    how = counted_read (self, counted, &judgements, &judged);
    if (how != outcome_done)
        return how;
    out->count = (size_t) found;
    const char **ids = call_alloc (self, (out->count + 1) * sizeof *ids);
    for (int i = 0; i < found; i++)
        ids [i] = PQgetvalue (rows, i, 0);
    const round_t *round = &out->round;
    out->ranked = call_alloc (self, (out->count + 1) * sizeof *out->ranked);
    ranking_make (&(ranking_rules) { round->rubric.at, round->rubric.count, round->method, round->min_reviews }, ids, out->count,
                  judgements, judged, out->ranked,
                  call_alloc (self, (out->count * round->rubric.count + 1) * sizeof (ranked_criterion_t)));
    return outcome_done;
}

outcome round_ranking (call *self, const ref_t *in, round_ranking_t *out)
{
    const schema *shape = round_ranking_schema ();
    standing now = { 0 };
    outcome how = round_load_own (self, in->id, &now.round);
    if (how != outcome_done)
        return how;
    how = rank_round (self, "round_ranking_presented", "round_ranking_counted", &now);
    schema_set_text (shape, out, "round_id", in->id);
    if (now.round.rules_hash)
        schema_set_text (shape, out, "rules_hash", now.round.rules_hash);
    schema_set_text (shape, out, "formula", ranking_formula_nl);
    schema_set_text (shape, out, "formula_en", ranking_formula_en);
    schema_set_list (shape, out, "items", now.count, now.ranked);
    return how;
}

/* ------------------------------------------------------------------------------------- what is chosen */

static const selection_choice_t *choice_for (const selection_t *in, const char *id)
{
    for (size_t i = 0; i < in->choices.count; i++)
        if (strcmp (in->choices.at [i].initiative_id, id) == 0)
            return &in->choices.at [i];
    return NULL;
}

static void check_place (call *self, const selection_t *in, size_t at, int64_t waiting)
{
    const selection_choice_t *choice = &in->choices.at [at];
    bool waits = choice->outcome == selection_outcome_waitlisted;
    if (waits != (choice->place > 0) || choice->place > waiting)
        call_invalid (self, call_print (self, "choices[%zu].place", at), "must be there on the waiting list only, from 1 to %" PRId64, waiting);
    for (size_t i = 0; i < at; i++)
        if (waits && in->choices.at [i].place == choice->place)
            call_invalid (self, call_print (self, "choices[%zu].place", at), "must be there once");
}

/* Each presented initiative once, no more of them selected or waiting than the round says. */
static void check_choices (call *self, const selection_t *in, const standing *now)
{
    int64_t waiting = 0, selected = 0;
    for (size_t i = 0; i < in->choices.count; i++) {
        waiting += in->choices.at [i].outcome == selection_outcome_waitlisted;
        selected += in->choices.at [i].outcome == selection_outcome_selected;
    }
    for (size_t i = 0; i < in->choices.count; i++) {
        size_t found = 0;
        check_place (self, in, i, waiting);
        while (found < now->count && strcmp (now->ranked [found].initiative_id, in->choices.at [i].initiative_id) != 0)
            found++;
        if (found == now->count || choice_for (in, in->choices.at [i].initiative_id) != &in->choices.at [i])
            call_invalid (self, call_print (self, "choices[%zu].initiative_id", i), "must be one that is presented in this round, once");
    }
    if (in->choices.count != now->count)
        call_invalid (self, "choices", "must have each of the %zu initiatives that are presented", now->count);
    if (selected > now->round.select_max)
        call_invalid (self, "choices", "must select at most %" PRId64, now->round.select_max);
    if (waiting > now->round.waitlist)
        call_invalid (self, "choices", "must let at most %" PRId64 " wait", now->round.waitlist);
}

static void take_choices (const selection_t *in, selection_line_t *lines, size_t count)
{
    const schema *shape = selection_line_schema ();
    for (size_t i = 0; i < count; i++) {
        const selection_choice_t *choice = choice_for (in, lines [i].initiative_id);
        schema_set_int (shape, &lines [i], "outcome", choice->outcome);
        if (choice->place)
            schema_set_int (shape, &lines [i], "place", choice->place);
        if (choice->reason)
            schema_set_text (shape, &lines [i], "reason", choice->reason);
        schema_set_int (shape, &lines [i], "written", choice->reason != NULL);
    }
}

/* No more than an applicant may read now, by the rules of the round. */
static const char *rank_in_words (call *self, const selection_line_t *line, const standing *now)
{
    const round_t *round = &now->round;
    bool later = round->feedback_at == feedback_moment_concluded;
    if (!line->rank)
        return "De jury heeft uw initiatief niet met punten beoordeeld.";
    const char *points = later || round->feedback == feedback_none ? "De jury gaf andere initiatieven meer punten."
        : call_print (self, "Uw initiatief kreeg %" PRId64 ",%" PRId64 " van de 100 punten.", line->total_ppm / 10000,
                      line->total_ppm / 1000 % 10);
    return later || !round->rank_shown ? points
        : call_print (self, "%s Het staat op plaats %" PRId64 " van de %zu.", points, line->rank, now->count);
}

/* Who hears no reason of people hears the one that follows from the scores. */
static void explain (call *self, selection_line_t *line, const standing *now, int64_t places)
{
    if (line->reason || line->outcome == selection_outcome_selected)
        return;
    const char *last = line->outcome == selection_outcome_waitlisted
        ? call_print (self, "Op de wachtlijst staat u op plaats %" PRId64 ".", line->place)
        : call_print (self, "Er zijn %" PRId64 " plaatsen.", places);
    schema_set_text (selection_line_schema (), line, "reason", call_print (self, "%s %s", rank_in_words (self, line, now), last));
}

static void write_lines (call *self, const selection_t *in, const standing *now, selection_line_t *lines)
{
    const schema *shape = selection_line_schema ();
    int64_t places = 0;
    for (size_t i = 0; i < now->count; i++) {
        schema_set_text (shape, &lines [i], "initiative_id", now->ranked [i].initiative_id);
        schema_set_int (shape, &lines [i], "written", false);
        if (now->ranked [i].rank) {
            schema_set_int (shape, &lines [i], "rank", now->ranked [i].rank);
            schema_set_int (shape, &lines [i], "total_ppm", now->ranked [i].total_ppm);
        }
    }
    if (in->choices.count)
        take_choices (in, lines, now->count);
    else
        choosing_by_ranking (now->ranked, now->count, now->round.select_max, now->round.waitlist, lines);
    choosing_compare (lines, now->count);
    for (size_t i = 0; i < now->count; i++)
        places += lines [i].outcome == selection_outcome_selected;
    for (size_t i = 0; i < now->count; i++)
        explain (self, &lines [i], now, places);
}

static outcome attend (call *self, const selection_t *in)
{
    PGresult *rows;
    outcome how;
    int jurors = 0, found = call_run (self, "selection_attend", &rows, &how);
    for (int i = 0; i < found; i++)
        jurors += !PQgetisnull (rows, i, 0);
    if (found >= 0 && (size_t) jurors != in->jurors.count)
        return call_invalid (self, "jurors", "must be jurors of this round, each once, and not the chair");
    return how;
}

static outcome compose (call *self, const selection_t *in, selection_t *out)
{
    const schema *shape = selection_ranked_schema ();
    standing now = { 0 };
    PGresult *ignored;
    outcome how = attend (self, in);
    if (how == outcome_done)
        how = call_load (self, process_find ("round"), out->round_id, &now.round);
    if (how == outcome_done)
        how = rank_round (self, "selection_presented", "selection_counted", &now);
    if (how != outcome_done)
        return how;
    if (in->choices.count)
        check_choices (self, in, &now);
    if (self->faults.count)
        return outcome_invalid;
    selection_line_t *lines = call_alloc (self, (now.count + 1) * sizeof *lines);
    write_lines (self, in, &now, lines);
    selection_ranked_t kept = { 0 };
    schema_set_list (shape, &kept, "lines", now.count, lines);
    schema_set_list (shape, &kept, "ranking", now.count, now.ranked);
    call_run_with (self, "selection_write", shape, &kept, &ignored, &how);
    return how == outcome_done ? call_load (self, process_find ("selection"), self->target, out) : how;
}

outcome selection_draft (call *self, const selection_t *in, selection_t *out)
{
    outcome how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    how = compose (self, in, out);
    return how == outcome_done ? outcome_created : how;
}

outcome selection_put (call *self, const selection_t *in, selection_t *out)
{
    outcome how = call_step (self, out);
    return how == outcome_done ? compose (self, in, out) : how;
}

static const consequence decided [] = {
    { "selection_selected", "initiative", "select" }, { "selection_waitlisted", "initiative", "waitlist" },
    { "selection_not_selected", "initiative", "reject" }, { "selection_round", "round", "decide" } };
static const consequence came_free [] = { { "selection_promotable", "initiative", "promote" } };

outcome selection_decide (call *self, const ref_t *in, selection_t *out)
{
    (void) in;
    PGresult *ignored;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        call_run (self, "selection_results", &ignored, &how);
    return how == outcome_done ? award_follow (self, decided, sizeof decided / sizeof *decided) : how;
}

outcome selection_promote (call *self, const ref_t *in, selection_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? award_follow (self, came_free, sizeof came_free / sizeof *came_free) : how;
}
