/* sqlite.c - the same by SQLite's FTS5 (bm25), which has no Dutch stems. sqlite OFFERS.tsv QUERIES.tsv DIRECTORY; answers as
 * ours.c does. A query is parsed with every question, as its users have it.                                            */
#include <assert.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 5, QUERIES = 100000 };

static double now (void)
{
    struct timespec t;
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static void run (sqlite3 *db, const char *sql)
{
    char *problem = NULL;
    if (sqlite3_exec (db, sql, NULL, NULL, &problem) != SQLITE_OK) {
        fprintf (stderr, "sqlite: %s\n", problem);
        exit (1);
    }
}

static bool columns_of (FILE *from, char **line, size_t *room, char *columns [COLUMNS])
{
    if (getline (line, room, from) < 0)
        return false;
    (*line) [strcspn (*line, "\n")] = 0;
    char *at = *line;
    for (int i = 0; i < COLUMNS; i++)
        columns [i] = at ? strsep (&at, "\t") : "";
    return true;
}

static long build (sqlite3 *db, const char *offers)
{
    FILE *from = fopen (offers, "re");
    char *line = NULL, *columns [COLUMNS], text [1 << 16], region [20];
    size_t room = 0;
    long count = 0;
    sqlite3_stmt *put;
    assert (from);
    run (db, "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -1000000;"
             "CREATE VIRTUAL TABLE offer USING fts5 (body, region, content = '', tokenize = 'unicode61'); BEGIN");
    sqlite3_prepare_v2 (db, "INSERT INTO offer (rowid, body, region) VALUES (?, ?, ?)", -1, &put, NULL);
    for (; columns_of (from, &line, &room, columns); count++) {
        snprintf (text, sizeof text, "%s %s", columns [1], columns [2]);
        snprintf (region, sizeof region, "r%s", columns [4]);
        sqlite3_bind_int64 (put, 1, count + 1);
        sqlite3_bind_text (put, 2, text, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text (put, 3, region, -1, SQLITE_TRANSIENT);
        sqlite3_step (put);
        sqlite3_reset (put);
    }
    run (db, "COMMIT; INSERT INTO offer (offer) VALUES ('optimize')");
    sqlite3_finalize (put);
    free (line);
    fclose (from);
    return count;
}

/* "a b" of region 3 as `body : ("a" OR "b") AND region : r3`. */
static char *matching (const char *words, const char *region)
{
    char text [2000] = "body : (", *out;
    const char *between = "\"";
    for (size_t size; (size = strcspn (words, " ")); words += size + (words [size] == ' '), between = " OR \"")
        snprintf (text + strlen (text), sizeof text - strlen (text), "%s%.*s\"", between, (int) size, words);
    snprintf (text + strlen (text), sizeof text - strlen (text), region ? ") AND region : r%s" : ")", region);
    out = strdup (text);
    assert (out);
    return out;
}

int main (int argc, char *argv [])
{
    static char *any [QUERIES], *filtered [QUERIES];
    char path [500], how [100], *line = NULL, *columns [COLUMNS];
    size_t room = 0, count = 0, asked;
    sqlite3 *db;
    sqlite3_stmt *find;
    assert (argc == 4);
    snprintf (path, sizeof path, "%s/offers.db", argv [3]);
    double begin = now ();
    assert (sqlite3_open (path, &db) == SQLITE_OK);
    long offers = build (db, argv [1]);
    printf ("{\"rate\":%.1f}\n", (double) offers / (now () - begin));
    fflush (stdout);
    FILE *from = fopen (argv [2], "re");
    for (assert (from); count < QUERIES && columns_of (from, &line, &room, columns); count++) {
        any [count] = matching (columns [0], NULL);
        filtered [count] = matching (columns [0], columns [1]);
    }
    run (db, "PRAGMA mmap_size = 8000000000");
    sqlite3_prepare_v2 (db, "SELECT rowid FROM offer WHERE offer MATCH ? ORDER BY rank LIMIT 10", -1, &find, NULL);
    while (scanf ("%99s %zu", how, &asked) == 2) {
        begin = now ();
        for (size_t i = 0; i < asked && i < count; i++) {
            sqlite3_bind_text (find, 1, strcmp (how, "filtered") ? any [i] : filtered [i], -1, SQLITE_STATIC);
            while (sqlite3_step (find) == SQLITE_ROW)
                ;
            sqlite3_reset (find);
        }
        printf ("{\"rate\":%.1f}\n", (double) asked / (now () - begin));
        fflush (stdout);
    }
    return 0;
}
