/* post.c - mails that are due, out by SMTP: each at least once, its copies alike. */
#include "post.h"
#include "due.h"
#include "log.h"
#include "mail.h"
#include "text.h"
#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 1000, CONNECT_S = 10, SEND_S = 30 };

typedef struct {
    const post_args *args;
    zsock_t         *pipe;
    struct db       *db;
    CURL            *curl;
    msgpack_zone    *zone;
    bool             ended;
} post;

static void stay (post *self, int ms)
{
    zmq_pollitem_t item = { .socket = zsock_resolve (self->pipe), .events = ZMQ_POLLIN };
    while (!self->ended && zmq_poll (&item, 1, ms) > 0) {
        char *said = zstr_recv (self->pipe);
        self->ended = !said || strcmp (said, "$TERM") == 0;
        zstr_free (&said);
        ms = 0;
    }
}

/* ----------------------------------------------------------------------------------- sending */

typedef struct {
    text_buffer text;
    size_t      read;
} outgoing;

static size_t give (char *to, size_t size, size_t count, void *from)
{
    outgoing *self = from;
    size_t left = self->text.size - self->read, most = size * count, now = left < most ? left : most;
    memcpy (to, self->text.at + self->read, now);
    self->read += now;
    return now;
}

/* A process that ends does not wait for a mail server. */
static int go_on (void *from, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    post *self = from;
    (void) a, (void) b, (void) c, (void) d;
    stay (self, 0);
    return self->ended;
}

static void set_up (post *self)
{
    const char *tls = self->args->tls;
    self->curl = curl_easy_init ();
    assert (self->curl);
    curl_easy_setopt (self->curl, CURLOPT_URL, self->args->smtp);
    curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt (self->curl, CURLOPT_USE_SSL, (long) (strcmp (tls, "must") == 0 ? CURLUSESSL_ALL
                                                         : strcmp (tls, "none") == 0 ? CURLUSESSL_NONE : CURLUSESSL_TRY));
    if (*self->args->login)
        curl_easy_setopt (self->curl, CURLOPT_USERPWD, self->args->login);
    curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_S);
    curl_easy_setopt (self->curl, CURLOPT_TIMEOUT, (long) SEND_S);
    curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt (self->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt (self->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt (self->curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt (self->curl, CURLOPT_XFERINFODATA, self);
}

/* The mail server has taken it. The connection is kept for the next one. */
static bool send_text (post *self, const char *id, const char *whom, text_buffer text)
{
    outgoing out = { .text = text };
    struct curl_slist *to = curl_slist_append (NULL, whom);
    long code = 0;
    curl_easy_setopt (self->curl, CURLOPT_MAIL_FROM, self->args->from);
    curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt (self->curl, CURLOPT_READDATA, &out);
    curl_easy_setopt (self->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) out.text.size);
    CURLcode how = curl_easy_perform (self->curl);
    curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &code);
    if (how != CURLE_OK)
        log_line ("error", "mail_failed", "id=%s answer=%ld why=%s", id, code, curl_easy_strerror (how));
    curl_slist_free_all (to);
    return how == CURLE_OK;
}

/* ---------------------------------------------------------------------------------- the mails */

static const char *column (const PGresult *rows, int row, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, row, at) ? NULL : PQgetvalue (rows, row, at);
}

/* False: the database did not answer. */
static bool send_contents (post *self, const post_mail *mail, const PGresult *rows)
{
    text_buffer text = { 0 };
    bool sent = mail_address_fits (mail->to) && self->args->write (self->args, mail, rows, self->zone, &text)
             && send_text (self, mail->id, mail->to, text);
    text_free (&text);
    msgpack_zone_clear (self->zone);
    if (self->ended && !sent)
        return true; /* nobody refused it */
    return sent ? due_run (self->db, "mail_end", mail->id, "sent") : due_run (self->db, "mail_again", mail->id, NULL);
}

static bool send_claimed (post *self, const PGresult *claimed, int row)
{
    const char *how = column (claimed, row, "frequency"), *due = column (claimed, row, "due_at");
    post_mail mail = { .id = column (claimed, row, "id"), .to = column (claimed, row, "email"),
                       .token = column (claimed, row, "token") };
    bool wanted = how && strcmp (how, "off") && mail.to;
    PGresult *rows = wanted ? due_ask (self->db, "mail_contents", mail.id, NULL) : NULL;
    if (wanted && !rows)
        return false;
    wanted = wanted && PQntuples (rows) > 0;
    bool fine = wanted ? moment_read (due, strlen (due), &mail.date) && send_contents (self, &mail, rows)
                       : due_run (self->db, "mail_end", mail.id, "unwanted");
    PQclear (rows);
    return fine;
}

/* A few mails in a transaction, which holds them until each is settled. Whether there may be more. */
static bool send_due (post *self)
{
    bool fine = due_say (self->db, "BEGIN") && due_run (self->db, "mail_enter", NULL, NULL);
    PGresult *claimed = fine ? due_ask (self->db, "mail_claim", NULL, NULL) : NULL;
    fine = claimed != NULL;
    for (int i = 0; fine && i < PQntuples (claimed) && !self->ended; i++)
        fine = send_claimed (self, claimed, i);
    bool more = claimed && PQntuples (claimed) > 0;
    PQclear (claimed);
    return due_say (self->db, fine ? "COMMIT" : "ROLLBACK") && fine && more;
}

static void run_post (zsock_t *pipe, void *argument)
{
    post self = { .args = argument, .pipe = pipe, .zone = msgpack_zone_new (65536) };
    assert (self.zone);
    set_up (&self);
    zsock_signal (pipe, 0);
    while (!self.ended) {
        if (self.db && !db_alive (self.db))
            db_destroy (&self.db);
        if (!self.db)
            self.db = self.args->connect (self.args->of);
        bool more = self.db && send_due (&self);
        stay (&self, more ? 0 : LOOK_MS);
    }
    db_destroy (&self.db);
    curl_easy_cleanup (self.curl);
    msgpack_zone_free (self.zone);
}

/* ------------------------------------------------------------------------------------- start */

/* USER:PASSWORD, the first line of the file; false: it cannot be read. */
static bool read_login (const char *path, char out [POST_LOGIN])
{
    FILE *in = path ? fopen (path, "r") : NULL;
    bool fine = !path || (in && fgets (out, POST_LOGIN, in));
    if (in)
        fclose (in);
    out [strcspn (out, "\r\n")] = 0;
    return fine;
}

static const char *why_unsuitable (post_args *self, const char *login)
{
    const char *site = self->site;
    bool http = strncmp (site, "http://", 7) == 0 || strncmp (site, "https://", 8) == 0;
    if (strncmp (self->smtp, "smtp://", 7) && strncmp (self->smtp, "smtps://", 8))
        return "--smtp has to be smtp://HOST:PORT or smtps://HOST:PORT";
    if (!self->from || !mail_address_fits (self->from))
        return "--mail-from has to be an e-mail address";
    if (!http || strlen (site) > 200 || site [strcspn (site, " \t\r\n<>\"")] || site [strlen (site) - 1] == '/')
        return "--site has to be http:// or https:// and a name, without a slash at its end";
    return read_login (login, self->login) ? NULL : "--smtp-login cannot be read";
}

bool post_start (post_args *self, const option *options, size_t count, zactor_t **started)
{
    *started = NULL;
    self->smtp = config_text (options, count, "smtp");
    self->tls = config_text (options, count, "smtp-tls");
    self->from = config_text (options, count, "mail-from");
    self->site = config_text (options, count, "site");
    if (!self->smtp) {
        log_text ("info", "no_mail", "why", "what could be mailed is in the inbox only: --smtp says where mail goes out");
        return true;
    }
    const char *why = why_unsuitable (self, config_text (options, count, "smtp-login"));
    if (why) {
        log_text ("error", "mail_unsuitable", "why", why);
        return false;
    }
    curl_global_init (CURL_GLOBAL_DEFAULT);
    *started = zactor_new (run_post, self);
    return true;
}
