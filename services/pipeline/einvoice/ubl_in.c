/* ubl_in.c - reads UBL with a parser that may do nothing but read, and checks that it adds up. */
#include "ubl_in.h"
#include "../../../common/xml_in.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

enum { LINES_MOST = 100, TEXT_MOST = 2000 };

typedef struct {
    msgpack_zone *zone;
    faults       *wrong;
    bool          credit;
} reading;

static const char *const document_names [] = { "Invoice", "CreditNote" };

/* ------------------------------------------------------------------------------------ elements */

static bool is_called (const xmlNode *node, const char *name)
{
    const char *space = strncmp (name, "cac:", 4) == 0 ? UBL "CommonAggregateComponents-2" : UBL "CommonBasicComponents-2";
    return node->type == XML_ELEMENT_NODE && node->ns && strcmp ((const char *) node->ns->href, space) == 0
        && strcmp ((const char *) node->name, name + 4) == 0;
}

/* The first element below `at` along a path as "cac:Party/cbc:Name", or NULL. */
static const xmlNode *find (const xmlNode *at, const char *path)
{
    while (at && *path) {
        char name [60];
        size_t size = strcspn (path, "/");
        snprintf (name, sizeof name, "%.*s", (int) size, path);
        const xmlNode *child = at->children;
        while (child && !is_called (child, name))
            child = child->next;
        at = child;
        path += size + (path [size] == '/');
    }
    return at;
}

static void fault (reading *self, const char *line, const char *path, const char *what)
{
    char place [100];
    snprintf (place, sizeof place, "%s%s%s", line, *line ? "/" : "", path);
    faults_add (self->wrong, place, "%s", what);
}

static const char *text_at (reading *self, const xmlNode *at, const char *path)
{
    return xml_in_text (find (at, path), self->zone);
}

static const char *needed (reading *self, const xmlNode *at, const char *line, const char *path)
{
    const char *text = text_at (self, at, path);
    if (!text)
        fault (self, line, path, "is missing");
    return text;
}

static int64_t figure (reading *self, const xmlNode *at, const char *line, const char *path, int places)
{
    int64_t value = 0;
    const char *text = needed (self, at, line, path);
    if (text && !xml_in_decimal (text, places, &value))
        fault (self, line, path, places ? "must be an amount of cents at least, not below zero" : "must be a whole number, not below zero");
    return value;
}

/* --------------------------------------------------------------------------------------- lines */

static void read_line (reading *self, const xmlNode *at, const char *place, ubl_line *to)
{
    const char *quantity = self->credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity";
    to->order_line = needed (self, at, place, "cac:OrderLineReference/cbc:LineID");
    to->quantity = figure (self, at, place, quantity, 0);
    to->price_cents = figure (self, at, place, "cac:Price/cbc:PriceAmount", 2);
    to->percentage = figure (self, at, place, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", 0);
    int64_t net = figure (self, at, place, "cbc:LineExtensionAmount", 2), product, base = 1;
    const char *per = text_at (self, at, "cac:Price/cbc:BaseQuantity");
    if (per && (!xml_in_decimal (per, 0, &base) || base != 1))
        fault (self, place, "cac:Price/cbc:BaseQuantity", "must be 1");
    if (find (at, "cac:AllowanceCharge"))
        fault (self, place, "cac:AllowanceCharge", "is not known here: an order has none");
    if (__builtin_mul_overflow (to->quantity, to->price_cents, &product) || product != net)
        fault (self, place, "cbc:LineExtensionAmount", "must be the quantity times the price");
}

static void read_lines (reading *self, const xmlNode *root, ubl_document *out)
{
    const char *name = self->credit ? "cac:CreditNoteLine" : "cac:InvoiceLine";
    size_t count = 0;
    for (const xmlNode *child = root->children; child; child = child->next)
        count += is_called (child, name);
    if (count == 0 || count > LINES_MOST) {
        fault (self, "", name, count ? "must be there a hundred times at most" : "is missing");
        return;
    }
    out->lines = msgpack_zone_malloc (self->zone, count * sizeof *out->lines);
    assert (out->lines);
    for (const xmlNode *child = root->children; child; child = child->next) {
        char place [40];
        if (!is_called (child, name))
            continue;
        snprintf (place, sizeof place, "%s[%zu]", name, out->line_count + 1);
        out->lines [out->line_count] = (ubl_line) { 0 };
        read_line (self, child, place, &out->lines [out->line_count++]);
    }
}

/* ------------------------------------------------------------------------------------ document */

static void read_sums (reading *self, const xmlNode *root, ubl_document *out)
{
    int64_t lines = 0, sum = 0;
    out->net_cents = figure (self, root, "", "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", 2);
    out->gross_cents = figure (self, root, "", "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", 2);
    out->vat_cents = figure (self, root, "", "cac:TaxTotal/cbc:TaxAmount", 2);
    if (self->wrong->count)
        return;
    bool fits = true;
    for (size_t i = 0; fits && i < out->line_count; i++)
        fits = !__builtin_add_overflow (lines, out->lines [i].quantity * out->lines [i].price_cents, &lines);
    if (!fits || lines != out->net_cents)
        fault (self, "", "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", "must be the sum of the lines");
    if (__builtin_add_overflow (out->net_cents, out->vat_cents, &sum) || sum != out->gross_cents)
        fault (self, "", "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "must be the sum without VAT, and the VAT");
}

static void read_document (reading *self, const xmlNode *root, ubl_document *out)
{
    static const char party [] = "cac:Party/cac:PartyLegalEntity/cbc:CompanyID";
    const char *profile = needed (self, root, "", "cbc:CustomizationID"), *currency = needed (self, root, "", "cbc:DocumentCurrencyCode");
    if (profile && strncmp (profile, "urn:cen.eu:en16931:2017", 23))
        fault (self, "", "cbc:CustomizationID", "must be a profile of EN 16931");
    if (currency && strcmp (currency, "EUR"))
        fault (self, "", "cbc:DocumentCurrencyCode", "must be EUR");
    out->number = needed (self, root, "", "cbc:ID");
    out->due = text_at (self, root, "cbc:DueDate");
    out->note = text_at (self, root, "cbc:Note");
    if (out->note && strlen (out->note) > TEXT_MOST)
        fault (self, "", "cbc:Note", "is too long");
    out->order_reference = self->credit ? text_at (self, root, "cac:OrderReference/cbc:ID")
                                        : needed (self, root, "", "cac:OrderReference/cbc:ID");
    if (self->credit)
        out->invoice_number = needed (self, root, "", "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID");
    out->seller_id = xml_in_text (find (find (root, "cac:AccountingSupplierParty"), party), self->zone);
    out->buyer_id = xml_in_text (find (find (root, "cac:AccountingCustomerParty"), party), self->zone);
    if (!out->seller_id)
        fault (self, "", "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID", "is missing");
    out->iban = text_at (self, root, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID");
    if (find (root, "cac:AllowanceCharge"))
        fault (self, "", "cac:AllowanceCharge", "is not known here: an order has none");
    read_lines (self, root, out);
    read_sums (self, root, out);
}

/* --------------------------------------------------------------------------------------- orders */

static void read_order_line (reading *self, const xmlNode *at, const char *place, ubl_order_line *to)
{
    int64_t net, product, base = 1;
    const xmlNode *quantity = find (at, "cac:LineItem/cbc:Quantity");
    const char *per = text_at (self, at, "cac:LineItem/cac:Price/cbc:BaseQuantity");
    to->item = needed (self, at, place, "cac:LineItem/cac:Item/cac:SellersItemIdentification/cbc:ID");
    to->unit = xml_in_attribute (quantity, "unitCode", self->zone);
    to->quantity = figure (self, at, place, "cac:LineItem/cbc:Quantity", 0);
    to->price_cents = figure (self, at, place, "cac:LineItem/cac:Price/cbc:PriceAmount", 2);
    net = find (at, "cac:LineItem/cbc:LineExtensionAmount") ? figure (self, at, place, "cac:LineItem/cbc:LineExtensionAmount", 2) : -1;
    if (to->quantity < 1 || to->quantity > INT64_C (1000000000))
        fault (self, place, "cac:LineItem/cbc:Quantity", "must be a whole number from 1 to 1000000000");
    if (per && (!xml_in_decimal (per, 0, &base) || base != 1))
        fault (self, place, "cac:LineItem/cac:Price/cbc:BaseQuantity", "must be 1");
    if (find (at, "cac:LineItem/cac:AllowanceCharge"))
        fault (self, place, "cac:LineItem/cac:AllowanceCharge", "is not known here: an offer has none");
    if (net >= 0 && (__builtin_mul_overflow (to->quantity, to->price_cents, &product) || product != net))
        fault (self, place, "cac:LineItem/cbc:LineExtensionAmount", "must be the quantity times the price");
}

static void read_order (reading *self, const xmlNode *root, ubl_order *out)
{
    static const char party [] = "cac:Party/cac:PartyLegalEntity/cbc:CompanyID", line [] = "cac:OrderLine";
    const char *profile = needed (self, root, "", "cbc:CustomizationID"), *currency = needed (self, root, "", "cbc:DocumentCurrencyCode");
    size_t count = 0;
    if (profile && strncmp (profile, "urn:fdc:peppol.eu:poacc:trns:order:3", 36))
        fault (self, "", "cbc:CustomizationID", "must be Peppol BIS Ordering 3");
    if (currency && strcmp (currency, "EUR"))
        fault (self, "", "cbc:DocumentCurrencyCode", "must be EUR");
    out->number = needed (self, root, "", "cbc:ID");
    if (out->number && strlen (out->number) > 60)
        fault (self, "", "cbc:ID", "is too long");
    out->buyer_id = xml_in_text (find (find (root, "cac:BuyerCustomerParty"), party), self->zone);
    out->seller_id = xml_in_text (find (find (root, "cac:SellerSupplierParty"), party), self->zone);
    if (find (root, "cac:AllowanceCharge"))
        fault (self, "", "cac:AllowanceCharge", "is not known here: an offer has none");
    out->net_cents = find (root, "cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount")
                   ? figure (self, root, "", "cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount", 2) : -1;
    for (const xmlNode *child = root->children; child; child = child->next)
        count += is_called (child, line);
    if (count == 0 || count > LINES_MOST) {
        fault (self, "", line, count ? "must be there a hundred times at most" : "is missing");
        return;
    }
    out->lines = msgpack_zone_malloc (self->zone, count * sizeof *out->lines);
    assert (out->lines);
    for (const xmlNode *child = root->children; child; child = child->next) {
        char place [40];
        if (!is_called (child, line))
            continue;
        snprintf (place, sizeof place, "%s[%zu]", line, out->line_count + 1);
        out->lines [out->line_count] = (ubl_order_line) { 0 };
        read_order_line (self, child, place, &out->lines [out->line_count++]);
    }
}

/* -------------------------------------------------------------------------------------- the whole */

/* The document, if it is one by that name; NULL: a fault. */
static xmlDocPtr open_document (const void *data, size_t size, const char *name, faults *wrong)
{
    xmlDocPtr document = xml_in_parse (data, size, NULL, wrong);
    const xmlNode *root = document ? xmlDocGetRootElement (document) : NULL;
    char space [80];
    snprintf (space, sizeof space, UBL "%s-2", name);
    if (!document)
        return NULL;
    if (root && strcmp ((const char *) root->name, name) == 0 && root->ns && strcmp ((const char *) root->ns->href, space) == 0)
        return document;
    faults_add (wrong, "", "must be an element %s of %s", name, space);
    xmlFreeDoc (document);
    return NULL;
}

bool ubl_read (const void *data, size_t size, bool credit, msgpack_zone *zone, ubl_document *out, faults *wrong)
{
    reading self = { zone, wrong, credit };
    *out = (ubl_document) { 0 };
    xmlDocPtr document = open_document (data, size, document_names [credit], wrong);
    if (!document)
        return false;
    read_document (&self, xmlDocGetRootElement (document), out);
    xmlFreeDoc (document);
    return wrong->count == 0;
}

bool ubl_order_read (const void *data, size_t size, msgpack_zone *zone, ubl_order *out, faults *wrong)
{
    reading self = { zone, wrong, false };
    *out = (ubl_order) { 0 };
    xmlDocPtr document = open_document (data, size, "Order", wrong);
    if (!document)
        return false;
    read_order (&self, xmlDocGetRootElement (document), out);
    xmlFreeDoc (document);
    return wrong->count == 0;
}
