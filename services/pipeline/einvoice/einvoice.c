/* einvoice.c - documents of the deal as files: what can be asked for. */
#include "../pipeline.h"
#include "../../../common/file_body.h"
#include "ubl.h"

static outcome give_ubl (call *self, paper_kind kind, const char *id, xml_file_t *out)
{
    paper of;
    outcome how = paper_load (self, kind, id, &of);
    if (how != outcome_done)
        return how;
    bytes text = ubl_write (self, &of);
    size_t index;
    schema_set_text (xml_file_schema (), out, "file_name", paper_file_name (self, &of, "xml"));
    *(bytes *) schema_at (schema_field (xml_file_schema (), "content", &index), out) = file_content (self, text.at, text.size);
    schema_mark (out, index);
    return outcome_done;
}

outcome invoice_ubl (call *self, const ref_t *in, xml_file_t *out)
{
    return give_ubl (self, PAPER_INVOICE, in->id, out);
}

outcome credit_note_ubl (call *self, const ref_t *in, xml_file_t *out)
{
    return give_ubl (self, PAPER_CREDIT_NOTE, in->id, out);
}

outcome order_ubl (call *self, const ref_t *in, xml_file_t *out)
{
    return give_ubl (self, PAPER_ORDER, in->id, out);
}
