/* key.c - meerwaarde key: the set's keys, keys of subscribers outside, keys of systems for the API. */
#include "client.h"
#include "ctl.h"
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

/* A CURVE certificate in ZPL, as czmq reads it. `metadata` is a line of its own, or empty. */
static void print_certificate (FILE *out, const char *metadata, const char *public_key, const char *secret_key)
{
    fprintf (out, "#   CURVE certificate (ZPL), made by meerwaarde key\n\nmetadata\n%scurve\n    public-key = \"%s\"\n", metadata, public_key);
    if (secret_key)
        fprintf (out, "    secret-key = \"%s\"\n", secret_key);
}

/* Keys that are there stay. */
static bool write_certificate (const char *path, const char *metadata, const char *public_key, const char *secret_key)
{
    FILE *out = fopen (path, "wx");
    if (!out)
        return errno == EEXIST;
    fchmod (fileno (out), secret_key ? 0600 : 0644);
    print_certificate (out, metadata, public_key, secret_key);
    return fclose (out) == 0;
}

/* --keys DIR, --keys=DIR, MEERWAARDE_KEYS, or var/keys. */
static const char *keys_directory (int argc, char *argv [])
{
    const char *given = getenv ("MEERWAARDE_KEYS"), *keys = given && *given ? given : "var/keys";
    for (int i = 1; i < argc; i++)
        if (strncmp (argv [i], "--keys=", 7) == 0)
            keys = argv [i] + 7;
        else if (strcmp (argv [i], "--keys") == 0 && i + 1 < argc)
            keys = argv [i + 1];
    return keys;
}

static int key_init (int argc, char *argv [])
{
    const char *keys = keys_directory (argc, argv);
    char public_key [41], secret_key [41], path [300];
    mkdir (keys, 0700);
    if (zmq_curve_keypair (public_key, secret_key) != 0)
        return 1;
    snprintf (path, sizeof path, "%s/subscribers", keys);
    mkdir (path, 0700);
    snprintf (path, sizeof path, "%s/stream.key_secret", keys);
    bool fresh = access (path, F_OK) != 0;
    bool good = write_certificate (path, "", public_key, secret_key);
    snprintf (path, sizeof path, "%s/stream.key", keys);
    good = good && (!fresh || write_certificate (path, "", public_key, NULL));
    if (!good)
        fprintf (stderr, "meerwaarde: cannot write keys to %s: %s\n", keys, strerror (errno));
    return good ? 0 : 1;
}

/* Lets a system outside subscribe to the stream for an organisation. Its certificate is shown once, to be
 * given to that system; here stays the public half.                                                       */
static int key_subscriber (int argc, char *argv [])
{
    char public_key [41], secret_key [41], path [300], metadata [120];
    if (argc < 4 || strchr (argv [2], '/')) {
        fprintf (stderr, "Usage: meerwaarde key subscriber NAME ORGANISATION-ID|operator [--keys DIR]\n");
        return 2;
    }
    bool operator_key = strcmp (argv [3], "operator") == 0;
    snprintf (metadata, sizeof metadata, "    %s = \"%.60s\"\n", operator_key ? "operator" : "organisation", operator_key ? "yes" : argv [3]);
    snprintf (path, sizeof path, "%s/subscribers/%s.key", keys_directory (argc, argv), argv [2]);
    if (access (path, F_OK) == 0 || zmq_curve_keypair (public_key, secret_key) != 0
    ||  !write_certificate (path, metadata, public_key, NULL)) {
        fprintf (stderr, "meerwaarde: %s is there already, or cannot be written\n", path);
        return 1;
    }
    print_certificate (stdout, metadata, public_key, secret_key);
    return 0;
}

/* The key is shown here and nowhere else: the platform keeps its hash. */
static int key_api (int argc, char *argv [])
{
    unsigned char raw [32], hash [32];
    char token [80] = "mwk_", hex [65];
    if (argc < 5) {
        fprintf (stderr, "Usage: meerwaarde key api ACCOUNT-ID ORGANISATION-ID LABEL\n");
        return 2;
    }
    randombytes_buf (raw, sizeof raw);
    sodium_bin2hex (token + 4, sizeof token - 4, raw, sizeof raw);
    crypto_generichash (hash, sizeof hash, (const unsigned char *) token, strlen (token), NULL, 0);
    sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
    json_t *in = json_pack ("{s:s,s:s,s:s,s:s}", "account_id", argv [2], "organisation_id", argv [3], "label", argv [4], "token_hash", hex), *out;
    client_caller who = client_operator ();
    client *self = client_new (run_directory ());
    int how = client_call (self, "api_key_create", in, &who, CALL_MS, &out);
    client_destroy (&self);
    json_decref (in);
    if (how != outcome_done)
        return tell (how, out);
    json_decref (out);
    printf ("%s\n", token);
    return 0;
}

int ctl_key (int argc, char *argv [])
{
    if (argc > 1 && strcmp (argv [1], "init") == 0)
        return key_init (argc - 1, argv + 1);
    if (argc > 1 && strcmp (argv [1], "api") == 0)
        return key_api (argc, argv);
    if (argc > 1 && strcmp (argv [1], "subscriber") == 0)
        return key_subscriber (argc, argv);
    fprintf (stderr, "Usage: meerwaarde key init [--keys DIR] | key subscriber NAME ORGANISATION-ID|operator | key api ACCOUNT-ID ORGANISATION-ID LABEL\n");
    return 2;
}
