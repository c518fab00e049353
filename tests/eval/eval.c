/* eval.c - how well search finds what people judged to be right: for a folder with docs.tsv (id, title, text), queries.tsv
 * (id, text) and qrels.tsv (query, document, grade), through the analysis and the scoring of the service.
 *
 *   eval DIRECTORY nl|en [WORDS]     WORDS: a list of Dutch words, to part compounds; Debian's unless given
 *
 * nDCG@10 with linear gain, as trec_eval's ndcg_cut; R@100. Over the queries that have anything judged right.           */
#include "../../services/matching/query.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 100, CUT = 10, FIELDS = 3, GRADES = 1024 };

typedef struct { char *name, *fields [FIELDS - 1]; } row;
typedef struct { row *rows; size_t count; } sheet;

static sheet read_sheet (const char *directory, const char *name)
{
    char path [500], *line = NULL;
    size_t room = 0, rows = 0;
    sheet self = { 0 };
    snprintf (path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen (path, "re");
    if (!file) {
        fprintf (stderr, "eval: %s cannot be read\n", path);
        exit (1);
    }
    while (getline (&line, &room, file) > 0) {
        if (self.count == rows) {
            self.rows = realloc (self.rows, (rows = rows ? 2 * rows : 1024) * sizeof *self.rows);
            assert (self.rows);
        }
        line [strcspn (line, "\n")] = 0;
        char *at = strdup (line);
        row *r = &self.rows [self.count++];
        r->name = strsep (&at, "\t");
        for (int i = 0; i < FIELDS - 1; i++)
            r->fields [i] = at ? strsep (&at, "\t") : "";
    }
    free (line);
    fclose (file);
    return self;
}

/* -------------------------------------------------------------------------------------- shelf */

typedef struct { uint64_t words, grams; } lengths;

static void measure (void *to, const char *token, size_t size, unsigned strength)
{
    lengths *self = to;
    (void) size;
    *(*token == TOKEN_GRAM ? &self->grams : &self->words) += strength;
}

/* Documents are of other lengths than offers. */
static void measure_all (shelf *self, const sheet *docs)
{
    lengths all = { 0 };
    shelf_reader *reader = shelf_borrow (self);
    for (size_t i = 0; i < docs->count; i++)
        for (int f = 0; f < 2; f++)
            analyser_read (shelf_analyser (reader), docs->rows [i].fields [f], strlen (docs->rows [i].fields [f]), f == 0 ? GRAMS_KEPT : GRAMS_NONE, measure, &all);
    shelf_return (self, reader);
    shelf_lengths (self, (unsigned) (all.words / docs->count), (unsigned) (all.grams / docs->count));
}

static shelf *fill_shelf (const char *language, const wordlist *words, const sheet *docs)
{
    shelf *self = shelf_new (language, words, NULL);
    measure_all (self, docs);
    for (size_t i = 0; i < docs->count; i++)
        shelf_put (self, &(shelf_offer) {
            .id = { { (uint8_t) (i >> 24), (uint8_t) (i >> 16), (uint8_t) (i >> 8), (uint8_t) i } },
            .title = docs->rows [i].fields [0], .description = docs->rows [i].fields [1], .area = "*", .row.record = i });
    shelf_flush (self);
    shelf_advance (self, 1); /* to an edition that counts all of it */
    return self;
}

static double judged (const sheet *judgements, const char *query, const char *doc)
{
    for (size_t i = 0; i < judgements->count; i++)
        if (strcmp (judgements->rows [i].name, query) == 0 && strcmp (judgements->rows [i].fields [0], doc) == 0)
            return strtod (judgements->rows [i].fields [1], NULL);
    return 0;
}

static int by_grade (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return (x < y) - (x > y);
}

/* The best that could be had, and how many are right. */
static double ideal (const sheet *judgements, const char *query, size_t *right)
{
    double grades [GRADES], sum = 0;
    *right = 0;
    for (size_t i = 0; i < judgements->count && *right < GRADES; i++)
        if (strcmp (judgements->rows [i].name, query) == 0 && strtod (judgements->rows [i].fields [1], NULL) > 0)
            grades [(*right)++] = strtod (judgements->rows [i].fields [1], NULL);
    qsort (grades, *right, sizeof *grades, by_grade);
    for (size_t i = 0; i < *right && i < CUT; i++)
        sum += grades [i] / log2 ((double) i + 2);
    return sum;
}

int main (int argc, char *argv [])
{
    bool dutch = argc > 2 && strcmp (argv [2], "nl") == 0;
    if (argc < 3 || argc > 4 || (!dutch && strcmp (argv [2], "en"))) {
        fprintf (stderr, "usage: eval DIRECTORY nl|en [WORDS]\n");
        return 2;
    }
    sheet docs = read_sheet (argv [1], "docs.tsv"), queries = read_sheet (argv [1], "queries.tsv"),
          judgements = read_sheet (argv [1], "qrels.tsv");
    wordlist *words = dutch ? wordlist_new (argc > 3 ? argv [3] : WORDLIST_DUTCH) : NULL;
    if (dutch && !words) {
        fprintf (stderr, "eval: the list of Dutch words cannot be read\n");
        return 1;
    }
    shelf *shelf = fill_shelf (dutch ? "dutch" : "english", words, &docs);
    shelf_reader *reader = shelf_borrow (shelf);
    static query now;
    double gain = 0, recall = 0;
    size_t asked = 0;
    for (size_t q = 0; q < queries.count; q++) {
        size_t right, found_right = 0;
        double best = ideal (&judgements, queries.rows [q].name, &right), sum = 0;
        if (!right)
            continue;
        shelf_found hits [DEPTH];
        query_read (&now, shelf, NULL, reader, queries.rows [q].fields [0], NULL);
        size_t count = shelf_find (shelf, reader, now.wanted, now.wanted_count, (shelf_where) { NULL, false }, hits, DEPTH);
        for (size_t i = 0; i < count; i++) {
            double grade = judged (&judgements, queries.rows [q].name, docs.rows [hits [i].row->record].name);
            sum += i < CUT ? grade / log2 ((double) i + 2) : 0;
            found_right += grade > 0;
        }
        gain += sum / best;
        recall += (double) found_right / (double) right;
        asked++;
    }
    printf ("nDCG@10 %.3f R@100 %.3f\n", gain / (double) asked, recall / (double) asked);
    shelf_return (shelf, reader);
    shelf_destroy (&shelf);
    wordlist_destroy (&words);
    return 0;
}
