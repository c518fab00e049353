/* signature.h - what the platform signs, and how others verify it: Ed25519 (RFC 8032) and SHA-256; all of it in hex. */
#ifndef SIGNATURE_H
#define SIGNATURE_H
#include "keys.h"
#include "schema.h"
#include <stdbool.h>
#include <stddef.h>

enum { HASH_TEXT = 65, SIGNING_KEY_TEXT = 65, SIGNATURE_TEXT = 129 };

/* SHA-256 of a record in MessagePack, all its fields in the order of their declaration. */
void record_hash (const schema *, const void *record, char out [HASH_TEXT]);

typedef struct signer signer;

/* Reads <directory>/signing.key_secret. NULL when there is none or others could read it, which was told on standard error. */
signer *signer_new (const char *directory);
void signer_destroy (signer **self_p);

/* The public half of what it signs with. */
const char *signer_key (const signer *);
/* The public halves that the directory has at this moment, newest first: two while the key is being replaced. How many. */
size_t signer_keys (const signer *, char out [2][SIGNING_KEY_TEXT]);
void signer_sign (const signer *, const void *bytes, size_t size, char out [SIGNATURE_TEXT]);

/* Whether the signature is that key's over these bytes; false too when one of them is not hex of its size. */
bool signature_holds (const char *signature, const char *key, const void *bytes, size_t size);
/* Makes a pair as the certificates of keys.h have them: the public key and the seed of the secret one, in Z85. */
bool signature_pair (char public_key [KEY_TEXT], char secret_key [KEY_TEXT]);
/* The key of a certificate's file in hex; false: it cannot be read. */
bool signature_key_of (const char *path, char out [SIGNING_KEY_TEXT]);
#endif
