/* verify_receipt.c - meerwaarde verify-receipt: what the receipt of a quote or an initiative proves, without the platform that signed it (proto/PACK.md). */
#include "ctl.h"
#include "../../common/json.h"
#include "../../common/signature.h"
#include "../../common/text.h"
#include "../../common/vocabulary.h"
#include "../../common/wire.h"
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 1 << 20 };

static const char about [] =
    "meerwaarde verify-receipt FILE --key=KEY [--content=FILE]: proves that the platform signed this receipt of a quote or an\n"
    "initiative, and, with its content as who handed it in kept it or as it was opened, that this is what was handed in. The key is the platform's public\n"
    "one, in hex or as the file signing.key of its keys directory. Ends with 1 when anything is not as it was signed.";

typedef struct {
    const char *form;
    const schema *(*receipt) (void), *(*content) (void);
    void (*tell) (const void *receipt, bool content);
} kind;

static bool fails (const char *where, const char *why)
{
    fprintf (stderr, "NOT AS SIGNED: %s: %s\n", where, why);
    return false;
}

static bool read_record (const char *path, const schema *shape, void *record, msgpack_zone *zone)
{
    char *text = msgpack_zone_malloc (zone, FILE_MOST);
    faults found = { .count = 0 };
    FILE *file = fopen (path, "rb");
    size_t size = file && text ? fread (text, 1, FILE_MOST, file) : 0;
    if (file)
        fclose (file);
    if (size == 0 || size == FILE_MOST)
        return fails (path, "cannot be read");
    return json_decode (shape, text, size, record, zone, FROM_CLIENT, NULL, &found) || fails (found.at [0].path, found.at [0].reason);
}

static bool read_key (const char *given, char out [SIGNING_KEY_TEXT])
{
    bool hex = strlen (given) == SIGNING_KEY_TEXT - 1 && strspn (given, "0123456789abcdef") == SIGNING_KEY_TEXT - 1;
    if (hex)
        strcpy (out, given);
    return hex || signature_key_of (given, out);
}

static const char *moment (int64_t at, char out [MOMENT_TEXT])
{
    moment_write (at, out);
    return out;
}

static void tell_quote (const void *of, bool content)
{
    const quote_receipt_t *receipt = of;
    char came [MOMENT_TEXT], until [MOMENT_TEXT];
    printf ("quote %s of %s, for need %s\nrevision %" PRId64 ", received %s, deadline %s, %s\ncontent %s%s\nOK\n", receipt->quote_id,
            receipt->supplier_id, receipt->need_id, receipt->revision, moment (receipt->received_at, came),
            moment (receipt->quote_deadline, until), quote_state_words ()->words [receipt->state].en, receipt->content_hash,
            content ? ": that of the file" : "");
}

static void tell_application (const void *of, bool content)
{
    const application_receipt_t *receipt = of;
    char came [MOMENT_TEXT], until [MOMENT_TEXT], answered [MOMENT_TEXT];
    printf ("initiative %s of %s, in round %s\nreceived %s, deadline %s%s%s\ncontent %s%s\nOK\n", receipt->initiative_id, receipt->applicant_id,
            receipt->round_id, moment (receipt->received_at, came), moment (receipt->closes_at, until),
            receipt->answered_at ? ", answered " : "", receipt->answered_at ? moment (receipt->answered_at, answered) : "",
            receipt->content_hash, content ? ": that of the file" : "");
}

static const kind kinds [] = {
    { "meerwaarde-receipt/1", quote_receipt_schema, quote_content_schema, tell_quote },
    { "meerwaarde-application/1", application_receipt_schema, application_content_schema, tell_application },
};

static const kind *kind_of (const char *form)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp (kinds [i].form, form) == 0)
            return &kinds [i];
    return NULL;
}

static bool check_signature (const signed_receipt_t *outside, const char *key, const kind *of, void *receipt, msgpack_zone *zone)
{
    unsigned char raw [4000];
    size_t size;
    const char *end;
    msgpack_object object;
    faults found = { .count = 0 };
    if (strcmp (outside->key, key))
        return fails ("key", "it is no receipt that was signed by the key that was given");
    if (sodium_base642bin (raw, sizeof raw, outside->payload, strlen (outside->payload), NULL, &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0
    ||  *end)
        return fails ("payload", "is not base64");
    if (!signature_holds (outside->signature, key, raw, size))
        return fails ("payload or signature", "the signature is not over these bytes");
    if (wire_unpack (raw, size, zone, &object) || !schema_decode (of->receipt (), &object, receipt, zone, FROM_GATEWAY, NULL, &found))
        return fails ("payload", "is no receipt");
    return true;
}

static bool check_content (const kind *of, const void *receipt, const char *path, msgpack_zone *zone)
{
    const schema *shape = of->content ();
    char hash [HASH_TEXT];
    if (!path)
        return true;
    void *content = msgpack_zone_malloc (zone, shape->size);
    if (!content || !read_record (path, shape, memset (content, 0, shape->size), zone))
        return false;
    record_hash (shape, content, hash);
    return strcmp (hash, schema_text (of->receipt (), receipt, "content_hash")) == 0
        || fails ("content", "is not what was handed in: its hash is another one");
}

static bool check (const char *path, const char *key, const char *content, msgpack_zone *zone)
{
    signed_receipt_t outside = { 0 };
    union { quote_receipt_t quote; application_receipt_t application; } receipt = { 0 };
    if (!read_record (path, signed_receipt_schema (), &outside, zone))
        return false;
    const kind *of = kind_of (outside.form);
    if (!of)
        return fails ("form", "it is no receipt");
    bool good = check_signature (&outside, key, of, &receipt, zone) && check_content (of, &receipt, content, zone);
    if (good)
        of->tell (&receipt, content != NULL);
    return good;
}

int ctl_verify_receipt (int argc, char *argv [])
{
    option options [] = { { "key", NULL, "the platform's public key for signing, in hex, or its certificate", NULL },
                          { "content", NULL, "what was handed in, as JSON", NULL } };
    enum { OPTIONS = sizeof options / sizeof *options };
    char key [SIGNING_KEY_TEXT];
    const char *path;
    int status;
    if (!ctl_read (options, OPTIONS, 1, about, argc, argv, &path, &status))
        return status;
    const char *given = config_text (options, OPTIONS, "key"), *content = config_text (options, OPTIONS, "content");
    if (!given || !read_key (given, key)) {
        fprintf (stderr, "meerwaarde verify-receipt: --key has to be 64 digits of hex, or the file of a certificate\n");
        return 2;
    }
    msgpack_zone zone;
    msgpack_zone_init (&zone, 65536);
    bool good = check (path, key, content, &zone);
    msgpack_zone_destroy (&zone);
    return good ? 0 : 1;
}
