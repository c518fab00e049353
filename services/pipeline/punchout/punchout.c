/* punchout.c - a purchasing system sends a guest to shop, and orders what the guest brought back. */
#include "../pipeline.h"
#include "../deal/deal.h"
#include "../einvoice/ubl.h"
#include "../../../common/file_body.h"
#include "../../../common/text.h"
#include "cxml_in.h"
#include "cxml_out.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { GUEST_US = 600000000 }; /* how long the word that lets a guest in works: ten minutes */

static void answer_with (call *self, const text_buffer *from, cxml_file_t *out)
{
    size_t index;
    out->content = file_content (self, from->at, from->size);
    schema_field (cxml_file_schema (), "content", &index);
    schema_mark (out, index);
}

/* ------------------------------------------------------------------------------------------ setup */

/* The caller's own system by which the document says that it was sent. */
static outcome find_system (call *self, const cxml_request *from, purchase_system_t *out)
{
    system_wish_t wish = { 0 };
    PGresult *rows;
    outcome how;
    schema_set_text (system_wish_schema (), &wish, "domain", from->sender.domain);
    schema_set_text (system_wish_schema (), &wish, "identity", from->sender.identity);
    int count = call_run_with (self, "punchout_system", system_wish_schema (), &wish, &rows, &how);
    if (count <= 0)
        return count ? how : outcome_anonymous;
    return db_row (rows, 0, purchase_system_schema (), out, self->zone) ? outcome_done : outcome_broken;
}

static outcome fill_opening (call *self, const cxml_request *from, const purchase_system_t *system, basket_opening_t *to)
{
    const schema *s = basket_opening_schema ();
    char guest [UUID_TEXT];
    size_t index;
    int operation = words_find (punchout_operation_words (), from->operation, strlen (from->operation));
    uuid_new (self->now, guest);
    schema_set_text (s, to, "system_id", system->id);
    schema_set_text (s, to, "account_id", call_text (self, guest));
    schema_set_int (s, to, "operation", operation);
    schema_set_text (s, to, "buyer_cookie", from->buyer_cookie);
    schema_set_text (s, to, "return_url", from->return_url);
    schema_set_text (s, to, "domain", from->from.domain);
    schema_set_text (s, to, "identity", from->from.identity);
    to->lines.at = call_alloc (self, from->item_count * sizeof *to->lines.at);
    for (size_t i = 0; operation != punchout_operation_create && i < from->item_count; i++) {
        char id [UUID_TEXT];
        basket_line_t *line = &to->lines.at [to->lines.count++];
        if (!uuid_read (from->items [i].part, strlen (from->items [i].part), id))
            return call_invalid (self, call_print (self, "ItemOut[%zu]/ItemID/SupplierPartID", i + 1), "is not an offer here");
        schema_set_text (basket_line_schema (), line, "offer_id", call_text (self, id));
        schema_set_int (basket_line_schema (), line, "quantity", from->items [i].quantity);
    }
    schema_field (s, "lines", &index);
    schema_mark (to, index);
    return outcome_done;
}

/* Identity hears of the guest by the stream: the word that lets it in is known to the purchasing system only. */
static const char *invite (call *self, const basket_opening_t *opening, const basket_t *made)
{
    const schema *s = guest_schema ();
    unsigned char raw [32], hashed [32];
    char token [65], hash [65];
    guest_t guest = { 0 };
    randombytes_buf (raw, sizeof raw);
    sodium_bin2hex (token, sizeof token, raw, sizeof raw);
    crypto_generichash (hashed, sizeof hashed, (const unsigned char *) token, strlen (token), NULL, 0);
    sodium_bin2hex (hash, sizeof hash, hashed, sizeof hashed);
    schema_set_text (s, &guest, "id", opening->account_id);
    schema_set_text (s, &guest, "name", call_print (self, "Gast van %.100s", made->buyer_name));
    schema_set_text (s, &guest, "token_hash", hash);
    schema_set_int (s, &guest, "expires_at", self->now + GUEST_US);
    call_emit (self, EVENT_guest_told, "guest", opening->account_id, 1, s, &guest);
    return call_text (self, token);
}

outcome punchout_setup (call *self, const cxml_file_t *in, cxml_file_t *out)
{
    bytes text = file_bytes (&in->content, self->zone);
    cxml_request from;
    purchase_system_t system = { 0 };
    basket_opening_t opening = { 0 };
    basket_t made = { 0 };
    if (!cxml_setup_read (text.at, text.size, self->zone, &from, &self->faults))
        return outcome_invalid;
    outcome how = find_system (self, &from, &system);
    if (how == outcome_done && !cxml_goes_back (system.return_url, from.return_url))
        how = call_invalid (self, "BrowserFormPost/URL", "must begin with the address that was registered for this system");
    if (how == outcome_done)
        how = fill_opening (self, &from, &system, &opening);
    if (how == outcome_done)
        how = call_enter_also (self, "basket_open", &opening, &made);
    if (how != outcome_created)
        return how;
    text_buffer page = { 0 }, all = { 0 };
    cxml_start_page (&page, in->site, invite (self, &opening, &made));
    cxml_response (&all, self->now, made.id, CXML_OK, "OK", "", page.at);
    answer_with (self, &all, out);
    text_free (&page);
    text_free (&all);
    return outcome_done;
}

/* ------------------------------------------------------------------------------------------ order */

/* "basket/line" of an item. False: it is nothing that a basket of ours has. */
static bool auxiliary_read (const cxml_item *item, char basket [UUID_TEXT], int64_t *no)
{
    const char *slash = strchr (item->auxiliary, '/');
    return slash && uuid_read (item->auxiliary, (size_t) (slash - item->auxiliary), basket) && xml_in_decimal (slash + 1, 0, no);
}

static void hold_item (call *self, const cxml_item *item, const char *place, const basket_line_t *line)
{
    const char *unit = ubl_unit_code (line->unit);
    if (strcasecmp (item->part, line->offer_id))
        call_invalid (self, call_print (self, "%s/ItemID/SupplierPartID", place), "must be %s", line->offer_id);
    if (item->quantity != line->quantity)
        call_invalid (self, call_print (self, "%s/@quantity", place), "must be %lld as in the basket", (long long) line->quantity);
    if (item->price_cents != line->unit_price_cents)
        call_invalid (self, call_print (self, "%s/ItemDetail/UnitPrice/Money", place), "must be %lld.%02d as in the basket",
                      (long long) line->unit_price_cents / 100, (int) (line->unit_price_cents % 100));
    if (strcmp (item->unit, unit))
        call_invalid (self, call_print (self, "%s/ItemDetail/UnitOfMeasure", place), "must be %s", unit);
}

/* An order is the basket, all of it and nothing else, at its prices: a change is an edit, which makes a new basket. */
static outcome hold_against (call *self, const cxml_request *order, const basket_t *basket)
{
    bool *seen = call_alloc (self, (basket->lines.count + 1) * sizeof *seen);
    assert (basket->id);
    for (size_t i = 0; i < order->item_count; i++) {
        char id [UUID_TEXT];
        int64_t no = 0;
        const char *place = call_print (self, "ItemOut[%zu]", i + 1);
        bool ours = auxiliary_read (&order->items [i], id, &no) && strcmp (id, basket->id) == 0
                 && no >= 1 && (size_t) no <= basket->lines.count;
        if (!ours || seen [no])
            call_invalid (self, call_print (self, "%s/ItemID/SupplierPartAuxiliaryID", place),
                          ours ? "must be there once" : "is not a line of this basket");
        else
            hold_item (self, &order->items [i], place, &basket->lines.at [no - 1]);
        seen [ours ? no : 0] = true;
    }
    if (order->item_count < basket->lines.count)
        call_invalid (self, "ItemOut", "must be all %zu lines of the basket: a part of it is a new basket (operation edit)", basket->lines.count);
    if (order->total_cents != basket->total_cents)
        call_invalid (self, "OrderRequestHeader/Total/Money", "must be %lld.%02d as in the basket",
                      (long long) basket->total_cents / 100, (int) (basket->total_cents % 100));
    return self->faults.count ? outcome_invalid : outcome_done;
}

/* What it orders, in one way of writing: a repetition may have another time and another way of writing XML. */
static const char *content_hash (call *self, const cxml_request *order)
{
    text_buffer all = { 0 };
    unsigned char hash [32];
    char *hex = call_alloc (self, 65);
    text_printf (&all, "%lld", (long long) order->total_cents);
    for (size_t i = 0; i < order->item_count; i++)
        text_printf (&all, "\n%s\t%s\t%lld\t%lld\t%s", order->items [i].part, order->items [i].auxiliary,
                     (long long) order->items [i].quantity, (long long) order->items [i].price_cents, order->items [i].unit);
    crypto_generichash (hash, sizeof hash, (const unsigned char *) all.at, all.size, NULL, 0);
    text_free (&all);
    return sodium_bin2hex (hex, 65, hash, sizeof hash);
}

/* What was answered to it before; orders of a buyer one at a time, so that two at once are one. Done: that stands in `out`;
 * missing: nothing was.                                                                                                   */
static outcome answer_again (call *self, const system_order_t *order, cxml_file_t *out)
{
    PGresult *rows;
    outcome how;
    if (call_run (self, "need_alone", &rows, &how) < 0)
        return how;
    int count = call_run_with (self, "punchout_seen", system_order_schema (), order, &rows, &how);
    if (count <= 0)
        return count ? how : outcome_missing;
    if (*PQgetvalue (rows, 0, 0) != 't')
        return call_conflict (self, order_id_free);
    const char *hex = PQgetvalue (rows, 0, 1);
    text_buffer text = { 0 };
    for (const char *at = hex; at [0] && at [1]; at += 2)
        text_append (&text, &(char) { (char) strtol ((char []) { at [0], at [1], 0 }, NULL, 16) }, 1);
    answer_with (self, &text, out);
    text_free (&text);
    return outcome_done;
}

static outcome find_basket (call *self, const cxml_request *order, basket_t *out)
{
    char id [UUID_TEXT];
    int64_t no;
    outcome how = outcome_missing;
    if (auxiliary_read (&order->items [0], id, &no))
        how = call_load (self, process_find ("basket"), id, out);
    if (how == outcome_missing)
        return call_invalid (self, "ItemOut[1]/ItemID/SupplierPartAuxiliaryID", "is not of a basket that went back to you");
    if (how == outcome_done && out->state != basket_state_returned)
        return call_conflict (self, basket_waits);
    return how;
}

/* Orders all of it; a part that waits for a second person makes it Accepted rather than OK. */
static outcome order_basket (call *self, const basket_t *basket, system_order_t *order, text_buffer *answer)
{
    PGresult *rows;
    outcome how;
    schema_set_text (system_order_schema (), order, "basket_id", basket->id);
    if (call_run_with (self, "punchout_reference", system_order_schema (), order, &rows, &how) < 0)
        return how;
    how = basket_split (self, basket->id);
    const void *before = self->in;
    const schema *shape = self->in_schema;
    ref_t ref = { 0 };
    schema_set_text (ref_schema (), &ref, "id", basket->id);
    self->in = &ref;
    self->in_schema = ref_schema ();
    if (how == outcome_done)
        how = call_consequence (self, "punchout_basket", "basket", "receive");
    self->in = before;
    self->in_schema = shape;
    if (how != outcome_done || call_run_with (self, "punchout_placed", system_order_schema (), order, &rows, &how) < 0)
        return how;
    int orders = atoi (PQgetvalue (rows, 0, 0)), waiting = atoi (PQgetvalue (rows, 0, 1));
    const char *said = call_print (self, waiting ? "%d bestellingen; een tweede persoon keurt ze eerst goed." : "%d bestellingen geplaatst.", orders);
    cxml_response (answer, self->now, basket->id, waiting ? CXML_ACCEPTED : CXML_OK, waiting ? "Accepted" : "OK", said, NULL);
    return outcome_done;
}

/* The answer is kept with the order, in the same transaction. */
static outcome keep_answer (call *self, system_order_t *order, const text_buffer *answer)
{
    PGresult *rows;
    outcome how;
    char *hex = call_alloc (self, answer->size * 2 + 1);
    sodium_bin2hex (hex, answer->size * 2 + 1, (const unsigned char *) answer->at, answer->size);
    schema_set_text (system_order_schema (), order, "answer", hex);
    call_run_with (self, "punchout_keep", system_order_schema (), order, &rows, &how);
    return how;
}

outcome punchout_order (call *self, const cxml_file_t *in, cxml_file_t *out)
{
    bytes text = file_bytes (&in->content, self->zone);
    cxml_request from;
    system_order_t order = { 0 };
    basket_t basket = { 0 };
    text_buffer answer = { 0 };
    if (!cxml_order_read (text.at, text.size, self->zone, &from, &self->faults))
        return outcome_invalid;
    schema_set_text (system_order_schema (), &order, "order_id", from.order_id);
    schema_set_text (system_order_schema (), &order, "payload_id", from.payload_id);
    schema_set_text (system_order_schema (), &order, "content", content_hash (self, &from));
    outcome how = answer_again (self, &order, out);
    if (how != outcome_missing)
        return how;
    how = find_basket (self, &from, &basket);
    if (how == outcome_done)
        how = hold_against (self, &from, &basket);
    if (how == outcome_done)
        how = order_basket (self, &basket, &order, &answer);
    if (how == outcome_done)
        how = keep_answer (self, &order, &answer);
    if (how == outcome_done)
        answer_with (self, &answer, out);
    text_free (&answer);
    return how;
}

/* ----------------------------------------------------------------------------------------- the way back */

/* Also of a basket that was thrown away: the purchasing system hears that nothing was chosen. */
outcome basket_message (call *self, const ref_t *in, punchout_return_t *out)
{
    basket_t basket = { 0 };
    basket_head_t head = { 0 };
    PGresult *rows;
    outcome how = call_load (self, process_find ("basket"), in->id, &basket);
    if (how != outcome_done)
        return how;
    int count = call_run (self, "punchout_head", &rows, &how);
    if (count <= 0)
        return count ? how : outcome_missing;
    if (!db_row (rows, 0, basket_head_schema (), &head, self->zone))
        return outcome_broken;
    text_buffer message = { 0 };
    cxml_message (&message, self->now, &basket, &head);
    schema_set_text (punchout_return_schema (), out, "url", head.return_url);
    schema_set_text (punchout_return_schema (), out, "message", call_text (self, message.at));
    text_free (&message);
    return outcome_done;
}
