/* keys.c - the keys directory, as those read it who connect to a gateway; meerwaarde key writes it. */
#include "keys.h"
#include <assert.h>
#include <czmq.h>
#include <sodium.h>
#include <sys/stat.h>

struct keys {
    key_pair own;
    char     directory [400];
};

static bool read_key (const char *path, const char *which, char out [KEY_TEXT])
{
    zconfig_t *file = zconfig_load (path);
    const char *text = file ? zconfig_get (file, which, "") : "";
    bool good = strlen (text) == KEY_TEXT - 1;
    if (good)
        strcpy (out, text);
    zconfig_destroy (&file);
    return good;
}

bool keys_public (const char *path, char out [KEY_TEXT])
{
    return read_key (path, "curve/public-key", out);
}

bool keys_pair (const char *directory, const char *name, key_pair *out)
{
    char path [500];
    struct stat about;
    snprintf (path, sizeof path, "%s/%s.key_secret", directory, name);
    if (stat (path, &about) != 0)
        fprintf (stderr, "meerwaarde: the secret key %s is missing; make it with: meerwaarde key init --keys=%s\n", path, directory);
    else if (about.st_mode & (S_IRWXG | S_IRWXO))
        fprintf (stderr, "meerwaarde: others can read the secret key %s; close it with: chmod 600 %s\n", path, path);
    else if (!keys_public (path, out->public_key) || !read_key (path, "curve/secret-key", out->secret_key))
        fprintf (stderr, "meerwaarde: %s cannot be read, or is no CURVE certificate\n", path);
    else
        return true;
    return false;
}

void keys_fingerprint (const char key [KEY_TEXT], char out [FINGERPRINT_TEXT])
{
    unsigned char hash [32];
    crypto_generichash (hash, sizeof hash, (const unsigned char *) key, KEY_TEXT - 1, NULL, 0);
    sodium_bin2hex (out, FINGERPRINT_TEXT, hash, (FINGERPRINT_TEXT - 1) / 2);
}

keys *keys_new (const char *directory, const char *name)
{
    char known [2][KEY_TEXT];
    keys *self = calloc (1, sizeof *self);
    assert (self);
    snprintf (self->directory, sizeof self->directory, "%s", directory);
    if (!keys_pair (directory, name, &self->own))
        keys_destroy (&self);
    else if (!keys_of_gateway (self, known)) {
        fprintf (stderr, "meerwaarde: %s/gateway.key is missing: the gateway's public key, as the gateway's keys directory has it\n", directory);
        keys_destroy (&self);
    }
    return self;
}

void keys_destroy (keys **self_p)
{
    if (*self_p) {
        sodium_memzero (*self_p, sizeof **self_p);
        free (*self_p);
        *self_p = NULL;
    }
}

unsigned keys_of_gateway (const keys *self, char out [2][KEY_TEXT])
{
    char path [500];
    unsigned count = 0;
    snprintf (path, sizeof path, "%s/gateway.key", self->directory);
    count += keys_public (path, out [count]);
    snprintf (path, sizeof path, "%s/gateway.old.key", self->directory);
    count += keys_public (path, out [count]);
    return count;
}

void keys_put_on (const keys *self, void *socket, unsigned attempt)
{
    char known [2][KEY_TEXT];
    unsigned count = keys_of_gateway (self, known);
    if (count == 0) /* taken away while we run: an own key in its place opens nothing, and nothing is sent in the clear */
        memcpy (known [count++], self->own.public_key, KEY_TEXT);
    zmq_setsockopt (socket, ZMQ_CURVE_SERVERKEY, known [attempt % count], KEY_TEXT);
    zmq_setsockopt (socket, ZMQ_CURVE_PUBLICKEY, self->own.public_key, KEY_TEXT);
    zmq_setsockopt (socket, ZMQ_CURVE_SECRETKEY, self->own.secret_key, KEY_TEXT);
}
