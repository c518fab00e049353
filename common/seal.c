/* seal.c - libsodium's sealed boxes, with a secret that is the sum of its parts. */
#include "seal.h"
#include "keys.h"
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum {
    KEY = crypto_box_PUBLICKEYBYTES,
    EXTRA = crypto_box_SEALBYTES,
    PART = KEY + EXTRA,
    MOST_PARTS = 3,
};

/* What a box holds before it is closed. A quote of a hundred full lines fits into the largest. */
static const size_t sizes [] = { 8 << 10, 32 << 10, 128 << 10, 512 << 10 };

struct sealer {
    unsigned char key [KEY], secret [KEY], mac [crypto_generichash_KEYBYTES];
};

typedef struct {
    unsigned char key [KEY], secret [KEY];
} pair;

/* Exactly so many bytes in lower-case hex. */
static bool read_hex (const char *hex, unsigned char *out, size_t size)
{
    size_t got;
    return strlen (hex) == 2 * size && sodium_hex2bin (out, size, hex, 2 * size, NULL, &got, NULL) == 0 && got == size;
}

/* ---------------------------------------------------------------------------------- the platform */

static bool expand (sealer *self, const key_pair *from)
{
    unsigned char own [KEY];
    bool good = zmq_z85_decode (self->secret, from->secret_key) && zmq_z85_decode (self->key, from->public_key)
             && crypto_scalarmult_base (own, self->secret) == 0 && memcmp (own, self->key, KEY) == 0;
    if (good)
        crypto_generichash (self->mac, sizeof self->mac, (const unsigned char *) "meerwaarde mac", 14, self->secret, KEY);
    return good;
}

sealer *sealer_new (const char *directory)
{
    key_pair text;
    sealer *self = calloc (1, sizeof *self);
    assert (self);
    bool found = keys_pair (directory, "sealing", &text);
    if (!found || !expand (self, &text)) {
        if (found)
            fprintf (stderr, "meerwaarde: %s/sealing.key_secret is no pair of keys for sealing\n", directory);
        sealer_destroy (&self);
    }
    sodium_memzero (&text, sizeof text);
    return self;
}

void sealer_destroy (sealer **self_p)
{
    if (*self_p) {
        sodium_memzero (*self_p, sizeof **self_p);
        free (*self_p);
        *self_p = NULL;
    }
}

void sealer_mac (const sealer *self, const void *bytes, size_t size, unsigned char out [SEAL_MAC])
{
    crypto_generichash (out, SEAL_MAC, bytes, size, self->mac, sizeof self->mac);
}

/* ------------------------------------------------------------------------------- codes and parts */

static pair pair_of (const char *code, const char *thing)
{
    unsigned char seed [crypto_box_SEEDBYTES];
    crypto_generichash_state hash;
    pair out;
    crypto_generichash_init (&hash, (const unsigned char *) "meerwaarde opening code", 23, sizeof seed);
    crypto_generichash_update (&hash, (const unsigned char *) thing, strlen (thing) + 1);
    crypto_generichash_update (&hash, (const unsigned char *) code, strlen (code) + 1);
    crypto_generichash_final (&hash, seed, sizeof seed);
    crypto_box_seed_keypair (out.key, out.secret, seed);
    sodium_memzero (seed, sizeof seed);
    sodium_memzero (&hash, sizeof hash);
    return out;
}

void seal_code_key (const char *code, const char *thing, char out [SEAL_KEY_TEXT])
{
    pair of = pair_of (code, thing);
    sodium_bin2hex (out, SEAL_KEY_TEXT, of.key, KEY);
    sodium_memzero (&of, sizeof of);
}

static bool lock (const unsigned char part [KEY], const char *holder, char out [SEAL_PART_TEXT])
{
    unsigned char key [KEY], locked [PART];
    if (!read_hex (holder, key, KEY) || crypto_box_seal (locked, part, KEY, key) != 0)
        return false;
    sodium_bin2hex (out, SEAL_PART_TEXT, locked, PART);
    return true;
}

static bool unlock (const char *part, const unsigned char key [KEY], const unsigned char secret [KEY], unsigned char out [KEY])
{
    unsigned char locked [PART];
    return read_hex (part, locked, PART) && crypto_box_seal_open (out, locked, PART, key, secret) == 0;
}

static void add (unsigned char to [KEY], const unsigned char part [KEY])
{
    for (size_t i = 0; i < KEY; i++)
        to [i] ^= part [i];
}

/* Splits the secret over the holders: all parts but the last are by chance, and the last makes the sum right. */
static bool split (const unsigned char secret [KEY], const char *const holders [], char *const out [], size_t count)
{
    unsigned char rest [KEY], part [KEY];
    bool good = true;
    memcpy (rest, secret, KEY);
    for (size_t i = 0; i + 1 < count; i++) {
        randombytes_buf (part, KEY);
        add (rest, part);
        good &= lock (part, holders [i], out [i]);
    }
    good &= lock (rest, holders [count - 1], out [count - 1]);
    sodium_memzero (rest, KEY);
    sodium_memzero (part, KEY);
    return good;
}

bool seal_make (const sealer *self, const char *const openers [2], const char *escrow, seal_parts *out)
{
    pair fresh;
    char platform [SEAL_KEY_TEXT];
    sodium_bin2hex (platform, sizeof platform, self->key, KEY);
    crypto_box_keypair (fresh.key, fresh.secret);
    sodium_bin2hex (out->key, sizeof out->key, fresh.key, KEY);
    bool good = split (fresh.secret, (const char *const []) { platform, openers [0], openers [1] },
                       (char *const []) { out->platform, out->openers [0], out->openers [1] }, 3)
             && split (fresh.secret, (const char *const []) { platform, escrow },
                       (char *const []) { out->platform_escrow, out->escrow }, 2);
    sodium_memzero (&fresh, sizeof fresh);
    return good;
}

bool seal_hand_over (const sealer *self, const char *code, const char *thing, const char *part, char out [SEAL_PART_TEXT])
{
    unsigned char open [KEY];
    char platform [SEAL_KEY_TEXT];
    pair of = pair_of (code, thing);
    sodium_bin2hex (platform, sizeof platform, self->key, KEY);
    bool good = unlock (part, of.key, of.secret, open) && lock (open, platform, out);
    sodium_memzero (&of, sizeof of);
    sodium_memzero (open, KEY);
    return good;
}

bool seal_join (const sealer *self, const char *key, const char *const parts [], size_t count, unsigned char secret [SEAL_SECRET])
{
    unsigned char part [KEY], own [KEY], wanted [KEY];
    bool good = count >= 2 && count <= MOST_PARTS && read_hex (key, wanted, KEY);
    memset (secret, 0, SEAL_SECRET);
    for (size_t i = 0; i < count && good; i++) {
        good = unlock (parts [i], self->key, self->secret, part);
        if (good)
            add (secret, part);
    }
    sodium_memzero (part, KEY);
    return good && crypto_scalarmult_base (own, secret) == 0 && memcmp (own, wanted, KEY) == 0;
}

/* ----------------------------------------------------------------------------------------- boxes */

const char *seal_close (const char *key, const void *content, size_t size, msgpack_zone *zone)
{
    unsigned char to [KEY];
    size_t padded = 0, which = 0;
    while (which < sizeof sizes / sizeof *sizes && size >= sizes [which])
        which++;
    if (which == sizeof sizes / sizeof *sizes || !read_hex (key, to, KEY))
        return NULL;
    unsigned char *plain = msgpack_zone_malloc (zone, sizes [which]), *box = msgpack_zone_malloc (zone, sizes [which] + EXTRA);
    char *hex = msgpack_zone_malloc (zone, 2 * (sizes [which] + EXTRA) + 1);
    assert (plain && box && hex);
    memcpy (plain, content, size);
    sodium_pad (&padded, plain, size, sizes [which], sizes [which]);
    assert (padded == sizes [which]);
    int status = crypto_box_seal (box, plain, padded, to);
    sodium_memzero (plain, padded);
    if (status != 0)
        return NULL;
    return sodium_bin2hex (hex, 2 * (padded + EXTRA) + 1, box, padded + EXTRA);
}

bool seal_read (const char *key, const unsigned char secret [SEAL_SECRET], const char *box, msgpack_zone *zone, bytes *content)
{
    unsigned char own [KEY];
    size_t size = strlen (box) / 2, padded = size > EXTRA ? size - EXTRA : 0;
    unsigned char *raw = msgpack_zone_malloc (zone, size + 1), *open = msgpack_zone_malloc (zone, padded + 1);
    assert (raw && open);
    if (!padded || !read_hex (key, own, KEY) || !read_hex (box, raw, size) || crypto_box_seal_open (open, raw, size, own, secret) != 0)
        return false;
    content->at = open;
    return sodium_unpad (&content->size, open, padded, padded) == 0;
}
