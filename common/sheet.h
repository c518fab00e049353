/* sheet.h - a printed document (PDF, A4): parts one under the other, pages as they fill. For invoices, orders and letters.
 *
 *     sheet *paper = sheet_new (self, "Gunningsbrief", "Gemeente Voorbeeld", "2026-11-29");
 *     sheet_title (paper, "Gunning: onderhoud van de binnentuin");
 *     sheet_paragraph (paper, "Geachte ...");
 *     bytes pdf = sheet_write (paper);
 *
 * Texts are UTF-8 of any origin; they are borrowed and must live until sheet_write. The same parts give the same bytes,
 * as long as the fonts are the same. What it allocates lives as long as the call.                                      */
#ifndef SHEET_H
#define SHEET_H
#include "call.h"

typedef struct sheet sheet;

typedef struct {
    const char *head;
    int         share;  /* of the width */
    bool        number; /* to the right */
} sheet_column;

/* `date` as 2026-11-29: what the file says it was made on. */
sheet *sheet_new (call *, const char *title, const char *author, const char *date);

void sheet_title (sheet *, const char *text);
void sheet_heading (sheet *, const char *text);
/* Lines within the text stay apart. */
void sheet_paragraph (sheet *, const char *text);
/* Two blocks beside each other, as addresses; the first line of each is bold. */
void sheet_sides (sheet *, const char *left, const char *right);
/* `pairs`: term, value, term, value ...; a pair without a value is left out. */
void sheet_facts (sheet *, const char *const pairs [], size_t count);
/* `cells`: row after row. The head comes again on each page. */
void sheet_table (sheet *, const sheet_column columns [], size_t column_count, const char *const cells [], size_t row_count);
/* Sums at the right; `pairs` as above, and the last one is bold. */
void sheet_sums (sheet *, const char *const pairs [], size_t count);

bytes sheet_write (sheet *);

/* "€ 1.234,56" and "29 november 2026", as Dutch has them. */
const char *sheet_money (call *, int64_t cents);
const char *sheet_date (call *, const char *date);
#endif
