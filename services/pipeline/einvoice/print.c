/* print.c - what stands on a printed document, from top to bottom. */
#include "print.h"
#include "../../../common/sheet.h"
#include <inttypes.h>

static const char *const names [] = { "Factuur", "Creditnota", "Bestelling" };

static const char *or_nothing (const char *text)
{
    return text ? text : "";
}

/* Lines that have something in them. */
static const char *line (call *self, const char *before, const char *name, const char *value)
{
    return value ? call_print (self, "%s\n%s%s", before, name, value) : before;
}

static const char *block (call *self, const char *role, const invoice_party_t *of)
{
    const char *text = call_print (self, "%s\n%s", role, of->name);
    if (of->street)
        text = line (self, text, "", call_print (self, "%s %s", of->street, or_nothing (of->house_number)));
    if (of->city)
        text = line (self, text, "", call_print (self, "%s  %s", or_nothing (of->postcode), of->city));
    text = line (self, text, "KvK ", of->kvk_number);
    text = line (self, text, "OIN ", of->oin);
    text = line (self, text, "Btw ", of->vat_number);
    return line (self, text, "IBAN ", of->iban);
}

static void facts (call *self, const paper *of, sheet *to)
{
    static const char *const dates [] = { "Factuurdatum", "Datum", "Besteldatum" };
    static const char *const references [] = { "Uw bestelling", "Uw bestelling", "Uw kenmerk" };
    const char *const pairs [] = {
        of->kind == PAPER_ORDER ? "Bestelnummer" : "Nummer", of->number,
        dates [of->kind], sheet_date (self, of->date),
        "Betalen voor", of->due ? sheet_date (self, of->due) : NULL,
        references [of->kind], of->order_reference,
        "Bij factuur", of->invoice_number,
        of->kind == PAPER_CREDIT_NOTE ? "Reden" : of->kind == PAPER_ORDER ? "Voor" : "Bericht", of->note,
    };
    sheet_facts (to, pairs, sizeof pairs / sizeof *pairs / 2);
}

static void table (call *self, const paper *of, sheet *to)
{
    static const sheet_column columns [] = {
        { "Omschrijving", 44, false }, { "Aantal", 12, true }, { "Eenheid", 12, false },
        { "Prijs", 15, true }, { "Btw", 8, true }, { "Bedrag", 18, true },
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    const char **cells = call_alloc (self, of->line_count * COLUMNS * sizeof *cells);
    for (size_t i = 0; i < of->line_count; i++) {
        const paper_line *l = &of->lines [i];
        const char **row = cells + i * COLUMNS;
        row [0] = l->description;
        row [1] = call_print (self, "%" PRId64, l->quantity);
        row [2] = l->unit;
        row [3] = sheet_money (self, l->price_cents);
        row [4] = call_print (self, "%" PRId64 "%%", l->percentage);
        row [5] = sheet_money (self, l->net_cents);
    }
    sheet_table (to, columns, COLUMNS, cells, of->line_count);
}

static void sums (call *self, const paper *of, sheet *to)
{
    size_t count = 0;
    const char **pairs = call_alloc (self, 2 * (of->vat_count + 2) * sizeof *pairs);
    pairs [count++] = "Totaal exclusief btw";
    pairs [count++] = sheet_money (self, of->net_cents);
    for (size_t i = 0; i < of->vat_count; i++) {
        const vat_share_t *share = &of->vat [i];
        pairs [count++] = call_print (self, "Btw %" PRId64 "%% over %s", share->percentage, sheet_money (self, share->net_cents));
        pairs [count++] = sheet_money (self, share->vat_cents);
    }
    pairs [count++] = of->kind == PAPER_CREDIT_NOTE ? "Te verrekenen, inclusief btw"
                    : of->kind == PAPER_ORDER ? "Totaal inclusief btw" : "Te betalen, inclusief btw";
    pairs [count++] = sheet_money (self, of->gross_cents);
    sheet_sums (to, pairs, count / 2);
}

static void closing (call *self, const paper *of, sheet *to)
{
    if (of->kind == PAPER_INVOICE)
        sheet_paragraph (to, call_print (self, "Wilt u %s voor %s overmaken op %s ten name van %s? Vermeld daarbij nummer %s.",
            sheet_money (self, of->gross_cents), sheet_date (self, of->due), or_nothing (of->seller->iban), of->seller->name, of->number));
    if (of->kind == PAPER_CREDIT_NOTE)
        sheet_paragraph (to, call_print (self, "Dit bedrag gaat af van factuur %s.", of->invoice_number));
    if (of->fictional)
        sheet_paragraph (to, "Dit is een fictief voorbeeld: niemand hoeft iets te betalen.");
}

bytes print_write (call *self, const paper *of)
{
    const char *title = call_print (self, "%s %s", names [of->kind], of->kind == PAPER_ORDER ? or_nothing (of->note) : of->number);
    sheet *to = sheet_new (self, title, of->kind == PAPER_ORDER ? of->buyer->name : of->seller->name, of->date);
    sheet_title (to, title);
    if (of->kind == PAPER_ORDER)
        sheet_sides (to, block (self, "Van", of->buyer), block (self, "Aan", of->seller));
    else
        sheet_sides (to, block (self, "Van", of->seller), block (self, "Aan", of->buyer));
    facts (self, of, to);
    table (self, of, to);
    sums (self, of, to);
    closing (self, of, to);
    return sheet_write (to);
}
