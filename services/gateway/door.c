/* door.c - how anybody comes in over tcp: by CURVE only, and the key says to which socket, and as whom. */
#define _GNU_SOURCE /* SCHED_BATCH */
#include "door.h"
#include "../../common/evs.h"
#include "../../common/keys.h"
#include "../../common/log.h"
#include "../../common/text.h"
#include "../../common/vocabulary.h"
#include <assert.h>
#include <czmq.h>
#include <glob.h>
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/stat.h>

enum { QUEUE = 10000, HANDSHAKE_MS = 5000, LOOK_US = 1000000, LOG_US = 1000000 };
static const char zap [] = "inproc://zeromq.zap.01";
static const char everything [] = "all";

struct door {
    void           *context, *asked; /* asked: of the keeper's thread */
    key_pair        own;
    char            keys [400];
    pthread_t       keeper;
    _Atomic int64_t unknown;
};

/* Whom a key stands for, in each domain; empty: nobody. */
typedef struct {
    char service [20], operator [20], audience [EVS_AUDIENCE];
} guest;

/* What the keeper's thread has. */
typedef struct {
    door    *shared;
    zhashx_t *guests; /* by public key */
    int64_t  looked_at, stamp;  /* when the directory was read, and how it was */
    int64_t  logged_at, logged; /* how many unknown keys were told about */
} keeper;

/* ------------------------------------------------------------------------------ who may come */

static void of_service (zconfig_t *file, guest *who)
{
    const char *name = zconfig_get (file, "metadata/service", "");
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (streq (name, service_names [i])) {
            snprintf (who->service, sizeof who->service, "%s", name);
            strcpy (who->audience, everything);
        }
}

static void of_operator (zconfig_t *file, guest *who)
{
    (void) file;
    strcpy (who->operator, "operator");
    strcpy (who->audience, everything);
}

static void of_subscriber (zconfig_t *file, guest *who)
{
    if (streq (zconfig_get (file, "metadata/operator", ""), "yes"))
        strcpy (who->audience, everything);
    else
        snprintf (who->audience, sizeof who->audience, "org/%.36s", zconfig_get (file, "metadata/organisation", ""));
    if (!evs_is_audience (who->audience))
        who->audience [0] = '\0';
}

/* Where a certificate is says what it may be for. */
static const struct {
    const char *pattern;
    void      (*describe) (zconfig_t *, guest *);
} places [] = {
    { "services/*.key", of_service },
    { "operator.key", of_operator },
    { "operator.old.key", of_operator },
    { "subscribers/*.key", of_subscriber },
};

static void read_certificate (keeper *self, const char *path, void (*describe) (zconfig_t *, guest *))
{
    zconfig_t *file = zconfig_load (path);
    const char *key = file ? zconfig_get (file, "curve/public-key", "") : "";
    if (strlen (key) == KEY_TEXT - 1) {
        guest *who = calloc (1, sizeof *who);
        assert (who);
        describe (file, who);
        if (zhashx_insert (self->guests, key, who) != 0)
            free (who);
    } else
        log_line ("warning", "certificate_unreadable", "file=%s", path);
    zconfig_destroy (&file);
}

/* Changes when a certificate comes, goes or is replaced. */
static int64_t stamp_of (const char *keys)
{
    static const char *const parts [] = { "", "/services", "/subscribers" };
    int64_t stamp = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char path [500];
        struct stat about;
        snprintf (path, sizeof path, "%s%s", keys, parts [i]);
        if (stat (path, &about) == 0)
            stamp = (int64_t) ((uint64_t) stamp * 31) + about.st_mtim.tv_sec * INT64_C (1000003) + about.st_mtim.tv_nsec;
    }
    return stamp;
}

/* Reads the certificates when there are others, and else at most once a second: one may have been edited, and a flood
 * of strangers must not cost more.                                                                                  */
static void look (keeper *self)
{
    int64_t now = clock_steady_us (), stamp = stamp_of (self->shared->keys);
    if (self->looked_at && stamp == self->stamp && now - self->looked_at < LOOK_US)
        return;
    self->looked_at = now;
    self->stamp = stamp;
    zhashx_purge (self->guests);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char pattern [500];
        glob_t found;
        snprintf (pattern, sizeof pattern, "%s/%s", self->shared->keys, places [i].pattern);
        if (glob (pattern, 0, NULL, &found) == 0)
            for (size_t j = 0; j < found.gl_pathc; j++)
                read_certificate (self, found.gl_pathv [j], places [i].describe);
        globfree (&found);
    }
}

/* Whom the key stands for in that domain; "": nobody. */
static const char *user_of (const keeper *self, const char *domain, const char *key)
{
    const guest *who = zhashx_lookup (self->guests, key);
    return !who                            ? ""
         : streq (domain, DOOR_DISPATCH)   ? who->service
         : streq (domain, DOOR_CONTROL)    ? who->operator
         : streq (domain, DOOR_STREAM)     ? who->audience
                                           : "";
}

/* --------------------------------------------------------------------------------- at the door */

/* Counts, and tells at most once a second how many there were. */
static void refuse (keeper *self, const char *domain, const char *address, const char *key)
{
    char fingerprint [FINGERPRINT_TEXT] = "none";
    int64_t now = clock_steady_us (), count = atomic_fetch_add (&self->shared->unknown, 1) + 1;
    if (self->logged_at && now - self->logged_at < LOG_US)
        return;
    if (*key)
        keys_fingerprint (key, fingerprint);
    log_line ("warning", "unknown_key", "more=%" PRId64 " all=%" PRId64 " last=%s from=%s to=%s", count - self->logged,
              count, fingerprint, address, domain);
    self->logged = count;
    self->logged_at = now;
}

static char *text_of (zframe_t *frame)
{
    return frame ? zframe_strdup (frame) : strdup ("");
}

/* Answers one question of ZAP (RFC 27): version, request, domain, address, identity, mechanism,
 * key. */
static void judge (keeper *self, void *socket)
{
    zmsg_t *question = zmsg_recv (socket);
    if (!question)
        return;
    zframe_t *frames [7] = { zmsg_first (question) };
    for (int i = 1; i < 7 && frames [i - 1]; i++)
        frames [i] = zmsg_next (question);
    char key [KEY_TEXT] = "", *domain = text_of (frames [2]), *address = text_of (frames [3]);
    if (frames [6] && zframe_streq (frames [5], "CURVE") && zframe_size (frames [6]) == 32)
        zmq_z85_encode (key, zframe_data (frames [6]), 32);
    look (self);
    const char *user = user_of (self, domain, key);
    if (!*user)
        refuse (self, domain, address, key);
    zmq_send (socket, "1.0", 3, ZMQ_SNDMORE);
    zmq_send (socket, frames [1] ? zframe_data (frames [1]) : NULL,
              frames [1] ? zframe_size (frames [1]) : 0, ZMQ_SNDMORE);
    zmq_send (socket, *user ? "200" : "400", 3, ZMQ_SNDMORE);
    zmq_send (socket, "", 0, ZMQ_SNDMORE);
    zmq_send (socket, user, strlen (user), ZMQ_SNDMORE);
    zmq_send (socket, "", 0, 0);
    free (domain);
    free (address);
    zmsg_destroy (&question);
}

static void free_guest (void **who_p)
{
    free (*who_p);
    *who_p = NULL;
}

/* Lives until the context is shut down. */
static void *keep (void *argument)
{
    keeper self = { .shared = argument, .guests = zhashx_new () };
    assert (self.guests);
    zhashx_set_destructor (self.guests, free_guest);
    zmq_pollitem_t item = { .socket = self.shared->asked, .events = ZMQ_POLLIN };
    while (zmq_poll (&item, 1, -1) >= 0)
        judge (&self, item.socket);
    zmq_close (item.socket);
    zhashx_destroy (&self.guests);
    return NULL;
}

/* ----------------------------------------------------------------------------------- the door */

door *door_new (const char *keys)
{
    key_pair own;
    if (!keys_pair (keys, "gateway", &own))
        return NULL;
    door *self = calloc (1, sizeof *self);
    assert (self);
    self->own = own;
    snprintf (self->keys, sizeof self->keys, "%s", keys);
    self->context = zmq_ctx_new ();
    assert (self->context);
    zmq_ctx_set (self->context, ZMQ_THREAD_SCHED_POLICY, SCHED_BATCH); /* as mwp_start */
    self->asked = zmq_socket (self->context, ZMQ_REP);
    int rc = self->asked ? zmq_bind (self->asked, zap) : -1;
    assert (rc == 0);
    rc = pthread_create (&self->keeper, NULL, keep, self);
    assert (rc == 0);
    return self;
}

void door_destroy (door **self_p)
{
    door *self = *self_p;
    if (!self)
        return;
    zmq_ctx_shutdown (self->context);
    pthread_join (self->keeper, NULL);
    zmq_ctx_term (self->context);
    free (self);
    *self_p = NULL;
}

static void set (void *socket, int option, int value)
{
    int rc = zmq_setsockopt (socket, option, &value, sizeof value);
    assert (rc == 0);
}

void *door_socket (door *self, int type, const char *domain, const char *endpoint, int64_t message_bytes)
{
    void *socket = zmq_socket (self->context, type);
    assert (socket);
    set (socket, ZMQ_CURVE_SERVER, 1);
    zmq_setsockopt (socket, ZMQ_CURVE_SECRETKEY, self->own.secret_key, KEY_TEXT);
    zmq_setsockopt (socket, ZMQ_ZAP_DOMAIN, domain, strlen (domain));
    set (socket, ZMQ_LINGER, 0);
    set (socket, ZMQ_SNDHWM, QUEUE);
    set (socket, ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
    set (socket, ZMQ_TCP_KEEPALIVE, 1);
    set (socket, ZMQ_IPV6, strchr (endpoint, '[') != NULL);
    zmq_setsockopt (socket, ZMQ_MAXMSGSIZE, &message_bytes, sizeof message_bytes);
    if (type == ZMQ_XPUB)
        set (socket, ZMQ_XPUB_MANUAL, 1);
    if (zmq_bind (socket, endpoint) == 0)
        return socket;
    log_line ("error", "endpoint_taken", "endpoint=%s errno=%d", endpoint, zmq_errno ());
    zmq_close (socket);
    return NULL;
}

bool door_allows (const char *user, const char *audience)
{
    return user
           && (strcmp (user, everything) == 0 || strcmp (audience, "public") == 0
               || strcmp (user, audience) == 0);
}

int64_t door_unknown_keys (const door *self)
{
    return self ? atomic_load (&self->unknown) : 0;
}
