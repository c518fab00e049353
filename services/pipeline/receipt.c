/* receipt.c - a record, signed, as a file that anybody can check without the platform. */
#include "receipt.h"
#include <sodium.h>

static void sign (call *self, const schema *shape, void *receipt, const char *form, signed_receipt_t *out)
{
    const schema *s = signed_receipt_schema ();
    char signature [SIGNATURE_TEXT];
    msgpack_sbuffer payload;
    msgpack_sbuffer_init (&payload);
    msgpack_packer packer = { &payload, msgpack_sbuffer_write };
    schema_set_text (shape, receipt, "form", form);
    schema_encode (shape, receipt, OWNER, NULL, &packer);
    size_t room = sodium_base64_encoded_len (payload.size, sodium_base64_VARIANT_ORIGINAL);
    char *text = call_alloc (self, room);
    sodium_bin2base64 (text, room, (const unsigned char *) payload.data, payload.size, sodium_base64_VARIANT_ORIGINAL);
    signer_sign (self->signer, payload.data, payload.size, signature);
    msgpack_sbuffer_destroy (&payload);
    schema_set_text (s, out, "form", form);
    schema_set_text (s, out, "key", call_text (self, signer_key (self->signer)));
    schema_set_text (s, out, "signature", call_text (self, signature));
    schema_set_text (s, out, "payload", text);
}

outcome receipt_answer (call *self, const char *statement, const schema *shape, const char *form, signed_receipt_t *out)
{
    void *receipt = call_alloc (self, shape->size);
    PGresult *rows;
    outcome how;
    if (!self->signer)
        return outcome_unavailable;
    int found = call_run (self, statement, &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    if (!db_row (rows, 0, shape, receipt, self->zone))
        return outcome_broken;
    sign (self, shape, receipt, form, out);
    return outcome_done;
}
