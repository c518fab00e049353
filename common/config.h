/* config.h - options of a program: one table for the command line, the environment and --help. */
#ifndef CONFIG_H
#define CONFIG_H
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *name;  /* --name=value or --name value, or MEERWAARDE_NAME in the environment */
    const char *value; /* when nobody says, NULL: none; after config_read, what was said */
    const char *doc;
    /* What it may be. NULL: any text; `1..64`: a number; `yes|no`: one of these words; `address`: HOST:PORT; `tcp`:
     * tcp://HOST:PORT; `endpoints`: tcp://HOST:PORT and ipc://PATH, with commas; `conninfo`: how PostgreSQL is reached. */
    const char *kind;
} option;

/* Reads options; the last word that is none is left in *rest (NULL: none). What is empty is as if it were not given.
 * False after a fault, which has been told on standard error with the name of its option or variable, or after --help,
 * with the exit status in *status.                                                                                    */
bool config_read (option *table, size_t count, const char *about, int argc, char *argv [], const char **rest, int *status);
/* The words that are no options, the first `room` of them; how many there are. */
size_t config_words (const option *table, size_t count, int argc, char *argv [], const char *words [], size_t room);
const char *config_text (const option *table, size_t count, const char *name);
long config_number (const option *table, size_t count, const char *name);
#endif
