/* opening.c - the seal on a need's quotes: made when both openers have their codes, opened when both gave them. */
#include "opening.h"
#include "../../../common/emit.h"
#include "../../../common/log.h"
#include "../../../common/text.h"
#include "../../../common/wire.h"
#include "../pipeline.h"
#include "deal.h"
#include "typed.h"
#include <sodium.h>
#include <string.h>

static const char *column (const PGresult *rows, int row, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, row, at) ? NULL : PQgetvalue (rows, row, at);
}

/* ----------------------------------------------------------------------------------- closing it */

static outcome make_seal (call *self, const PGresult *ready)
{
    const schema *s = new_seal_schema ();
    seal_parts parts;
    new_seal_t *made = call_alloc (self, sizeof *made);
    char *id = call_alloc (self, UUID_TEXT);
    seal_t seal = { 0 };
    PGresult *rows;
    outcome how;
    const char *openers [] = { column (ready, 0, "first_key"), column (ready, 0, "second_key") };
    if (!seal_make (self->sealer, openers, column (ready, 0, "escrow_key"), &parts))
        return outcome_broken;
    uuid_new (self->now, id);
    schema_set_text (s, made, "id", schema_text (self->in_schema, self->in, "id"));
    schema_set_text (s, made, "seal_id", id);
    schema_set_text (s, made, "key", call_text (self, parts.key));
    schema_set_text (s, made, "platform_part", call_text (self, parts.platform));
    schema_set_text (s, made, "first_part", call_text (self, parts.openers [0]));
    schema_set_text (s, made, "second_part", call_text (self, parts.openers [1]));
    schema_set_text (s, made, "platform_escrow", call_text (self, parts.platform_escrow));
    schema_set_text (s, made, "escrow_part", call_text (self, parts.escrow));
    if (call_run_with (self, "opening_make_seal", s, made, &rows, &how) < 0)
        return how;
    how = call_load (self, process_find ("seal"), id, &seal);
    if (how == outcome_done)
        call_emit (self, EVENT_seal_made, "seal", id, seal.version, seal_schema (), &seal);
    return how;
}

outcome opening_close_seal (call *self)
{
    PGresult *ready;
    outcome how;
    int found = call_run (self, "opening_ready", &ready, &how);
    return found == 1 ? make_seal (self, ready) : how;
}

/* ----------------------------------------------------------------------------------- opening it */

/* The need's secret, from what both openers handed over, or from what the handler did. */
static bool join (call *self, const PGresult *parts, unsigned char secret [SEAL_SECRET])
{
    bool escrow = column (parts, 0, "escrow_handed") != NULL;
    const char *of_openers [] = { column (parts, 0, "platform_part"), column (parts, 0, "first_handed"), column (parts, 0, "second_handed") };
    const char *of_handler [] = { column (parts, 0, "platform_escrow"), column (parts, 0, "escrow_handed") };
    return seal_join (self->sealer, column (parts, 0, "key"), escrow ? of_handler : of_openers, escrow ? 2 : 3, secret);
}

/* What is in the box, when it is what its supplier handed in for this need. */
static bool read_box (call *self, const PGresult *rows, int row, const unsigned char secret [SEAL_SECRET], quote_content_t *content)
{
    bytes plain;
    msgpack_object object;
    faults found = { .count = 0 };
    char hash [HASH_TEXT];
    if (!seal_read (column (rows, row, "key"), secret, column (rows, row, "box"), self->zone, &plain)
    ||  wire_unpack (plain.at, plain.size, self->zone, &object)
    ||  !schema_decode (quote_content_schema (), &object, content, self->zone, FROM_GATEWAY, NULL, &found))
        return false;
    record_hash (quote_content_schema (), content, hash);
    return strcmp (hash, column (rows, row, "content_hash")) == 0
        && strcmp (content->quote_id, column (rows, row, "id")) == 0
        && strcmp (content->need_id, column (rows, row, "need_id")) == 0
        && strcmp (content->supplier_id, column (rows, row, "supplier_id")) == 0
        && content->revision == strtoll (column (rows, row, "revision"), NULL, 10);
}

/* A box that somebody tampered with does not keep the others closed. */
static outcome open_quote (call *self, const PGresult *rows, int row, const unsigned char secret [SEAL_SECRET])
{
    quote_content_t *content = call_alloc (self, sizeof *content);
    PGresult *ignored;
    outcome how;
    bool whole = read_box (self, rows, row, secret, content);
    if (!whole) {
        *content = (quote_content_t) { .has = 0 };
        log_line ("error", "box_spoiled", "quote=%s", column (rows, row, "id"));
        schema_set_text (quote_content_schema (), content, "quote_id", column (rows, row, "id"));
    }
    call_run_with (self, whole ? "opening_quote" : "opening_quote_spoiled", quote_content_schema (), content, &ignored, &how);
    return how;
}

static outcome open_all (call *self, const PGresult *parts)
{
    unsigned char secret [SEAL_SECRET];
    PGresult *boxes;
    if (!join (self, parts, secret)) {
        log_line ("error", "seal_does_not_open", "seal=%s", column (parts, 0, "id"));
        return outcome_broken;
    }
    outcome how = call_consequence (self, "opening_seal", "seal", "open");
    int count = how == outcome_done ? call_run (self, "opening_boxes", &boxes, &how) : 0;
    for (int i = 0; i < count && how == outcome_done; i++)
        how = open_quote (self, boxes, i, secret);
    sodium_memzero (secret, sizeof secret);
    return how;
}

outcome opening_open (call *self)
{
    static const struct { const char *statement, *noun, *command; } follows [] = {
        { "opening_quotes", "quote", "open" },
        { "opening_spoiled", "quote", "spoil" },
        { "opening_invitations", "invitation", "answer" },
        { "opening_need", "need", "open" },
    };
    PGresult *parts;
    outcome how;
    if (call_run (self, "opening_parts", &parts, &how) != 1)
        return how;
    how = open_all (self, parts);
    for (size_t i = 0; i < sizeof follows / sizeof *follows && how == outcome_done; i++)
        how = call_consequence (self, follows [i].statement, follows [i].noun, follows [i].command);
    return how;
}

/* -------------------------------------------------------------------------------- the handler's */

outcome seal_release (call *self, const seal_release_t *in, seal_t *out)
{
    seal_t seal = { 0 };
    PGresult *key;
    const char *code;
    char handed [SEAL_PART_TEXT];
    seal_release_t *fresh = call_alloc (self, sizeof *fresh);
    *fresh = *in;
    outcome how = call_load (self, process_find ("seal"), in->id, &seal);
    if (how != outcome_done)
        return how;
    if (call_run (self, "seal_release_key", &key, &how) != 1) /* not this handler's */
        return how == outcome_done ? outcome_missing : how;
    how = typed_read (self, in->code, column (key, 0, "public_key"), seal.escrow_id, &code);
    if (how != outcome_done)
        return how;
    if (!seal.escrow_part || !seal_hand_over (self->sealer, code, seal.escrow_id, seal.escrow_part, handed))
        return call_conflict (self, code_right);
    schema_set_text (seal_release_schema (), fresh, "handed", call_text (self, handed));
    self->in = fresh;
    return call_step (self, out);
}
