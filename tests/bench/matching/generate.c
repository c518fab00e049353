/* generate.c - a made-up market of any size: its text tests speed, and says nothing about relevance.
 *
 *   generate OFFERS QUERIES SEED DIRECTORY
 *
 * Writes offers.tsv (number, title, description, CPV code, region) and queries.tsv (two or three words, region). Words are of
 * Debian's wdutch; how often each comes follows Zipf and Mandelbrot, four of ten in a description are function words, and
 * half of the others belong to the group of the CPV code. There are twenty regions, so that one is a filter of 5 %.    */
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 120000, LAW = 1 << 20, GROUPS = 280, TOPIC = 300, REGIONS = 20 };

static const char *const functions [] = {
    "de", "van", "een", "en", "het", "in", "voor", "met", "op", "te", "aan", "bij", "door", "uit", "naar", "als", "ook", "of", "wij",
    "onze", "u", "kan", "tot", "over", "per", "deze", "niet", "meer", "zonder", "maar",
};
static char *words [WORDS * 4];
static size_t word_count;
static uint32_t law [LAW]; /* words, each as often as it comes */
static uint32_t topics [GROUPS] [TOPIC];
static uint64_t seed;

static uint32_t below (uint32_t bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t) ((seed * UINT64_C (2685821657736338717) >> 32) % bound);
}

static int by_length (const void *a, const void *b)
{
    size_t x = strlen (*(char *const *) a), y = strlen (*(char *const *) b);
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
    for (size_t i = 0; i + 64 <= word_count; i += 64)
        qsort (words + i, 64, sizeof *words, by_length);
}

static void make_law (void)
{
    double sum = 0, so_far = 0;
    size_t at = 0;
    for (size_t i = 0; i < word_count; i++)
        sum += 1 / pow ((double) i + 3.7, 1.05);
    for (size_t i = 0; i < word_count; i++) {
        so_far += 1 / pow ((double) i + 3.7, 1.05);
        for (; at < LAW && (double) at < so_far / sum * LAW; at++)
            law [at] = (uint32_t) i;
    }
    for (; at < LAW; at++)
        law [at] = (uint32_t) word_count - 1;
    for (size_t g = 0; g < GROUPS; g++)
        for (size_t i = 0; i < TOPIC; i++)
            topics [g] [i] = below ((uint32_t) word_count);
}

/* The lower half of its words comes twice as often as the upper, and so on. */
static const char *topic_word (uint32_t group)
{
    return words [topics [group] [below (below (TOPIC) + 1)]];
}

static const char *any_word (void)
{
    return words [law [below (LAW)]];
}

static void write_offer (FILE *to, uint32_t number)
{
    uint32_t group = below (below (GROUPS) + 1), title = 3 + below (4), description = 15 + below (31);
    fprintf (to, "%" PRIu32 "\t", number);
    for (uint32_t i = 0; i < title; i++)
        fprintf (to, "%s%s", i ? " " : "", topic_word (group));
    fputc ('\t', to);
    for (uint32_t i = 0; i < description; i++)
        fprintf (to, "%s%s", i ? " " : "", below (100) < 42 ? functions [below (below (sizeof functions / sizeof *functions) + 1)]
                                         : below (2) ? topic_word (group) : any_word ());
    fprintf (to, "\t%03" PRIu32 "%05" PRIu32 "\t%" PRIu32 "\n", 30 + group * 3, below (100) * 1000, below (REGIONS));
}

static void write_query (FILE *to)
{
    uint32_t group = below (below (GROUPS) + 1), count = 2 + below (2);
    for (uint32_t i = 0; i < count; i++)
        fprintf (to, "%s%s", i ? " " : "", i && below (2) ? any_word () : topic_word (group));
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
    make_law ();
    FILE *queries = open_in (argv [4], "queries.tsv"), *offers = open_in (argv [4], "offers.tsv");
    for (long i = atol (argv [2]); i > 0; i--)
        write_query (queries);
    for (long i = 0, count = atol (argv [1]); i < count; i++)
        write_offer (offers, (uint32_t) i);
    fclose (queries);
    return fclose (offers);
}
