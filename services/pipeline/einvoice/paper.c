/* paper.c - from the records of the deal to a document. */
#include "paper.h"
#include <string.h>

static int64_t percentage_of (const paper *self, int vat)
{
    for (size_t i = 0; i < self->vat_count; i++)
        if ((int) self->vat [i].vat == vat)
            return self->vat [i].percentage;
    return 0;
}

static void begin_lines (call *self, paper *out, size_t count)
{
    out->lines = call_alloc (self, count * sizeof *out->lines);
    out->line_count = count;
}

void paper_of_invoice (call *self, const invoice_t *from, paper *out)
{
    *out = (paper) { .kind = PAPER_INVOICE, .number = from->number, .date = from->issued_on, .due = from->due_on,
                     .note = from->note, .order_reference = from->order_reference, .seller = from->seller,
                     .buyer = from->buyer, .vat = from->vat.at, .vat_count = from->vat.count, .net_cents = from->net_cents,
                     .vat_cents = from->vat_cents, .gross_cents = from->gross_cents, .fictional = from->fictional };
    begin_lines (self, out, from->lines.count);
    for (size_t i = 0; i < out->line_count; i++) {
        const invoice_line_t *l = &from->lines.at [i];
        out->lines [i] = (paper_line) { l->no, l->quantity, l->unit_price_cents, l->net_cents, percentage_of (out, l->vat),
                                        l->description, l->unit, l->cpv, l->vat };
    }
}

void paper_of_credit_note (call *self, const credit_note_t *from, paper *out)
{
    *out = (paper) { .kind = PAPER_CREDIT_NOTE, .number = from->number, .date = from->issued_on, .note = from->reason,
                     .order_reference = from->order_reference, .invoice_number = from->invoice_number,
                     .seller = from->seller, .buyer = from->buyer, .vat = from->vat.at, .vat_count = from->vat.count,
                     .net_cents = from->net_cents, .vat_cents = from->vat_cents, .gross_cents = from->gross_cents,
                     .fictional = from->fictional };
    begin_lines (self, out, from->lines.count);
    for (size_t i = 0; i < out->line_count; i++) {
        const credit_line_t *l = &from->lines.at [i];
        out->lines [i] = (paper_line) { l->no, l->quantity, l->unit_price_cents, l->net_cents, percentage_of (out, l->vat),
                                        l->description, l->unit, l->cpv, l->vat };
    }
}

static void add_ordered (const order_paper_t *with, const order_line_t *l, paper *out)
{
    int64_t quantity = l->ordered - l->cancelled;
    if (quantity > 0)
        out->lines [out->line_count++] = (paper_line) { l->no, quantity, l->unit_price_cents, quantity * l->unit_price_cents,
                                                        percentage_of (out, l->vat), l->description, l->unit, with->cpv, l->vat };
}

static outcome load_order (call *self, const char *id, paper *out)
{
    order_t *from = call_alloc (self, sizeof *from);
    order_paper_t *with = call_alloc (self, sizeof *with);
    PGresult *rows;
    outcome how = call_load (self, process_find ("order"), id, from);
    if (how != outcome_done)
        return how;
    self->target = id;
    if (call_run (self, "order_paper", &rows, &how) < 0)
        return how;
    if (PQntuples (rows) != 1 || !db_row (rows, 0, order_paper_schema (), with, self->zone))
        return outcome_broken;
    *out = (paper) { .kind = PAPER_ORDER, .number = from->id, .date = with->placed_on, .order_reference = from->reference,
                     .note = from->need_title, .seller = with->seller, .buyer = with->buyer, .vat = with->vat.at,
                     .vat_count = with->vat.count, .fictional = from->fictional };
    begin_lines (self, out, from->lines.count);
    out->line_count = 0;
    for (size_t i = 0; i < from->lines.count; i++)
        add_ordered (with, &from->lines.at [i], out);
    for (size_t i = 0; i < out->vat_count; i++) {
        out->net_cents += out->vat [i].net_cents;
        out->vat_cents += out->vat [i].vat_cents;
    }
    out->gross_cents = out->net_cents + out->vat_cents;
    return outcome_done;
}

static outcome load_invoice (call *self, const char *id, paper *out)
{
    invoice_t *from = call_alloc (self, sizeof *from);
    outcome how = call_load (self, process_find ("invoice"), id, from);
    if (how == outcome_done && !from->issued_on)
        return outcome_missing; /* a draft is no document */
    if (how == outcome_done)
        paper_of_invoice (self, from, out);
    return how;
}

static outcome load_credit_note (call *self, const char *id, paper *out)
{
    credit_note_t *from = call_alloc (self, sizeof *from);
    outcome how = call_load (self, process_find ("credit_note"), id, from);
    if (how == outcome_done && !from->issued_on)
        return outcome_missing;
    if (how == outcome_done)
        paper_of_credit_note (self, from, out);
    return how;
}

outcome paper_load (call *self, paper_kind kind, const char *id, paper *out)
{
    return kind == PAPER_INVOICE ? load_invoice (self, id, out)
         : kind == PAPER_CREDIT_NOTE ? load_credit_note (self, id, out) : load_order (self, id, out);
}

const char *paper_file_name (call *self, const paper *of, const char *ending)
{
    static const char *const words [] = { "factuur", "creditnota", "bestelling" };
    static const char plain [] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    char number [61];
    snprintf (number, sizeof number, "%s", of->number);
    for (char *c = number; *c; c++)
        *c = (char) (strchr (plain, *c) ? *c : '-');
    return call_print (self, "%s-%s.%s", words [of->kind], number, ending);
}
