/* explain.c - the sentences. */
#include "explain.h"
#include "../../common/text.h"
#include "market/day.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_SHOWN = 6 };

/* A sentence that grows; what does not fit is left out whole. */
typedef struct {
    char  *at;
    size_t used;
} sentence;

static void say (sentence *self, const char *what)
{
    size_t size = strlen (what);
    if (self->used + size >= WHY_BYTES)
        return;
    memcpy (self->at + self->used, what, size + 1);
    self->used += size;
}

static void explain_words (const ranking *self, const candidate *c, tongue in, sentence *to)
{
    int shown = 0;
    uint64_t written = c->words & ~c->slips;
    say (to, in == DUTCH ? "Woorden uit de vraag die heel of deels in het aanbod staan: "
                         : "Words of the need that are in the offer, whole or in part: ");
    for (size_t i = 0; i < self->query.word_count && shown < WORDS_SHOWN; i++)
        if (written >> i & 1) {
            say (to, shown++ ? ", " : "");
            say (to, self->query.words [i].written);
        }
    int more = __builtin_popcountll (written) - shown;
    char rest [40];
    snprintf (rest, sizeof rest, in == DUTCH ? " en nog %d" : " and %d more", more);
    say (to, more ? rest : "");
    say (to, ".");
}

/* Words of which the offer has what seems to have been meant. */
static void explain_meant (const ranking *self, const candidate *c, tongue in, sentence *to)
{
    int shown = 0;
    for (size_t i = 0; i < self->query.word_count; i++)
        if (c->slips >> i & 1) {
            say (to, shown++ ? ", " : in == DUTCH ? " Wij zochten ook op: " : " We also looked for: ");
            say (to, self->query.words [i].meant);
        }
    say (to, shown ? "." : "");
}

static void explain_name (const ranking *self, const candidate *c, tongue in, sentence *to)
{
    char text [WHY_BYTES];
    const name_found *under = query_branch (&self->query, c->found.row->cpv);
    if (!under)
        return;
    snprintf (text, sizeof text, in == DUTCH ? " De titel hoort bij de CPV-groep van het aanbod: %s."
                                             : " The title belongs with the CPV group of the offer: %s.",
              in == DUTCH ? under->name : under->name_en);
    say (to, text);
}

static void explain_text (const ranking *self, const candidate *c, tongue in, sentence *to)
{
    if (c->words & ~c->slips)
        explain_words (self, c, in, to);
    else
        say (to, in == DUTCH ? "Geen woord uit de vraag staat in het aanbod." : "No word of the need is in the offer.");
    explain_meant (self, c, in, to);
    explain_name (self, c, in, to);
}

static void explain_cpv (const candidate *c, tongue in, sentence *to)
{
    static const char *const level [] [2] = {
        [CPV_DIVISION] = { "afdeling", "division" }, [CPV_GROUP] = { "groep", "group" },
        [CPV_CLASS] = { "klasse", "class" }, [CPV_CATEGORY] = { "categorie", "category" },
    };
    char text [WHY_BYTES];
    const char *code = c->offer->cpv;
    if (c->is.cpv_nearness == CPV_APART)
        snprintf (text, sizeof text, in == DUTCH ? "CPV-code %s ligt in een andere afdeling."
                                                 : "CPV code %s is in another division.", code);
    else if (c->is.cpv_nearness == CPV_SAME)
        snprintf (text, sizeof text, in == DUTCH ? "Dezelfde CPV-code: %s."
                                                 : "The same CPV code: %s.", code);
    else if (c->is.cpv_nearness == CPV_WITHIN)
        snprintf (text, sizeof text, in == DUTCH ? "CPV-code %s valt onder de gevraagde code %s."
                                                 : "CPV code %s lies under the code asked for, %s.",
                  code, c->asked_cpv);
    else
        snprintf (text, sizeof text, in == DUTCH ? "CPV-code %s heeft dezelfde %s als gevraagd: %s."
                                                 : "CPV code %s has the same %s as asked for: %s.",
                  code, level [c->is.cpv_nearness] [in], c->asked_cpv);
    say (to, text);
}

static void explain_distance (const ranking *self, const candidate *c, tongue in, sentence *to)
{
    char text [WHY_BYTES];
    const char *where = self->need->municipality_name ? self->need->municipality_name
                                                      : self->need->municipality;
    if (c->is.metres == METRES_UNKNOWN)
        snprintf (text, sizeof text, in == DUTCH ? "De afstand tot %s is niet bekend."
                                                 : "The distance to %s is not known.", where);
    else if (c->is.metres == 0)
        snprintf (text, sizeof text, in == DUTCH ? "Gevestigd in %s, waar geleverd wordt."
                                                 : "Seated in %s, where delivery is.", where);
    else
        snprintf (text, sizeof text, in == DUTCH ? "Hemelsbreed %" PRId64 " km van %s."
                                                 : "%" PRId64 " km from %s as the crow flies.",
                  (c->is.metres + 500) / 1000, where);
    say (to, text);
    if (c->offer->national)
        say (to, in == DUTCH ? " Levert in heel Nederland." : " Delivers in the whole country.");
}

static void say_names (uint32_t bits, const words *all, tongue in, int *shown, sentence *to)
{
    for (int i = 0; i < all->count; i++)
        if (bits >> i & 1) {
            say (to, (*shown)++ ? ", " : ": ");
            say (to, in == DUTCH ? all->words [i].nl : all->words [i].en);
        }
}

static void explain_impact (const candidate *c, tongue in, sentence *to)
{
    char text [WHY_BYTES];
    int shown = 0;
    if (!c->is.asked) {
        bool stated = c->points [score_part_impact];
        say (to, in == DUTCH ? "De vraag noemt geen doelen; " : "The need names no goals; ");
        say (to, in == DUTCH ? (stated ? "dit aanbod wel." : "dit aanbod ook niet.")
                             : (stated ? "this offer does." : "nor does this offer."));
        return;
    }
    snprintf (text, sizeof text, in == DUTCH ? "%d van %d gevraagde doelen en doelgroepen"
                                             : "%d of %d goals and groups asked for",
              (int) c->is.shared, (int) c->is.asked);
    say (to, text);
    say_names (c->goals, impact_goal_words (), in, &shown, to);
    say_names (c->groups, target_group_words (), in, &shown, to);
    say (to, ".");
}

static void explain_capacity (const candidate *c, tongue in, sentence *to)
{
    char text [WHY_BYTES];
    int64_t asked = c->is.quantity, most = c->is.capacity;
    if (!asked)
        say (to, in == DUTCH ? "De vraag noemt geen aantal in de eenheid van het aanbod."
                             : "The need states no quantity in the unit of the offer.");
    else if (!most)
        say (to, in == DUTCH ? "Het aanbod noemt geen grootste aantal." : "The offer states no largest quantity.");
    else {
        snprintf (text, sizeof text, in == DUTCH ? "Gevraagd: %" PRId64 "; het aanbod gaat tot %" PRId64 "."
                                                 : "Asked for: %" PRId64 "; the offer goes up to %" PRId64 ".", asked, most);
        say (to, text);
    }
}

static void explain_price (const ranking *self, const candidate *c, tongue in, sentence *to)
{
    char text [WHY_BYTES];
    int64_t budget = self->need->budget_cents, quantity = c->is.quantity;
    if (!budget)
        say (to, in == DUTCH ? "De vraag heeft geen raming." : "The need has no estimate.");
    else if (c->is.price_cents == PRICE_UNKNOWN)
        say (to, in == DUTCH ? "De prijs is op aanvraag." : "The price is on request.");
    else if (!quantity)
        say (to, in == DUTCH ? "Prijs en raming kunnen niet worden vergeleken zonder aantal in dezelfde eenheid."
                             : "Price and estimate cannot be compared without a quantity in the same unit.");
    else {
        char price [MONEY_TEXT], estimate [MONEY_TEXT];
        char thousands = in == DUTCH ? '.' : ',';
        money_write (c->is.price_cents * quantity, thousands, price);
        money_write (budget, thousands, estimate);
        snprintf (text, sizeof text, in == DUTCH ? "Prijs vanaf voor %" PRId64 ": %s; uw raming is %s."
                                                 : "Price from for %" PRId64 ": %s; your estimate is %s.", quantity, price, estimate);
        say (to, text);
    }
}

static void explain_label (const candidate *c, tongue in, sentence *to)
{
    char text [WHY_BYTES];
    if (!c->label) {
        say (to, in == DUTCH ? "De onderneming heeft geen keurmerk dat nu geldt."
                             : "The enterprise has no label that holds now.");
        return;
    }
    const word *scheme = &label_scheme_words ()->words [c->label->scheme];
    const char *name = in == DUTCH ? scheme->nl : scheme->en;
    char until [DAY_WORDS];
    if (c->label->valid_until) {
        day_say (day_of_date (c->label->valid_until), in == DUTCH, until);
        snprintf (text, sizeof text, in == DUTCH ? "Keurmerk %s geldt tot en met %s." : "Label %s holds up to and including %s.", name, until);
    } else
        snprintf (text, sizeof text, in == DUTCH ? "Keurmerk %s, zonder einddatum." : "Label %s, without an end date.", name);
    say (to, text);
}

void explain_part (const ranking *self, const candidate *c, int which, tongue in,
                   char out [WHY_BYTES])
{
    sentence to = { out, 0 };
    switch (which) {
    case score_part_text:      explain_text (self, c, in, &to); break;
    case score_part_cpv:       explain_cpv (c, in, &to); break;
    case score_part_distance:  explain_distance (self, c, in, &to); break;
    case score_part_impact:    explain_impact (c, in, &to); break;
    case score_part_capacity:  explain_capacity (c, in, &to); break;
    case score_part_price:     explain_price (self, c, in, &to); break;
    case score_part_freshness: explain_label (c, in, &to); break;
    }
}

static void explain_lead_time (const candidate *c, tongue in, char out [WHY_BYTES])
{
    int64_t lead = c->is.lead_days, left = c->is.days_left;
    if (left < 0)
        snprintf (out, WHY_BYTES, in == DUTCH ? "De gewenste start is al voorbij."
                                              : "The start that was wished for has passed.");
    else
        snprintf (out, WHY_BYTES, in == DUTCH
            ? "De levertijd is %" PRId64 " dagen; tot de gewenste start zijn er %" PRId64 "."
            : "Delivery takes %" PRId64 " days; until the start wished for there are %" PRId64 ".",
            lead, left);
}

void explain_rule (const ranking *self, const candidate *c, tongue in, char out [WHY_BYTES])
{
    const char *where = self->need->municipality_name ? self->need->municipality_name
                                                      : self->need->municipality;
    switch (c->kept_out) {
    case hard_rule_not_admitted:
        snprintf (out, WHY_BYTES, in == DUTCH ? "De onderneming is niet toegelaten tot de markt."
                                              : "The enterprise is not admitted to the market.");
        break;
    case hard_rule_closed:
        snprintf (out, WHY_BYTES, in == DUTCH ? "De onderneming is gesloten van %s tot en met %s."
                                              : "The enterprise is closed from %s up to and including %s.",
                  c->by->record->closed_from, c->by->record->closed_until);
        break;
    case hard_rule_full:
        snprintf (out, WHY_BYTES, in == DUTCH ? "De onderneming neemt nu geen nieuw werk aan."
                                              : "The enterprise takes no new work now.");
        break;
    case hard_rule_region:
        snprintf (out, WHY_BYTES, in == DUTCH ? "Dit aanbod wordt niet geleverd in %s."
                                              : "This offer is not delivered in %s.", where);
        break;
    case hard_rule_lead_time:
        explain_lead_time (c, in, out);
        break;
    case hard_rule_capacity:
        snprintf (out, WHY_BYTES, in == DUTCH
            ? "Gevraagd is een aantal van %" PRId64 "; het aanbod gaat tot %" PRId64 "."
            : "The need asks for a quantity of %" PRId64 "; the offer goes up to %" PRId64 ".",
            c->is.quantity, c->is.capacity);
        break;
    default:
        out [0] = 0;
    }
}
