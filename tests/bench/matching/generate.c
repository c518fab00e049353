/* generate.c - a made-up market of any size: its text tests speed, and says nothing about relevance.
 *
 *   generate OFFERS QUERIES SEED DIRECTORY
 *
 * Writes offers.tsv (number, title, description, CPV code, region) and queries.tsv (two or three words, region). Words are of
 * Debian's wdutch; how often each comes follows Zipf and Mandelbrot, short ones more than long ones; 42 % of a description are
 * function words, and half of the others belong to the group of the CPV code, each of which has 300 words of its own. There
 * are twenty regions, so that one is a filter of 5 %. The queries do not depend on how many offers there are.          */
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 120000, LAW = 1 << 20, GROUPS = 318, TOPIC = 300, TOPIC_LAW = 1 << 11, FUNCTION_LAW = 1 << 12, GROUP_LAW = 1 << 16, REGIONS = 20 };

static const char *const functions [] = {
    "de", "van", "een", "en", "het", "in", "voor", "met", "op", "te", "aan", "bij", "door", "uit", "naar", "als", "ook", "of", "wij",
    "onze", "u", "kan", "tot", "over", "per", "deze", "niet", "meer", "zonder", "maar", "is", "dat", "die", "om", "zijn", "worden", "ons",
    "uw", "kunnen", "dit", "alle", "onder", "tussen", "wordt", "binnen", "dan", "nog", "wat", "er", "zo", "hun", "waar",
};
static char *words [WORDS * 4];
static size_t word_count;
/* What is drawn from, each as often as it comes. */
static uint32_t word_law [LAW], topic_law [TOPIC_LAW], function_law [FUNCTION_LAW], group_law [GROUP_LAW];
static uint32_t topics [GROUPS] [TOPIC];
static uint64_t seed;

static uint32_t below (uint32_t bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t) ((seed * UINT64_C (2685821657736338717) >> 32) % bound);
}

typedef struct { double place; char *word; } placed;

static int by_place (const void *a, const void *b)
{
    double x = ((const placed *) a)->place, y = ((const placed *) b)->place;
    return (x > y) - (x < y);
}

/* Short words come more often than long ones, but not by length alone. */
static void read_words (void)
{
    FILE *file = fopen ("/usr/share/dict/dutch", "re");
    char line [100];
    if (!file) {
        fprintf (stderr, "generate: /usr/share/dict/dutch cannot be read; install wdutch\n");
        exit (1);
    }
    while (fgets (line, sizeof line, file) && word_count < sizeof words / sizeof *words) {
        size_t size = strcspn (line, "\n");
        line [size] = 0;
        if (size > 2 && size < 23 && strspn (line, "abcdefghijklmnopqrstuvwxyz") == size)
            words [word_count++] = strdup (line);
    }
    fclose (file);
    for (size_t i = word_count; i-- > 1; ) {
        size_t other = below ((uint32_t) i + 1);
        char *kept = words [i];
        words [i] = words [other];
        words [other] = kept;
    }
    word_count = word_count < WORDS ? word_count : WORDS;
    placed *order = calloc (word_count, sizeof *order);
    assert (order);
    for (size_t i = 0; i < word_count; i++)
        order [i] = (placed) { (double) i * (0.15 + pow ((double) strlen (words [i]) / 12, 2)), words [i] };
    qsort (order, word_count, sizeof *order, by_place);
    for (size_t i = 0; i < word_count; i++)
        words [i] = order [i].word;
    free (order);
}

/* The r-th of `count` comes as 1 / (r + 1 + shift)^slope. */
static void make_law (uint32_t *law, size_t size, size_t count, double slope, double shift)
{
    double sum = 0, so_far = 0;
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        sum += 1 / pow ((double) i + 1 + shift, slope);
    for (size_t i = 0; i < count; i++) {
        so_far += 1 / pow ((double) i + 1 + shift, slope);
        for (; at < size && (double) at < so_far / sum * (double) size; at++)
            law [at] = (uint32_t) i;
    }
    for (; at < size; at++)
        law [at] = (uint32_t) count - 1;
}

static void make_laws (void)
{
    make_law (word_law, LAW, word_count, 1.05, 2.7);
    make_law (function_law, FUNCTION_LAW, sizeof functions / sizeof *functions, 0.9, 1);
    make_law (topic_law, TOPIC_LAW, TOPIC, 0.9, 1);
    make_law (group_law, GROUP_LAW, GROUPS, 0.7, 1);
    for (size_t g = 0; g < GROUPS; g++) /* neither the most common words nor the rarest */
        for (size_t i = 0; i < TOPIC; i++)
            topics [g] [i] = (uint32_t) fmin ((double) word_count - 1, 50 * exp (below (1 << 20) / (double) (1 << 20) * log (600)));
}

static const char *topic_word (uint32_t group)
{
    return words [topics [group] [topic_law [below (TOPIC_LAW)]]];
}

static const char *any_word (void)
{
    return words [word_law [below (LAW)]];
}

static void write_offer (FILE *to, uint32_t number)
{
    uint32_t group = group_law [below (GROUP_LAW)], title = 3 + below (4), description = 28 + below (25);
    fprintf (to, "%" PRIu32 "\t", number);
    for (uint32_t i = 0; i < title; i++)
        fprintf (to, "%s%s", i ? " " : "", topic_word (group));
    fputc ('\t', to);
    for (uint32_t i = 0; i < description; i++)
        fprintf (to, "%s%s", i ? " " : "", below (100) < 42 ? functions [function_law [below (FUNCTION_LAW)]]
                                         : below (2) ? topic_word (group) : any_word ());
    fprintf (to, "\t%03" PRIu32 "%05" PRIu32 "\t%" PRIu32 "\n", 30 + group * 3, below (100) * 1000, below (REGIONS));
}

static void write_query (FILE *to)
{
    uint32_t group = group_law [below (GROUP_LAW)], count = 2 + below (2);
    for (uint32_t i = 0; i < count; i++)
        fprintf (to, "%s%s", i ? " " : "", below (4) ? topic_word (group) : any_word ());
    fprintf (to, "\t%" PRIu32 "\n", below (REGIONS));
}

static FILE *open_in (const char *directory, const char *name)
{
    char path [500];
    snprintf (path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen (path, "we");
    assert (file);
    return file;
}

int main (int argc, char *argv [])
{
    if (argc != 5) {
        fprintf (stderr, "usage: generate OFFERS QUERIES SEED DIRECTORY\n");
        return 2;
    }
    seed = strtoull (argv [3], NULL, 10) * 2 + 1;
    read_words ();
    make_laws ();
    FILE *queries = open_in (argv [4], "queries.tsv"), *offers = open_in (argv [4], "offers.tsv");
    for (long i = atol (argv [2]); i > 0; i--)
        write_query (queries);
    for (long i = 0, count = atol (argv [1]); i < count; i++)
        write_offer (offers, (uint32_t) i);
    fclose (queries);
    return fclose (offers);
}
