/* run_check.c - kept rankings years later: whether they still come out, and what other weights would have made of them. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "answer.h"
#include "run.h"
#include <inttypes.h>
#include <string.h>

enum { DIFFERS_MOST = 50, FIRST = 10, PLACES_MOST = 1000 };

/* ---- why: the same again ---- */

/* Where what comes out now is not what was kept, in words. */
typedef struct {
    call       *of;
    const char *at [DIFFERS_MOST];
    size_t      count;
} differences;

static void differ (differences *self, const char *text)
{
    if (self->count < DIFFERS_MOST)
        self->at [self->count++] = text;
}

static void compare_chosen (differences *self, const run_content_t *was, const run_content_t *now)
{
    if (was->chosen.count != now->chosen.count)
        differ (self, call_print (self->of, "chosen: %zu offers, were %zu", now->chosen.count, was->chosen.count));
    for (size_t i = 0; i < was->chosen.count && i < now->chosen.count; i++) {
        const run_place_t *a = &was->chosen.at [i], *b = &now->chosen.at [i];
        if (strcmp (a->offer_id, b->offer_id))
            differ (self, call_print (self->of, "chosen[%zu].offer_id: %s, was %s", i, b->offer_id, a->offer_id));
        else if (a->score_ppm != b->score_ppm)
            differ (self, call_print (self->of, "chosen[%zu].score_ppm: %" PRId64 ", was %" PRId64, i, b->score_ppm, a->score_ppm));
    }
}

static void compare_order (differences *self, const run_content_t *was, const run_content_t *now)
{
    for (size_t i = 0; i < was->candidates.count; i++)
        if (strcmp (was->candidates.at [i].offer_id, now->candidates.at [i].offer_id))
            differ (self, call_print (self->of, "candidates[%zu]: %s, was %s", i, now->candidates.at [i].offer_id, was->candidates.at [i].offer_id));
}

static void compare_draw (differences *self, const run_content_t *was, const run_content_t *now)
{
    if (was->draw && !now->draw)
        differ (self, "draw: its secret is not the one that was committed to");
    else if (was->draw && strcmp (was->draw->seed, now->draw->seed))
        differ (self, call_print (self->of, "draw.seed: %s, was %s", now->draw->seed, was->draw->seed));
}

/* Where the record itself says something else than what its hash was made of, no list can say what. */
static void compare_hash (differences *self, const match_run_t *kept)
{
    char hash [HASH_TEXT];
    record_hash (run_content_schema (), kept->content, hash);
    if (strcmp (hash, kept->hash))
        differ (self, call_print (self->of, "content: was changed after it was kept, its hash is now %s", hash));
}

static void write_weighed (call *self, const candidate *c, int place, run_weighed_t *to)
{
    const schema *s = run_weighed_schema ();
    if (place)
        schema_set_int (s, to, "place", place);
    schema_set_text (s, to, "offer_id", c->is.offer_id);
    schema_set_text (s, to, "supplier_name", c->is.supplier_name);
    schema_set_text (s, to, "title", c->is.title);
    schema_set_int (s, to, "score_ppm", c->score);
    match_points_t *parts = answer_list (self, s, to, "parts", PART_COUNT);
    for (int i = 0; i < PART_COUNT; i++) {
        schema_set_int (match_points_schema (), &parts [i], "name", i);
        schema_set_int (match_points_schema (), &parts [i], "points_ppm", c->points [i]);
    }
    if (c->kept_out != RULE_NONE)
        schema_set_int (s, to, "rule", c->kept_out);
}

static void write_candidates (call *self, const ranking *how, size_t places, run_check_t *out)
{
    run_weighed_t *to = answer_list (self, run_check_schema (), out, "candidates", how->item_count + how->excluded_count);
    for (size_t i = 0; i < how->item_count; i++)
        write_weighed (self, how->items [i], i < places ? (int) i + 1 : 0, &to [i]);
    for (size_t i = 0; i < how->excluded_count; i++)
        write_weighed (self, how->excluded [i], 0, &to [how->item_count + i]);
}

static void write_about (const match_run_t *kept, run_check_t *out)
{
    static const char *const copied [] = { "analyser", "rule_set", "as_of" };
    const schema *s = run_check_schema ();
    schema_set_text (s, out, "id", kept->id);
    schema_set_text (s, out, "need_id", kept->need_id);
    schema_set_text (s, out, "buyer_id", kept->buyer_id);
    schema_set_int (s, out, "made_at", kept->made_at);
    schema_set_text (s, out, "hash", kept->hash);
    schema_set_int (s, out, "index_seq", kept->content->index_seq);
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
        schema_set_text (s, out, copied [i], schema_text (run_content_schema (), kept->content, copied [i]));
}

static void compute_again (call *self, const match_run_t *kept, const rules *by, differences *to, run_check_t *out)
{
    ranking *how = call_alloc (self, sizeof *how);
    run_content_t *now = call_alloc (self, sizeof *now);
    char *hash = call_alloc (self, HASH_TEXT);
    run_again (kept->content, by, self->zone, how, now);
    record_hash (run_content_schema (), now, hash);
    schema_set_text (run_check_schema (), out, "hash_now", hash);
    schema_set_int (run_check_schema (), out, "same", strcmp (hash, kept->hash) == 0);
    compare_draw (to, kept->content, now);
    compare_order (to, kept->content, now);
    compare_chosen (to, kept->content, now);
    write_candidates (self, how, (size_t) kept->content->places, out);
    if (now->draw)
        schema_set_object (run_check_schema (), out, "draw", now->draw);
}

outcome run_check (call *self, const ref_t *in, run_check_t *out)
{
    match_run_t kept;
    differences found = { .of = self };
    self->target = in->id;
    outcome how = run_load (self, "match_run_get", &kept);
    if (how != outcome_done)
        return how;
    const rules *by = rules_named (kept.content->rule_set);
    write_about (&kept, out);
    compare_hash (&found, &kept);
    if (by)
        compute_again (self, &kept, by, &found, out);
    else {
        schema_set_int (run_check_schema (), out, "same", false);
        answer_list (self, run_check_schema (), out, "candidates", 0);
        differ (&found, call_print (self, "rule_set: this build does not have %s", kept.content->rule_set));
    }
    const char **differs = answer_texts (self, run_check_schema (), out, "differs", found.count);
    memcpy (differs, found.at, found.count * sizeof *differs);
    return outcome_done;
}

/* ---- what other weights would have made of it ---- */

/* Every part once, and a million together. */
static bool read_set (call *self, const rule_set_t *from, const char *path, rules *to)
{
    int64_t sum = 0;
    uint32_t named = 0;
    *to = (rules) { .version = from->version, .owner = from->owner, .since = from->since };
    for (size_t i = 0; i < from->parts.count; i++) {
        sum += to->most [from->parts.at [i].name] = from->parts.at [i].most_ppm;
        named |= UINT32_C (1) << from->parts.at [i].name;
    }
    bool complete = named == (UINT32_C (1) << PART_COUNT) - 1 && from->parts.count == PART_COUNT;
    if (!complete)
        call_invalid (self, path, "must name each of the %d parts once", PART_COUNT);
    else if (sum != MILLION)
        call_invalid (self, path, "the parts are %" PRId64 " together, and must be %" PRId64, sum, MILLION);
    return complete && sum == MILLION;
}

/* 0: not among them. */
static int place_in (const ranking *self, const char *offer_id)
{
    for (size_t i = 0; i < self->item_count && i < PLACES_MOST; i++)
        if (strcmp (self->items [i]->is.offer_id, offer_id) == 0)
            return (int) i + 1;
    return 0;
}

static void write_move (const candidate *c, const ranking *before, const ranking *after, run_move_t *to)
{
    const schema *s = run_move_schema ();
    int was = place_in (before, c->is.offer_id), now = place_in (after, c->is.offer_id);
    schema_set_text (s, to, "offer_id", c->is.offer_id);
    schema_set_text (s, to, "supplier_name", c->is.supplier_name);
    schema_set_text (s, to, "title", c->is.title);
    if (was)
        schema_set_int (s, to, "before", was);
    if (now)
        schema_set_int (s, to, "after", now);
}

static size_t first_of (const ranking *self)
{
    return self->item_count < FIRST ? self->item_count : FIRST;
}

static void write_moves (call *self, const ranking *before, const ranking *after, run_shift_t *out)
{
    run_move_t *to = answer_list (self, run_shift_schema (), out, "moves", first_of (before) + first_of (after));
    size_t count = 0;
    for (size_t i = 0; i < first_of (after); i++)
        write_move (after->items [i], before, after, &to [count++]);
    for (size_t i = 0; i < first_of (before); i++) {
        int now = place_in (after, before->items [i]->is.offer_id);
        if (!now || now > FIRST)
            write_move (before->items [i], before, after, &to [count++]);
    }
    out->moves.count = count;
}

outcome run_compare (call *self, const run_compare_query_t *in, run_shift_t *out)
{
    const schema *s = run_shift_schema ();
    rules sets [2];
    match_run_t kept;
    bool fine = read_set (self, in->before, "before.parts", &sets [0]);
    if (!read_set (self, in->after, "after.parts", &sets [1]) || !fine)
        return outcome_invalid;
    self->target = in->id;
    outcome how = run_load (self, "match_run_get", &kept);
    if (how != outcome_done)
        return how;
    ranking *by = call_alloc (self, 2 * sizeof *by);
    for (int i = 0; i < 2; i++)
        run_weigh (kept.content, &sets [i], self->zone, &by [i]);
    schema_set_text (s, out, "id", kept.id);
    schema_set_text (s, out, "need_id", kept.need_id);
    schema_set_int (s, out, "made_at", kept.made_at);
    schema_set_int (s, out, "places", FIRST);
    write_moves (self, &by [0], &by [1], out);
    return outcome_done;
}
