/* eval.c - how well search finds what people judged to be right: for a folder with docs.tsv (id, title, text), queries.tsv
 * (id, text) and qrels.tsv (query, document, grade), through the analysis and the scoring of the service.
 *
 *   eval DIRECTORY nl|en [WORDS]     WORDS: a list of Dutch words, to part compounds; Debian's unless given
 *
 * nDCG@10 with linear gain, as trec_eval's ndcg_cut; R@100. Over the queries that have anything judged right.           */
#include "../../services/matching/score.h"
#include "../../services/matching/search/analyser.h"
#include "../../services/matching/search/index.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 100, CUT = 10, FIELDS = 3, TOKENS = 1024 };

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

/* -------------------------------------------------------------------------------------- index */

typedef struct { index_builder *builder; uint64_t lengths [2]; } filling;

static void measure (void *to, const char *token, size_t size, unsigned strength)
{
    filling *self = to;
    (void) size;
    self->lengths [*token == TOKEN_GRAM] += strength;
}

static void fill (void *to, const char *token, size_t size, unsigned strength)
{
    filling *self = to;
    index_builder_token (self->builder, token, size, strength);
}

static void *make_index (analyser *with, const sheet *docs, size_t *size)
{
    filling self = { .builder = index_builder_new () };
    for (size_t i = 0; i < docs->count; i++)
        for (int f = 0; f < 2; f++)
            analyser_read (with, docs->rows [i].fields [f], strlen (docs->rows [i].fields [f]), f == 0, measure, &self);
    index_builder_lengths (self.builder, (unsigned) (self.lengths [0] / docs->count), (unsigned) (self.lengths [1] / docs->count));
    for (size_t i = 0; i < docs->count; i++) {
        index_builder_offer (self.builder, i, &(offer_id) { { (uint8_t) (i >> 24), (uint8_t) (i >> 16), (uint8_t) (i >> 8), (uint8_t) i } });
        for (int f = 0; f < 2; f++)
            analyser_read (with, docs->rows [i].fields [f], strlen (docs->rows [i].fields [f]), f == 0, fill, &self);
    }
    void *bytes = index_builder_finish (self.builder, size);
    index_builder_destroy (&self.builder);
    return bytes;
}

/* ------------------------------------------------------------------------------------ queries */

typedef struct { const index_t *index; wanted query [TOKENS]; size_t count; } asking;

static void want (void *to, const char *token, size_t size, unsigned strength)
{
    asking *self = to;
    int64_t number = index_token (self->index, token, size);
    if (number == INDEX_NONE)
        return;
    uint32_t factor = (uint32_t) score_rarity (index_offers (self->index), index_frequency (self->index, number)) / 16 * strength;
    for (size_t i = 0; i < self->count; i++)
        if (self->query [i].token == number) {
            self->query [i].factor += factor;
            return;
        }
    if (self->count < TOKENS)
        self->query [self->count++] = (wanted) { number, factor };
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
    double grades [TOKENS], sum = 0;
    *right = 0;
    for (size_t i = 0; i < judgements->count && *right < TOKENS; i++)
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
    analyser *with = analyser_new (dutch ? "dutch" : "english", words);
    if (dutch && !words) {
        fprintf (stderr, "eval: the list of Dutch words cannot be read\n");
        return 1;
    }
    size_t size, asked = 0;
    const char *why;
    void *bytes = make_index (with, &docs, &size);
    index_t *index = index_open (bytes, size, &why);
    finder *finder = finder_new ();
    double gain = 0, recall = 0;
    assert (index);
    for (size_t q = 0; q < queries.count; q++) {
        size_t right, found_right = 0;
        double best = ideal (&judgements, queries.rows [q].name, &right), sum = 0;
        if (!right)
            continue;
        asking now = { .index = index };
        analyser_read (with, queries.rows [q].fields [0], strlen (queries.rows [q].fields [0]), true, want, &now);
        hit_t hits [DEPTH];
        size_t count = index_find (index, finder, now.query, now.count, NULL, hits, DEPTH);
        for (size_t i = 0; i < count; i++) {
            double grade = judged (&judgements, queries.rows [q].name, docs.rows [hits [i].offer].name);
            sum += i < CUT ? grade / log2 ((double) i + 2) : 0;
            found_right += grade > 0;
        }
        gain += sum / best;
        recall += (double) found_right / (double) right;
        asked++;
    }
    printf ("nDCG@10 %.3f R@100 %.3f\n", gain / (double) asked, recall / (double) asked);
    finder_destroy (&finder);
    index_close (&index);
    analyser_destroy (&with);
    wordlist_destroy (&words);
    free (bytes);
    return 0;
}
