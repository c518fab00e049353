/* index_test.c - the index finds what looking at everything finds: same offers, same scores, same order.
 *
 * Random catalogues, queries and filters; SEED=n takes those of an earlier run, TRIALS=n as many searches.  */
#include "../../services/matching/search/analyser.h"
#include "../../services/matching/search/index.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

enum { OFFERS = 36000 /* so that the largest have rows of more than one base */, WORDS = 300, MOST_WANTED = 8, MOST = 40, SEARCHES = 200 };

static uint64_t chance;

static uint32_t random_below (uint32_t limit)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t) ((chance >> 16) % limit);
}

/* What was put in, to be looked at without an index. */
typedef struct {
    uint32_t offers, words;
    uint8_t (*strength) [WORDS]; /* of each word in each offer */
    uint32_t lengths [OFFERS];
    offer_id ids [OFFERS];
    void    *bytes;
    size_t   size;
    index_t *index;
} world;

static size_t name_of (uint32_t word, char out [16])
{
    return (size_t) snprintf (out, 16, "%c%u", TOKEN_WORD, word);
}

static int by_id (const void *a, const void *b)
{
    return memcmp (a, b, sizeof (offer_id));
}

/* Three have the same key. */
static uint64_t key_of (uint32_t offer)
{
    return offer / 3;
}

/* Some words are in nearly every offer, most in few; offers that lie together share words. */
static void invent (world *self)
{
    self->offers = 1 + random_below (random_below (4) ? 400 : OFFERS);
    self->words = 2 + random_below (WORDS - 2);
    self->strength = calloc (self->offers, sizeof *self->strength);
    for (uint32_t i = 0; i < self->offers; i++) {
        for (size_t b = 0; b < sizeof self->ids [i].bytes; b++)
            self->ids [i].bytes [b] = (uint8_t) random_below (b < 12 ? 2 : 256);
        if (i % 3 == 2 || i + 1 == self->offers)
            qsort (&self->ids [i / 3 * 3], i % 3 + 1, sizeof *self->ids, by_id);
        self->lengths [i] = 0;
        for (uint32_t k = 1 + random_below (24); k; k--) {
            uint32_t word = random_below (3) ? random_below (1 + random_below (self->words)) : (i / 700 * 7 + random_below (5)) % self->words;
            unsigned strength = random_below (3) ? TOKEN_WHOLE : TOKEN_PART;
            if (self->strength [i] [word] + strength > UINT8_MAX)
                continue;
            self->strength [i] [word] = (uint8_t) (self->strength [i] [word] + strength);
            self->lengths [i] += strength;
        }
    }
}

/* An index of the offers whose part it is; NULL: of all. */
static void *build (const world *self, const uint8_t *parts, uint8_t part, size_t *size)
{
    index_builder *builder = index_builder_new ();
    char name [16];
    index_builder_lengths (builder, 12 * TOKEN_WHOLE, 1);
    for (uint32_t i = 0; i < self->offers; i++) {
        if (parts && parts [i] != part)
            continue;
        index_builder_offer (builder, key_of (i), &self->ids [i]);
        for (uint32_t word = 0; word < self->words; word++)
            if (self->strength [i] [word])
                index_builder_token (builder, name, name_of (word, name), self->strength [i] [word]);
    }
    void *bytes = index_builder_finish (builder, size);
    index_builder_destroy (&builder);
    return bytes;
}

static void fill (world *self)
{
    invent (self);
    self->bytes = build (self, NULL, 0, &self->size);
    self->index = index_on (self->bytes);
}

static void empty (world *self)
{
    index_close (&self->index);
    free (self->bytes);
    free (self->strength);
}

/* BM25's term frequency part in 63rds, k1 = 1.2 and b = 0.75, against twelve words. */
static uint32_t weight_of (const world *self, uint32_t offer, uint32_t word)
{
    uint64_t tf = UINT64_C (1000) * self->strength [offer] [word];
    uint64_t norm = UINT64_C (9600) * (250 + UINT64_C (750) * self->lengths [offer] / (12 * TOKEN_WHOLE)) / 1000;
    uint64_t weight = tf ? (63 * tf + (tf + norm) / 2) / (tf + norm) : 0;
    return tf && !weight ? 1 : (uint32_t) weight;
}

typedef struct { uint32_t offer, score; const offer_id *id; } seen;

static int best_first (const void *a, const void *b)
{
    const seen *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    int order = memcmp (x->id, y->id, sizeof *x->id);
    return order ? order : (x->offer > y->offer) - (x->offer < y->offer);
}

static void search (const world *self, finder *with)
{
    wanted query [MOST_WANTED];
    uint32_t words [MOST_WANTED];
    size_t count = 0, most = 1 + random_below (MOST), found = 0;
    hit_t pruned [MOST], all [MOST];
    seen *by_hand = calloc (self->offers, sizeof *by_hand);
    uint64_t *allowed = random_below (2) ? calloc (self->offers / 64 + 1, 8) : NULL;
    for (uint32_t i = 0, part = 1 + random_below (20); allowed && i < self->offers; i++)
        allowed [i / 64] |= (uint64_t) !random_below (part) << i % 64;
    for (uint32_t k = 1 + random_below (MOST_WANTED); k; k--) {
        char name [16];
        uint32_t word = random_below (self->words);
        bool twice = false;
        for (size_t i = 0; i < count; i++)
            twice |= words [i] == word;
        if (twice)
            continue;
        words [count] = word;
        query [count++] = (wanted) { index_token (self->index, index_hash (name, name_of (word, name))), random_below (3) ? 1 + random_below (20000) : 100 };
    }
    for (uint32_t i = 0; i < self->offers; i++) {
        seen now = { .offer = i, .id = &self->ids [i] };
        for (size_t k = 0; k < count; k++)
            now.score += query [k].factor * weight_of (self, i, words [k]);
        if (now.score && (!allowed || allowed [i / 64] >> i % 64 & 1))
            by_hand [found++] = now;
    }
    qsort (by_hand, found, sizeof *by_hand, best_first);
    found = found < most ? found : most;
    /* Where others have as many that are as good, those below are left out, and no other. */
    uint32_t least = found && random_below (2) ? by_hand [random_below ((uint32_t) found)].score : 1;
    size_t good = found;
    while (good && by_hand [good - 1].score < least)
        good--;
    size_t found_pruned = index_find (self->index, with, query, count, allowed, least, pruned, most);
    size_t found_all = index_find_all (self->index, with, query, count, allowed, all, most);
    assert_int_equal (found_pruned, good);
    assert_int_equal (found_all, found);
    for (size_t i = 0; i < good; i++) {
        assert_int_equal (pruned [i].score, by_hand [i].score);
        assert_memory_equal (index_id (self->index, pruned [i].offer), by_hand [i].id, sizeof (offer_id));
    }
    for (size_t i = 0; i < found; i++) {
        assert_int_equal (all [i].score, by_hand [i].score);
        assert_memory_equal (index_id (self->index, all [i].offer), by_hand [i].id, sizeof (offer_id));
    }
    free (by_hand);
    free (allowed);
}

static uint64_t number_from (const char *name, uint64_t otherwise)
{
    const char *said = getenv (name);
    return said ? strtoull (said, NULL, 10) : otherwise;
}

static void what_is_left_out_would_not_be_among_the_best (void **state)
{
    (void) state;
    uint64_t seed = number_from ("SEED", (uint64_t) time (NULL)), trials = number_from ("TRIALS", 3000);
    finder *with = finder_new ();
    world *self = calloc (1, sizeof *self);
    printf ("SEED=%" PRIu64 " TRIALS=%" PRIu64 "\n", seed, trials);
    chance = seed * UINT64_C (0x9e3779b97f4a7c15) + 1;
    for (uint64_t done = 0; done < trials;) {
        fill (self);
        for (int i = 0; i < SEARCHES && done < trials; i++, done++)
            search (self, with);
        empty (self);
    }
    free (self);
    finder_destroy (&with);
}

/* Offers come in parts; some were in an earlier part too, where they are gone now. */
static void a_merge_is_what_would_have_been_made_at_once (void **state)
{
    enum { PARTS = 4, WORLDS = 40 };
    (void) state;
    world *self = calloc (1, sizeof *self);
    chance = number_from ("SEED", (uint64_t) time (NULL)) * UINT64_C (0x9e3779b97f4a7c15) + 3;
    for (int round = 0; round < WORLDS; round++) {
        fill (self);
        uint8_t *in = malloc (self->offers);
        void *bytes [PARTS + 1];
        size_t sizes [PARTS + 1], size;
        index_t *parts [PARTS + 1];
        uint64_t *gone [PARTS + 1] = { NULL };
        for (uint32_t i = 0; i < self->offers; i++)
            in [i] = (uint8_t) random_below (PARTS);
        for (uint8_t k = 0; k <= PARTS; k++) { /* the last one is the first once more, all gone */
            bytes [k] = build (self, in, k % PARTS, &sizes [k]);
            parts [k] = index_on (bytes [k]);
        }
        gone [PARTS] = malloc (self->offers / 8 + 16);
        memset (gone [PARTS], 0xff, self->offers / 8 + 16);
        void *whole = index_merge ((const index_t *const *) parts, (const uint64_t *const *) gone, PARTS + 1, &size);
        assert_int_equal (size, self->size);
        assert_memory_equal (whole, self->bytes, size);
        for (int k = 0; k <= PARTS; k++) {
            index_close (&parts [k]);
            free (bytes [k]);
            free (gone [k]);
        }
        free (whole);
        free (in);
        empty (self);
    }
    free (self);
}

static void damage_is_seen (void **state)
{
    (void) state;
    world *self = calloc (1, sizeof *self);
    const char *why;
    chance = 7;
    fill (self);
    uint8_t *bytes = self->bytes;
    assert_null (index_open (bytes, self->size, &why));
    index_seal (bytes);
    index_t *kept = index_open (bytes, self->size, &why);
    assert_non_null (kept);
    index_close (&kept);
    for (size_t i = 0; i < self->size; i += 1 + self->size / 300) {
        bytes [i] ^= 4;
        assert_null (index_open (bytes, self->size, &why));
        bytes [i] ^= 4;
    }
    assert_null (index_open (bytes, self->size / 2, &why));
    assert_string_equal (why, "is damaged");
    assert_null (index_open (bytes, 3, &why));
    assert_string_equal (why, "is no index of this version");
    empty (self);
    free (self);
}

typedef struct { char text [400]; } told;

static void tell (void *to, const char *token, size_t size, unsigned strength)
{
    told *self = to;
    size_t at = strlen (self->text);
    snprintf (self->text + at, sizeof self->text - at, "%s%.*s%s", at ? " " : "", (int) size, token, strength == TOKEN_PART ? "/2" : "");
}

static const char *tokens_of (analyser *with, const char *text, token_grams grams, told *out)
{
    *out = (told) { "" };
    analyser_read (with, text, strlen (text), grams, tell, out);
    return out->text;
}

static void a_text_is_read_as_tokens (void **state)
{
    (void) state;
    told out;
    analyser *plain = analyser_new ("dutch", NULL);
    assert_non_null (plain);
    assert_string_equal (tokens_of (plain, "Tuinen en de CAFÉ's!", GRAMS_NONE, &out), "wtuin wcaf ws");
    assert_string_equal (tokens_of (plain, "soepjes", GRAMS_ASKED, &out), "wsoepjes gsoepj goepje gepjes");
    assert_string_equal (tokens_of (plain, "soepjes", GRAMS_KEPT, &out), "wsoepjes gsoepj gepjes");
    assert_string_equal (tokens_of (plain, "\xff\xfe tuin \xf0\x9f\x98\x80", GRAMS_NONE, &out), "wtuin");
    assert_string_equal (tokens_of (plain, "", GRAMS_ASKED, &out), "");
    analyser_destroy (&plain);
    assert_null (wordlist_new ("/nowhere"));
    char path [] = "/tmp/words-XXXXXX";
    int file = mkstemp (path);
    const char words [] = "onderhoud\ntuin\nTuin\nhoud\ndienst\ncatering\nstad\nstadstuin";
    assert_int_equal (write (file, words, sizeof words - 1), sizeof words - 1);
    close (file);
    wordlist *list = wordlist_new (path);
    assert_non_null (list);
    analyser *parting = analyser_new ("dutch", list);
    assert_non_null (parting);
    unlink (path);
    assert_string_equal (tokens_of (parting, "tuinonderhoud", GRAMS_NONE, &out), "wtuinonderhoud wtuin/2 wonderhoud/2");
    assert_string_equal (tokens_of (parting, "stadstuinonderhoud", GRAMS_NONE, &out),
                         "wstadstuinonderhoud wstadstuin/2 wonderhoud/2 wstad/2 wtuin/2");
    assert_string_equal (tokens_of (parting, "Stadsdienst, onderhoud", GRAMS_NONE, &out), "wstadsdienst wstad/2 wdienst/2 wonderhoud");
    analyser_destroy (&parting);
    wordlist_destroy (&list);
    assert_null (analyser_new ("klingon", NULL));
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (what_is_left_out_would_not_be_among_the_best),
        cmocka_unit_test (a_merge_is_what_would_have_been_made_at_once),
        cmocka_unit_test (damage_is_seen),
        cmocka_unit_test (a_text_is_read_as_tokens),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
