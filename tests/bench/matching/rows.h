/* rows.h - the rows of a made-up market, and the clock that its programs read. */
#ifndef ROWS_H
#define ROWS_H
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 5 };

typedef struct { char *columns [COLUMNS]; } row;

/* Processor seconds of this process. */
static inline double now (void)
{
    struct timespec t;
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static inline row *read_rows (const char *path, size_t *count)
{
    FILE *file = fopen (path, "re");
    char *line = NULL;
    size_t room = 0, rows = 0;
    row *all = NULL;
    assert (file);
    for (*count = 0; getline (&line, &room, file) > 0; ++*count) {
        if (*count == rows) {
            all = realloc (all, (rows = rows ? 2 * rows : 4096) * sizeof *all);
            assert (all);
        }
        line [strcspn (line, "\n")] = 0;
        char *at = strdup (line);
        for (int i = 0; i < COLUMNS; i++)
            all [*count].columns [i] = at ? strsep (&at, "\t") : NULL;
    }
    free (line);
    fclose (file);
    return all;
}
/* A region as a municipality, for which there are filters. */
static inline const char *region_code (const char *region, char out [8])
{
    snprintf (out, 8, "GM%04d", atoi (region));
    return out;
}
#endif
