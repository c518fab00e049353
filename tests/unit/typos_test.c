/* typos_test.c - words a slip of the pen away: against looking at every word, by the definition of the distance.
 *
 * TYPOS_SEED=n repeats a run.                                                                                   */
#include "../../services/matching/market/typos.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { WORDS = 1500, QUESTIONS = 5000, LETTERS = 9, BYTES = 2 * LETTERS + 1 };

typedef struct { char text [BYTES]; size_t size; } word;

static uint64_t chance (uint64_t *seed)
{
    *seed += UINT64_C (0x9e3779b97f4a7c15);
    uint64_t z = (*seed ^ *seed >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C (0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* Of few letters, so that many are alike; one of them is of two bytes, and shares its first with another. */
static word random_word (uint64_t *seed)
{
    static const char *const letters [] = { "a", "b", "c", "\xc3\xa9", "\xc3\xab" };
    word made = { "", 0 };
    for (size_t left = 3 + chance (seed) % (LETTERS - 2); left; left--) {
        strcat (made.text, letters [chance (seed) % 5]);
        made.size = strlen (made.text);
    }
    return made;
}

static size_t letters_of (const word *from, int out [LETTERS])
{
    size_t count = 0;
    for (size_t i = 0; i < from->size; i++)
        if (((unsigned char) from->text [i] & 0xc0) == 0x80)
            out [count - 1] = out [count - 1] << 8 | (unsigned char) from->text [i];
        else
            out [count++] = (unsigned char) from->text [i];
    return count;
}

static int least (int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: letters left out, put in or changed, and neighbours that changed places. */
static int distance (const word *x, const word *y)
{
    int a [LETTERS], b [LETTERS], d [LETTERS + 1] [LETTERS + 1];
    size_t m = letters_of (x, a), n = letters_of (y, b);
    for (size_t i = 0; i <= m; i++)
        for (size_t j = 0; j <= n; j++) {
            if (!i || !j) {
                d [i] [j] = (int) (i + j);
                continue;
            }
            d [i] [j] = least (least (d [i - 1] [j], d [i] [j - 1]) + 1, d [i - 1] [j - 1] + (a [i - 1] != b [j - 1]));
            if (i > 1 && j > 1 && a [i - 1] == b [j - 2] && a [i - 2] == b [j - 1])
                d [i] [j] = least (d [i] [j], d [i - 2] [j - 2] + 1);
        }
    return d [m] [n];
}

/* How often a word is put there: some came and left. */
static int64_t times_of (size_t i)
{
    return (int64_t) i % 4;
}

typedef struct { const word *words; bool told [WORDS]; } telling;

static void note (void *to, const char *at, size_t size, int64_t times)
{
    telling *self = to;
    int64_t known = 0;
    for (size_t i = 0; i < WORDS; i++)
        if (self->words [i].size == size && memcmp (self->words [i].text, at, size) == 0) {
            self->told [i] = true;
            known += times_of (i);
        }
    assert_int_equal (known, times);
}

static bool written (const word *words, size_t which)
{
    for (size_t i = 0; i < WORDS; i++)
        if (times_of (i) && words [i].size == words [which].size && memcmp (words [i].text, words [which].text, words [i].size) == 0)
            return true;
    return false;
}

static void finds_what_looking_at_all_finds (void **state)
{
    (void) state;
    static word words [WORDS];
    static telling told;
    const char *given = getenv ("TYPOS_SEED");
    uint64_t seed = given ? strtoull (given, NULL, 10) : (uint64_t) time (NULL);
    size_t met = 0;
    print_message ("# TYPOS_SEED=%llu\n", (unsigned long long) seed);
    typos *self = typos_new ();
    for (size_t i = 0; i < WORDS; i++) {
        uint32_t known = 0;
        words [i] = random_word (&seed);
        for (int64_t n = 0; n <= times_of (i); n++)
            typos_count (self, words [i].text, words [i].size, 1, &known);
        typos_count (self, words [i].text, words [i].size, -1, &known);
    }
    typos_cut (self);
    for (size_t q = 0; q < QUESTIONS; q++) {
        word asked = q % 2 ? words [chance (&seed) % WORDS] : random_word (&seed);
        memset (told.told, 0, sizeof told.told);
        told.words = words;
        typos_find (self, asked.text, asked.size, note, &told);
        int letters [LETTERS];
        bool can = letters_of (&asked, letters) >= TYPOS_LETTERS;
        for (size_t i = 0; i < WORDS; i++) {
            bool due = can && letters_of (&words [i], letters) >= TYPOS_LETTERS && distance (&asked, &words [i]) == 1 && written (words, i);
            if (due != told.told [i])
                fail_msg ("%s, %s: %s", asked.text, words [i].text, due ? "not told" : "told");
            met += due;
        }
    }
    assert_true (met > QUESTIONS);
    typos_destroy (&self);
}

static void count (void *to, const char *at, size_t size, int64_t times)
{
    (void) at;
    (void) size;
    (void) times;
    ++*(int *) to;
}

static int told_of (const typos *self, const char *asked)
{
    int times = 0;
    typos_find (self, asked, strlen (asked), count, &times);
    return times;
}

static void short_words_numbers_and_long_ones_have_no_slips (void **state)
{
    (void) state;
    char longest [TYPOS_BYTES + 2];
    memset (longest, 'a', sizeof longest);
    typos *self = typos_new ();
    static const char *const words [] = { "tui", "tuin", "2026", "a4-papier", "", "lunch" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        typos_count (self, words [i], strlen (words [i]), 1, &(uint32_t) { 0 });
    typos_count (self, longest, TYPOS_BYTES + 1, 1, &(uint32_t) { 0 });
    typos_count (self, longest, TYPOS_BYTES, 1, &(uint32_t) { 0 });
    assert_false (told_of (self, "tuinn")); /* not in the edition yet */
    typos_cut (self);
    assert_true (told_of (self, "tuinn"));
    assert_false (told_of (self, "tuin"));
    assert_false (told_of (self, "tu"));
    assert_false (told_of (self, "2025"));
    assert_false (told_of (self, "a4-papie"));
    assert_true (told_of (self, "lucnh"));
    assert_true (told_of (self, "luncj"));
    assert_false (told_of (self, "luchn1"));
    longest [TYPOS_BYTES - 1] = 0;
    assert_true (told_of (self, longest));
    typos_destroy (&self);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (finds_what_looking_at_all_finds),
        cmocka_unit_test (short_words_numbers_and_long_ones_have_no_slips),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
