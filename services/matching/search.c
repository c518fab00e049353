/* search.c - offers by words, as they are typed. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "answer.h"
#include "query.h"
#include "score.h"
#include "typed.h"
#include <string.h>

/* How many offers are looked at. */
enum { LOOKED_AT = 500, ITEMS_WHEN_ABSENT = 20, CHOICES_MOST = 32 };

/* Offers that one filter keeps out pass all but that one: they count for the facet whose filter it is. */
typedef enum { KEPT_BY_NONE, KEPT_BY_SECTOR, KEPT_BY_GROUP, KEPT_BY_MORE } kept_by;

typedef struct {
    const market *from;
    typed         typed;
    query         q, without;
    shelf_found   found [LOOKED_AT];
    size_t        count;
    size_t        fit [LOOKED_AT], fit_count; /* which of those pass all filters */
    uint32_t      goals_asked, groups_asked;
    int64_t       sectors [CHOICES_MOST], groups [CHOICES_MOST];
    msgpack_zone *zone;
} looking;

static const enterprise *enterprise_of (const looking *self, const offer_row *row)
{
    return market_enterprise (self->from, row->supplier);
}

static kept_by judge (const looking *self, const offer_search_query_t *in, const offer_row *row)
{
    const schema *s = offer_search_query_schema ();
    int64_t price = row->price_cents == ROW_ON_REQUEST ? INT64_MAX : row->price_cents;
    if (!enterprise_of (self, row)->admitted || price > schema_int (s, in, "price_max_cents", INT64_MAX)
    ||  row->lead_days > schema_int (s, in, "lead_days_max", INT64_MAX))
        return KEPT_BY_MORE;
    if (in->goal.count && !(row->goals & self->goals_asked))
        return KEPT_BY_MORE;
    bool sector = !in->sector.count || texts_have (&in->sector, sector_words ()->words [row->sector].word);
    bool group = !in->target_group.count || row->groups & self->groups_asked;
    return sector && group ? KEPT_BY_NONE : sector ? KEPT_BY_GROUP : group ? KEPT_BY_SECTOR : KEPT_BY_MORE;
}

static void count_facets (looking *self, const offer_row *row, kept_by how)
{
    if (how == KEPT_BY_NONE || how == KEPT_BY_SECTOR)
        self->sectors [row->sector]++;
    for (uint32_t left = how == KEPT_BY_NONE || how == KEPT_BY_GROUP ? row->groups : 0; left; left &= left - 1)
        self->groups [__builtin_ctz (left)]++;
}

/* Whether an offer has a word that must not be there, alone or in a compound: the first token of a word is the whole of it,
 * the others are its parts, which the offer may have.                                                                   */
static bool has_unwanted (const looking *self, const shelf_found *found)
{
    const query *q = &self->without;
    for (size_t i = 0; i < q->wanted_count; i++)
        if ((i == 0 || q->of [i] != q->of [i - 1])
        &&  shelf_weight (market_shelf (self->from), found, q->wanted [i].token, q->wanted [i].size))
            return true;
    return false;
}

/* Phrases are letters of the record; the rest is in the row. */
static bool fits_typed (const looking *self, const offer_row *row)
{
    return typed_fits_code (&self->typed, row->cpv)
        && (!self->typed.phrase_count || typed_fits_phrases (&self->typed, market_offer (self->from, row, self->zone)));
}

static void look (looking *self, const offer_search_query_t *in)
{
    const shelf *shelf = market_shelf (self->from);
    shelf_reader *reader = shelf_borrow (shelf);
    typed_read (&self->typed, in->q);
    query_read (&self->q, shelf, reader, self->typed.words, NULL);
    query_read (&self->without, shelf, reader, self->typed.without, NULL);
    if (self->q.word_count || !self->typed.cpv_count)
        self->count = shelf_find (shelf, reader, self->q.wanted, self->q.wanted_count, in->municipality, self->found, LOOKED_AT);
    else
        self->count = shelf_find_cpv (shelf, reader, cpv_number (self->typed.cpv [0]), cpv_digits (cpv_number (self->typed.cpv [0])),
                                      in->municipality, self->found, LOOKED_AT);
    shelf_return (shelf, reader);
    for (size_t i = 0; i < self->count; i++) {
        const offer_row *row = self->found [i].row;
        if (!fits_typed (self, row) || has_unwanted (self, &self->found [i]))
            continue;
        kept_by how = judge (self, in, row);
        count_facets (self, row, how);
        if (how == KEPT_BY_NONE)
            self->fit [self->fit_count++] = i;
    }
}

/* The words of the query that these bits stand for. */
static void write_words (call *self, const looking *at, uint64_t bits, const schema *of, void *record, const char *name)
{
    const char **texts = answer_texts (self, of, record, name, (size_t) __builtin_popcountll (bits));
    for (size_t i = 0; i < at->q.word_count; i++)
        if (bits >> i & 1)
            *texts++ = call_print (self, "%s", at->q.words [i].written);
}

static void write_found (call *self, const looking *at, const shelf_found *found, offer_found_t *to)
{
    const schema *s = offer_found_schema ();
    const offer_t *offer = market_offer (at->from, found->row, self->zone);
    const organisation_t *supplier = enterprise_of (at, found->row)->record;
    answer_text (self, s, to, "offer_id", offer->id);
    answer_text (self, s, to, "supplier_id", offer->supplier_id);
    answer_text (self, s, to, "supplier_name", supplier->name);
    answer_text (self, s, to, "supplier_municipality_name", supplier->municipality_name);
    answer_text (self, s, to, "title", offer->title);
    answer_text (self, s, to, "title_en", offer->title_en);
    answer_text (self, s, to, "impact", offer->impact);
    schema_set_int (s, to, "fictional", offer->fictional);
    answer_text (self, s, to, "unit", offer->unit);
    answer_int (s, to, "sector", offer);
    answer_int (s, to, "price_cents", offer);
    answer_int (s, to, "lead_days", offer);
    schema_set_int (s, to, "text_ppm", at->q.reference ? (int64_t) found->score * 1000000 / (found->score > at->q.reference
                                       ? (int64_t) found->score : at->q.reference) : 0);
    write_words (self, at, query_words_in (&at->q, market_shelf (at->from), found), s, to, "words");
}

static void write_facet (call *self, const int64_t counts [CHOICES_MOST], const words *all, offer_search_result_t *out, const char *name)
{
    size_t shown = 0;
    for (int i = 0; i < all->count; i++)
        shown += counts [i] > 0;
    word_count_t *to = answer_list (self, offer_search_result_schema (), out, name, shown);
    for (int i = 0; i < all->count; i++)
        if (counts [i]) {
            schema_set_text (word_count_schema (), to, "word", all->words [i].word);
            schema_set_int (word_count_schema (), to++, "count", counts [i]);
        }
}

/* Words that no offer has as they are, and of which none has a part. */
static uint64_t unknown_words (const looking *self)
{
    uint64_t known = 0, all = self->q.word_count == QUERY_WORDS ? UINT64_MAX : (UINT64_C (1) << self->q.word_count) - 1;
    for (size_t i = 0; i < self->q.wanted_count; i++)
        if (*self->q.wanted [i].token != TOKEN_GRAM
        &&  shelf_has (market_shelf (self->from), self->q.wanted [i].token, self->q.wanted [i].size))
            known |= UINT64_C (1) << self->q.of [i];
    return all & ~known;
}

static void answer (call *self, const offer_search_query_t *in, looking *at, offer_search_result_t *out)
{
    const schema *s = offer_search_result_schema ();
    size_t limit = in->limit ? (size_t) in->limit : ITEMS_WHEN_ABSENT, shown = at->fit_count < limit ? at->fit_count : limit;
    offer_found_t *items = answer_list (self, s, out, "items", shown);
    for (size_t i = 0; i < shown; i++)
        write_found (self, at, &at->found [at->fit [i]], &items [i]);
    schema_set_int (s, out, "total", (int64_t) at->fit_count);
    schema_set_int (s, out, "more", at->count == LOOKED_AT);
    write_facet (self, at->sectors, sector_words (), out, "sectors");
    write_facet (self, at->groups, target_group_words (), out, "groups");
    write_words (self, at, unknown_words (at), s, out, "unknown");
    schema_set_int (s, out, "index_seq", market_seq (at->from));
    self->seq = market_seq (at->from);
}

outcome offer_search (call *self, const offer_search_query_t *in, offer_search_result_t *out)
{
    if (!answer_await (self))
        return outcome_index_behind;
    looking *at = call_alloc (self, sizeof *at);
    *at = (looking) { .from = replica_read (answer_replica (self)), .zone = self->zone,
                      .goals_asked = row_bits (&in->goal, impact_goal_words ()),
                      .groups_asked = row_bits (&in->target_group, target_group_words ()) };
    look (at, in);
    answer (self, in, at, out);
    replica_done (answer_replica (self));
    return outcome_done;
}
