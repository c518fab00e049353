/* sheet.h - tables that people made: CSV (RFC 4180) and XLSX (ECMA-376), row by row, bounded. */
#ifndef SHEET_H
#define SHEET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHEET_ROWS = 500, SHEET_COLUMNS = 40, SHEET_CELL_BYTES = 16384, SHEET_WHY = 160 };

/* One row. Cells are UTF-8 without white space at their ends; "" is an empty one. They are the reader's, until the next. */
typedef struct {
    int64_t     number; /* as a spreadsheet counts */
    size_t      count;
    const char *cells [SHEET_COLUMNS];
} sheet_row;

/* False: no more, for a reason that it knows itself. */
typedef bool sheet_take (void *to, const sheet_row *);

/* False: it is no table that can be read to its end, and `why` says so in words. */
bool csv_read (const char *bytes, size_t size, sheet_take *take, void *to, char why [SHEET_WHY]);
bool xlsx_read (const uint8_t *bytes, size_t size, sheet_take *take, void *to, char why [SHEET_WHY]);
#endif
