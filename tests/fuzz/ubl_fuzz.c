/* ubl_fuzz.c - uploaded e-invoices and orders: the parser, and the reader above it. The first byte says whether it is to be a credit
 * note (1) or an order (2), the rest is the document. It is refused with a reason, or what was read is within its bounds. */
#include "../../services/pipeline/einvoice/ubl_in.h"
#include <assert.h>
#include <stddef.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void read_order (const uint8_t *data, size_t size)
{
    msgpack_zone *zone = msgpack_zone_new (8192);
    assert (zone);
    ubl_order order;
    faults wrong = { 0 };
    bool good = ubl_order_read (data, size, zone, &order, &wrong);
    assert (good == (wrong.count == 0) && (!good || (order.number && order.line_count >= 1 && order.line_count <= 100)));
    for (size_t i = 0; good && i < order.line_count; i++)
        assert (order.lines [i].item && order.lines [i].quantity >= 1 && order.lines [i].price_cents >= 0);
    msgpack_zone_free (zone);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    if (data [0] & 2) {
        read_order (data + 1, size - 1);
        return 0;
    }
    msgpack_zone *zone = msgpack_zone_new (8192);
    assert (zone);
    ubl_document document;
    faults wrong = { 0 };
    bool good = ubl_read (data + 1, size - 1, data [0] & 1, zone, &document, &wrong);
    assert (good == (wrong.count == 0));
    if (good) {
        int64_t sum = 0;
        assert (document.number && document.seller_id && document.line_count >= 1 && document.line_count <= 100);
        for (size_t i = 0; i < document.line_count; i++) {
            assert (document.lines [i].order_line && document.lines [i].quantity >= 0 && document.lines [i].price_cents >= 0);
            sum += document.lines [i].quantity * document.lines [i].price_cents;
        }
        assert (sum == document.net_cents && document.net_cents + document.vat_cents == document.gross_cents);
    }
    msgpack_zone_free (zone);
    return 0;
}
