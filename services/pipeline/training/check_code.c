/* check_code.c - the code on the screen of a meeting, and its QR code (ISO/IEC 18004). It is an HMAC of the meeting's secret and
 * the moment, so that a photograph of the screen is of no use half an hour later.                                             */
#include "../../../common/text.h"
#include "../pipeline.h"
#include "training.h"
#include <inttypes.h>
#include <qrencode.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define MINUTE_US INT64_C (60000000)
#define SLOT_US   (5 * MINUTE_US)
#define EARLY_US  (60 * MINUTE_US)

int check_window (int64_t starts_at, int64_t ends_at, int64_t now)
{
    return now < starts_at - EARLY_US ? check_in_early : now > ends_at ? check_in_late : always;
}

const char *check_code (call *self, const char *secret, int64_t now)
{
    crypto_auth_hmacsha256_state hash;
    unsigned char full [crypto_auth_hmacsha256_BYTES];
    char slot [24], hex [CODE_SIZE + 1];
    int size = snprintf (slot, sizeof slot, "%" PRId64, now / SLOT_US);
    crypto_auth_hmacsha256_init (&hash, (const unsigned char *) secret, strlen (secret));
    crypto_auth_hmacsha256_update (&hash, (const unsigned char *) slot, (unsigned long long) size);
    crypto_auth_hmacsha256_final (&hash, full);
    sodium_bin2hex (hex, sizeof hex, full, CODE_SIZE / 2);
    return call_text (self, hex);
}

bool check_code_holds (call *self, const char *secret, const char *code)
{
    const char *current = check_code (self, secret, self->now), *before = check_code (self, secret, self->now - SLOT_US);
    bool fits = sodium_memcmp (code, current, CODE_SIZE) == 0;
    return fits | (sodium_memcmp (code, before, CODE_SIZE) == 0);
}

/* Row after row, 1 is dark. */
static const char *modules_of (call *self, const char *text, int64_t *size)
{
    QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code)
        return NULL;
    size_t count = (size_t) code->width * (size_t) code->width;
    char *modules = call_alloc (self, count + 1);
    for (size_t i = 0; i < count; i++)
        modules [i] = code->data [i] & 1 ? '1' : '0';
    *size = code->width;
    QRcode_free (code);
    return modules;
}

static bool is_site (const char *site)
{
    bool http = strncmp (site, "http://", 7) == 0 || strncmp (site, "https://", 8) == 0;
    return http && !site [strcspn (site, " \t\r\n<>\"'?#")];
}

static bool read_moment (const PGresult *rows, const char *name, int64_t *at)
{
    const char *text = PQgetvalue (rows, 0, PQfnumber (rows, name));
    return moment_read (text, strlen (text), at);
}

/* The code of this moment. */
static outcome show_code (call *self, const meeting_code_query_t *in, const char *secret, meeting_code_t *out)
{
    const schema *s = meeting_code_schema ();
    const char *link = call_print (self, "%s/bijeenkomst/?id=%s&code=%s", in->site, in->id, check_code (self, secret, self->now));
    int64_t size;
    const char *modules = modules_of (self, link, &size);
    if (!modules)
        return outcome_broken;
    schema_set_text (s, out, "link", link);
    schema_set_text (s, out, "modules", modules);
    schema_set_int (s, out, "size", size);
    schema_set_int (s, out, "until", (self->now / SLOT_US + 1) * SLOT_US);
    return outcome_done;
}

outcome meeting_code (call *self, const meeting_code_query_t *in, meeting_code_t *out)
{
    int64_t starts_at, ends_at;
    PGresult *rows;
    outcome how;
    int found = call_run (self, "meeting_secret", &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    if (!is_site (in->site))
        return call_invalid (self, "site", "must be http:// or https:// and a name");
    if (!read_moment (rows, "starts_at", &starts_at) || !read_moment (rows, "ends_at", &ends_at))
        return outcome_broken;
    schema_set_int (meeting_code_schema (), out, "opens_at", starts_at - EARLY_US);
    schema_set_int (meeting_code_schema (), out, "closes_at", ends_at);
    bool open = check_window (starts_at, ends_at, self->now) == always;
    return open ? show_code (self, in, PQgetvalue (rows, 0, PQfnumber (rows, "secret")), out) : outcome_done;
}
