/* cxml_out.c - writes the elements of cXML in the order in which its DTD wants them. */
#include "cxml_out.h"
#include "../../../common/text.h"
#include "../einvoice/ubl.h"
#include <inttypes.h>

static void element (text_buffer *to, const char *name, const char *value)
{
    text_printf (to, "<%s>", name);
    cxml_escape (to, value);
    text_printf (to, "</%s>", name);
}

static void money (text_buffer *to, int64_t cents)
{
    text_printf (to, "<Money currency=\"EUR\">%" PRId64 ".%02d</Money>", cents / 100, (int) (cents % 100));
}

static void credential (text_buffer *to, const char *party, const char *domain, const char *identity)
{
    text_printf (to, "<%s><Credential domain=\"", party);
    cxml_escape (to, domain);
    text_printf (to, "\">");
    element (to, "Identity", identity);
    text_printf (to, "</Credential>");
}

static void item (text_buffer *to, const basket_t *of, const basket_line_t *line)
{
    text_printf (to, "<ItemIn quantity=\"%" PRId64 "\" lineNumber=\"%" PRId64 "\"><ItemID>", line->quantity, line->no);
    element (to, "SupplierPartID", line->offer_id);
    text_printf (to, "<SupplierPartAuxiliaryID>%s/%" PRId64 "</SupplierPartAuxiliaryID></ItemID><ItemDetail><UnitPrice>", of->id, line->no);
    money (to, line->unit_price_cents);
    text_printf (to, "</UnitPrice><Description xml:lang=\"nl-NL\">");
    cxml_escape (to, line->title);
    text_printf (to, "</Description>");
    element (to, "UnitOfMeasure", ubl_unit_code (line->unit));
    text_printf (to, "<Classification domain=\"CPV\">");
    cxml_escape (to, line->cpv);
    text_printf (to, "</Classification><Extrinsic name=\"supplier\">");
    cxml_escape (to, line->supplier_name);
    text_printf (to, "</Extrinsic><Extrinsic name=\"unit\">");
    cxml_escape (to, line->unit);
    text_printf (to, "</Extrinsic></ItemDetail></ItemIn>");
}

void cxml_message (text_buffer *to, int64_t now, const basket_t *of, const basket_head_t *head)
{
    char moment [MOMENT_TEXT];
    moment_write (now, moment);
    text_printf (to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" CXML_TYPE "<cXML payloadID=\"%s.%" PRId64 "@meerwaarde\" timestamp=\"%s\""
                 " xml:lang=\"nl-NL\"><Header>", of->id, of->version, moment);
    credential (to, "From", "NetworkId", "meerwaarde");
    text_printf (to, "</From>");
    credential (to, "To", head->domain, head->identity);
    text_printf (to, "</To>");
    credential (to, "Sender", "NetworkId", "meerwaarde");
    text_printf (to, "<UserAgent>Meerwaarde</UserAgent></Sender></Header><Message><PunchOutOrderMessage>");
    element (to, "BuyerCookie", head->buyer_cookie);
    text_printf (to, "<PunchOutOrderMessageHeader operationAllowed=\"edit\"><Total>");
    money (to, of->state == basket_state_dropped ? 0 : of->total_cents);
    text_printf (to, "</Total></PunchOutOrderMessageHeader>");
    for (size_t i = 0; of->state != basket_state_dropped && i < of->lines.count; i++)
        item (to, of, &of->lines.at [i]);
    text_printf (to, "</PunchOutOrderMessage></Message></cXML>\n");
}

void cxml_start_page (text_buffer *to, const char *site, const char *token)
{
    text_printf (to, "<PunchOutSetupResponse><StartPage><URL>");
    cxml_escape (to, site);
    text_printf (to, "/mandje/#gast=%s</URL></StartPage></PunchOutSetupResponse>", token);
}
