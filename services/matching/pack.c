/* pack.c - what happened around a need, in one signed file: for an auditor, a judge, or an enterprise that was passed over. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "answer.h"
#include "market/record.h"
#include "run.h"
#include "weights.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { INVITATIONS_MOST = 1000, PAYLOAD_MOST = 740000 /* bytes; as base64 it still fits into a message */ };

static const char form [] = "meerwaarde-pack/1";

/* ---- what the market knows ---- */

static void write_invitations (call *self, const market *from, const char *need_id, need_pack_t *to)
{
    const pack_invitation_t *sent;
    size_t count = ledger_invitations (market_ledger (from), need_id, &sent), shown = count < INVITATIONS_MOST ? count : INVITATIONS_MOST;
    schema_set_int (need_pack_schema (), to, "invited", (int64_t) count);
    pack_invitation_t *copies = answer_list (self, need_pack_schema (), to, "invitations", shown);
    for (size_t i = 0; i < shown; i++)
        copies [i] = *(pack_invitation_t *) record_copy (pack_invitation_schema (), &sent [i], self->zone);
}

static outcome write_market (call *self, const market *from, const char *id, need_pack_t *to)
{
    const schema *s = need_pack_schema ();
    const need_t *need = market_need (from, id);
    need_draw_t drawn = { 0 };
    if (!need || !self->org || strcmp (need->buyer_id, self->org))
        return outcome_missing;
    schema_set_int (s, to, "index_seq", market_seq (from));
    schema_set_object (s, to, "need", record_copy (need_schema (), need, self->zone));
    write_invitations (self, from, id, to);
    if (run_draw (need, ledger_publication (market_ledger (from), id), self->zone, &drawn))
        schema_set_object (s, to, "draw", record_copy (need_draw_schema (), &drawn, self->zone));
    self->seq = market_seq (from);
    return outcome_done;
}

/* ---- what was kept ---- */

static outcome write_runs (call *self, need_pack_t *to)
{
    const schema *s = run_summary_schema ();
    PGresult *rows;
    outcome how;
    int count = call_run (self, "run_heads", &rows, &how);
    if (count < 0)
        return how;
    run_summary_t *items = answer_list (self, need_pack_schema (), to, "runs", (size_t) count);
    for (int i = 0; i < count; i++)
        if (!db_row (rows, i, s, &items [i], self->zone))
            return outcome_broken;
    return outcome_done;
}

static void write_exclusions (call *self, const run_content_t *run, need_pack_t *to)
{
    const schema *s = pack_exclusion_schema ();
    pack_exclusion_t *items = answer_list (self, need_pack_schema (), to, "excluded", run->candidates.count);
    size_t count = 0;
    for (size_t i = 0; i < run->candidates.count; i++) {
        int rule = score_rule (&run->candidates.at [i]);
        if (rule == RULE_NONE)
            continue;
        schema_set_text (s, &items [count], "offer_id", run->candidates.at [i].offer_id);
        schema_set_int (s, &items [count++], "rule", rule);
    }
    to->excluded.count = count;
}

static outcome write_run (call *self, const pack_query_t *in, need_pack_t *to)
{
    const schema *s = need_pack_schema ();
    match_run_t *run = call_alloc (self, sizeof *run);
    answer_list (self, s, to, "excluded", 0);
    outcome how = run_load (self, "run_content", run);
    if (how == outcome_missing && !in->run)
        return outcome_done; /* none was kept */
    if (how != outcome_done)
        return how;
    const rules *by = rules_named (run->content->rule_set);
    rule_set_t *set = call_alloc (self, sizeof *set);
    schema_set_object (s, to, "run", run);
    write_exclusions (self, run->content, to);
    if (by) {
        weights_write (self, by, set);
        schema_set_object (s, to, "rules", set);
    }
    return outcome_done;
}

/* ---- signing ---- */

static void encode (const need_pack_t *pack, msgpack_sbuffer *to)
{
    msgpack_packer packer = { to, msgpack_sbuffer_write };
    msgpack_sbuffer_clear (to);
    schema_encode (need_pack_schema (), pack, OWNER, NULL, &packer);
}

static void leave_out (need_pack_t *pack, const char *name)
{
    size_t index;
    const field *f = schema_field (need_pack_schema (), name, &index);
    assert (f);
    pack->has &= ~(UINT64_C (1) << index);
}

/* A run that is too long for one answer stays out, with what is about it: its hash is in the list. */
static void encode_within (need_pack_t *pack, msgpack_sbuffer *to)
{
    encode (pack, to);
    if (to->size <= PAYLOAD_MOST)
        return;
    leave_out (pack, "run");
    leave_out (pack, "rules");
    pack->excluded.count = 0;
    encode (pack, to);
}

static void sign (call *self, const msgpack_sbuffer *payload, signed_pack_t *out)
{
    const schema *s = signed_pack_schema ();
    char *signature = call_alloc (self, SIGNATURE_TEXT);
    size_t room = sodium_base64_encoded_len (payload->size, sodium_base64_VARIANT_ORIGINAL);
    char *text = call_alloc (self, room);
    signer_sign (self->signer, payload->data, payload->size, signature);
    sodium_bin2base64 (text, room, (const unsigned char *) payload->data, payload->size, sodium_base64_VARIANT_ORIGINAL);
    schema_set_text (s, out, "form", form);
    schema_set_text (s, out, "key", signer_key (self->signer));
    schema_set_text (s, out, "signature", signature);
    schema_set_text (s, out, "payload", text);
}

outcome need_pack (call *self, const pack_query_t *in, signed_pack_t *out)
{
    need_pack_t pack = { 0 };
    if (!self->signer)
        return outcome_unavailable;
    outcome how;
    const market *from = answer_open (self, in->id, &how);
    if (!from)
        return how;
    how = write_market (self, from, in->id, &pack);
    answer_close (self);
    if (how == outcome_done)
        how = write_runs (self, &pack);
    if (how == outcome_done)
        how = write_run (self, in, &pack);
    if (how != outcome_done)
        return how;
    schema_set_text (need_pack_schema (), &pack, "form", form);
    schema_set_int (need_pack_schema (), &pack, "made_at", self->now);
    msgpack_sbuffer *payload = msgpack_sbuffer_new ();
    encode_within (&pack, payload);
    sign (self, payload, out);
    msgpack_sbuffer_free (payload);
    return outcome_done;
}

/* ---- the keys ---- */

outcome signing_key_list (call *self, const nothing_t *in, signing_key_list_t *out)
{
    (void) in;
    const schema *s = signing_key_schema ();
    char keys [2][SIGNING_KEY_TEXT];
    size_t count = self->signer ? signer_keys (self->signer, keys) : 0;
    signing_key_t *items = answer_list (self, signing_key_list_schema (), out, "items", count);
    for (size_t i = 0; i < count; i++) {
        answer_text (self, s, &items [i], "key", keys [i]);
        schema_set_int (s, &items [i], "in_use", strcmp (keys [i], signer_key (self->signer)) == 0);
    }
    return outcome_done;
}
