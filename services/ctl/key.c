/* key.c - meerwaarde key: the set's keys, keys of subscribers outside, keys of systems for the API. */
#include "client.h"
#include "ctl.h"
#include "place.h"
#include "../../common/signature.h"
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { PATH = 500 };

/* ---------------------------------------------------------------------------------- the files */

/* Whose pairs there are: the gateway, the operator, what signs, what seals, and every service that connects to a gateway. */
static const char *const others [] = { "gateway", "operator", "signing", "sealing" };
enum { OTHERS = sizeof others / sizeof *others };

static const char *name_at (int i)
{
    return i < OTHERS ? others [i] : i - OTHERS < SERVICE_GATEWAY ? service_names [i - OTHERS] : NULL;
}

static bool is_service (const char *name)
{
    for (int i = 0; i < OTHERS; i++)
        if (strcmp (name, others [i]) == 0)
            return false;
    return true;
}

static bool is_name (const char *name)
{
    for (int i = 0; name_at (i); i++)
        if (strcmp (name_at (i), name) == 0)
            return true;
    return false;
}

/* The public half, the one before, and the secret half. */
typedef struct {
    char now [PATH], before [PATH], secret [PATH];
} files;

static files files_of (const char *name)
{
    files it;
    const char *keys = place_keys (), *part = is_service (name) ? "services/" : "";
    snprintf (it.now, PATH, "%.400s/%s%s.key", keys, part, name);
    snprintf (it.before, PATH, "%.400s/%s%s.old.key", keys, part, name);
    snprintf (it.secret, PATH, "%.400s/%s.key_secret", keys, name);
    return it;
}

/* A CURVE certificate in ZPL, as czmq reads it. `metadata` is a line of its own, or empty. */
static void print_certificate (FILE *out, const char *metadata, const char *public_key, const char *secret_key)
{
    fprintf (out, "#   CURVE certificate (ZPL), made by meerwaarde key\n\nmetadata\n%scurve\n    public-key = \"%s\"\n", metadata, public_key);
    if (secret_key)
        fprintf (out, "    secret-key = \"%s\"\n", secret_key);
}

/* Appears as a whole, in the place of what was there. */
static bool write_certificate (const char *path, const char *metadata, const char *public_key, const char *secret_key)
{
    char fresh [PATH + 8];
    snprintf (fresh, sizeof fresh, "%s.fresh", path);
    unlink (fresh);
    int fd = open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret_key ? 0600 : 0644);
    FILE *out = fd < 0 ? NULL : fdopen (fd, "w");
    if (!out)
        return false;
    print_certificate (out, metadata, public_key, secret_key);
    return fclose (out) == 0 && rename (fresh, path) == 0;
}

static const char *metadata_of (const char *name, char out [120])
{
    snprintf (out, 120, "    service = \"%s\"\n", name);
    return is_service (name) ? out : "";
}

/* Signing has keys of its own kind, Ed25519; in files of the same form. */
static bool make_pair (const char *name, char public_key [KEY_TEXT], char secret_key [KEY_TEXT])
{
    return strcmp (name, "signing") == 0 ? signature_pair (public_key, secret_key)
                                         : zmq_curve_keypair (public_key, secret_key) == 0;
}

/* The public half first: nobody may hold a secret that opens nothing. */
static bool write_pair (const char *name, const files *at)
{
    char public_key [KEY_TEXT], secret_key [KEY_TEXT], metadata [120];
    bool good = make_pair (name, public_key, secret_key)
             && write_certificate (at->now, metadata_of (name, metadata), public_key, NULL)
             && write_certificate (at->secret, "", public_key, secret_key);
    sodium_memzero (secret_key, sizeof secret_key);
    return good;
}

static bool is_there (const char *path)
{
    return access (path, F_OK) == 0;
}

static int told (bool good)
{
    if (!good)
        fprintf (stderr, "meerwaarde: cannot write keys to %s: %s\n", place_keys (), strerror (errno));
    return good ? 0 : 1;
}

/* -------------------------------------------------------------------------- the set's own keys */

/* What is there stays. */
static bool make_missing (const char *name)
{
    files at = files_of (name);
    char metadata [120];
    key_pair own;
    if (is_there (at.secret) && is_there (at.now))
        return true;
    if (is_there (at.secret))
        return keys_pair (place_keys (), name, &own) && write_certificate (at.now, metadata_of (name, metadata), own.public_key, NULL);
    if (!is_there (at.now))
        return write_pair (name, &at);
    fprintf (stderr, "meerwaarde: %s is there, and its secret half is elsewhere; key rotate %s makes a new pair\n", at.now, name);
    return true;
}

static int key_init (int argc, char *argv [])
{
    static const char *const parts [] = { "", "/services", "/subscribers" };
    char path [PATH];
    bool good = true;
    (void) argc, (void) argv;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && good; i++) {
        snprintf (path, sizeof path, "%.400s%s", place_keys (), parts [i]);
        good = mkdir (path, 0700) == 0 || errno == EEXIST;
    }
    for (int i = 0; name_at (i) && good; i++)
        good = make_missing (name_at (i));
    return told (good);
}

/* At every moment in between, the secret that is there belongs to a public half that is known. */
static int key_rotate (int argc, char *argv [])
{
    if (argc < 3 || !is_name (argv [2])) {
        fprintf (stderr, "meerwaarde: whose key? key list shows the names\n");
        return 2;
    }
    files at = files_of (argv [2]);
    if (strcmp (argv [2], "sealing") == 0 && is_there (at.secret)) {
        fprintf (stderr, "meerwaarde: quotes that are sealed now could never be opened with another key; see deploy/KEYS.md\n");
        return 1;
    }
    if (is_there (at.before)) {
        fprintf (stderr, "meerwaarde: %s has two keys already; when nobody uses the old one: key retire %s\n", argv [2], argv [2]);
        return 1;
    }
    bool good = (!is_there (at.now) || link (at.now, at.before) == 0) && write_pair (argv [2], &at);
    if (good)
        printf ("%s has a new key. Restart who uses it, then: meerwaarde key retire %s\n", argv [2], argv [2]);
    return told (good);
}

static int key_retire (int argc, char *argv [])
{
    files at = argc < 3 || !is_name (argv [2]) ? (files) { 0 } : files_of (argv [2]);
    if (!*at.before || !is_there (at.before)) {
        fprintf (stderr, "meerwaarde: that name has no old key; key list shows which have\n");
        return 2;
    }
    return told (unlink (at.before) == 0);
}

static void print_key (const char *name, const char *what, const char *path)
{
    char key [KEY_TEXT], fingerprint [FINGERPRINT_TEXT];
    struct stat about;
    if (stat (path, &about) != 0)
        return;
    if (keys_public (path, key))
        keys_fingerprint (key, fingerprint);
    else
        strcpy (fingerprint, "unreadable");
    printf ("%-12s %-9s %-16s %6lld  %s\n", name, what, fingerprint, (long long) (time (NULL) - about.st_mtime) / 86400, path);
}

static int key_list (int argc, char *argv [])
{
    (void) argc, (void) argv;
    printf ("%-12s %-9s %-16s %6s  %s\n", "name", "key", "fingerprint", "days", "file");
    for (int i = 0; name_at (i); i++) {
        files at = files_of (name_at (i));
        print_key (name_at (i), "secret", at.secret);
        print_key (name_at (i), "public", at.now);
        print_key (name_at (i), "old", at.before);
    }
    char pattern [PATH];
    glob_t found;
    snprintf (pattern, sizeof pattern, "%.400s/subscribers/*.key", place_keys ());
    if (glob (pattern, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            print_key ("subscriber", "public", found.gl_pathv [i]);
    globfree (&found);
    return 0;
}

/* ----------------------------------------------------------------------------- systems outside */

/* Lets a system outside subscribe to the stream for an organisation. Its certificate is shown once, to be
 * given to that system; here stays the public half.                                                       */
static int key_subscriber (int argc, char *argv [])
{
    char public_key [KEY_TEXT], secret_key [KEY_TEXT], path [PATH], metadata [120];
    if (argc < 4 || strchr (argv [2], '/')) {
        fprintf (stderr, "Usage: meerwaarde key subscriber NAME ORGANISATION-ID|operator [--keys=DIR]\n");
        return 2;
    }
    bool operator_key = strcmp (argv [3], "operator") == 0;
    snprintf (metadata, sizeof metadata, "    %s = \"%.60s\"\n", operator_key ? "operator" : "organisation", operator_key ? "yes" : argv [3]);
    snprintf (path, sizeof path, "%.400s/subscribers/%.80s.key", place_keys (), argv [2]);
    if (is_there (path) || zmq_curve_keypair (public_key, secret_key) != 0
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

static const struct {
    const char *name, *use, *doc;
    int       (*run) (int argc, char *argv []);
} commands [] = {
    { "init", "", "makes what is missing: a pair for the gateway, the operator, each service, for signing and for sealing", key_init },
    { "list", "", "every key, its fingerprint and its age in days", key_list },
    { "rotate", "NAME", "a new pair; the one before stays valid until it is retired", key_rotate },
    { "retire", "NAME", "the one before is no longer valid", key_retire },
    { "subscriber", "NAME ORGANISATION-ID|operator", "lets a system outside follow the stream", key_subscriber },
    { "api", "ACCOUNT-ID ORGANISATION-ID LABEL", "lets a system call the API", key_api },
};

int ctl_key (int argc, char *argv [])
{
    enum { COUNT = sizeof commands / sizeof *commands };
    for (int i = 0; argc > 1 && i < COUNT; i++)
        if (strcmp (argv [1], commands [i].name) == 0)
            return commands [i].run (argc, argv);
    bool asked = argc > 1 && strcmp (argv [1], "--help") == 0;
    FILE *out = asked ? stdout : stderr;
    fprintf (out, "Usage: meerwaarde key COMMAND [--keys=DIR]\n\n");
    for (int i = 0; i < COUNT; i++)
        fprintf (out, "  %-10s %-33s %s\n", commands [i].name, commands [i].use, commands [i].doc);
    fprintf (out, "\nNAME is gateway, operator, signing or a service. To replace a key without losing a request:\n"
                  "  a service's   key rotate NAME; restart its processes in turn; key retire NAME\n"
                  "  gateway's     key rotate gateway; restart the gateways in turn; key retire gateway\n"
                  "The directory, and what to do where it is not shared, is in deploy/KEYS.md.\n");
    return asked ? 0 : 2;
}
