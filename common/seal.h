/* seal.h - what nobody reads before it is opened: a key whose secret is in parts, and boxes closed with it
 * (deploy/decisions/0023-seal.md). X25519 and XSalsa20-Poly1305 by libsodium's sealed boxes; keys, parts and boxes are in hex. */
#ifndef SEAL_H
#define SEAL_H
#include "schema.h"

enum { SEAL_KEY_TEXT = 65, SEAL_PART_TEXT = 161, SEAL_SECRET = 32, SEAL_MAC = 32 };

typedef struct sealer sealer;

/* Reads <directory>/sealing.key_secret. NULL when there is none or others could read it, which was told on standard error. */
sealer *sealer_new (const char *directory);
void sealer_destroy (sealer **self_p);
/* A hash of these bytes that tells nothing to who lacks the platform's secret, however few values they could have. */
void sealer_mac (const sealer *, const void *bytes, size_t size, unsigned char out [SEAL_MAC]);

/* The public key that belongs to a code, for one thing only: a code of another thing has another key. */
void seal_code_key (const char *code, const char *thing, char out [SEAL_KEY_TEXT]);

/* A key, and its secret in parts, each locked so that one holder can read it. The first three give the secret, and so do the
 * last two; no fewer tell anything of it.                                                                                    */
typedef struct {
    char key [SEAL_KEY_TEXT];
    char platform [SEAL_PART_TEXT], openers [2][SEAL_PART_TEXT];
    char platform_escrow [SEAL_PART_TEXT], escrow [SEAL_PART_TEXT];
} seal_parts;

bool seal_make (const sealer *, const char *const openers [2], const char *escrow, seal_parts *out);
/* Turns a part that a code can read into one that the platform can. False: it is not that code's. */
bool seal_hand_over (const sealer *, const char *code, const char *thing, const char *part, char out [SEAL_PART_TEXT]);
/* The secret of `key` from parts that the platform can read. False: they do not give it. */
bool seal_join (const sealer *, const char *key, const char *const parts [], size_t count, unsigned char secret [SEAL_SECRET]);

/* Closes content for a key, padded to one of few sizes: the box in the zone. NULL: it is larger than any. */
const char *seal_close (const char *key, const void *content, size_t size, msgpack_zone *);
/* False: it was not closed for this key, or it has changed. */
bool seal_read (const char *key, const unsigned char secret [SEAL_SECRET], const char *box, msgpack_zone *, bytes *content);
#endif
