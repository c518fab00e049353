/* why_not.c - for an enterprise: the fewest changes that bring its offer among the first for a need.
 *
 * Every set of changes is made on a copy of the offer, which is weighed as any other. What changes may be are facts that a
 * buyer can hold the enterprise to; the price is not among them, as points for it would tell the buyer's estimate.      */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "answer.h"
#include "market/day.h"
#include "explain.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PLACES = 10 };

typedef struct {
    const market  *from;
    const ranking *ranking;
    candidate      now;       /* the offer as it is */
    msgpack_zone  *zone;
} trial;

/* ---- the changes; each says whether there is anything to change, and then in which words ---- */

typedef struct { char nl [WHY_BYTES], en [WHY_BYTES]; } wording;

/* What `asked` has more is put behind; how many that were. */
static size_t join (const texts *asked, texts *to, msgpack_zone *zone)
{
    const char **all = msgpack_zone_malloc (zone, (to->count + asked->count + 1) * sizeof *all);
    assert (all);
    size_t before = to->count;
    for (size_t i = 0; i < before; i++)
        all [i] = to->at [i];
    *to = (texts) { .count = before, .at = all };
    for (size_t i = 0; i < asked->count; i++)
        if (!texts_have (to, asked->at [i]))
            all [to->count++] = asked->at [i];
    return to->count - before;
}

static void name_added (const texts *all, size_t added, const words *list, wording *say)
{
    char nl [WHY_BYTES] = "", en [WHY_BYTES] = "";
    size_t used_nl = 0, used_en = 0;
    for (size_t i = all->count - added; i < all->count && used_nl < WHY_BYTES / 2 && used_en < WHY_BYTES / 2; i++) {
        const word *w = &list->words [words_find (list, all->at [i], strlen (all->at [i]))];
        used_nl += (size_t) snprintf (nl + used_nl, sizeof nl - used_nl, "%s%s", used_nl ? ", " : "", w->nl);
        used_en += (size_t) snprintf (en + used_en, sizeof en - used_en, "%s%s", used_en ? ", " : "", w->en);
    }
    snprintf (say->nl, sizeof say->nl, "Noem wat de vraag noemt: %.200s.", nl);
    snprintf (say->en, sizeof say->en, "State what the need states: %.200s.", en);
}

static bool change_region (const trial *self, offer_t *offer, wording *say)
{
    const need_t *need = self->ranking->need;
    const char *where = need->municipality_name ? need->municipality_name : need->municipality;
    snprintf (say->nl, sizeof say->nl, "Lever ook in %s.", where);
    snprintf (say->en, sizeof say->en, "Deliver in %s too.", where);
    return !self->now.is.delivers && join (&(texts) { .count = 1, .at = (const char **) &need->municipality }, &offer->region, self->zone);
}

static bool change_lead_days (const trial *self, offer_t *offer, wording *say)
{
    int64_t left = self->now.is.days_left;
    snprintf (say->nl, sizeof say->nl, "Lever binnen %" PRId64 " dagen.", left);
    snprintf (say->en, sizeof say->en, "Deliver within %" PRId64 " days.", left);
    if (!self->now.is.dated || left < 0 || offer->lead_days <= left)
        return false;
    offer->lead_days = left;
    return true;
}

static bool change_capacity (const trial *self, offer_t *offer, wording *say)
{
    int64_t asked = self->now.is.quantity;
    snprintf (say->nl, sizeof say->nl, "Neem bestellingen aan van %" PRId64 ".", asked);
    snprintf (say->en, sizeof say->en, "Take orders of %" PRId64 ".", asked);
    if (!asked || offer->capacity >= asked)
        return false;
    offer->capacity = asked;
    return true;
}

static bool change_goals (const trial *self, offer_t *offer, wording *say)
{
    size_t added = join (&self->ranking->need->goals, &offer->goals, self->zone);
    name_added (&offer->goals, added, impact_goal_words (), say);
    return added;
}

static bool change_groups (const trial *self, offer_t *offer, wording *say)
{
    size_t added = join (&self->ranking->need->target_groups, &offer->target_groups, self->zone);
    name_added (&offer->target_groups, added, target_group_words (), say);
    return added;
}

static bool change_cpv (const trial *self, offer_t *offer, wording *say)
{
    const char *asked = self->now.asked_cpv ? self->now.asked_cpv : self->ranking->need->cpv.at [0];
    snprintf (say->nl, sizeof say->nl, "Gebruik CPV-code %s, als die beter past.", asked);
    snprintf (say->en, sizeof say->en, "Use CPV code %s, if it fits better.", asked);
    if (self->now.is.cpv_nearness >= CPV_WITHIN)
        return false;
    offer->cpv = asked;
    return true;
}

static bool change_national (const trial *self, offer_t *offer, wording *say)
{
    (void) self;
    snprintf (say->nl, sizeof say->nl, "Lever in heel Nederland.");
    snprintf (say->en, sizeof say->en, "Deliver in the whole country.");
    if (offer->national)
        return false;
    offer->national = true;
    return true;
}

/* What is only to be said comes first, then what is to be done, the largest last. */
static const struct {
    const char *field;
    bool (*make) (const trial *, offer_t *, wording *);
} changes [] = {
    { "cpv", change_cpv },           { "goals", change_goals },       { "target_groups", change_groups },
    { "region", change_region },     { "capacity", change_capacity }, { "lead_days", change_lead_days },
    { "national", change_national },
};

enum { CHANGES = sizeof changes / sizeof *changes };

/* ---- trying ---- */

/* The offer with a set of changes, weighed; false: one of them changes nothing. */
static bool try_set (const trial *self, unsigned set, candidate *then)
{
    offer_t *copy = msgpack_zone_malloc (self->zone, sizeof *copy);
    assert (copy);
    wording unused;
    *copy = *self->now.offer;
    for (int i = 0; i < CHANGES; i++)
        if (set >> i & 1 && !changes [i].make (self, copy, &unused))
            return false;
    offer_row *row = msgpack_zone_malloc (self->zone, sizeof *row);
    assert (row);
    *row = row_of (copy);
    row->supplier = self->now.found.row->supplier;
    shelf_found changed = self->now.found;
    changed.row = row;
    bool delivers = self->now.is.delivers || copy->national || texts_have (&copy->region, self->ranking->need->municipality);
    rank_weigh (self->ranking, self->from, &changed, delivers, then);
    return true;
}

/* The smallest set that is enough, of the smallest the one whose changes come first; 0: none. */
static unsigned fewest (const trial *self)
{
    unsigned best = 0;
    for (unsigned set = 1; set < 1u << CHANGES; set++) {
        candidate then;
        bool smaller = !best || __builtin_popcount (set) < __builtin_popcount (best);
        if (smaller && try_set (self, set, &then) && rank_admits (self->ranking, &then, PLACES))
            best = set;
    }
    return best;
}

/* ---- the answer ---- */

static void write_changes (call *self, const trial *from, unsigned set, why_not_t *out)
{
    const schema *s = offer_change_schema ();
    offer_change_t *items = answer_list (self, why_not_schema (), out, "changes", (size_t) __builtin_popcount (set));
    for (int i = 0, at = 0; i < CHANGES; i++)
        if (set >> i & 1) {
            wording say;
            offer_t copy = *from->now.offer;
            changes [i].make (from, &copy, &say);
            schema_set_text (s, &items [at], "field", changes [i].field);
            answer_text (self, s, &items [at], "why", say.nl);
            answer_text (self, s, &items [at++], "why_en", say.en);
        }
}

static void write_rule (call *self, const trial *from, why_not_t *out)
{
    const schema *s = why_not_schema ();
    char why [WHY_BYTES];
    schema_set_int (s, out, "rule", from->now.kept_out);
    explain_rule (from->ranking, &from->now, DUTCH, why);
    answer_text (self, s, out, "why", why);
    explain_rule (from->ranking, &from->now, ENGLISH, why);
    answer_text (self, s, out, "why_en", why);
}

static void write_words (call *self, const trial *from, why_not_t *out)
{
    const query *q = &from->ranking->query;
    size_t count = 0;
    const char **to = answer_texts (self, why_not_schema (), out, "words", q->word_count);
    for (size_t i = 0; i < q->word_count; i++)
        if (!(from->now.words >> i & 1)) {
            char *copy = msgpack_zone_malloc (self->zone, sizeof q->words [i].written);
            assert (copy);
            to [count++] = strcpy (copy, q->words [i].written);
        }
    out->words.count = count;
}

static outcome answer (call *self, const why_not_query_t *in, const market *from, why_not_t *out)
{
    const schema *s = why_not_schema ();
    const need_t *need = market_need (from, in->need_id);
    trial now = { .from = from, .zone = self->zone };
    offer_id id = id_of_text (in->id);
    shelf_found found;
    if (!self->org || !need || need->state != need_state_open || !shelf_place (market_shelf (from), &id, &found))
        return outcome_missing;
    const offer_t *offer = market_offer (from, found.row, self->zone);
    if (strcmp (offer->supplier_id, self->org))
        return outcome_missing;
    now.ranking = rank (from, need, day_of_moment (self->now), PLACES, 0, self->zone);
    found.score = query_score (&now.ranking->query, market_shelf (from), &found);
    rank_weigh (now.ranking, from, &found, rank_delivers (now.ranking, from, found.row), &now.now);
    rank_tell (now.ranking, from, &now.now, self->zone);

    bool among = rank_admits (now.ranking, &now.now, PLACES);
    answer_text (self, s, out, "offer_id", offer->id);
    answer_text (self, s, out, "supplier_id", offer->supplier_id);
    answer_text (self, s, out, "need_id", need->id);
    schema_set_int (s, out, "places", PLACES);
    schema_set_int (s, out, "among", among);
    if (now.now.kept_out != RULE_NONE)
        write_rule (self, &now, out);
    write_changes (self, &now, among ? 0 : fewest (&now), out);
    write_words (self, &now, out);
    schema_set_text (s, out, "rule_set", now.ranking->rules->version);
    schema_set_int (s, out, "index_seq", market_seq (from));
    self->seq = market_seq (from);
    return outcome_done;
}

outcome offer_why_not (call *self, const why_not_query_t *in, why_not_t *out)
{
    outcome how;
    const market *from = answer_open (self, NULL, &how);
    if (!from)
        return how;
    how = answer (self, in, from, out);
    answer_close (self);
    return how;
}
