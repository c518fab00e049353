/* draw.c - hashes of hashes; nothing here is random. */
#include "draw.h"
#include <sodium.h>
#include <string.h>

_Static_assert (DRAW_BYTES == crypto_hash_sha256_BYTES && (int) DRAW_BYTES == (int) EVS_HASH, "all of it is SHA-256");

void draw_write (const uint8_t bytes [DRAW_BYTES], char out [DRAW_TEXT])
{
    sodium_bin2hex (out, DRAW_TEXT, bytes, DRAW_BYTES);
}

bool draw_read (const char *hex, uint8_t out [DRAW_BYTES])
{
    char again [DRAW_TEXT];
    size_t size;
    if (sodium_hex2bin (out, DRAW_BYTES, hex, strlen (hex), NULL, &size, NULL) != 0 || size != DRAW_BYTES)
        return false;
    draw_write (out, again);
    return strcmp (again, hex) == 0;
}

bool draw_of (const need_t *need, const publication *when, uint8_t seed [DRAW_BYTES])
{
    uint8_t both [DRAW_BYTES + EVS_HASH], hash [DRAW_BYTES], commitment [DRAW_BYTES];
    if (!when || !need->draw_secret || !need->draw_commitment || !draw_read (need->draw_secret, both)
    ||  !draw_read (need->draw_commitment, commitment))
        return false;
    crypto_hash_sha256 (hash, both, DRAW_BYTES);
    memcpy (both + DRAW_BYTES, when->hash, EVS_HASH);
    crypto_hash_sha256 (seed, both, sizeof both);
    return memcmp (hash, commitment, DRAW_BYTES) == 0;
}

uint64_t draw_lot (const uint8_t seed [DRAW_BYTES], const char *supplier_id)
{
    uint8_t hash [DRAW_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init (&state);
    crypto_hash_sha256_update (&state, seed, DRAW_BYTES);
    crypto_hash_sha256_update (&state, (const uint8_t *) supplier_id, strlen (supplier_id));
    crypto_hash_sha256_final (&state, hash);
    return (uint64_t) evs_get64 (hash);
}
