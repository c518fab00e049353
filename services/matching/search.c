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
enum { LOOKED_AT = 500, ITEMS_WHEN_ABSENT = 50, CHOICES_MOST = 32 };

/* Filters that keep an offer out, as bits. One that passes all but a facet's own filter counts for that facet. */
enum { BY_SECTOR = 1, BY_GROUP = 2, BY_GOAL = 4, BY_OTHERS = 8 };

typedef struct {
    const market *from;
    shelf_reader *reader;
    typed         typed;
    query         q, without;
    shelf_found   found [LOOKED_AT];
    size_t        count;
    size_t        fit [LOOKED_AT], fit_count; /* which of those pass all filters */
    uint32_t      goals_asked, groups_asked;
    int64_t       sectors [CHOICES_MOST], groups [CHOICES_MOST], goals [CHOICES_MOST];
    msgpack_zone *zone;
} looking;

static const enterprise *enterprise_of (const looking *self, const offer_row *row)
{
    return market_enterprise (self->from, row->supplier);
}

static unsigned judge (const looking *self, const offer_search_query_t *in, const offer_row *row)
{
    const schema *s = offer_search_query_schema ();
    int64_t price = row->price_cents == ROW_ON_REQUEST ? INT64_MAX : row->price_cents;
    if (!enterprise_of (self, row)->admitted || price > schema_int (s, in, "price_max_cents", INT64_MAX)
    ||  row->lead_days > schema_int (s, in, "lead_days_max", INT64_MAX))
        return BY_OTHERS;
    unsigned kept = in->sector.count && !texts_have (&in->sector, sector_words ()->words [row->sector].word) ? BY_SECTOR : 0;
    kept |= in->target_group.count && !(row->groups & self->groups_asked) ? BY_GROUP : 0;
    kept |= in->goal.count && !(row->goals & self->goals_asked) ? BY_GOAL : 0;
    return kept;
}

static void count_bits (int64_t counts [CHOICES_MOST], uint32_t bits)
{
    for (; bits; bits &= bits - 1)
        counts [__builtin_ctz (bits)]++;
}

static void count_facets (looking *self, const offer_row *row, unsigned kept)
{
    self->sectors [row->sector] += !(kept & ~(unsigned) BY_SECTOR);
    count_bits (self->groups, kept & ~(unsigned) BY_GROUP ? 0 : row->groups);
    count_bits (self->goals, kept & ~(unsigned) BY_GOAL ? 0 : row->goals);
}

/* Whether an offer has a word that must not be there, alone or in a compound: the first token of a word is the whole of it,
 * the others are its parts, which the offer may have.                                                                   */
static bool has_unwanted (const looking *self, const shelf_found *found)
{
    const query *q = &self->without;
    for (size_t i = 0; i < q->wanted_count; i++)
        if ((i == 0 || q->of [i] != q->of [i - 1])
        &&  shelf_weight (market_shelf (self->from), found, &q->wanted [i]))
            return true;
    return false;
}

static void find (looking *self, const char *municipality)
{
    const shelf *shelf = market_shelf (self->from);
    uint32_t code = self->typed.cpv_count ? cpv_number (self->typed.cpv [0]) : 0;
    if (self->q.word_count || !self->typed.cpv_count)
        self->count = query_find (&self->q, shelf, self->reader, (shelf_where) { .municipality = municipality }, self->found, LOOKED_AT);
    else
        self->count = shelf_find_cpv (shelf, self->reader, code, cpv_digits (code), (shelf_where) { .municipality = municipality }, self->found, LOOKED_AT);
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
    typed_read (&self->typed, in->q);
    query_read (&self->q, shelf, market_names (self->from), self->reader, self->typed.words, NULL);
    query_read (&self->without, shelf, NULL, self->reader, self->typed.without, NULL);
    find (self, in->municipality);
    for (size_t i = 0; i < self->count; i++) {
        const offer_row *row = self->found [i].row;
        if (!fits_typed (self, row) || has_unwanted (self, &self->found [i]))
            continue;
        unsigned kept = judge (self, in, row);
        count_facets (self, row, kept);
        if (!kept)
            self->fit [self->fit_count++] = i;
    }
}

/* The words of the query that these bits stand for; of slips what was meant. */
static void write_words (call *self, const looking *at, uint64_t bits, uint64_t slips, const schema *of, void *record, const char *name)
{
    const char **texts = answer_texts (self, of, record, name, (size_t) __builtin_popcountll (bits));
    for (size_t i = 0; i < at->q.word_count; i++)
        if (bits >> i & 1)
            *texts++ = call_text (self, slips >> i & 1 ? at->q.words [i].meant : at->q.words [i].written);
}

static void write_words_in (call *self, const looking *at, const shelf_found *found, offer_found_t *to)
{
    uint64_t slips, words = query_words_in (&at->q, market_shelf (at->from), found, &slips);
    write_words (self, at, words, slips, offer_found_schema (), to, "words");
}

typedef struct { call *of; const char **at; size_t count; } marks;

static void take_mark (void *to, const char *word, size_t size, int of)
{
    marks *self = to;
    const char *text = call_print (self->of, "%.*s", (int) size, word);
    (void) of;
    if (size < sizeof ((query_word *) 0)->written && self->count < QUERY_WORDS
    &&  !texts_have (&(texts) { self->count, self->at }, text))
        self->at [self->count++] = text;
}

static void write_marks (call *self, const looking *at, const offer_t *offer, offer_found_t *to)
{
    marks all = { self, call_alloc (self, QUERY_WORDS * sizeof *all.at), 0 };
    query_marks (&at->q, shelf_analyser (at->reader), offer->title, take_mark, &all);
    schema_set_list (offer_found_schema (), to, "marks", all.count, all.at);
}

static void write_branch (call *self, const looking *at, const offer_row *row, offer_found_t *to)
{
    const name_found *under = query_branch (&at->q, row->cpv);
    if (!under)
        return;
    answer_text (self, offer_found_schema (), to, "cpv_name", under->name);
    answer_text (self, offer_found_schema (), to, "cpv_name_en", under->name_en);
}

/* The photo that its card shows. */
static const char *first_photo (const offer_t *offer)
{
    for (size_t i = 0; i < offer->documents.count; i++)
        if (offer->documents.at [i].media_type && !strncmp (offer->documents.at [i].media_type, "image/", 6))
            return offer->documents.at [i].file;
    return NULL;
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
    answer_text (self, s, to, "photo", first_photo (offer));
    answer_text (self, s, to, "unit", offer->unit);
    answer_int (s, to, "sector", offer);
    answer_int (s, to, "price_cents", offer);
    answer_int (s, to, "lead_days", offer);
    schema_set_int (s, to, "text_ppm", at->q.reference ? (int64_t) found->score * 1000000 / (found->score > at->q.reference
                                       ? (int64_t) found->score : at->q.reference) : 0);
    write_words_in (self, at, found, to);
    write_marks (self, at, offer, to);
    write_branch (self, at, found->row, to);
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

static bool anybody_has (const looking *self, const shelf_wanted *token)
{
    shelf_found one;
    return shelf_find (market_shelf (self->from), self->reader, token, 1, (shelf_where) { NULL, false }, &one, 1) > 0;
}

/* Words that no offer has, nor a part of them, nor what they seem to mean, and that lead to no code. */
static uint64_t unknown_words (const looking *self)
{
    const query *q = &self->q;
    uint64_t known = 0, all = q->word_count == QUERY_WORDS ? UINT64_MAX : (UINT64_C (1) << q->word_count) - 1;
    for (size_t i = 0; i < q->branch_count; i++)
        known |= q->branches [i].words;
    for (size_t i = 0; i < q->wanted_count; i++)
        if (*q->wanted [i].token != TOKEN_GRAM && !(known >> q->of [i] & 1) && anybody_has (self, &q->wanted [i]))
            known |= UINT64_C (1) << q->of [i];
    return all & ~known;
}

static void write_meant (call *self, const looking *at, offer_search_result_t *out)
{
    const query *q = &at->q;
    size_t count = 0;
    for (size_t i = 0; i < q->word_count; i++)
        count += *q->words [i].meant != 0;
    word_meant_t *to = answer_list (self, offer_search_result_schema (), out, "meant", count);
    for (size_t i = 0; i < q->word_count; i++)
        if (*q->words [i].meant) {
            answer_text (self, word_meant_schema (), to, "written", q->words [i].written);
            answer_text (self, word_meant_schema (), to++, "meant", q->words [i].meant);
        }
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
    write_facet (self, at->goals, impact_goal_words (), out, "goals");
    write_words (self, at, unknown_words (at), 0, s, out, "unknown");
    write_meant (self, at, out);
    schema_set_int (s, out, "index_seq", market_seq (at->from));
    self->seq = market_seq (at->from);
}

outcome offer_search (call *self, const offer_search_query_t *in, offer_search_result_t *out)
{
    outcome how;
    const market *from = answer_open (self, NULL, &how);
    if (!from)
        return how;
    looking *at = call_alloc (self, sizeof *at);
    *at = (looking) { .from = from, .zone = self->zone,
                      .goals_asked = row_bits (&in->goal, impact_goal_words ()),
                      .groups_asked = row_bits (&in->target_group, target_group_words ()) };
    at->reader = shelf_borrow (market_shelf (from));
    look (at, in);
    answer (self, in, at, out);
    shelf_return (market_shelf (from), at->reader);
    answer_close (self);
    return how;
}
