/* config.h - options of a program: one table for the command line, the environment and --help. */
#ifndef CONFIG_H
#define CONFIG_H
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *name, *fallback, *doc; /* --name=value or MEERWAARDE_NAME; no fallback: empty */
    const char *value;
} option;

/* Reads options; the first word that is none is left in *rest (NULL: none). False after a fault, which has
 * been told on standard error, or after --help, with the exit status in *status.                          */
bool config_read (option *table, size_t count, const char *about, int argc, char *argv [], const char **rest, int *status);
const char *config_text (const option *table, size_t count, const char *name);
long config_number (const option *table, size_t count, const char *name);
#endif
