/* signature.c - libsodium's Ed25519 behind keys in files. */
#include "signature.h"
#include "keys.h"
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum { SEED = crypto_sign_SEEDBYTES, PUBLIC_KEY = crypto_sign_PUBLICKEYBYTES, SIGNATURE = crypto_sign_BYTES };

struct signer {
    char          directory [400], key [SIGNING_KEY_TEXT];
    unsigned char secret [crypto_sign_SECRETKEYBYTES];
};

void record_hash (const schema *shape, const void *record, char out [HASH_TEXT])
{
    unsigned char hash [crypto_hash_sha256_BYTES];
    msgpack_sbuffer *buffer = msgpack_sbuffer_new ();
    msgpack_packer packer = { buffer, msgpack_sbuffer_write };
    schema_encode (shape, record, OWNER, NULL, &packer);
    crypto_hash_sha256 (hash, (const unsigned char *) buffer->data, buffer->size);
    sodium_bin2hex (out, HASH_TEXT, hash, sizeof hash);
    msgpack_sbuffer_free (buffer);
}

/* The pair of a seed; false: the public half that was given is not its own. */
static bool expand (signer *self, const key_pair *from)
{
    unsigned char seed [SEED], given [PUBLIC_KEY], own [PUBLIC_KEY];
    bool good = zmq_z85_decode (seed, from->secret_key) && zmq_z85_decode (given, from->public_key)
             && crypto_sign_seed_keypair (own, self->secret, seed) == 0 && memcmp (own, given, sizeof own) == 0;
    sodium_memzero (seed, sizeof seed);
    if (good)
        sodium_bin2hex (self->key, sizeof self->key, own, sizeof own);
    return good;
}

signer *signer_new (const char *directory)
{
    key_pair pair;
    signer *self = calloc (1, sizeof *self);
    assert (self);
    snprintf (self->directory, sizeof self->directory, "%s", directory);
    bool found = keys_pair (directory, "signing", &pair);
    if (!found || !expand (self, &pair)) {
        if (found)
            fprintf (stderr, "meerwaarde: %s/signing.key_secret is no pair of keys for signing\n", directory);
        signer_destroy (&self);
    }
    sodium_memzero (&pair, sizeof pair);
    return self;
}

void signer_destroy (signer **self_p)
{
    if (*self_p) {
        sodium_memzero (*self_p, sizeof **self_p);
        free (*self_p);
        *self_p = NULL;
    }
}

const char *signer_key (const signer *self)
{
    return self->key;
}

size_t signer_keys (const signer *self, char out [2][SIGNING_KEY_TEXT])
{
    static const char *const names [] = { "signing.key", "signing.old.key" };
    char path [500];
    size_t count = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf (path, sizeof path, "%s/%s", self->directory, names [i]);
        count += signature_key_of (path, out [count]);
    }
    return count;
}

void signer_sign (const signer *self, const void *bytes, size_t size, char out [SIGNATURE_TEXT])
{
    unsigned char signature [SIGNATURE];
    crypto_sign_detached (signature, NULL, bytes, size, self->secret);
    sodium_bin2hex (out, SIGNATURE_TEXT, signature, sizeof signature);
}

/* Exactly so many bytes in lower-case hex. */
static bool read_hex (const char *hex, unsigned char *out, size_t size)
{
    size_t got;
    return strspn (hex, "0123456789abcdef") == 2 * size && hex [2 * size] == 0
        && sodium_hex2bin (out, size, hex, 2 * size, NULL, &got, NULL) == 0 && got == size;
}

bool signature_holds (const char *signature, const char *key, const void *bytes, size_t size)
{
    unsigned char signature_raw [SIGNATURE], key_raw [PUBLIC_KEY];
    return read_hex (signature, signature_raw, sizeof signature_raw) && read_hex (key, key_raw, sizeof key_raw)
        && crypto_sign_verify_detached (signature_raw, bytes, size, key_raw) == 0;
}

bool signature_pair (char public_key [KEY_TEXT], char secret_key [KEY_TEXT])
{
    unsigned char seed [SEED], own [PUBLIC_KEY], secret [crypto_sign_SECRETKEYBYTES];
    randombytes_buf (seed, sizeof seed);
    bool good = crypto_sign_seed_keypair (own, secret, seed) == 0 && zmq_z85_encode (public_key, own, sizeof own)
             && zmq_z85_encode (secret_key, seed, sizeof seed);
    sodium_memzero (seed, sizeof seed);
    sodium_memzero (secret, sizeof secret);
    return good;
}

bool signature_key_of (const char *path, char out [SIGNING_KEY_TEXT])
{
    char text [KEY_TEXT];
    unsigned char raw [PUBLIC_KEY];
    if (!keys_public (path, text) || !zmq_z85_decode (raw, text))
        return false;
    sodium_bin2hex (out, SIGNING_KEY_TEXT, raw, sizeof raw);
    return true;
}
