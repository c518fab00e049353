/* keys.h - the keys directory: who we are over tcp, and how we know the gateway. deploy/KEYS.md has its layout. */
#ifndef KEYS_H
#define KEYS_H
#include <stdbool.h>

enum { KEY_TEXT = 41, FINGERPRINT_TEXT = 17 }; /* of Z85; of hexadecimal digits */

typedef struct {
    char public_key [KEY_TEXT], secret_key [KEY_TEXT];
} key_pair;

typedef struct keys keys;

/* Reads the pair of `name` from <directory>/<name>.key_secret. False when it is not there, or when others could read
 * it too; which file, and what to do, has been told on standard error.                                              */
bool keys_pair (const char *directory, const char *name, key_pair *out);
/* Reads `public-key` of a certificate; false: there is none. */
bool keys_public (const char *path, char out [KEY_TEXT]);
/* Which key it is, for people. */
void keys_fingerprint (const char key [KEY_TEXT], char out [FINGERPRINT_TEXT]);

/* A client's side. NULL as keys_pair, or when the gateway's public key is not there. */
keys *keys_new (const char *directory, const char *name);
void  keys_destroy (keys **self_p);
/* How many keys a gateway may have at this moment: 2 while its key is being replaced. Read anew at each call, so
 * that a replaced key needs no restart of those that connect.                                                  */
unsigned keys_of_gateway (const keys *, char out [2][KEY_TEXT]);
/* Makes a ZeroMQ socket, before it connects, speak as us to a gateway with its newest key; with the one before
 * at every other attempt, while there are two.                                                               */
void keys_put_on (const keys *, void *socket, unsigned attempt);
#endif
