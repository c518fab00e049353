/* alerts.c - one process at a time reads the stream and writes letters: whose turn it is, and how far it is. */
#include "alerts.h"
#include "message.h"
#include "watch.h"
#include "../../../common/apply.h"
#include "../../../common/log.h"
#include "../../../common/migrate.h"
#include "../../../common/post.h"
#include "../../../common/text.h"
#include "../../../common/worker.h"
#include <assert.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURN_MS = 100, RETRY_MS = 500, FIRST_PAUSE_MS = 100, LONGEST_PAUSE_MS = 5000, TOGETHER = 200 /* letters a round trip */ };
static const int64_t patience_us = 30000000;

static const option options [] = {
    POST_OPTIONS
};

static void alerts_run (zsock_t *pipe, void *duty_args);

const duty alerts_duty = {
    .name = "alerts", .serve = "answers|alerts|answers,alerts",
    .options = options, .option_count = sizeof options / sizeof *options, .run = alerts_run,
};

typedef struct {
    duty_args    *args;
    zsock_t      *pipe;
    zactor_t     *post;       /* NULL: no mail */
    struct db    *db;
    watch        *watch;      /* NULL: it is another's turn */
    subscriber   *subscriber;
    bool          begun;      /* there is a position */
    int64_t       position;   /* letters are written up to here */
    int64_t       fence;      /* where the stream ended at the first look; -1: not looked yet */
    uint8_t       epoch [EVS_EPOCH];
    int64_t       clock_offset; /* of the database's clock to ours */
    bool          behind;     /* letters wait until more is read */
    int64_t       now;
    size_t        queued, written;
    bool          failed;     /* in this transaction */
    msgpack_zone *zone;
    int           pause_ms;
    bool          ended;
} alerts;

static struct db *alerts_connect (duty_args *args)
{
    bool fatal;
    struct db *fresh = service_connect (args->service, args->conninfo, &fatal);
    if (fatal)
        atomic_store (&args->broken, true);
    return fresh;
}

/* ---------------------------------------------------------------------------------- the turn */

static void stay (alerts *self, int ms)
{
    zmq_pollitem_t item = { .socket = zsock_resolve (self->pipe), .events = ZMQ_POLLIN };
    self->ended = self->ended || zmq_poll (&item, 1, ms) != 0;
}

/* From the start again, after a pause: what is in memory may be further than what is written. */
static void begin_again (alerts *self, const char *why)
{
    log_text ("error", "letters_pause", "why", why);
    subscriber_destroy (&self->subscriber);
    watch_destroy (&self->watch);
    db_destroy (&self->db);
    atomic_store (&self->args->trouble, why);
    stay (self, self->pause_ms);
    self->pause_ms = self->pause_ms * 2 < LONGEST_PAUSE_MS ? self->pause_ms * 2 : LONGEST_PAUSE_MS;
}

static const char *no_parameter (void *from, const char *name, int *size)
{
    (void) from, (void) name, (void) size;
    return NULL;
}

static PGresult *ask (alerts *self, const char *statement)
{
    PGresult *rows;
    db_queue (self->db, statement, no_parameter, NULL);
    bool fine = db_exchange (self->db, &rows, 1, clock_steady_us () + patience_us) == DB_FINE && PQntuples (rows) == 1;
    if (!fine) {
        PQclear (rows);
        return NULL;
    }
    return rows;
}

static bool read_position (alerts *self)
{
    char id [UUID_TEXT];
    int64_t now;
    PGresult *rows = ask (self, "alerts_position");
    if (!rows)
        return false;
    const char *moment = PQgetvalue (rows, 0, 2);
    self->position = strtoll (PQgetvalue (rows, 0, 0), NULL, 10);
    self->begun = uuid_read (PQgetvalue (rows, 0, 1), (size_t) PQgetlength (rows, 0, 1), id);
    if (self->begun)
        uuid_bytes (id, self->epoch);
    if (moment_read (moment, strlen (moment), &now))
        self->clock_offset = now - clock_wall_us ();
    PQclear (rows);
    return true;
}

/* Whether it is our turn now. */
static bool takes_lead (alerts *self)
{
    PGresult *rows = ask (self, "alerts_lead");
    bool leads = rows && strcmp (PQgetvalue (rows, 0, 0), "t") == 0;
    PQclear (rows);
    if (!leads || !read_position (self))
        return false;
    log_line ("info", "letters_lead", "seq=%" PRId64, self->position);
    self->watch = watch_new ();
    self->fence = -1;
    self->subscriber = subscriber_new (&(stream_source) { self->args->set->run, self->args->set->stream, self->args->set->keys },
                                       "all", 0, self->begun ? self->epoch : NULL);
    return true;
}

/* False: it is not. */
static bool has_turn (alerts *self)
{
    if (self->watch && db_alive (self->db))
        return true;
    if (self->watch)
        begin_again (self, "a connection to the database is missing");
    if (!self->db && !(self->db = alerts_connect (self->args))) {
        atomic_store (&self->args->trouble, "a connection to the database is missing");
        stay (self, RETRY_MS);
        return false;
    }
    if (!takes_lead (self)) {
        if (!db_alive (self->db))
            db_destroy (&self->db);
        atomic_store (&self->args->trouble, self->db ? NULL : "a connection to the database is missing");
        stay (self, RETRY_MS);
        return false;
    }
    atomic_store (&self->args->trouble, "the stream is not read to its end yet");
    return true;
}

/* ----------------------------------------------------------------------------------- writing */

/* What parameters are taken from. */
typedef struct {
    alerts         *of;
    const letter_t *letter; /* NULL: of the position */
    char            before [24], upto [24], epoch [UUID_TEXT], moment [MOMENT_TEXT];
} binding;

static const char *parameter (void *from, const char *name, int *size)
{
    binding *self = from;
    bool found;
    (void) size; /* all is text */
    if (strcmp (name, "call_now") == 0) {
        moment_write (self->of->now, self->moment);
        return self->moment;
    }
    if (strcmp (name, "mailing") == 0)
        return self->of->post ? "true" : "false";
    if (strcmp (name, "before") == 0)
        return self->before;
    if (strcmp (name, "upto") == 0)
        return self->upto;
    if (strcmp (name, "epoch") == 0)
        return self->epoch;
    return db_bind (letter_schema (), self->letter, name, self->of->zone, &found);
}

/* Sends what is queued; the results say nothing that is not known. */
static void flush (alerts *self, size_t count)
{
    PGresult *rows [TOGETHER + 4] = { NULL };
    self->failed = self->failed || db_exchange (self->db, rows, count, clock_steady_us () + patience_us) != DB_FINE;
    for (size_t i = 0; i < count; i++)
        PQclear (rows [i]);
    self->queued = 0;
}

static void take_letter (void *to, const letter_t *letter)
{
    alerts *self = to;
    if (self->failed)
        return;
    db_queue (self->db, "letter_write", parameter, &(binding) { .of = self, .letter = letter });
    self->written++;
    if (++self->queued >= TOGETHER)
        flush (self, self->queued);
    msgpack_zone_clear (self->zone);
}

/* The position and the end of the transaction; false: nothing of it was written. */
static bool move_to (alerts *self, int64_t upto)
{
    PGresult *rows [TOGETHER + 4];
    binding with = { .of = self };
    snprintf (with.before, sizeof with.before, "%" PRId64, self->position);
    snprintf (with.upto, sizeof with.upto, "%" PRId64, upto);
    uuid_write (subscriber_epoch (self->subscriber), with.epoch);
    db_queue (self->db, "alerts_move", parameter, &with);
    size_t count = self->queued + 1;
    bool fine = db_exchange (self->db, rows, count, clock_steady_us () + patience_us) == DB_FINE
             && strcmp (PQcmdTuples (rows [count - 1]), "1") == 0;
    for (size_t i = 0; i < count; i++)
        PQclear (rows [i]);
    if (!fine)
        return false;
    db_queue_text (self->db, "COMMIT");
    fine = db_exchange (self->db, rows, 1, clock_steady_us () + patience_us) == DB_FINE;
    PQclear (rows [0]);
    return fine;
}

static void open_transaction (alerts *self)
{
    self->failed = false;
    self->written = 0;
    db_queue_text (self->db, "BEGIN");
    db_queue (self->db, "mail_enter", no_parameter, NULL);
    self->queued = 2;
}

/* Letters of a batch, and its end as the position. Whoever never wrote letters begins where the stream was then. */
static bool write_letters (alerts *self, const stream_batch *batch)
{
    self->fence = self->fence < 0 ? batch->head : self->fence;
    bool news = self->begun ? batch->upto > self->position : batch->upto >= self->fence;
    self->now = clock_wall_us () + self->clock_offset;
    if (news)
        open_transaction (self);
    self->behind = !watch_caught_up (self->watch, batch->upto, batch->head, subscriber_epoch (self->subscriber), self->now, take_letter, self);
    if (!news)
        return true;
    if (self->behind) {
        db_queue_text (self->db, "ROLLBACK");
        flush (self, self->queued + 1);
        return !self->failed;
    }
    if (self->failed || !move_to (self, batch->upto))
        return false;
    self->position = batch->upto;
    self->begun = true;
    if (self->written)
        log_line ("info", "letters", "count=%zu seq=%" PRId64 " waiting=%zu", self->written, batch->upto,
                  watch_waiting (self->watch));
    if (self->written && self->post)
        zstr_send (self->post, "due");
    return true;
}

/* ----------------------------------------------------------------------------------- reading */

static bool apply_batch (alerts *self, const stream_batch *batch)
{
    msgpack_zone *zone = msgpack_zone_new (65536);
    assert (zone);
    for (size_t i = 0; i < batch->count; i++) {
        stream_event event;
        if (apply_read (&batch->items [i], zone, &event))
            watch_apply (self->watch, &event, self->begun && event.seq > self->position);
        msgpack_zone_clear (zone);
    }
    msgpack_zone_free (zone);
    return write_letters (self, batch);
}

static void turn (alerts *self)
{
    if (!has_turn (self))
        return;
    const stream_batch *batch = subscriber_next (self->subscriber, TURN_MS);
    if (subscriber_problem (self->subscriber))
        begin_again (self, subscriber_problem (self->subscriber));
    else if (batch && !apply_batch (self, batch))
        begin_again (self, "letters could not be written");
    else if (batch && !self->behind && batch->upto >= batch->head) {
        self->pause_ms = FIRST_PAUSE_MS;
        atomic_store (&self->args->trouble, NULL);
    }
    stay (self, 0);
}

/* ------------------------------------------------------------------------------------- start */

/* Letters in a mail, as they are read. */
static bool write_mail (const post_args *by, const post_mail *mail, const PGresult *rows, msgpack_zone *zone, text_buffer *out)
{
    size_t count = (size_t) PQntuples (rows);
    letter_t *letters = calloc (count, sizeof *letters);
    assert (letters);
    bool readable = true;
    for (size_t i = 0; i < count && readable; i++)
        readable = db_row (rows, (int) i, letter_schema (), &letters [i], zone);
    if (readable)
        message_write (&(message) { .id = mail->id, .date = mail->date, .from = by->from, .to = mail->to, .site = by->site,
                                    .token = mail->token, .letters = letters, .count = count,
                                    .total = strtoul (PQgetvalue (rows, 0, PQfnumber (rows, "total")), NULL, 10) }, out);
    free (letters);
    return readable;
}

static struct db *connect_post (void *args)
{
    return alerts_connect (args);
}

static void alerts_run (zsock_t *pipe, void *argument)
{
    post_args post = { .connect = connect_post, .of = argument, .write = write_mail };
    alerts self = { .args = argument, .pipe = pipe, .pause_ms = FIRST_PAUSE_MS, .zone = msgpack_zone_new (8192) };
    assert (self.zone);
    if (!post_start (&post, self.args->options, self.args->option_count, &self.post))
        atomic_store (&self.args->broken, true);
    zsock_signal (pipe, 0);
    while (!self.ended && !atomic_load (&self.args->broken))
        turn (&self);
    zactor_destroy (&self.post);
    subscriber_destroy (&self.subscriber);
    watch_destroy (&self.watch);
    db_destroy (&self.db);
    msgpack_zone_free (self.zone);
}
