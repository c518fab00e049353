/* cxml_fuzz.c - what purchasing systems send: the parser, the head that says who sends, and the reader above it. The first byte says
 * whether it is to be an order, the rest is the document. It is refused with a reason, or what was read is within its bounds. */
#include "../../services/pipeline/punchout/cxml_in.h"
#include <assert.h>
#include <stddef.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void hold (const cxml_request *from, bool order)
{
    assert (from->payload_id && from->from.domain && from->from.identity && from->sender.domain && from->sender.identity);
    assert (from->item_count <= 100);
    assert (order ? from->order_id && strlen (from->order_id) <= 60 && from->item_count : from->buyer_cookie && from->return_url);
    for (size_t i = 0; i < from->item_count; i++) {
        assert (from->items [i].part && from->items [i].auxiliary);
        assert (from->items [i].quantity >= 1 && from->items [i].quantity <= 1000000000);
        assert (!order || (from->items [i].price_cents >= 0 && from->items [i].unit));
    }
    if (!order && cxml_goes_back ("https://inkoop.example/terug", from->return_url))
        assert (strncmp (from->return_url, "https://inkoop.example/terug", 28) == 0 && !cxml_address_fault (from->return_url));
}

/* What comes out again is XML, whatever was put in. */
static void write_again (const cxml_request *from)
{
    text_buffer text = { 0 };
    faults wrong = { 0 };
    cxml_response (&text, 0, "1", CXML_OK, from->payload_id, from->from.identity, NULL);
    xmlDocPtr document = cxml_parse (text.at, text.size, &wrong);
    assert (document);
    xmlFreeDoc (document);
    text_free (&text);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    bool order = data [0] & 1;
    msgpack_zone *zone = msgpack_zone_new (8192);
    assert (zone);
    cxml_request request;
    faults wrong = { 0 };
    bool good = (order ? cxml_order_read : cxml_setup_read) (data + 1, size - 1, zone, &request, &wrong);
    assert (good == (wrong.count == 0));
    if (good) {
        char hash [65];
        hold (&request, order);
        cxml_key_hash (&request.sender, hash);
        assert (strlen (hash) == 64);
        write_again (&request);
    }
    msgpack_zone_free (zone);
    return 0;
}
