/* einvoice.c - documents of the deal as files: what can be asked for. */
#include "../pipeline.h"
#include "../../../common/file_body.h"
#include "../../../common/mail.h"
#include "print.h"
#include "ubl.h"
#include <string.h>

/* Both records of files are one and the same shape; `ending` says which it is. */
static outcome give (call *self, paper_kind kind, const char *id, const char *ending, bytes (*write) (call *, const paper *), void *out)
{
    paper of;
    const schema *shape = self->op->out ();
    outcome how = paper_load (self, kind, id, &of);
    if (how != outcome_done)
        return how;
    bytes text = write (self, &of);
    size_t index;
    schema_set_text (shape, out, "file_name", paper_file_name (self, &of, ending));
    *(bytes *) schema_at (schema_field (shape, "content", &index), out) = file_content (self, text.at, text.size);
    schema_mark (out, index);
    return outcome_done;
}

outcome invoice_ubl (call *self, const ref_t *in, xml_file_t *out)
{
    return give (self, PAPER_INVOICE, in->id, "xml", ubl_write, out);
}

outcome invoice_pdf (call *self, const ref_t *in, pdf_file_t *out)
{
    return give (self, PAPER_INVOICE, in->id, "pdf", print_write, out);
}

outcome credit_note_ubl (call *self, const ref_t *in, xml_file_t *out)
{
    return give (self, PAPER_CREDIT_NOTE, in->id, "xml", ubl_write, out);
}

outcome credit_note_pdf (call *self, const ref_t *in, pdf_file_t *out)
{
    return give (self, PAPER_CREDIT_NOTE, in->id, "pdf", print_write, out);
}

outcome order_ubl (call *self, const ref_t *in, xml_file_t *out)
{
    return give (self, PAPER_ORDER, in->id, "xml", ubl_write, out);
}

outcome order_pdf (call *self, const ref_t *in, pdf_file_t *out)
{
    return give (self, PAPER_ORDER, in->id, "pdf", print_write, out);
}

outcome invoice_setting_put (call *self, const invoice_setting_t *in, invoice_setting_t *out)
{
    if (!self->org || strcmp (in->id, self->org))
        return outcome_missing;
    if (in->email && !mail_address_fits (in->email))
        return call_invalid (self, "email", "must be an e-mail address, as facturen@stad.example");
    return call_fetch (self, "invoice_setting_store", out);
}
