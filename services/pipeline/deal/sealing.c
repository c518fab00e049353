/* sealing.c - closes a quote in this process's memory: no statement, log or kept answer ever has its price. */
#include "sealing.h"
#include "deal.h"
#include "../../../common/wire.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char form [] = "meerwaarde-quote/1";
enum { SALT_TEXT = 64 };

/* What has to go from the quote, because the box has it. */
static const char *const priced [] = { "lines", "message", "valid_until", "salt", "total_cents" };

static int64_t total_of (const quote_t *quote)
{
    int64_t total = 0;
    for (size_t i = 0; i < quote->lines.count; i++)
        total += quote->lines.at [i].quantity * quote->lines.at [i].unit_price_cents; /* at most 10^17 */
    return total;
}

static const char *salt_new (call *self)
{
    unsigned char raw [32];
    char *hex = call_alloc (self, 2 * sizeof raw + 1);
    randombytes_buf (raw, sizeof raw);
    return sodium_bin2hex (hex, 2 * sizeof raw + 1, raw, sizeof raw);
}

static quote_content_t *content_of (call *self, const quote_t *in, const char *id, const char *supplier)
{
    const schema *s = quote_content_schema ();
    quote_content_t *content = call_alloc (self, sizeof *content);
    schema_set_text (s, content, "form", form);
    schema_set_text (s, content, "quote_id", id);
    schema_set_text (s, content, "need_id", in->need_id);
    schema_set_text (s, content, "supplier_id", supplier);
    schema_set_int (s, content, "revision", in->revision);
    schema_set_text (s, content, "salt", in->salt);
    schema_set_list (s, content, "lines", in->lines.count, in->lines.at);
    schema_set_int (s, content, "total_cents", in->total_cents);
    if (in->message)
        schema_set_text (s, content, "message", in->message);
    if (in->valid_until)
        schema_set_text (s, content, "valid_until", in->valid_until);
    return content;
}

static const char *close_box (call *self, const quote_content_t *content, const char *key)
{
    msgpack_sbuffer plain;
    msgpack_sbuffer_init (&plain);
    msgpack_packer packer = { &plain, msgpack_sbuffer_write };
    schema_encode (quote_content_schema (), content, OWNER, NULL, &packer);
    const char *box = seal_close (key, plain.data, plain.size, self->zone);
    sodium_memzero (plain.data, plain.size);
    msgpack_sbuffer_destroy (&plain);
    return box;
}

static outcome put_into_box (call *self, quote_t *quote, const quote_content_t *content, const char *key)
{
    const schema *s = quote_schema ();
    size_t index;
    if (!self->sealer)
        return outcome_unavailable; /* what is kept under the Idempotency-Key could be guessed at */
    const char *box = close_box (self, content, key);
    if (!box)
        return call_invalid (self, "lines", "must be less text in all");
    for (size_t i = 0; i < sizeof priced / sizeof *priced; i++) {
        schema_field (s, priced [i], &index);
        quote->has &= ~(UINT64_C (1) << index);
    }
    schema_set_text (s, quote, "box", box);
    return outcome_done;
}

/* The quote as it is to be written down, still open: numbered and summed. */
static outcome complete (call *self, const quote_t *in, int64_t revision, quote_t *quote)
{
    const schema *s = quote_schema ();
    if (in->lines.count == 0)
        return call_invalid (self, "lines", "must be there");
    if (in->salt && strspn (in->salt, "0123456789abcdef") != SALT_TEXT)
        return call_invalid (self, "salt", "must be %d hexadecimal digits in lower case", SALT_TEXT);
    *quote = *in;
    schema_set_int (s, quote, "revision", revision);
    schema_set_int (s, quote, "total_cents", total_of (in));
    if (!in->salt)
        schema_set_text (s, quote, "salt", salt_new (self));
    return quote->total_cents > TRILLION ? call_conflict (self, within_amount) : outcome_done;
}

static const quote_content_t *hash (call *self, quote_t *quote, const char *id, const char *supplier)
{
    const quote_content_t *content = content_of (self, quote, id, supplier);
    char text [HASH_TEXT];
    record_hash (quote_content_schema (), content, text);
    schema_set_text (quote_schema (), quote, "content_hash", call_text (self, text));
    return content;
}

outcome sealing_complete (call *self, const quote_t *in, const char *id, const char *supplier, int64_t revision, quote_t *quote)
{
    outcome how = complete (self, in, revision, quote);
    if (how == outcome_done)
        hash (self, quote, id, supplier);
    return how;
}

static outcome check_lines (call *self, const quote_t *quote, const PGresult *rows)
{
    quote_t asked;
    return db_row (rows, 0, quote_schema (), &asked, self->zone) ? quote_check (self, quote, &asked) : outcome_broken;
}

outcome sealing_prepare (call *self, const quote_t *in, const char *id, int64_t revision)
{
    quote_t *quote = call_alloc (self, sizeof *quote);
    PGresult *rows;
    outcome how;
    int found = call_run (self, "quote_seal", &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    bool sealed = !PQgetisnull (rows, 0, 0);
    how = complete (self, in, revision, quote);
    if (how == outcome_done && sealed) /* the last moment at which anybody can look at it */
        how = check_lines (self, quote, rows);
    if (how != outcome_done)
        return how;
    const quote_content_t *content = hash (self, quote, id, self->org);
    if (sealed)
        how = put_into_box (self, quote, content, PQgetvalue (rows, 0, 0));
    self->in = quote;
    return how;
}
