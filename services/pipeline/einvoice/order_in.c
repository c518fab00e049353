/* order_in.c - an order in UBL that a buyer's own system wrote becomes a basket: of the offers that it names, at their prices. It is a
 * draft of who uploads it, for that person to look at and to order.                                                              */
#include "../pipeline.h"
#include "../deal/deal.h"
#include "../../../common/file_body.h"
#include "../../../common/text.h"
#include "ubl.h"
#include "ubl_in.h"
#include <string.h>

static const char *place_of (call *self, size_t line, const char *path)
{
    return call_print (self, "cac:OrderLine[%zu]/cac:LineItem/%s", line + 1, path);
}

static outcome fill (call *self, const ubl_order *from, basket_t *to)
{
    const schema *s = basket_schema (), *of_line = basket_line_schema ();
    size_t index;
    schema_set_text (s, to, "title", call_print (self, "Order %.100s", from->number));
    schema_set_text (s, to, "reference", from->number);
    schema_set_int (s, to, "source", basket_source_ubl);
    to->lines.at = call_alloc (self, from->line_count * sizeof *to->lines.at);
    to->lines.count = from->line_count;
    for (size_t i = 0; i < from->line_count; i++) {
        char id [UUID_TEXT] = "";
        if (!uuid_read (from->lines [i].item, strlen (from->lines [i].item), id))
            call_invalid (self, place_of (self, i, "cac:Item/cac:SellersItemIdentification/cbc:ID"), "must be the number of an offer here");
        schema_set_text (of_line, &to->lines.at [i], "offer_id", call_text (self, id));
        schema_set_int (of_line, &to->lines.at [i], "quantity", from->lines [i].quantity);
    }
    schema_field (s, "lines", &index);
    schema_mark (to, index);
    return self->faults.count ? outcome_invalid : outcome_done;
}

static bool is_one_of (const char *text, const char *one, const char *other)
{
    return (one && strcmp (text, one) == 0) || (other && strcmp (text, other) == 0);
}

/* What the document says that the basket does not: other prices and units, other parties, another sum. */
static void hold_against (call *self, const ubl_order *from, const basket_t *made, const order_parties_t *parties)
{
    for (size_t i = 0; i < from->line_count && i < made->lines.count; i++) {
        const basket_line_t *line = &made->lines.at [i];
        const char *unit = ubl_unit_code (line->unit);
        if (from->lines [i].price_cents != line->unit_price_cents)
            call_invalid (self, place_of (self, i, "cac:Price/cbc:PriceAmount"), "must be %lld.%02d: the price of the offer now",
                          (long long) line->unit_price_cents / 100, (int) (line->unit_price_cents % 100));
        if (from->lines [i].unit && strcmp (from->lines [i].unit, unit))
            call_invalid (self, place_of (self, i, "cbc:Quantity/@unitCode"), "must be %s", unit);
    }
    if (from->buyer_id && !is_one_of (from->buyer_id, parties->buyer_kvk, parties->buyer_oin))
        call_invalid (self, "cac:BuyerCustomerParty", "must be your organisation, by its KvK number or OIN");
    if (from->seller_id && (parties->sellers != 1 || !is_one_of (from->seller_id, parties->seller_kvk, parties->seller_oin)))
        call_invalid (self, "cac:SellerSupplierParty", "must be whose offers all lines are, by its KvK number or OIN");
    if (from->net_cents >= 0 && from->net_cents != made->total_cents)
        call_invalid (self, "cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount", "must be the sum of the lines");
}

outcome basket_import (call *self, const xml_file_t *in, basket_t *out)
{
    ubl_order from;
    basket_t wanted = { 0 };
    order_parties_t parties = { 0 };
    PGresult *rows;
    bytes text = file_bytes (&in->content, self->zone);
    if (!ubl_order_read (text.at, text.size, self->zone, &from, &self->faults))
        return outcome_invalid;
    outcome how = fill (self, &from, &wanted);
    if (how == outcome_done)
        how = basket_make (self, &wanted, out);
    if (how != outcome_created)
        return how;
    if (call_run (self, "order_parties", &rows, &how) != 1)
        return how == outcome_done ? outcome_missing : how;
    if (!db_row (rows, 0, order_parties_schema (), &parties, self->zone))
        return outcome_broken;
    hold_against (self, &from, out, &parties);
    return self->faults.count ? outcome_invalid : outcome_created;
}
