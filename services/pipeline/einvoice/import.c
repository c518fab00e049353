/* import.c - an uploaded e-invoice becomes a draft: of an order of the caller's, by the order's own lines. What it says
 * goes through the same check and the same statement as a draft that is typed.                                      */
#include "../pipeline.h"
#include "../../../common/file_body.h"
#include "../../../common/wire.h"
#include "ubl_in.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of (const char *text, const char *one, const char *other)
{
    return (one && strcmp (text, one) == 0) || (other && strcmp (text, other) == 0);
}

static const char *line_id (const import_order_t *order, const char *no)
{
    for (size_t i = 0; i < order->lines.count; i++)
        if (strtoll (no, NULL, 10) == order->lines.at [i].no && strspn (no, "0123456789") == strlen (no))
            return order->lines.at [i].id;
    return NULL;
}

static const char *rate_word (const import_order_t *order, int64_t percentage)
{
    for (size_t i = 0; i < order->rates.count; i++)
        if (order->rates.at [i].percentage == percentage)
            return vat_rate_words ()->words [order->rates.at [i].vat].word;
    return NULL;
}

/* What the document says of others than itself. */
static void hold_against (const ubl_document *from, const import_order_t *order, faults *wrong)
{
    if (!is_one_of (from->seller_id, order->seller_kvk, order->seller_oin))
        faults_add (wrong, "cac:AccountingSupplierParty", "must be your organisation, by its KvK number or OIN");
    if (from->buyer_id && (order->buyer_kvk || order->buyer_oin) && !is_one_of (from->buyer_id, order->buyer_kvk, order->buyer_oin))
        faults_add (wrong, "cac:AccountingCustomerParty", "must be who placed the order, by its KvK number or OIN");
    if (from->iban && (!order->seller_iban || strcmp (from->iban, order->seller_iban)))
        faults_add (wrong, "cac:PaymentMeans", "must have the account of your organisation");
    for (size_t i = 0; i < from->line_count; i++) {
        char place [60];
        snprintf (place, sizeof place, "line %zu", i + 1);
        if (!line_id (order, from->lines [i].order_line))
            faults_add (wrong, place, "must name a line of the order in cac:OrderLineReference");
        if (!rate_word (order, from->lines [i].percentage))
            faults_add (wrong, place, "must have a rate of VAT that is in force");
    }
}

static void pack_pair (msgpack_packer *to, const char *name, const char *value)
{
    pack_text (to, name);
    pack_text (to, value);
}

static void pack_lines (const ubl_document *from, const import_order_t *order, bool credit, msgpack_packer *to)
{
    pack_text (to, "lines");
    msgpack_pack_array (to, from->line_count);
    for (size_t i = 0; i < from->line_count; i++) {
        const ubl_line *l = &from->lines [i];
        msgpack_pack_map (to, credit ? 2 : 4);
        pack_pair (to, "order_line_id", line_id (order, l->order_line));
        pack_text (to, "quantity");
        msgpack_pack_int64 (to, l->quantity);
        if (credit)
            continue;
        pack_text (to, "unit_price_cents");
        msgpack_pack_int64 (to, l->price_cents);
        pack_pair (to, "vat", rate_word (order, l->percentage));
    }
}

/* As a client would have sent it. */
static void pack_draft (const ubl_document *from, const import_order_t *order, bool credit, msgpack_packer *to)
{
    msgpack_pack_map (to, credit ? 4 : 3 + !!from->due + !!from->note);
    pack_pair (to, credit ? "invoice_id" : "order_id", credit ? order->invoice_id : order->order_id);
    pack_pair (to, "number", from->number);
    if (credit)
        pack_pair (to, "reason", from->note ? from->note : "Zie de creditnota.");
    if (!credit && from->due)
        pack_pair (to, "due_on", from->due);
    if (!credit && from->note)
        pack_pair (to, "note", from->note);
    pack_lines (from, order, credit, to);
}

static outcome find_order (call *self, const ubl_document *from, bool credit, import_order_t *order)
{
    ubl_reference_t named = { 0 };
    PGresult *rows;
    outcome how;
    if (from->order_reference)
        schema_set_text (ubl_reference_schema (), &named, "order_reference", from->order_reference);
    if (from->invoice_number)
        schema_set_text (ubl_reference_schema (), &named, "invoice_number", from->invoice_number);
    int count = call_run_with (self, "import_order", ubl_reference_schema (), &named, &rows, &how);
    if (count < 0)
        return how;
    if (count != 1)
        return call_invalid (self, credit ? "cac:BillingReference" : "cac:OrderReference/cbc:ID",
                             count ? "fits more than one of your orders; give the number that the order has here"
                                   : credit ? "is not an invoice that you sent" : "is not an order that you got");
    return db_row (rows, 0, import_order_schema (), order, self->zone) ? outcome_done : outcome_broken;
}

/* From here on it is a draft as any, made by the operation that makes those. */
static outcome make_draft (call *self, const char *as, const ubl_document *from, const import_order_t *order, bool credit, void *out)
{
    const operation *given = self->op;
    msgpack_sbuffer packed;
    msgpack_object object;
    msgpack_sbuffer_init (&packed);
    self->op = operation_find (as);
    self->in_schema = self->op->in ();
    void *in = call_alloc (self, self->in_schema->size);
    pack_draft (from, order, credit, &(msgpack_packer) { &packed, msgpack_sbuffer_write });
    const char *why = wire_unpack (packed.data, packed.size, self->zone, &object);
    outcome how = outcome_invalid;
    if (why)
        faults_add (&self->faults, "", "%s", why);
    else if (schema_decode (self->in_schema, &object, in, self->zone, FROM_CLIENT, NULL, &self->faults)) {
        self->in = in;
        how = call_enter (self, out);
    }
    msgpack_sbuffer_destroy (&packed);
    self->op = given;
    return how;
}

static outcome import (call *self, const xml_file_t *in, const char *as, bool credit, void *out)
{
    ubl_document from;
    import_order_t order = { 0 };
    bytes text = file_bytes (&in->content, self->zone);
    if (!ubl_read (text.at, text.size, credit, self->zone, &from, &self->faults))
        return outcome_invalid;
    outcome how = find_order (self, &from, credit, &order);
    if (how != outcome_done)
        return how;
    hold_against (&from, &order, &self->faults);
    if (self->faults.count)
        return outcome_invalid;
    how = make_draft (self, as, &from, &order, credit, out);
    int64_t vat = schema_int (self->op->out (), out, "vat_cents", 0);
    if (how == outcome_created && llabs (vat - from.vat_cents) > credit)
        return call_invalid (self, "cac:TaxTotal/cbc:TaxAmount", "must be %lld.%02d: each rate over the sum of its lines, rounded once",
                             (long long) vat / 100, (int) (vat % 100));
    return how;
}

outcome invoice_import (call *self, const xml_file_t *in, invoice_t *out)
{
    return import (self, in, "invoice_create", false, out);
}

/* The last of several credit notes may have a cent that rounding left. */
outcome credit_note_import (call *self, const xml_file_t *in, credit_note_t *out)
{
    return import (self, in, "credit_note_create", true, out);
}
