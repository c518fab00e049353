/* ubl.c - the elements of a UBL document in the order in which its schema wants them. */
#include "ubl.h"
#include "../../../common/text.h"
#include <assert.h>
#include <inttypes.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

typedef struct {
    xmlTextWriterPtr to;
    const paper     *of;
} ubl;

static void open_element (ubl *self, const char *name)
{
    xmlTextWriterStartElement (self->to, BAD_CAST name);
}

static void close_element (ubl *self)
{
    xmlTextWriterEndElement (self->to);
}

static void attribute (ubl *self, const char *name, const char *value)
{
    xmlTextWriterWriteAttribute (self->to, BAD_CAST name, BAD_CAST value);
}

/* What XML cannot say at all (control characters, U+FFFE and U+FFFF) becomes a space. */
static void text (ubl *self, const char *value)
{
    char *copy = strdup (value);
    assert (copy);
    for (unsigned char *c = (unsigned char *) copy; *c; c++)
        if ((*c < ' ' && *c != '\t' && *c != '\n') || (*c == 0xef && c [1] == 0xbf && c [2] >= 0xbe)) {
            size_t size = *c < ' ' ? 1 : 3;
            memset (c, ' ', size);
        }
    xmlTextWriterWriteString (self->to, BAD_CAST copy);
    free (copy);
}

static void element (ubl *self, const char *name, const char *value)
{
    if (!value)
        return;
    open_element (self, name);
    text (self, value);
    close_element (self);
}

static void coded (ubl *self, const char *name, const char *by, const char *scheme, const char *value)
{
    open_element (self, name);
    attribute (self, by, scheme);
    text (self, value);
    close_element (self);
}

static void amount (ubl *self, const char *name, int64_t cents)
{
    char digits [32];
    snprintf (digits, sizeof digits, "%" PRId64 ".%02d", cents / 100, (int) (cents % 100));
    coded (self, name, "currencyID", "EUR", digits);
}

static void number (ubl *self, const char *name, int64_t value)
{
    char digits [24];
    snprintf (digits, sizeof digits, "%" PRId64, value);
    element (self, name, digits);
}

/* One element around another with an identifier. */
static void identified (ubl *self, const char *outer, const char *inner, const char *id)
{
    if (!id)
        return;
    open_element (self, outer);
    if (inner)
        open_element (self, inner);
    element (self, "cbc:ID", id);
    if (inner)
        close_element (self);
    close_element (self);
}

/* ------------------------------------------------------------------------------------ parties */

static void address (ubl *self, const invoice_party_t *of)
{
    char street [160] = "";
    if (of->street)
        snprintf (street, sizeof street, "%s%s%s", of->street, of->house_number ? " " : "", of->house_number ? of->house_number : "");
    open_element (self, "cac:PostalAddress");
    element (self, "cbc:StreetName", *street ? street : NULL);
    element (self, "cbc:CityName", of->city);
    element (self, "cbc:PostalZone", of->postcode);
    open_element (self, "cac:Country");
    element (self, "cbc:IdentificationCode", of->country ? of->country : "NL");
    close_element (self);
    close_element (self);
}

/* A government is known by its OIN, all others by their number in the trade register (ISO 6523: 0190, 0106). */
static void party (ubl *self, const char *role, const invoice_party_t *of)
{
    const char *id = of->oin ? of->oin : of->kvk_number, *scheme = of->oin ? "0190" : "0106";
    open_element (self, role);
    open_element (self, "cac:Party");
    if (id)
        coded (self, "cbc:EndpointID", "schemeID", scheme, id);
    open_element (self, "cac:PartyName");
    element (self, "cbc:Name", of->name);
    close_element (self);
    address (self, of);
    if (of->vat_number) {
        open_element (self, "cac:PartyTaxScheme");
        element (self, "cbc:CompanyID", of->vat_number);
        identified (self, "cac:TaxScheme", NULL, "VAT");
        close_element (self);
    }
    open_element (self, "cac:PartyLegalEntity");
    element (self, "cbc:RegistrationName", of->name);
    if (id)
        coded (self, "cbc:CompanyID", "schemeID", scheme, id);
    close_element (self);
    close_element (self);
    close_element (self);
}

/* ---------------------------------------------------------------------------------------- VAT */

static void tax_category (ubl *self, const char *name, int vat, int64_t percentage)
{
    open_element (self, name);
    element (self, "cbc:ID", vat == vat_rate_zero ? "Z" : "S");
    number (self, "cbc:Percent", percentage);
    identified (self, "cac:TaxScheme", NULL, "VAT");
    close_element (self);
}

static void tax_total (ubl *self)
{
    open_element (self, "cac:TaxTotal");
    amount (self, "cbc:TaxAmount", self->of->vat_cents);
    for (size_t i = 0; i < self->of->vat_count && self->of->kind != PAPER_ORDER; i++) {
        const vat_share_t *share = &self->of->vat [i];
        open_element (self, "cac:TaxSubtotal");
        amount (self, "cbc:TaxableAmount", share->net_cents);
        amount (self, "cbc:TaxAmount", share->vat_cents);
        tax_category (self, "cac:TaxCategory", share->vat, share->percentage);
        close_element (self);
    }
    close_element (self);
}

static void totals (ubl *self, const char *name)
{
    open_element (self, name);
    amount (self, "cbc:LineExtensionAmount", self->of->net_cents);
    amount (self, "cbc:TaxExclusiveAmount", self->of->net_cents);
    amount (self, "cbc:TaxInclusiveAmount", self->of->gross_cents);
    amount (self, "cbc:PayableAmount", self->of->gross_cents);
    close_element (self);
}

/* -------------------------------------------------------------------------------------- lines */

/* UN/ECE Recommendation 20; "one" where a unit has no code, and then its name goes with the item. */
const char *ubl_unit_code (const char *unit)
{
    static const struct { const char *unit, *code; } codes [] = {
        { "uur", "HUR" }, { "uren", "HUR" }, { "dag", "DAY" }, { "dagen", "DAY" }, { "week", "WEE" }, { "maand", "MON" },
        { "jaar", "ANN" }, { "minuut", "MIN" }, { "km", "KMT" }, { "kilometer", "KMT" }, { "m", "MTR" }, { "meter", "MTR" },
        { "m2", "MTK" }, { "m²", "MTK" }, { "m3", "MTQ" }, { "m³", "MTQ" }, { "kg", "KGM" }, { "kilo", "KGM" }, { "ton", "TNE" },
        { "liter", "LTR" }, { "l", "LTR" }, { "stuk", "H87" }, { "stuks", "H87" },
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp (codes [i].unit, unit) == 0)
            return codes [i].code;
    return "C62";
}

static void item (ubl *self, const paper_line *line)
{
    open_element (self, "cac:Item");
    if (strcmp (ubl_unit_code (line->unit), "C62") == 0) {
        char per [60];
        snprintf (per, sizeof per, "Per %s", line->unit);
        element (self, "cbc:Description", per);
    }
    element (self, "cbc:Name", line->description);
    if (line->cpv) {
        open_element (self, "cac:CommodityClassification");
        coded (self, "cbc:ItemClassificationCode", "listID", "STI", line->cpv);
        close_element (self);
    }
    tax_category (self, "cac:ClassifiedTaxCategory", line->vat, line->percentage);
    close_element (self);
}

static void price (ubl *self, const paper_line *line)
{
    open_element (self, "cac:Price");
    amount (self, "cbc:PriceAmount", line->price_cents);
    close_element (self);
}

static void quantity (ubl *self, const char *name, const paper_line *line)
{
    char digits [24];
    snprintf (digits, sizeof digits, "%" PRId64, line->quantity);
    coded (self, name, "unitCode", ubl_unit_code (line->unit), digits);
}

/* The line's number on the order says which line of the order it is about (BT-132). */
static void billed_line (ubl *self, const paper_line *line, bool credit)
{
    char no [24];
    snprintf (no, sizeof no, "%" PRId64, line->no);
    open_element (self, credit ? "cac:CreditNoteLine" : "cac:InvoiceLine");
    element (self, "cbc:ID", no);
    quantity (self, credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity", line);
    amount (self, "cbc:LineExtensionAmount", line->net_cents);
    open_element (self, "cac:OrderLineReference");
    element (self, "cbc:LineID", no);
    close_element (self);
    item (self, line);
    price (self, line);
    close_element (self);
}

static void ordered_line (ubl *self, const paper_line *line)
{
    open_element (self, "cac:OrderLine");
    open_element (self, "cac:LineItem");
    number (self, "cbc:ID", line->no);
    quantity (self, "cbc:Quantity", line);
    amount (self, "cbc:LineExtensionAmount", line->net_cents);
    price (self, line);
    item (self, line);
    close_element (self);
    close_element (self);
}

/* ---------------------------------------------------------------------------------- documents */

static void open_document (ubl *self, const char *name, const char *space)
{
    open_element (self, name);
    attribute (self, "xmlns", space);
    attribute (self, "xmlns:cac", UBL "CommonAggregateComponents-2");
    attribute (self, "xmlns:cbc", UBL "CommonBasicComponents-2");
}

/* SEPA credit transfer, with the invoice's number to know it by. */
static void payment (ubl *self, bool credit)
{
    const paper *of = self->of;
    open_element (self, "cac:PaymentMeans");
    element (self, "cbc:PaymentMeansCode", "58");
    element (self, "cbc:PaymentID", of->number);
    identified (self, "cac:PayeeFinancialAccount", NULL, of->seller->iban);
    close_element (self);
    if (credit) {
        char note [100];
        snprintf (note, sizeof note, "Te verrekenen met factuur %s", of->invoice_number);
        open_element (self, "cac:PaymentTerms");
        element (self, "cbc:Note", note);
        close_element (self);
    }
}

static void billing (ubl *self, bool credit)
{
    const paper *of = self->of;
    open_document (self, credit ? "CreditNote" : "Invoice", credit ? UBL "CreditNote-2" : UBL "Invoice-2");
    element (self, "cbc:CustomizationID", UBL_NLCIUS);
    element (self, "cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0");
    element (self, "cbc:ID", of->number);
    element (self, "cbc:IssueDate", of->date);
    element (self, "cbc:DueDate", credit ? NULL : of->due);
    element (self, credit ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode", credit ? "381" : "380");
    element (self, "cbc:Note", of->note);
    element (self, "cbc:DocumentCurrencyCode", "EUR");
    identified (self, "cac:OrderReference", NULL, of->order_reference);
    identified (self, "cac:BillingReference", "cac:InvoiceDocumentReference", credit ? of->invoice_number : NULL);
    party (self, "cac:AccountingSupplierParty", of->seller);
    party (self, "cac:AccountingCustomerParty", of->buyer);
    payment (self, credit);
    tax_total (self);
    totals (self, "cac:LegalMonetaryTotal");
    for (size_t i = 0; i < of->line_count; i++)
        billed_line (self, &of->lines [i], credit);
    close_element (self);
}

static void ordering (ubl *self)
{
    const paper *of = self->of;
    open_document (self, "Order", UBL "Order-2");
    element (self, "cbc:CustomizationID", "urn:fdc:peppol.eu:poacc:trns:order:3");
    element (self, "cbc:ProfileID", "urn:fdc:peppol.eu:poacc:bis:order_only:3");
    element (self, "cbc:ID", of->number);
    element (self, "cbc:IssueDate", of->date);
    element (self, "cbc:OrderTypeCode", "220");
    element (self, "cbc:Note", of->note);
    element (self, "cbc:DocumentCurrencyCode", "EUR");
    element (self, "cbc:CustomerReference", of->order_reference);
    party (self, "cac:BuyerCustomerParty", of->buyer);
    party (self, "cac:SellerSupplierParty", of->seller);
    tax_total (self);
    totals (self, "cac:AnticipatedMonetaryTotal");
    for (size_t i = 0; i < of->line_count; i++)
        ordered_line (self, &of->lines [i]);
    close_element (self);
}

bytes ubl_write (call *at, const paper *of)
{
    xmlBufferPtr buffer = xmlBufferCreate ();
    ubl self = { xmlNewTextWriterMemory (buffer, 0), of };
    assert (buffer && self.to);
    xmlTextWriterSetIndent (self.to, 1);
    xmlTextWriterStartDocument (self.to, "1.0", "UTF-8", NULL);
    if (of->kind == PAPER_ORDER)
        ordering (&self);
    else
        billing (&self, of->kind == PAPER_CREDIT_NOTE);
    xmlTextWriterEndDocument (self.to);
    xmlFreeTextWriter (self.to);
    size_t size = (size_t) xmlBufferLength (buffer);
    bytes kept = { size, memcpy (call_alloc (at, size), xmlBufferContent (buffer), size) };
    xmlBufferFree (buffer);
    return kept;
}
