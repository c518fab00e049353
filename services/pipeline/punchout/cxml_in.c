/* cxml_in.c - reads what purchasing systems send, and checks that each line says what is needed. */
#include "cxml_in.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { ITEMS_MOST = 100, COOKIE_MOST = 500, ADDRESS_MOST = 500, PAYLOAD_MOST = 300, ORDER_MOST = 60, PART_MOST = 100 };

typedef struct {
    msgpack_zone *zone;
    faults       *wrong;
} reading;

static void fault (reading *self, const char *before, const char *path, const char *what)
{
    char place [120];
    snprintf (place, sizeof place, "%s%s%s", before, *before ? "/" : "", path);
    faults_add (self->wrong, place, "%s", what);
}

static const char *bounded (reading *self, const char *text, const char *before, const char *path, size_t most)
{
    if (!text)
        fault (self, before, path, "is missing");
    else if (strlen (text) > most)
        fault (self, before, path, "is too long");
    return text;
}

static const char *text_at (reading *self, const xmlNode *at, const char *before, const char *path, size_t most)
{
    return bounded (self, xml_in_text (cxml_find (at, path), self->zone), before, path, most);
}

static const char *attribute_at (reading *self, const xmlNode *at, const char *before, const char *name, size_t most)
{
    char path [40];
    snprintf (path, sizeof path, "@%s", name);
    return bounded (self, xml_in_attribute (at, name, self->zone), before, path, most);
}

/* An amount in cents; only euros. */
static int64_t money_at (reading *self, const xmlNode *at, const char *before, const char *path)
{
    int64_t cents = 0;
    const xmlNode *money = cxml_find (at, path);
    const char *text = xml_in_text (money, self->zone), *currency = xml_in_attribute (money, "currency", self->zone);
    if (!text || !xml_in_decimal (text, 2, &cents))
        fault (self, before, path, "must be an amount of cents at least, not below zero");
    if (!currency || strcmp (currency, "EUR"))
        fault (self, before, path, "must have the currency EUR");
    return cents;
}

/* --------------------------------------------------------------------------------------- items */

static void read_item (reading *self, const xmlNode *at, const char *place, bool priced, cxml_item *to)
{
    const char *quantity = attribute_at (self, at, place, "quantity", 20);
    to->part = text_at (self, at, place, "ItemID/SupplierPartID", PART_MOST);
    to->auxiliary = text_at (self, at, place, "ItemID/SupplierPartAuxiliaryID", PART_MOST);
    if (quantity && (!xml_in_decimal (quantity, 0, &to->quantity) || to->quantity < 1 || to->quantity > INT64_C (1000000000)))
        fault (self, place, "@quantity", "must be a whole number from 1 to 1000000000");
    if (!priced)
        return;
    to->price_cents = money_at (self, at, place, "ItemDetail/UnitPrice/Money");
    to->unit = text_at (self, at, place, "ItemDetail/UnitOfMeasure", PART_MOST);
}

static void read_items (reading *self, const xmlNode *from, bool priced, cxml_request *out)
{
    size_t count = 0;
    for (const xmlNode *at = cxml_next (from->children, "ItemOut"); at; at = cxml_next (at->next, "ItemOut"))
        count++;
    if (count > ITEMS_MOST || (priced && count == 0)) {
        fault (self, "", "ItemOut", count ? "must be there a hundred times at most" : "is missing");
        return;
    }
    out->items = msgpack_zone_malloc (self->zone, (count + !count) * sizeof *out->items);
    assert (out->items);
    for (const xmlNode *at = cxml_next (from->children, "ItemOut"); at; at = cxml_next (at->next, "ItemOut")) {
        char place [40];
        snprintf (place, sizeof place, "ItemOut[%zu]", out->item_count + 1);
        out->items [out->item_count] = (cxml_item) { 0 };
        read_item (self, at, place, priced, &out->items [out->item_count++]);
    }
}

/* ------------------------------------------------------------------------------------ documents */

/* The request of that name, after what every document has; NULL: it is not there. */
static const xmlNode *read_head (reading *self, const xmlNode *root, const char *name, cxml_request *out)
{
    char path [60];
    out->payload_id = attribute_at (self, root, "", "payloadID", PAYLOAD_MOST);
    cxml_credential_read (root, "From", self->zone, &out->from, self->wrong);
    cxml_credential_read (root, "Sender", self->zone, &out->sender, self->wrong);
    snprintf (path, sizeof path, "Request/%s", name);
    const xmlNode *request = cxml_find (root, path);
    if (!request)
        fault (self, "", path, "is missing");
    return request;
}

static void read_setup (reading *self, const xmlNode *root, cxml_request *out)
{
    const xmlNode *request = read_head (self, root, "PunchOutSetupRequest", out);
    if (!request)
        return;
    out->operation = attribute_at (self, request, "", "operation", 20);
    if (out->operation && strcmp (out->operation, "create") && strcmp (out->operation, "edit") && strcmp (out->operation, "inspect"))
        fault (self, "", "@operation", "must be create, edit or inspect");
    out->buyer_cookie = text_at (self, request, "", "BuyerCookie", COOKIE_MOST);
    out->return_url = text_at (self, request, "", "BrowserFormPost/URL", ADDRESS_MOST);
    read_items (self, request, false, out);
}

static void read_order (reading *self, const xmlNode *root, cxml_request *out)
{
    const xmlNode *request = read_head (self, root, "OrderRequest", out);
    const xmlNode *head = cxml_find (request, "OrderRequestHeader");
    if (!request)
        return;
    if (!head) {
        fault (self, "", "OrderRequestHeader", "is missing");
        return;
    }
    const char *type = xml_in_attribute (head, "type", self->zone), *kind = xml_in_attribute (head, "orderType", self->zone);
    out->order_id = attribute_at (self, head, "OrderRequestHeader", "orderID", ORDER_MOST);
    if (type && strcmp (type, "new"))
        fault (self, "OrderRequestHeader", "@type", "must be new: an order is changed or cancelled on the platform");
    if (kind && strcmp (kind, "regular"))
        fault (self, "OrderRequestHeader", "@orderType", "must be regular");
    out->total_cents = money_at (self, head, "OrderRequestHeader", "Total/Money");
    read_items (self, request, true, out);
}

static bool read_document (const void *data, size_t size, msgpack_zone *zone, cxml_request *out, faults *wrong,
                           void (*read) (reading *, const xmlNode *, cxml_request *))
{
    reading self = { zone, wrong };
    *out = (cxml_request) { 0 };
    xmlDocPtr document = cxml_parse (data, size, wrong);
    if (!document)
        return false;
    read (&self, xmlDocGetRootElement (document), out);
    xmlFreeDoc (document);
    return wrong->count == 0;
}

bool cxml_setup_read (const void *data, size_t size, msgpack_zone *zone, cxml_request *out, faults *wrong)
{
    return read_document (data, size, zone, out, wrong, read_setup);
}

bool cxml_order_read (const void *data, size_t size, msgpack_zone *zone, cxml_request *out, faults *wrong)
{
    return read_document (data, size, zone, out, wrong, read_order);
}

/* ------------------------------------------------------------------------------------ addresses */

/* A form that goes there is not read by others on the way; what is on this machine itself goes over no wire. */
static size_t scheme_size (const char *url)
{
    static const char *const good [] = { "https://", "http://127.0.0.1:", "http://localhost:" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (strncmp (url, good [i], strlen (good [i])) == 0)
            return i ? strlen ("http://") : strlen (good [i]);
    return 0;
}

const char *cxml_address_fault (const char *url)
{
    size_t scheme = scheme_size (url), host = scheme ? strcspn (url + scheme, "/?#") : 0;
    if (!scheme)
        return "must begin with https://";
    if (host == 0 || memchr (url + scheme, '@', host) || url [scheme + host] != '/')
        return "must have a host and a path, and no name of a user";
    if (strpbrk (url, " \"'<>\\^`{|}") || strstr (url, "/.."))
        return "has a character that no address has";
    for (const unsigned char *c = (const unsigned char *) url; *c; c++)
        if (*c < ' ' || *c > '~')
            return "has a character that no address has";
    return NULL;
}

bool cxml_goes_back (const char *registered, const char *url)
{
    size_t size = strlen (registered);
    if (cxml_address_fault (url) || strncmp (url, registered, size))
        return false;
    return !url [size] || registered [size - 1] == '/' || strchr ("/?&#", url [size]);
}
