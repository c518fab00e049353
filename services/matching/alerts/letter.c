/* letter.c - what a letter says, and whether it is written at all. */
#include "letter.h"
#include "../market/day.h"
#include "../explain.h"
#include "../market/record.h"
#include "../../../common/text.h"
#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_SHOWN = 6, TITLE_SHOWN = 100 };

static const struct { const char *owner, *since; letter_cut cut; } cuts [] = {
#define ALERT_CUT(owner, since, score, words) { owner, since, { score, words } },
#include "cut.def"
#undef ALERT_CUT
};

letter_cut letter_cut_on (int64_t day)
{
    size_t at = sizeof cuts / sizeof *cuts - 1;
    while (at > 0 && day < day_of_date (cuts [at].since))
        at--;
    return cuts [at].cut;
}

/* ------------------------------------------------------------------------------------ writing */

static const char *print (msgpack_zone *, const char *format, ...) __attribute__ ((format (printf, 2, 3)));
static const char *print (msgpack_zone *zone, const char *format, ...)
{
    va_list args;
    va_start (args, format);
    int size = vsnprintf (NULL, 0, format, args);
    va_end (args);
    char *text = record_room (zone, 1, (size_t) size + 1);
    va_start (args, format);
    vsnprintf (text, (size_t) size + 1, format, args);
    va_end (args);
    return text;
}

/* As much of a text as a line has room for. */
static const char *cut_short (const char *text, msgpack_zone *zone)
{
    size_t points = 0, at = 0;
    for (; text [at] && points <= TITLE_SHOWN; at++)
        points += ((unsigned char) text [at + 1] & 0xc0) != 0x80;
    return text [at] ? print (zone, "%.*s…", (int) at, text) : text;
}

/* The same letter has the same id, whoever writes it and how often. UUIDv8 (RFC 9562) of what it is about. */
static const char *id_of (const char *for_whom, const char *kind, const char *about, const char *other, msgpack_zone *zone)
{
    unsigned char hash [crypto_hash_sha256_BYTES];
    const char *text = print (zone, "letter %s %s %s %s", for_whom, kind, about, other ? other : "");
    crypto_hash_sha256 (hash, (const unsigned char *) text, strlen (text));
    hash [6] = (hash [6] & 0x0f) | 0x80;
    hash [8] = (hash [8] & 0x3f) | 0x80;
    char *id = record_room (zone, 1, UUID_TEXT);
    uuid_write (hash, id);
    return id;
}

static letter_t *letter_new (int kind, const char *for_whom, const char *about, const char *other, msgpack_zone *zone)
{
    const schema *s = letter_schema ();
    letter_t *self = record_room (zone, 1, sizeof *self);
    schema_set_text (s, self, "id", id_of (for_whom, letter_kind_words ()->words [kind].word, about, other, zone));
    schema_set_text (s, self, "organisation_id", for_whom);
    schema_set_int (s, self, "kind", kind);
    return self;
}

static void set_pair (const schema *s, void *record, const char *name, const char *nl, const char *en)
{
    char english [40];
    snprintf (english, sizeof english, "%s_en", name);
    schema_set_text (s, record, name, nl);
    schema_set_text (s, record, english, en);
}

/* "a, b, c en nog 2"; of those words whose bit is set. NULL: none. */
static const char *list_words (const query *of, uint64_t bits, const char *more, msgpack_zone *zone)
{
    const char *list = NULL;
    int shown = 0, all = 0;
    for (size_t i = 0; i < of->word_count; i++) {
        all += (int) (bits >> i & 1);
        if (bits >> i & 1 && shown++ < WORDS_SHOWN)
            list = list ? print (zone, "%s, %s", list, of->words [i].written) : of->words [i].written;
    }
    return all > WORDS_SHOWN ? print (zone, "%s %s %d", list, more, all - WORDS_SHOWN) : list;
}

/* Texts of at most what the schema lets through: words of a need may be long. */
static const char *fitting (const char *text, msgpack_zone *zone)
{
    enum { ROOM = 280 };
    size_t size = strlen (text);
    if (size <= ROOM)
        return text;
    size = ROOM;
    while (((unsigned char) text [size] & 0xc0) == 0x80)
        size--;
    return print (zone, "%.*s…", (int) size, text);
}

static void add_lack (letter_t *to, const char *nl, const char *en, msgpack_zone *zone)
{
    letter_lack_t *one = &to->missing.at [to->missing.count++];
    set_pair (letter_lack_schema (), one, "why", fitting (nl, zone), fitting (en, zone));
}

static void lack_words (letter_t *to, const query *of, uint64_t bits, const char *nl, const char *en, msgpack_zone *zone)
{
    const char *list = list_words (of, bits, "en nog", zone);
    if (list)
        add_lack (to, print (zone, nl, list), print (zone, en, list_words (of, bits, "and", zone)), zone);
}

static uint64_t all_of (const query *self)
{
    return self->word_count < 64 ? (UINT64_C (1) << self->word_count) - 1 : UINT64_MAX;
}

/* ------------------------------------------------------------------------------------ matches */

static bool tells (int kind, int part)
{
    return kind == letter_kind_offer || part != score_part_price;
}

static void write_part (const ranking *in, const candidate *c, int part, match_part_t *to, msgpack_zone *zone)
{
    const schema *s = match_part_schema ();
    char nl [WHY_BYTES], en [WHY_BYTES];
    explain_part (in, c, part, DUTCH, nl);
    explain_part (in, c, part, ENGLISH, en);
    schema_set_int (s, to, "name", part);
    schema_set_int (s, to, "points_ppm", c->points [part]);
    schema_set_int (s, to, "most_ppm", in->rules->most [part]);
    set_pair (s, to, "why", print (zone, "%s", nl), print (zone, "%s", en));
}

/* Where at most half of a part was earned, and not because the need does not ask. */
static bool lacks (const ranking *in, const candidate *c, int part)
{
    bool asked = part == score_part_capacity ? c->is.quantity > 0
               : part == score_part_price ? in->budget > 0 && c->is.quantity > 0
               : part != score_part_text && part != score_part_distance;
    return asked && 2 * c->points [part] <= in->rules->most [part];
}

static void write_parts (int kind, const ranking *in, const candidate *c, letter_t *to, msgpack_zone *zone)
{
    const schema *s = letter_schema ();
    match_part_t *parts = record_room (zone, PART_COUNT, sizeof *parts);
    size_t count = 0;
    for (int i = 0; i < PART_COUNT; i++)
        if (tells (kind, i))
            write_part (in, c, i, &parts [count++], zone);
    schema_set_list (s, to, "parts", count, parts);
    schema_set_list (s, to, "missing", 0, record_room (zone, PART_COUNT + 1, sizeof (letter_lack_t)));
    lack_words (to, &in->query, all_of (&in->query) & ~c->words, "Woorden uit de vraag die niet in het aanbod staan: %s.",
                "Words of the need that are not in the offer: %s.", zone);
    for (size_t i = 0; i < count; i++)
        if (lacks (in, c, parts [i].name))
            add_lack (to, parts [i].why, parts [i].why_en, zone);
}

static void tell_offer (const ranking *in, const candidate *c, letter_t *to, msgpack_zone *zone)
{
    const char *need = cut_short (in->need->title, zone), *offer = c->offer->title;
    const char *named = c->offer->supplier_municipality_name, *where = named ? named : c->offer->supplier_municipality;
    set_pair (letter_schema (), to, "subject", print (zone, "Past bij uw vraag ‘%s’: %s", need, offer),
              print (zone, "Fits your need ‘%s’: %s", need, offer));
    set_pair (letter_schema (), to, "text", print (zone, "%s uit %s biedt aan: %s.", c->is.supplier_name, where, offer),
              print (zone, "%s in %s offers: %s.", c->is.supplier_name, where, offer));
}

static const char *place_of (const need_t *need)
{
    return need->municipality_name ? need->municipality_name : need->municipality;
}

static void tell_need (const ranking *in, const candidate *c, letter_t *to, msgpack_zone *zone)
{
    const char *need = in->need->title, *offer = cut_short (c->offer->title, zone), *where = place_of (in->need);
    char day [2] [DAY_WORDS];
    for (int dutch = 0; dutch < 2; dutch++)
        day_say (day_of_moment (in->need->quote_deadline), dutch, day [dutch]);
    set_pair (letter_schema (), to, "subject", print (zone, "Nieuwe vraag bij uw aanbod ‘%s’: %s", offer, need),
              print (zone, "New need for your offer ‘%s’: %s", offer, need));
    set_pair (letter_schema (), to, "text",
              print (zone, "%s vraagt, te leveren in %s: %s. Offertes kunnen tot en met %s.", in->need->buyer_name, where, need,
                     day [true]),
              print (zone, "%s asks, to be delivered in %s: %s. Quotes are taken until %s.", in->need->buyer_name, where, need,
                     day [false]));
}

letter_t *letter_of_match (int kind, const ranking *in, const candidate *c, msgpack_zone *zone)
{
    const schema *s = letter_schema ();
    bool to_buyer = kind == letter_kind_offer;
    int64_t untold = tells (kind, score_part_price) ? 0 : in->rules->most [score_part_price];
    int64_t cut = letter_cut_on (in->as_of).score;
    cut -= cut * untold / MILLION;
    int64_t score = c->score - (untold ? c->points [score_part_price] : 0);
    if (c->kept_out != RULE_NONE || score < cut)
        return NULL;
    letter_t *self = letter_new (kind, to_buyer ? in->need->buyer_id : c->is.supplier_id, in->need->id,
                                 to_buyer ? c->is.offer_id : NULL, zone);
    schema_set_text (s, self, "need_id", in->need->id);
    schema_set_text (s, self, "offer_id", c->is.offer_id);
    schema_set_int (s, self, "score_ppm", score);
    schema_set_int (s, self, "cut_ppm", cut);
    to_buyer ? tell_offer (in, c, self, zone) : tell_need (in, c, self, zone);
    write_parts (kind, in, c, self, zone);
    return self;
}

/* ------------------------------------------------------------------------------------- finds */

static void write_find (const letter_find *found, int64_t share, letter_t *to, msgpack_zone *zone)
{
    const schema *s = match_part_schema ();
    match_part_t *part = record_room (zone, 1, sizeof *part);
    schema_set_int (s, part, "name", score_part_text);
    schema_set_int (s, part, "points_ppm", share);
    schema_set_int (s, part, "most_ppm", MILLION);
    const char *nl = list_words (found->query, found->words, "en nog", zone);
    const char *en = list_words (found->query, found->words, "and", zone);
    set_pair (s, part, "why", fitting (print (zone, "Woorden uit uw zoekopdracht die zijn gevonden: %s.", nl), zone),
              fitting (print (zone, "Words of your search that were found: %s.", en), zone));
    schema_set_list (letter_schema (), to, "parts", 1, part);
    schema_set_list (letter_schema (), to, "missing", 0, record_room (zone, 1, sizeof (letter_lack_t)));
    lack_words (to, found->query, all_of (found->query) & ~found->words, "Woorden uit uw zoekopdracht die ontbreken: %s.",
                "Words of your search that are missing: %s.", zone);
}

static void tell_find (const letter_find *found, letter_t *to, msgpack_zone *zone)
{
    const find_thing *what = found->what;
    const char *words = cut_short (found->profile->words, zone);
    set_pair (letter_schema (), to, "subject", print (zone, "Bij uw zoekopdracht ‘%s’: %s", words, what->title),
              print (zone, "For your search ‘%s’: %s", words, what->title));
    const char *nl = what->is_offer ? "%s uit %s biedt aan: %s." : "%s vraagt, te leveren in %s: %s.";
    const char *en = what->is_offer ? "%s in %s offers: %s." : "%s asks, to be delivered in %s: %s.";
    set_pair (letter_schema (), to, "text", print (zone, nl, what->who, what->where, what->title),
              print (zone, en, what->who, what->where, what->title));
}

letter_t *letter_of_find (const letter_find *found, int64_t day, msgpack_zone *zone)
{
    const schema *s = letter_schema ();
    const find_thing *what = found->what;
    int64_t reference = found->query->reference, cut = letter_cut_on (day).words;
    int64_t share = !reference ? 0 : found->earned >= reference ? MILLION : found->earned * MILLION / reference;
    if (share < cut || !found->words)
        return NULL;
    letter_t *self = letter_new (what->is_offer ? letter_kind_profile_offer : letter_kind_profile_need,
                                 found->profile->organisation_id, what->id, NULL, zone);
    schema_set_text (s, self, "profile_id", found->profile->id);
    schema_set_text (s, self, what->is_offer ? "offer_id" : "need_id", what->id);
    schema_set_int (s, self, "score_ppm", share);
    schema_set_int (s, self, "cut_ppm", cut);
    tell_find (found, self, zone);
    write_find (found, share, self, zone);
    return self;
}
