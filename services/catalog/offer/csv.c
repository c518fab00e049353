/* csv.c - tables as text: strict RFC 4180, in UTF-8 or Windows-1252, between semicolons, commas or tabs. */
#include "sheet.h"
#include "../../../common/wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 80 to 9F of Windows-1252; 0: not defined. */
static const uint16_t upper [32] = {
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static size_t write_point (unsigned c, char *out)
{
    if (c < 0x80)
        out [0] = (char) c;
    else if (c < 0x800) {
        out [0] = (char) (0xc0 | c >> 6);
        out [1] = (char) (0x80 | (c & 0x3f));
    } else {
        out [0] = (char) (0xe0 | c >> 12);
        out [1] = (char) (0x80 | (c >> 6 & 0x3f));
        out [2] = (char) (0x80 | (c & 0x3f));
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
}

/* The text as UTF-8 without a byte order mark, ended by a zero; the caller frees it. */
static char *as_utf8 (const char *bytes, size_t size, size_t *out_size)
{
    size_t points, to = 0;
    bool marked = size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0, utf8 = utf8_check (bytes, size, &points);
    char *out = malloc (3 * size + 1);
    if (!out)
        return NULL;
    for (size_t i = marked ? 3 : 0; i < size; i++) {
        unsigned char c = (unsigned char) bytes [i];
        if (utf8 || c < 0x80)
            out [to++] = (char) c;
        else
            to += write_point (c < 0xa0 ? upper [c - 0x80] ? upper [c - 0x80] : '?' : c, out + to);
    }
    out [to] = 0;
    *out_size = to;
    return out;
}

/* What stands most often in the first line, outside quotes. */
static char separator_of (const char *text)
{
    static const char possible [] = ";,\t";
    size_t count [3] = { 0 }, best = 0;
    bool quoted = false;
    for (; *text && (quoted || (*text != '\n' && *text != '\r')); text++) {
        const char *at = strchr (possible, *text);
        quoted ^= *text == '"';
        if (at && !quoted)
            count [at - possible]++;
    }
    for (size_t i = 1; i < 3; i++)
        best = count [i] > count [best] ? i : best;
    return possible [best];
}

typedef struct {
    char      *at;        /* what is left */
    char       separator;
    int64_t    line;
    sheet_row  row;
} reader;

/* White space around a text goes. */
static char *trimmed (char *from, char *end)
{
    while (from < end && strchr (" \t\r\n", *from))
        from++;
    while (end > from && strchr (" \t\r\n", end [-1]))
        end--;
    *end = 0;
    return from;
}

/* One cell, in place; false: its quotes are wrong. *more: another one follows in the row. */
static bool read_cell (reader *self, char **cell, bool *more)
{
    char *from = self->at, *to = from, *in = from;
    bool quoted = *in == '"', closed = false;
    in += quoted;
    for (; *in; in++) {
        if (quoted && *in == '"' && in [1] == '"')
            in++;
        else if (quoted && *in == '"') {
            in++;
            closed = true;
            break;
        } else if (!quoted && (*in == self->separator || *in == '\n' || *in == '\r'))
            break;
        else if (!quoted && *in == '"')
            return false;
        *to++ = *in;
    }
    bool ended = !*in || *in == self->separator || *in == '\n' || *in == '\r';
    if (!ended || (quoted && !closed) || in - from > SHEET_CELL_BYTES)
        return false;
    *more = *in == self->separator;
    self->at = *more ? in + 1 : in + (*in == '\r' && in [1] == '\n') + (*in != 0);
    *cell = trimmed (from, to);
    return true;
}

static bool read_row (reader *self, char why [SHEET_WHY])
{
    bool more = true;
    self->row = (sheet_row) { .number = ++self->line };
    while (more) {
        char *cell;
        if (!read_cell (self, &cell, &more)) {
            snprintf (why, SHEET_WHY, "has a quotation mark out of place, or a cell without an end, in row %lld", (long long) self->line);
            return false;
        }
        if (self->row.count == SHEET_COLUMNS && *cell) {
            snprintf (why, SHEET_WHY, "has more than %d columns", SHEET_COLUMNS);
            return false;
        }
        if (self->row.count < SHEET_COLUMNS)
            self->row.cells [self->row.count++] = cell;
    }
    return true;
}

bool csv_read (const char *bytes, size_t size, sheet_take *take, void *to, char why [SHEET_WHY])
{
    size_t length;
    char *text = as_utf8 (bytes, size, &length);
    if (!text || strlen (text) != length) {
        snprintf (why, SHEET_WHY, "is not a text");
        free (text);
        return false;
    }
    reader self = { .at = text, .separator = separator_of (text) };
    bool good = true;
    while (good && *self.at)
        good = read_row (&self, why) && take (to, &self.row);
    free (text);
    return good;
}
