/* query.c - a word counts for what it tells: by how few offers have it, where it stands, and whole or as a part. */
#include "query.h"
#include "score.h"
#include "market/typos.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What a word weighs in an offer that has it in its title and once more; six such words are all that can be asked. */
enum { REFERENCE_WORDS = 6, REFERENCE_WEIGHT = 36, RARITY_SHARE = 16 };

/* What was meant by a slip counts for half as much as a part of a word; the name of a code for a quarter of a word in a title. */
enum { SLIP_LETTERS = 5, TOKEN_MEANT = 2, NAME_SHARE = 4 };

/* Letters that look alike are looked for where a word finds less than this. */
enum { COMMON_OFFERS = 100 };

/* What factors sum to has to stay below this (index.h). */
enum { FACTORS = 1 << 24 };

typedef struct {
    query        *to;
    const shelf  *in;
    shelf_reader *with;
    uint32_t     *total;   /* of all factors */
    unsigned      weight;  /* of the text that is read */
    bool          slip;    /* what is read was meant by a word */
    int64_t       known;   /* the most that a token is worth that offers have, of the word at hand */
    bool          common;  /* the word at hand, or a part of it, finds enough */
    bool          fresh;   /* it has a token that was not asked for yet */
    bool          parted;  /* it is a compound */
    char          whole [TOKEN_BYTES]; /* its first token */
    size_t        whole_size;
    name_word     named [QUERY_WORDS]; /* where words stand in the text */
} reading;

static shelf_wanted *wanted_of (query *self, const char *token, size_t size)
{
    for (size_t i = 0; i < self->wanted_count; i++)
        if (self->wanted [i].size == size && memcmp (self->wanted [i].token, token, size) == 0)
            return &self->wanted [i];
    return NULL;
}

static uint32_t worth (const reading *self, int64_t with, unsigned strength)
{
    return (uint32_t) (score_rarity (shelf_offers (self->in), with) / RARITY_SHARE) * strength * self->weight;
}

/* Whether the token was not asked for yet, and there was room for it. */
static bool want (reading *self, const char *token, size_t size, uint32_t factor)
{
    query *q = self->to;
    shelf_wanted *already = wanted_of (q, token, size);
    if (*self->total + factor >= FACTORS || (!already && q->wanted_count == SHELF_WANTED))
        return false;
    *self->total += factor;
    if (already) {
        already->factor += factor;
        return false;
    }
    shelf_wanted *fresh = &q->wanted [q->wanted_count];
    q->slip [q->wanted_count] = self->slip;
    q->of [q->wanted_count++] = (uint8_t) q->word_count;
    memcpy (fresh->token, token, size);
    fresh->size = size;
    fresh->hash = index_hash (token, size);
    fresh->factor = factor;
    return true;
}

static void take_token (void *to, const char *token, size_t size, unsigned strength)
{
    reading *self = to;
    bool is_word = *token != TOKEN_GRAM;
    if (!is_word && self->common)
        return;
    int64_t with = shelf_frequency (self->in, token, size);
    uint32_t factor = worth (self, with, strength);
    self->common |= is_word && with >= COMMON_OFFERS;
    if (is_word && with && factor > self->known)
        self->known = factor;
    if (is_word && !self->whole_size)
        memcpy (self->whole, token, self->whole_size = size);
    self->parted |= is_word && strength == TOKEN_PART;
    self->fresh |= want (self, token, size, factor) && is_word;
}

/* An offer with what was meant earns its share of what it would have earned had it been written so. */
static void take_meant (void *to, const char *token, size_t size, unsigned strength)
{
    reading *self = to;
    int64_t with = shelf_frequency (self->in, token, size), most = worth (self, with, strength);
    if (with && most > self->known)
        self->known = most;
    want (self, token, size, (uint32_t) most * TOKEN_MEANT / TOKEN_WHOLE);
}

/* Letters that look alike are for words of which nothing better is known. */
static void drop_grams (reading *self)
{
    query *q = self->to;
    for (size_t i = q->wanted_count; i-- && q->of [i] == q->word_count; )
        if (*q->wanted [i].token == TOKEN_GRAM) {
            *self->total -= q->wanted [i].factor;
            q->wanted [i] = q->wanted [--q->wanted_count];
        }
}

/* A word of which offers have a part is no slip. */
static void look_for_meant (reading *self, query_word *word, const char *at, size_t size)
{
    word->meant [0] = 0;
    if (!self->whole_size || typos_letters (at, size) < SLIP_LETTERS || (self->parted && self->known))
        return;
    size_t meant = shelf_meant (self->in, at, size, shelf_frequency (self->in, self->whole, self->whole_size), word->meant);
    word->meant [meant] = 0;
    if (meant)
        drop_grams (self);
    self->slip = true;
    analyser_read (shelf_analyser (self->with), word->meant, meant, false, take_meant, self);
    self->slip = false;
}

/* A word of the title that no offer has counts as the rarest of all, so that an offer with a side issue of the need does
 * not pass for one with its subject. Such words of the description say nothing about offers, and count for nothing.    */
static void end_word (reading *self, const char *at, size_t size)
{
    query *q = self->to;
    if (!self->fresh)
        return;
    query_word *word = &q->words [q->word_count];
    look_for_meant (self, word, at, size);
    q->word_count++;
    size_t shown = size < sizeof word->written ? size : sizeof word->written - 1;
    while (shown < size && shown && ((unsigned char) at [shown] & 0xc0) == 0x80)
        shown--; /* between letters, not within one */
    memcpy (word->written, at, shown);
    word->written [shown] = 0;
    if (!self->known && self->weight == TITLE_WEIGHT)
        self->known = worth (self, 0, TOKEN_WHOLE);
    word->most = self->known * REFERENCE_WEIGHT;
    self->named [q->word_count - 1] = (name_word) { at, size, word->most / NAME_SHARE };
}

static bool is_letter (char c)
{
    return (unsigned char) c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *query_next (const char *at, size_t *size)
{
    while (*at && !is_letter (*at))
        at++;
    for (*size = 0; is_letter (at [*size]); )
        (*size)++;
    return at;
}

static void read_text (reading *self, const char *text)
{
    size_t size;
    for (const char *at = query_next (text, &size); size && self->to->word_count < QUERY_WORDS; at = query_next (at + size, &size)) {
        self->known = 0;
        self->common = self->fresh = self->parted = false;
        self->whole_size = 0;
        analyser_read (shelf_analyser (self->with), at, size, self->weight == TITLE_WEIGHT, take_token, self);
        end_word (self, at, size);
    }
}

static int most_first (const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return (x < y) - (x > y);
}

static int64_t reference_of (const query *self)
{
    int64_t most [QUERY_WORDS], sum = 0;
    for (size_t i = 0; i < self->word_count; i++)
        most [i] = self->words [i].most;
    qsort (most, self->word_count, sizeof *most, most_first);
    for (size_t i = 0; i < self->word_count && i < REFERENCE_WORDS; i++)
        sum += most [i];
    return sum;
}

void query_read (query *self, const shelf *in, const names *called, shelf_reader *with, const char *title,
                 const char *description)
{
    uint32_t total = 0;
    reading now = { .to = self, .in = in, .with = with, .total = &total, .weight = TITLE_WEIGHT };
    self->word_count = self->wanted_count = self->branch_count = 0;
    read_text (&now, title);
    if (called)
        self->branch_count = names_find (called, now.named, self->word_count, self->branches, QUERY_BRANCHES);
    if (description)
        read_text (&(reading) { .to = self, .in = in, .with = with, .total = &total, .weight = 1 }, description);
    self->reference = reference_of (self);
}

/* ------------------------------------------------------------------------------------ finding */

static uint32_t words_score (const query *self, const shelf *in, const shelf_found *of)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < self->wanted_count; i++)
        sum += self->wanted [i].factor * shelf_weight (in, of, &self->wanted [i]);
    return sum;
}

const name_found *query_branch (const query *self, uint32_t cpv)
{
    for (size_t i = 0; i < self->branch_count; i++)
        if (cpv_compare (self->branches [i].cpv, cpv) >= CPV_WITHIN)
            return &self->branches [i];
    return NULL;
}

uint32_t query_branch_score (const query *self, uint32_t cpv)
{
    const name_found *under = query_branch (self, cpv);
    return under ? (uint32_t) under->points : 0;
}

uint32_t query_branch_most (const query *self, uint32_t first, uint32_t last)
{
    int64_t most = 0;
    for (size_t i = 0; i < self->branch_count; i++) {
        const name_found *b = &self->branches [i];
        uint32_t begins, ends;
        cpv_branch (b->cpv, cpv_digits (b->cpv), &begins, &ends);
        if (begins <= last && first <= ends && b->points > most)
            most = b->points;
    }
    return (uint32_t) most;
}

uint32_t query_score (const query *self, const shelf *in, const shelf_found *of)
{
    return words_score (self, in, of) + query_branch_score (self, of->row->cpv);
}

/* Where words found all that they can find, those under a code that have none of them come behind. */
static size_t add_branch (const query *self, const name_found *under, const shelf *in, shelf_reader *with,
                          shelf_where where, shelf_found *best, size_t count, size_t most)
{
    shelf_found *there = malloc (most * sizeof *there);
    assert (there);
    size_t found = shelf_find_cpv (in, with, under->cpv, cpv_digits (under->cpv), where, there, most);
    for (size_t i = 0; i < found && count < most; i++)
        if (query_branch (self, there [i].row->cpv) == under && !words_score (self, in, &there [i])) {
            best [count] = there [i];
            best [count++].score = (uint32_t) under->points;
        }
    free (there);
    return count;
}

static int by_score (const void *a, const void *b)
{
    const shelf_found *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : offer_id_compare (x->id, y->id);
}

size_t query_find (const query *self, const shelf *in, shelf_reader *with, shelf_where where, shelf_found *best, size_t most)
{
    size_t count = shelf_find (in, with, self->wanted, self->wanted_count, where, best, most);
    if (!self->branch_count)
        return count;
    for (size_t i = 0; i < count; i++)
        best [i].score += query_branch_score (self, best [i].row->cpv);
    for (size_t i = 0; i < self->branch_count && count < most; i++)
        count = add_branch (self, &self->branches [i], in, with, where, best, count, most);
    if (count)
        qsort (best, count, sizeof *best, by_score);
    return count;
}

uint64_t query_words_in (const query *self, const shelf *in, const shelf_found *offer, uint64_t *slips)
{
    uint64_t written = 0, meant = 0;
    for (size_t i = 0; i < self->wanted_count; i++)
        if (*self->wanted [i].token != TOKEN_GRAM && shelf_weight (in, offer, &self->wanted [i]))
            *(self->slip [i] ? &meant : &written) |= UINT64_C (1) << self->of [i];
    *slips = meant & ~written;
    return written | meant;
}

/* ------------------------------------------------------------------------------------- marking */

typedef struct { const query *of; int word; } marking;

static void take_mark (void *to, const char *token, size_t size, unsigned strength)
{
    marking *self = to;
    (void) strength;
    for (size_t i = 0; i < self->of->wanted_count && self->word < 0; i++)
        if (self->of->wanted [i].size == size && memcmp (self->of->wanted [i].token, token, size) == 0)
            self->word = self->of->of [i];
}

void query_marks (const query *self, analyser *with, const char *text, query_mark *mark, void *to)
{
    size_t size;
    for (const char *at = query_next (text, &size); size; at = query_next (at + size, &size)) {
        marking now = { self, -1 };
        analyser_read (with, at, size, false, take_mark, &now);
        if (now.word >= 0)
            mark (to, at, size, now.word);
    }
}
