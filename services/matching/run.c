/* run.c - rankings into records, and records into rankings. */
#include "run.h"
#include "day.h"
#include "statistics.h"
#include "search/analyser.h"
#include <assert.h>
#include <sodium.h>
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

static void *room_for (msgpack_zone *zone, size_t count, size_t size)
{
    void *at = msgpack_zone_malloc (zone, count * size + 1);
    assert (at);
    return memset (at, 0, count * size + 1);
}

static void write_candidates (const ranking *r, msgpack_zone *zone, run_content_t *out)
{
    size_t count = r->weighed_count + r->excluded_count;
    run_candidate_t *all = room_for (zone, count, sizeof *all);
    for (size_t i = 0; i < r->weighed_count; i++)
        all [i] = as_record (&r->weighed [i]->is);
    for (size_t i = 0; i < r->excluded_count; i++)
        all [r->weighed_count + i] = as_record (&r->excluded [i]->is);
    schema_set_list (run_content_schema (), out, "candidates", count, all);
}

static void write_chosen (const ranking *r, msgpack_zone *zone, run_content_t *out)
{
    run_place_t *all = room_for (zone, r->item_count, sizeof *all);
    for (size_t i = 0; i < r->item_count; i++) {
        schema_set_text (run_place_schema (), &all [i], "offer_id", r->items [i]->is.offer_id);
        schema_set_int (run_place_schema (), &all [i], "score_ppm", r->items [i]->score);
    }
    schema_set_list (run_content_schema (), out, "chosen", r->item_count, all);
}

void run_write (ranking *r, const market *from, int64_t places, msgpack_zone *zone, run_content_t *out)
{
    const schema *s = run_content_schema ();
    char *day = room_for (zone, DAY_TEXT, 1);
    for (size_t i = 0; i < r->all_count; i++)
        rank_tell (r, from, &r->all [i], zone);
    rank_order (r);
    day_write (r->as_of, day);
    schema_set_text (s, out, "need_id", r->need->id);
    schema_set_text (s, out, "buyer_id", r->need->buyer_id);
    schema_set_int (s, out, "need_version", r->need->version);
    schema_set_int (s, out, "index_seq", market_seq (from));
    schema_set_int (s, out, "edition", edition_of (market_seq (from)));
    schema_set_text (s, out, "analyser", ANALYSER_VERSION);
    schema_set_text (s, out, "rule_set", r->rules->version);
    schema_set_text (s, out, "as_of", day);
    schema_set_int (s, out, "places", places);
    schema_set_int (s, out, "considered", r->considered);
    schema_set_int (s, out, "text_reference", r->reference);
    if (r->budget)
        schema_set_int (s, out, "budget_cents", r->budget);
    write_candidates (r, zone, out);
    write_chosen (r, zone, out);
}

static const rules *rules_named (const char *version)
{
    size_t count;
    const rules *all = rules_all (&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp (all [i].version, version) == 0)
            return &all [i];
    return NULL;
}

bool run_again (const run_content_t *was, msgpack_zone *zone, ranking *how, run_content_t *out)
{
    *how = (ranking) { .rules = rules_named (was->rule_set), .as_of = day_of_date (was->as_of),
                       .considered = was->considered, .reference = was->text_reference, .budget = was->budget_cents };
    if (!how->rules)
        return false;
    run_candidate_t *all = room_for (zone, was->candidates.count, sizeof *all);
    for (size_t i = 0; i < was->candidates.count; i++)
        all [i] = as_weighed (&was->candidates.at [i]);
    rank_again (how, all, was->candidates.count, (size_t) was->places, zone);
    *out = *was;
    write_candidates (how, zone, out);
    write_chosen (how, zone, out);
    return true;
}

void run_hash (const run_content_t *content, char out [RUN_HASH_TEXT])
{
    unsigned char hash [crypto_hash_sha256_BYTES];
    msgpack_sbuffer *buffer = msgpack_sbuffer_new ();
    msgpack_packer packer = { buffer, msgpack_sbuffer_write };
    schema_encode (run_content_schema (), content, OWNER, NULL, &packer);
    crypto_hash_sha256 (hash, (const unsigned char *) buffer->data, buffer->size);
    sodium_bin2hex (out, RUN_HASH_TEXT, hash, sizeof hash);
    msgpack_sbuffer_free (buffer);
}
