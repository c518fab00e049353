/* outgoing.c - hands documents over that are due: by mail with the document attached (common/post.c), and to an access
 * point of Peppol over HTTP; each at least once, with an id by which a repetition is known.                           */
#include "outgoing.h"
#include "../pipeline.h"
#include "../../../common/due.h"
#include "../../../common/log.h"
#include "../../../common/mail.h"
#include "../../../common/post.h"
#include "../../../common/text.h"
#include "../../../common/worker.h"
#include "print.h"
#include "ubl.h"
#include <assert.h>
#include <curl/curl.h>
#include <stdatomic.h>
#include <string.h>

enum { LOOK_MS = 1000, CONNECT_S = 10, SEND_S = 30 };

static const option options [] = {
    POST_OPTIONS,
    { "peppol", NULL, "access point that takes e-invoices by POST: https://...; not given: none leave through Peppol", NULL },
    { "peppol-token", NULL, "file with the bearer token for it", NULL },
};

static void outgoing_run (zsock_t *pipe, void *duty_args);

const duty outgoing_duty = {
    .name = "outgoing", .serve = "answers|outgoing|answers,outgoing",
    .options = options, .option_count = sizeof options / sizeof *options, .run = outgoing_run,
};

typedef struct {
    duty_args    *args;
    zsock_t      *pipe;
    struct db    *db;
    CURL         *curl;
    msgpack_zone *zone;
    const char   *to;          /* the access point; NULL: none */
    char          token [400]; /* Authorization: Bearer ..., or empty */
    bool          ended;
} outgoing;

static struct db *connect_outgoing (void *of)
{
    duty_args *args = of;
    bool fatal;
    struct db *fresh = service_connect (args->service, args->conninfo, &fatal);
    if (fatal)
        atomic_store (&args->broken, true);
    return fresh;
}

/* ------------------------------------------------------------------------------------ document */

/* The document of a row of mail_contents; false: it cannot be read, which is logged. */
static bool read_document (call *with, const PGresult *rows, paper *out)
{
    bool credit = strcmp (PQgetvalue (rows, 0, 0), "credit_note") == 0;
    const schema *shape = credit ? credit_note_schema () : invoice_schema ();
    const char *text = PQgetvalue (rows, 0, 1);
    void *record = call_alloc (with, shape->size);
    faults wrong = { 0 };
    if (!json_decode (shape, text, strlen (text), record, with->zone, FROM_PEER, NULL, &wrong)) {
        log_line ("error", "document_unreadable", "path=%s why=%s", wrong.at [0].path, wrong.at [0].reason);
        return false;
    }
    credit ? paper_of_credit_note (with, record, out) : paper_of_invoice (with, record, out);
    return true;
}

/* ---------------------------------------------------------------------------------------- mail */

static bool write_mail (const post_args *by, const post_mail *mail, const PGresult *rows, msgpack_zone *zone, text_buffer *out)
{
    call with = { .zone = zone };
    paper of;
    text_buffer body = { 0 };
    if (!read_document (&with, rows, &of))
        return false;
    bool credit = of.kind == PAPER_CREDIT_NOTE;
    const mail_file files [] = {
        { paper_file_name (&with, &of, "pdf"), "application/pdf", print_write (&with, &of) },
        { paper_file_name (&with, &of, "xml"), "application/xml", ubl_write (&with, &of) },
    };
    text_printf (&body, "%s %s van %s is bij deze mail gevoegd: als PDF, en als e-factuur (UBL) voor uw administratie.\r\n\r\n"
                 "Op Meerwaarde ziet u of bestelling, levering en factuur overeenkomen: %s/mijn/\r\nWaar uw organisatie facturen"
                 " krijgt, stelt u daar ook in.\r\n\r\n--------\r\nEnglish\r\n\r\n%s %s of %s is attached: as PDF, and as an"
                 " e-invoice (UBL) for your books.\r\n", credit ? "Creditnota" : "Factuur", of.number, of.seller->name, by->site,
                 credit ? "Credit note" : "Invoice", of.number, of.seller->name);
    mail_write (&(mail_head) { .id = mail->id, .date = mail->date, .from = by->from, .to = mail->to, .files = files,
                               .file_count = sizeof files / sizeof *files,
                               .subject = call_print (&with, "%s %s van %s", credit ? "Creditnota" : "Factuur", of.number, of.seller->name) },
                &body, out);
    text_free (&body);
    return true;
}

/* -------------------------------------------------------------------------------------- Peppol */

static struct curl_slist *add_header (struct curl_slist *to, const char *line)
{
    struct curl_slist *longer = curl_slist_append (to, line);
    assert (longer);
    return longer;
}

/* A participant as Peppol names it: the scheme of ISO 6523 and the number. */
static const char *participant (call *with, const char *header, const invoice_party_t *of)
{
    return call_print (with, "%s: iso6523-actorid-upis::%s:%s", header, of->oin ? "0190" : "0106",
                       of->oin ? of->oin : of->kvk_number ? of->kvk_number : "");
}

static size_t ignore (char *from, size_t size, size_t count, void *to)
{
    (void) from, (void) to;
    return size * count;
}

/* NULL: it was taken over; else why not. */
static const char *send_document (outgoing *self, const char *id, call *with, const paper *of)
{
    bytes text = ubl_write (with, of);
    long code = 0;
    struct curl_slist *headers = add_header (NULL, "Content-Type: application/xml");
    headers = add_header (headers, call_print (with, "Idempotency-Key: %s", id));
    headers = add_header (headers, participant (with, "Peppol-Sender", of->seller));
    headers = add_header (headers, participant (with, "Peppol-Receiver", of->buyer));
    if (*self->token)
        headers = add_header (headers, self->token);
    curl_easy_setopt (self->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt (self->curl, CURLOPT_POSTFIELDS, text.at);
    curl_easy_setopt (self->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) text.size);
    CURLcode how = curl_easy_perform (self->curl);
    curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &code);
    curl_slist_free_all (headers);
    bool taken = how == CURLE_OK && code >= 200 && code < 300;
    if (!taken)
        log_line ("error", "hand_over_failed", "id=%s answer=%ld why=%s", id, code, curl_easy_strerror (how));
    return taken ? NULL : how == CURLE_OK ? call_print (with, "Het toegangspunt antwoordde met %ld.", code)
                        : "Het toegangspunt is niet bereikbaar.";
}

static bool hand_over (outgoing *self, const char *id, bool wanted)
{
    call with = { .zone = self->zone };
    paper of;
    PGresult *rows = wanted ? due_ask (self->db, "mail_contents", id, NULL) : NULL;
    if (wanted && !rows)
        return false;
    bool there = wanted && PQntuples (rows) == 1;
    const char *why = !there ? NULL : read_document (&with, rows, &of) ? send_document (self, id, &with, &of)
                                                                       : "Het document kan niet gelezen worden.";
    PQclear (rows);
    bool fine = !there ? due_run (self->db, "mail_end", id, "unwanted")
              : why ? due_run (self->db, "mail_again", id, why) : due_run (self->db, "mail_end", id, "sent");
    msgpack_zone_clear (self->zone);
    return fine;
}

/* A few in a transaction, which holds them until each is settled. */
static void send_due (outgoing *self)
{
    bool fine = due_say (self->db, "BEGIN") && due_run (self->db, "mail_enter", NULL, NULL);
    PGresult *claimed = fine ? due_ask (self->db, "peppol_claim", NULL, NULL) : NULL;
    for (int i = 0; claimed && fine && i < PQntuples (claimed) && !self->ended; i++)
        fine = hand_over (self, PQgetvalue (claimed, i, 0), *PQgetvalue (claimed, i, 1) == 't');
    PQclear (claimed);
    due_say (self->db, fine ? "COMMIT" : "ROLLBACK");
}

/* A process that ends does not wait for an access point. */
static int go_on (void *from, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    outgoing *self = from;
    (void) a, (void) b, (void) c, (void) d;
    zmq_pollitem_t item = { .socket = zsock_resolve (self->pipe), .events = ZMQ_POLLIN };
    self->ended = self->ended || zmq_poll (&item, 1, 0) != 0;
    return self->ended;
}

static void set_up (outgoing *self)
{
    self->curl = curl_easy_init ();
    assert (self->curl);
    curl_easy_setopt (self->curl, CURLOPT_URL, self->to);
    curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_S);
    curl_easy_setopt (self->curl, CURLOPT_TIMEOUT, (long) SEND_S);
    curl_easy_setopt (self->curl, CURLOPT_POST, 1L);
    curl_easy_setopt (self->curl, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt (self->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt (self->curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt (self->curl, CURLOPT_XFERINFODATA, self);
}

/* False: the options say what cannot be, which has been logged. */
static bool read_options (outgoing *self)
{
    const char *path = config_text (self->args->options, self->args->option_count, "peppol-token");
    char token [300] = "";
    FILE *in = path ? fopen (path, "r") : NULL;
    self->to = config_text (self->args->options, self->args->option_count, "peppol");
    bool fine = !path || (in && fgets (token, sizeof token, in));
    if (in)
        fclose (in);
    token [strcspn (token, "\r\n")] = 0;
    if (*token)
        snprintf (self->token, sizeof self->token, "Authorization: Bearer %s", token);
    fine = fine && (!self->to || strncmp (self->to, "http://", 7) == 0 || strncmp (self->to, "https://", 8) == 0);
    if (!fine)
        log_text ("error", "peppol_unsuitable", "why", "--peppol has to be http:// or https://, and --peppol-token a file with a token");
    return fine;
}

static void look_after (outgoing *self)
{
    while (!self->ended) {
        zmq_pollitem_t item = { .socket = zsock_resolve (self->pipe), .events = ZMQ_POLLIN };
        if (self->db && !db_alive (self->db))
            db_destroy (&self->db);
        if (self->to && !self->db)
            self->db = connect_outgoing (self->args);
        atomic_store (&self->args->trouble, self->to && !self->db ? "a connection to the database is missing" : NULL);
        if (self->to && self->db)
            send_due (self);
        self->ended = self->ended || zmq_poll (&item, 1, LOOK_MS) != 0;
    }
}

static void outgoing_run (zsock_t *pipe, void *argument)
{
    outgoing self = { .args = argument, .pipe = pipe, .zone = msgpack_zone_new (65536) };
    post_args post = { .connect = connect_outgoing, .of = argument, .write = write_mail };
    zactor_t *mailing = NULL;
    if (!read_options (&self) || !post_start (&post, self.args->options, self.args->option_count, &mailing))
        atomic_store (&self.args->broken, true);
    zsock_signal (pipe, 0);
    if (self.to)
        set_up (&self);
    if (!atomic_load (&self.args->broken))
        look_after (&self);
    zactor_destroy (&mailing);
    db_destroy (&self.db);
    if (self.curl)
        curl_easy_cleanup (self.curl);
    msgpack_zone_free (self.zone);
}
