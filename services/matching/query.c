/* query.c - a word counts for what it tells: by how few offers have it, where it stands, and whole or as a part. */
#include "query.h"
#include "score.h"
#include <stdlib.h>
#include <string.h>

/* What a word weighs in an offer that has it in its title and once more; six such words are all that can be asked. */
enum { REFERENCE_WORDS = 6, REFERENCE_WEIGHT = 36, RARITY_SHARE = 16 };

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
    int64_t       known;   /* the most that a token is worth that offers have, of the word at hand */
    bool          common;  /* the word at hand, or a part of it, finds enough */
    bool          fresh;   /* it has a token that was not asked for yet */
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

static void take_token (void *to, const char *token, size_t size, unsigned strength)
{
    reading *self = to;
    query *q = self->to;
    int64_t with = shelf_frequency (self->in, token, size);
    uint32_t factor = worth (self, with, strength);
    bool is_word = *token != TOKEN_GRAM;
    self->common |= is_word && with >= COMMON_OFFERS;
    if (!is_word && self->common)
        return;
    if (is_word && with && factor > self->known)
        self->known = factor;
    shelf_wanted *already = wanted_of (q, token, size);
    if (*self->total + factor >= FACTORS || (!already && q->wanted_count == SHELF_WANTED))
        return;
    *self->total += factor;
    if (already) {
        already->factor += factor;
        return;
    }
    self->fresh |= is_word;
    shelf_wanted *fresh = &q->wanted [q->wanted_count];
    q->of [q->wanted_count++] = (uint8_t) q->word_count;
    memcpy (fresh->token, token, size);
    fresh->size = size;
    fresh->factor = factor;
}

/* A word of the title that no offer has counts as the rarest of all, so that an offer with a side issue of the need does
 * not pass for one with its subject. Such words of the description say nothing about offers, and count for nothing.    */
static void end_word (reading *self, const char *at, size_t size)
{
    query *q = self->to;
    if (!self->fresh)
        return;
    query_word *word = &q->words [q->word_count++];
    size_t shown = size < sizeof word->written ? size : sizeof word->written - 1;
    while (shown < size && shown && ((unsigned char) at [shown] & 0xc0) == 0x80)
        shown--; /* between letters, not within one */
    memcpy (word->written, at, shown);
    word->written [shown] = 0;
    if (!self->known && self->weight == TITLE_WEIGHT)
        self->known = worth (self, 0, TOKEN_WHOLE);
    word->most = self->known * REFERENCE_WEIGHT;
}

static bool is_letter (char c)
{
    return (unsigned char) c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void read_text (reading *self, const char *text)
{
    for (const char *at = text; *at && self->to->word_count < QUERY_WORDS; ) {
        size_t size = 0;
        while (is_letter (at [size]))
            size++;
        if (size) {
            self->known = 0;
            self->common = self->fresh = false;
            analyser_read (shelf_analyser (self->with), at, size, self->weight == TITLE_WEIGHT, take_token, self);
            end_word (self, at, size);
        }
        at += size + !size;
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

void query_read (query *self, const shelf *in, shelf_reader *with, const char *title, const char *description)
{
    uint32_t total = 0;
    self->word_count = self->wanted_count = 0;
    read_text (&(reading) { .to = self, .in = in, .with = with, .total = &total, .weight = TITLE_WEIGHT }, title);
    if (description)
        read_text (&(reading) { .to = self, .in = in, .with = with, .total = &total, .weight = 1 }, description);
    self->reference = reference_of (self);
}

uint32_t query_score (const query *self, const shelf *in, const shelf_found *of)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < self->wanted_count; i++)
        sum += self->wanted [i].factor * shelf_weight (in, of, self->wanted [i].token, self->wanted [i].size);
    return sum;
}

uint64_t query_words_in (const query *self, const shelf *in, const shelf_found *offer)
{
    uint64_t words = 0;
    for (size_t i = 0; i < self->wanted_count; i++)
        if (*self->wanted [i].token != TOKEN_GRAM && shelf_weight (in, offer, self->wanted [i].token, self->wanted [i].size))
            words |= UINT64_C (1) << self->of [i];
    return words;
}
