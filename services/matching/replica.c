/* replica.c - a lock between the thread that follows the stream and those that answer, and what is done beside both:
 * merging parts, and keeping the market on the disk.
 *
 * What a batch of events says shows at once when all of it was applied. The lock is only held for that, and while one part
 * takes the place of several.                                                                                           */
#include "replica.h"
#include "../../common/log.h"
#include "../../common/text.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MERGED_AT_ONCE = 512 /* offers: less than starting a thread for it would cost */, FILLED_AT_ONCE = 8192 /* events */ };
/* The market is kept again after so many events, or so long after the first that is not kept. */
enum { KEPT_EVENTS = 1 << 16, KEPT_US = 10000000, TOLD_US = 2000000 /* between two lines about filling */ };

/* Work in a thread of its own, of which there is one at a time. */
typedef struct {
    pthread_t    thread;
    bool         at_work;
    _Atomic bool done;
} beside;

struct replica {
    wordlist        *words;
    char            *directory; /* NULL: in memory only */
    int              lock_file; /* of the directory; -1: none */
    market          *market;
    pthread_rwlock_t lock;      /* over the market */
    bool             applying;  /* the lock is held, in the middle of a batch */
    int64_t          fence;     /* how far the stream was at first: before that it is not full */
    int64_t          shown, told_at;
    bool             at_rest;   /* what was filled is one part, or is becoming one */
    shelf_merge     *merge;
    beside           merging;
    market_keep     *keep;
    beside           keeping;
    int64_t          kept, due; /* up to which event; when again, or 0 */
    int64_t          merge_began, merge_took;
    mwp_view_t       view;      /* what is told of all this, under the gate */
    uint8_t          epoch [SERVICE_EPOCH];
    pthread_mutex_t  gate;      /* over what follows */
    pthread_cond_t   moved;
    int64_t          seq;       /* as far as readers have been told */
    bool             full;
};

/* ------------------------------------------------------------------------------------ opening */

static market *begin_market (replica *self)
{
    const char *why;
    int64_t began = clock_steady_us ();
    market *fresh = market_new (self->words, self->directory, self->epoch, &why);
    if (!fresh) {
        log_line ("error", "view_unusable", "directory=%s why=%s", self->directory ? self->directory : "-", why);
        exit (EXIT_FAILURE);
    }
    if (why)
        log_text ("error", "view_rebuilt: what was kept cannot be used, and is read from the stream again", "why", why);
    if (market_seq (fresh))
        log_line ("info", "view_resumed", "seq=%" PRId64 " offers=%" PRId64 " ms=%" PRId64, market_seq (fresh),
                  shelf_now (market_shelf (fresh)).offers, (clock_steady_us () - began) / 1000);
    return fresh;
}

static wordlist *read_words (void)
{
    wordlist *words = wordlist_new (WORDLIST_DUTCH);
    if (!words) { /* other words would mean other answers than the next process gives */
        log_text ("error", "no_word_list: install wdutch, or put a list of Dutch words there", "path", WORDLIST_DUTCH);
        exit (EXIT_FAILURE);
    }
    return words;
}

/* Ours for as long as we live, or somebody else's: then we keep nothing. */
static void take_directory (replica *self, const char *directory)
{
    char path [4096];
    mkdir (directory, 0700);
    snprintf (path, sizeof path, "%s/lock", directory);
    self->lock_file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (self->lock_file < 0 || flock (self->lock_file, LOCK_EX | LOCK_NB) != 0) {
        log_line ("warning", "view_in_memory", "directory=%s why=%s", directory, strerror (errno));
        return;
    }
    self->directory = strdup (directory);
    assert (self->directory);
}

static void make_locks (replica *self)
{
    /* A crowd of readers must not keep the stream waiting. */
    pthread_rwlockattr_t fair;
    pthread_rwlockattr_init (&fair);
    pthread_rwlockattr_setkind_np (&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init (&self->lock, &fair);
    pthread_rwlockattr_destroy (&fair);

    pthread_condattr_t steady;
    pthread_condattr_init (&steady);
    pthread_condattr_setclock (&steady, CLOCK_MONOTONIC);
    pthread_cond_init (&self->moved, &steady);
    pthread_condattr_destroy (&steady);
    pthread_mutex_init (&self->gate, NULL);
}

/* For whoever asks, in any thread. */
static void note_view (replica *self)
{
    const schema *s = mwp_view_schema ();
    shelf_state now = shelf_now (market_shelf (self->market));
    pthread_mutex_lock (&self->gate);
    schema_set_int (s, &self->view, "offers", now.offers);
    schema_set_int (s, &self->view, "bytes", now.bytes);
    schema_set_int (s, &self->view, "parts", now.parts);
    schema_set_int (s, &self->view, "newest", now.newest);
    schema_set_int (s, &self->view, "edition", now.edition);
    schema_set_int (s, &self->view, "kept_seq", self->directory ? self->kept : 0);
    schema_set_int (s, &self->view, "merge_us", self->merge_took);
    pthread_mutex_unlock (&self->gate);
}

void replica_tell (void *from, mwp_view_t *to)
{
    replica *self = from;
    pthread_mutex_lock (&self->gate);
    *to = self->view;
    pthread_mutex_unlock (&self->gate);
}

void *replica_open (const char *directory, int64_t *seq, uint8_t epoch [SERVICE_EPOCH])
{
    replica *self = calloc (1, sizeof *self);
    assert (self);
    self->words = read_words ();
    self->lock_file = -1;
    if (directory)
        take_directory (self, directory);
    make_locks (self);
    self->market = begin_market (self);
    self->seq = self->shown = self->kept = *seq = market_seq (self->market);
    self->at_rest = *seq > 0;
    memcpy (epoch, self->epoch, SERVICE_EPOCH);
    note_view (self);
    return self;
}

/* ----------------------------------------------------------------------------------- applying */

void replica_apply (void *to, const stream_event *event)
{
    replica *self = to;
    if (!self->applying)
        pthread_rwlock_wrlock (&self->lock);
    self->applying = true;
    market_apply (self->market, event);
}

static void show (replica *self, int64_t seq)
{
    if (!self->applying)
        pthread_rwlock_wrlock (&self->lock);
    self->applying = false;
    market_show (self->market, seq);
    pthread_rwlock_unlock (&self->lock);
    self->shown = seq;
}

static void tell (replica *self, int64_t seq, bool full)
{
    pthread_mutex_lock (&self->gate);
    self->seq = seq;
    self->full = full;
    pthread_cond_broadcast (&self->moved);
    pthread_mutex_unlock (&self->gate);
}

/* ------------------------------------------------------------------------------------- beside */

static void begin_beside (beside *self, void *(*work) (void *), void *argument)
{
    self->done = false;
    self->at_work = true;
    int problem = pthread_create (&self->thread, NULL, work, argument);
    assert (problem == 0);
}

/* Waits for it when `now`; whether it has ended. */
static bool end_beside (beside *self, bool now)
{
    if (!self->at_work || !(now || self->done))
        return false;
    pthread_join (self->thread, NULL);
    self->at_work = false;
    return true;
}

static void *merge_beside (void *argument)
{
    replica *self = argument;
    shelf_merge_work (self->merge);
    self->merging.done = true;
    return NULL;
}

static void take_place (replica *self)
{
    pthread_rwlock_wrlock (&self->lock);
    shelf_merge_end (market_shelf_to_merge (self->market), &self->merge);
    pthread_rwlock_unlock (&self->lock);
}

/* What had better be one: once, when as much has been read as there was, everything. */
static shelf_merge *next_merge (replica *self)
{
    shelf *which = market_shelf_to_merge (self->market);
    bool first = !self->at_rest && self->shown >= self->fence;
    self->at_rest |= first;
    return first ? shelf_merge_all (which) : shelf_merge_begin (which);
}

/* One merge at a time; what is small is done here. */
static void merge (replica *self)
{
    if (end_beside (&self->merging, false)) {
        take_place (self);
        self->merge_took = clock_steady_us () - self->merge_began;
    }
    while (!self->merge && (self->merge = next_merge (self))) {
        if (shelf_merge_offers (self->merge) > MERGED_AT_ONCE) {
            self->merge_began = clock_steady_us ();
            begin_beside (&self->merging, merge_beside, self);
            return;
        }
        shelf_merge_work (self->merge);
        take_place (self);
    }
}

static void *keep_beside (void *argument)
{
    replica *self = argument;
    market_keep_work (self->keep);
    self->keeping.done = true;
    return NULL;
}

static void begin_keep (replica *self)
{
    self->keep = market_keep_begin (self->market, self->epoch);
    self->kept = self->shown;
    self->due = 0;
}

static void keep (replica *self)
{
    if (!self->directory)
        return;
    if (end_beside (&self->keeping, false))
        market_keep_end (self->market, &self->keep);
    if (self->shown > self->kept && !self->due)
        self->due = clock_steady_us () + KEPT_US;
    if (!self->keep && self->due && (self->shown >= self->kept + KEPT_EVENTS || clock_steady_us () >= self->due)) {
        begin_keep (self);
        begin_beside (&self->keeping, keep_beside, self);
    }
}

static void end_all_beside (replica *self)
{
    if (end_beside (&self->merging, true))
        take_place (self);
    if (end_beside (&self->keeping, true))
        market_keep_end (self->market, &self->keep);
}

/* ------------------------------------------------------------------------------------- a batch */

static void tell_filling (replica *self, int64_t seq)
{
    int64_t now = clock_steady_us ();
    if (seq >= self->fence || now < self->told_at + TOLD_US)
        return;
    self->told_at = now;
    log_line ("info", "view_filling", "seq=%" PRId64 " of=%" PRId64 " percent=%" PRId64, seq, self->fence, 100 * seq / self->fence);
}

void replica_caught_up (void *to, int64_t seq, int64_t head, const uint8_t epoch [SERVICE_EPOCH])
{
    replica *self = to;
    memcpy (self->epoch, epoch, SERVICE_EPOCH);
    self->fence = self->fence ? self->fence : head;
    tell_filling (self, seq);
    if (seq < self->fence && seq < self->shown + FILLED_AT_ONCE)
        return;
    show (self, seq);
    tell (self, seq, seq >= self->fence);
    merge (self);
    keep (self);
    note_view (self);
}

void replica_astray (void *to)
{
    replica *self = to;
    const char *why;
    if (self->applying)
        show (self, market_seq (self->market));
    end_all_beside (self);
    pthread_rwlock_wrlock (&self->lock);
    market_forget (self->directory);
    market_destroy (&self->market);
    self->market = market_new (self->words, self->directory, self->epoch, &why);
    assert (self->market);
    pthread_rwlock_unlock (&self->lock);
    self->fence = self->shown = self->kept = self->due = 0;
    self->at_rest = false;
    tell (self, 0, false);
}

void replica_close (void **self_p)
{
    replica *self = *self_p;
    if (!self)
        return;
    if (self->applying)
        show (self, market_seq (self->market));
    end_all_beside (self);
    if (self->directory && self->shown > self->kept) {
        begin_keep (self);
        market_keep_work (self->keep);
        market_keep_end (self->market, &self->keep);
    }
    market_destroy (&self->market);
    wordlist_destroy (&self->words);
    free (self->directory);
    if (self->lock_file >= 0)
        close (self->lock_file);
    pthread_rwlock_destroy (&self->lock);
    pthread_cond_destroy (&self->moved);
    pthread_mutex_destroy (&self->gate);
    free (self);
    *self_p = NULL;
}

/* ------------------------------------------------------------------------------------ reading */

bool replica_await (replica *self, int64_t seq, int64_t deadline)
{
    struct timespec until = { deadline / 1000000, deadline % 1000000 * 1000 };
    pthread_mutex_lock (&self->gate);
    while (self->seq < seq && clock_steady_us () < deadline)
        pthread_cond_timedwait (&self->moved, &self->gate, &until);
    bool there = self->seq >= seq;
    pthread_mutex_unlock (&self->gate);
    return there;
}

bool replica_is_full (replica *self)
{
    pthread_mutex_lock (&self->gate);
    bool full = self->full;
    pthread_mutex_unlock (&self->gate);
    return full;
}

static int64_t told (replica *self)
{
    pthread_mutex_lock (&self->gate);
    int64_t seq = self->seq;
    pthread_mutex_unlock (&self->gate);
    return seq;
}

static bool knows (replica *self, const char *id)
{
    bool known = market_need (replica_read (self), id);
    replica_done (self);
    return known;
}

bool replica_await_need (replica *self, const char *id, int64_t deadline)
{
    int64_t seen = told (self);
    while (!knows (self, id)) {
        if (!replica_await (self, seen + 1, deadline))
            return false;
        seen = told (self);
    }
    return true;
}

const market *replica_read (replica *self)
{
    pthread_rwlock_rdlock (&self->lock);
    return self->market;
}

void replica_done (replica *self)
{
    pthread_rwlock_unlock (&self->lock);
}
