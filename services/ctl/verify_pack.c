/* verify_pack.c - meerwaarde verify-pack: what a need's pack proves, without the platform that made it (proto/PACK.md). */
#include "ctl.h"
#include "../../common/draw.h"
#include "../../common/json.h"
#include "../../common/signature.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 4 << 20 };

static const char about [] =
    "meerwaarde verify-pack FILE --key=KEY: proves that a need's pack is what the platform signed, and says what is in it. The key\n"
    "is the platform's public one, as GET /v1/matching/keys shows it, or the file signing.key of its keys directory; have it from\n"
    "elsewhere than the pack. Ends with 1 when anything is not as it was signed.";

static const char form [] = "meerwaarde-pack/1";

typedef struct {
    msgpack_zone  zone;
    text_buffer   file;
    signed_pack_t outside;
    need_pack_t   pack;
    bytes         payload;
} proof;

/* Where it fails; false, so that a check can return it. */
static bool fails (const char *where, const char *format, ...) __attribute__ ((format (printf, 2, 3)));
static bool fails (const char *where, const char *format, ...)
{
    va_list args;
    va_start (args, format);
    fprintf (stderr, "NOT AS SIGNED: %s: ", where);
    vfprintf (stderr, format, args);
    fprintf (stderr, "\n");
    va_end (args);
    return false;
}

/* ------------------------------------------------------------------------------------- the file */

static bool read_file (const char *path, text_buffer *to)
{
    char part [65536];
    size_t got;
    FILE *file = fopen (path, "rb");
    if (!file)
        return fails (path, "cannot be read");
    while (to->size <= FILE_MOST && (got = fread (part, 1, sizeof part, file)) > 0)
        text_append (to, part, got);
    fclose (file);
    return (to->size && to->size <= FILE_MOST) || fails (path, "has %zu bytes, more or less than any pack", to->size);
}

/* The file says nothing else than its fields do, to the last byte. */
static bool is_as_written (const proof *self)
{
    text_buffer again = { 0 };
    size_t at = 0;
    json_write (signed_pack_schema (), &self->outside, OWNER, &again);
    while (at < again.size && at < self->file.size && again.at [at] == self->file.at [at])
        at++;
    bool same = at == again.size && at == self->file.size;
    text_free (&again);
    return same || fails ("file", "byte %zu is not as the platform writes it", at);
}

static bool read_outside (proof *self)
{
    faults found = { .count = 0 };
    if (json_decode (signed_pack_schema (), self->file.at, self->file.size, &self->outside, &self->zone, FROM_CLIENT, NULL, &found))
        return true;
    return fails (*found.at [0].path ? found.at [0].path : "file", "%s", found.at [0].reason);
}

/* -------------------------------------------------------------------------------- the signature */

/* A key as it is, or the certificate that has it. */
static bool read_key (const char *given, char out [SIGNING_KEY_TEXT])
{
    if (strlen (given) == SIGNING_KEY_TEXT - 1 && strspn (given, "0123456789abcdef") == SIGNING_KEY_TEXT - 1) {
        strcpy (out, given);
        return true;
    }
    return signature_key_of (given, out);
}

static bool check_signature (proof *self, const char *key)
{
    size_t most = strlen (self->outside.payload), size;
    unsigned char *raw = msgpack_zone_malloc (&self->zone, most + 1);
    assert (raw);
    if (strcmp (self->outside.form, form))
        return fails ("form", "is %s, and not %s", self->outside.form, form);
    if (strcmp (self->outside.key, key))
        return fails ("key", "it was signed by %s, not by the key that was given", self->outside.key);
    const char *end;
    if (sodium_base642bin (raw, most, self->outside.payload, most, NULL, &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0
    ||  end != self->outside.payload + most)
        return fails ("payload", "is not base64");
    self->payload = (bytes) { size, raw };
    return signature_holds (self->outside.signature, key, raw, size) || fails ("payload or signature", "the signature is not over these %zu bytes", size);
}

/* ---------------------------------------------------------------------------------- the content */

static bool read_payload (proof *self)
{
    msgpack_object object;
    faults found = { .count = 0 };
    const char *why = wire_unpack (self->payload.at, self->payload.size, &self->zone, &object);
    if (why)
        return fails ("payload", "%s", why);
    if (!schema_decode (need_pack_schema (), &object, &self->pack, &self->zone, FROM_GATEWAY, NULL, &found))
        return fails (found.at [0].path, "%s", found.at [0].reason);
    return strcmp (self->pack.form, form) == 0 || fails ("payload.form", "is %s", self->pack.form);
}

static bool check_run (const need_pack_t *pack)
{
    char hash [HASH_TEXT];
    const match_run_t *run = pack->run;
    if (!run)
        return true;
    record_hash (run_content_schema (), run->content, hash);
    if (strcmp (hash, run->hash))
        return fails ("run.content", "its hash is %s, and should be %s", hash, run->hash);
    for (size_t i = 0; i < pack->runs.count; i++)
        if (strcmp (pack->runs.at [i].id, run->id) == 0)
            return strcmp (pack->runs.at [i].hash, hash) == 0 || fails ("runs", "has another hash of run %s", run->id);
    return fails ("runs", "does not have run %s", run->id);
}

static bool check_draw (const need_pack_t *pack)
{
    const need_draw_t *draw = pack->draw;
    publication when;
    uint8_t seed [DRAW_BYTES];
    char text [DRAW_TEXT];
    if (!draw)
        return true;
    const need_t said = { .draw_commitment = draw->commitment, .draw_secret = draw->secret };
    if (!draw_read (draw->stream_hash, when.hash) || !draw_of (&said, &when, seed))
        return fails ("draw.secret", "is not the one that was committed to");
    draw_write (seed, text);
    if (strcmp (text, draw->seed))
        return fails ("draw.seed", "follows as %s, and is said to be %s", text, draw->seed);
    if (!pack->need->draw_commitment || strcmp (pack->need->draw_commitment, draw->commitment))
        return fails ("need.draw_commitment", "is not that of the draw");
    const run_content_t *run = pack->run ? pack->run->content : NULL;
    return !run || !run->draw || strcmp (run->draw->seed, text) == 0 || fails ("run.content.draw", "has another seed");
}

static const run_candidate_t *candidate_of (const run_content_t *run, const run_place_t *chosen)
{
    for (size_t i = 0; i < run->candidates.count; i++)
        if (strcmp (run->candidates.at [i].offer_id, chosen->offer_id) == 0)
            return &run->candidates.at [i];
    return NULL;
}

/* Whether, of offers with the same score, `a` may come before `b`: it waits longer, or has the smaller lot. */
static bool may_precede (const run_candidate_t *a, const run_candidate_t *b, const uint8_t *seed)
{
    const schema *s = run_candidate_schema ();
    int64_t waits = schema_int (s, a, "invited_at", 0), other = schema_int (s, b, "invited_at", 0);
    bool is_drawn = seed && waits == other && strcmp (a->supplier_id, b->supplier_id);
    return is_drawn ? draw_lot (seed, a->supplier_id) <= draw_lot (seed, b->supplier_id) : waits <= other;
}

static bool check_order (const need_pack_t *pack)
{
    const run_content_t *run = pack->run ? pack->run->content : NULL;
    uint8_t seed [DRAW_BYTES];
    bool drawn = run && run->draw && draw_read (run->draw->seed, seed);
    const run_candidate_t *before = NULL;
    for (size_t i = 0; run && i < run->chosen.count; i++) {
        const run_candidate_t *now = candidate_of (run, &run->chosen.at [i]);
        int64_t more = before ? run->chosen.at [i - 1].score_ppm - run->chosen.at [i].score_ppm : 1;
        if (!now || more < 0 || (more == 0 && !may_precede (before, now, drawn ? seed : NULL)))
            return fails ("run.content.chosen", "offer %zu is not in its place", i + 1);
        before = now;
    }
    return true;
}

/* ------------------------------------------------------------------------------- what it proves */

static const char *moment_of (int64_t us, char out [MOMENT_TEXT])
{
    moment_write (us, out);
    return out;
}

static void tell_invitations (const need_pack_t *pack)
{
    char when [MOMENT_TEXT];
    bool alike = true;
    printf ("%" PRId64 " enterprises were invited:\n", pack->invited);
    for (size_t i = 0; i < pack->invitations.count; i++) {
        const pack_invitation_t *one = &pack->invitations.at [i], *first = &pack->invitations.at [0];
        const char *name = one->supplier_name ? one->supplier_name : one->supplier_id;
        alike &= strcmp (one->message_hash ? one->message_hash : "", first->message_hash ? first->message_hash : "") == 0;
        printf ("  %s  event %" PRId64 "  %s\n", moment_of (one->sent_at, when), one->seq, name);
    }
    if (pack->invitations.count > 1)
        printf ("  %s\n", alike ? "all by the same words" : "NOT all by the same words");
}

static void tell_exclusions (const need_pack_t *pack)
{
    const words *rules = hard_rule_words ();
    for (int rule = 0; rule < rules->count; rule++) {
        size_t count = 0;
        for (size_t i = 0; i < pack->excluded.count; i++)
            count += pack->excluded.at [i].rule == rule;
        if (count)
            printf ("  %zu kept out: %s\n", count, rules->words [rule].en);
    }
}

static void tell_runs (const need_pack_t *pack)
{
    char when [MOMENT_TEXT];
    printf ("%zu rankings were kept:\n", pack->runs.count);
    for (size_t i = 0; i < pack->runs.count; i++)
        printf ("  %s  %s\n", moment_of (pack->runs.at [i].made_at, when), pack->runs.at [i].hash);
    if (!pack->run)
        return;
    const run_content_t *is = pack->run->content;
    printf ("in full, and its hash is right: that of %s, by rules %s for %s;\n  %zu of %" PRId64 " offers weighed, %zu chosen\n",
            moment_of (pack->run->made_at, when), is->rule_set, is->as_of, is->candidates.count, is->considered, is->chosen.count);
    tell_exclusions (pack);
}

static void tell_proof (const need_pack_t *pack, const char *key)
{
    char when [MOMENT_TEXT];
    printf ("signed by %s\nneed %s, version %" PRId64 ": %s\nas of event %" PRId64 ", %s\n", key, pack->need->id, pack->need->version, pack->need->title,
            pack->index_seq, moment_of (pack->made_at, when));
    tell_invitations (pack);
    tell_runs (pack);
    if (pack->draw)
        printf ("equal offers were drawn by seed %s:\n  it follows from the secret that was committed to, and the stream's hash at event %" PRId64 "\n",
                pack->draw->seed, pack->draw->published_seq);
    if (pack->run)
        printf ("the offers chosen are in the order of their scores, and equal ones in that of their wait and lots\n");
    printf ("OK\n");
}

int ctl_verify_pack (int argc, char *argv [])
{
    option options [] = { { "key", NULL, "the platform's public key for signing, in hex, or its certificate", NULL } };
    char key [SIGNING_KEY_TEXT];
    const char *path;
    int status;
    if (!ctl_read (options, 1, 1, about, argc, argv, &path, &status))
        return status;
    const char *given = config_text (options, 1, "key");
    if (!given || !read_key (given, key)) {
        fprintf (stderr, "meerwaarde verify-pack: --key has to be 64 digits of hex, or the file of a certificate\n");
        return 2;
    }
    proof self = { .file = { 0 } };
    msgpack_zone_init (&self.zone, 65536);
    bool good = read_file (path, &self.file) && read_outside (&self) && is_as_written (&self) && check_signature (&self, key)
             && read_payload (&self) && check_run (&self.pack) && check_draw (&self.pack) && check_order (&self.pack);
    if (good)
        tell_proof (&self.pack, key);
    msgpack_zone_destroy (&self.zone);
    text_free (&self.file);
    return good ? 0 : 1;
}
