/* statement.c - :names in a statement become $1, $2 ...; one pass over the text. */
#include "statement.h"
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The end of what must be copied untouched and begins at `at`: a comment, a literal, a quoted name. */
static const char *untouched (const char *at)
{
    if (at [0] == '-' && at [1] == '-')
        return at + strcspn (at, "\n");
    if (at [0] != '\'' && at [0] != '"')
        return at;
    const char *end = strchr (at + 1, *at);
    return end ? end + 1 : at + strlen (at);
}

static int number_of (statement_text *self, const char *name, size_t length)
{
    for (int i = 0; i < self->count; i++)
        if (strlen (self->names [i]) == length && memcmp (self->names [i], name, length) == 0)
            return i;
    if (self->count == STATEMENT_NAMES)
        return -1;
    self->names [self->count] = strndup (name, length);
    return self->count++;
}

bool statement_number (const char *text, statement_text *self)
{
    *self = (statement_text) { .sql = malloc (2 * strlen (text) + 1) };
    assert (self->sql);
    char *out = self->sql;
    while (*text) {
        const char *end = untouched (text);
        if (end > text) {
            out = (char *) memcpy (out, text, (size_t) (end - text)) + (end - text);
            text = end;
        } else if (text [0] == ':' && text [1] == ':') {
            *out++ = *text++;
            *out++ = *text++;
        } else if (text [0] == ':' && islower ((unsigned char) text [1])) {
            size_t length = strspn (text + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
            int number = number_of (self, text + 1, length);
            if (number < 0)
                return false;
            out += sprintf (out, "$%d", number + 1);
            text += length + 1;
        } else
            *out++ = *text++;
    }
    *out = 0;
    return true;
}

void statement_free (statement_text *self)
{
    free (self->sql);
    for (int i = 0; i < self->count; i++)
        free (self->names [i]);
}
