/* notice.c - notices of steps: what people read of them, and the mails that they go out with. */
#define SERVICE_OPERATIONS "../proto/gateway.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "identity.h"
#include "../../../common/mail.h"
#include "../../../common/notice.h"
#include "../../../common/text.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------- words */

/* The line that somebody with that role is told by; NULL: it was declared once, and no longer. */
static const notice *line_of (event_id event, const char *role)
{
    size_t count;
    const notice *all = notices (&count);
    int bit = words_find (role_words (), role, strlen (role));
    for (size_t i = 0; i < count && bit >= 0; i++)
        if (all [i].event == event && all [i].roles >> bit & 1)
            return &all [i];
    return NULL;
}

static int event_by_name (const char *name)
{
    for (int i = 0; i < EVENT_COUNT; i++)
        if (strcmp (event_types () [i].name, name) == 0)
            return i;
    return -1;
}

static const char *joined (msgpack_zone *zone, const char *what, const char *between, const char *title)
{
    size_t size = strlen (what) + strlen (between) + strlen (title) + 1;
    char *text = msgpack_zone_malloc (zone, size);
    assert (text);
    snprintf (text, size, "%s%s%s", what, between, title);
    return text;
}

/* What follows from what is kept: its texts and its page. */
static void tell (notice_t *self, msgpack_zone *zone)
{
    const schema *s = notice_schema ();
    int event = event_by_name (self->event);
    const told *happened = event < 0 ? NULL : told_find ((event_id) event);
    const notice *line = event < 0 ? NULL : line_of ((event_id) event, self->role);
    const about *thing = about_find (self->noun);
    const char *title = schema_text (s, self, "title");
    const char *nl = happened ? happened->nl : self->event, *en = happened ? happened->en : self->event;
    schema_set_text (s, self, "subject", title ? joined (zone, nl, ": ", title) : nl);
    schema_set_text (s, self, "subject_en", title ? joined (zone, en, ": ", title) : en);
    schema_set_text (s, self, "text", line ? line->nl : nl);
    schema_set_text (s, self, "text_en", line ? line->en : en);
    schema_set_text (s, self, "page", thing ? about_address (zone, thing, self->page_id, self->thing_id) : "/mijn/");
}

/* ------------------------------------------------------------------------------------ answers */

outcome notice_list (call *self, const notice_query_t *in, notice_page_t *out)
{
    (void) in;
    outcome how = call_page (self, "notice_list", out);
    for (size_t i = 0; how == outcome_done && i < out->items.count; i++)
        tell (&out->items.at [i], self->zone);
    return how;
}

outcome notice_read (call *self, const ref_t *in, notice_t *out)
{
    (void) in;
    outcome how = call_fetch (self, "notice_read", out);
    if (how == outcome_done)
        tell (out, self->zone);
    return how;
}

outcome notice_read_all (call *self, const nothing_t *in, nothing_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in, (void) out;
    return call_run (self, "notice_read_all", &rows, &how) < 0 ? how : outcome_done;
}

outcome notice_setting_get (call *self, const nothing_t *in, notice_setting_t *out)
{
    (void) in;
    return call_fetch (self, "notice_setting_get", out);
}

outcome notice_setting_put (call *self, const notice_setting_t *in, notice_setting_t *out)
{
    (void) in;
    return call_fetch (self, "notice_setting_store", out);
}

/* Who has the link of a mail may end that mail, and learns nothing. */
outcome notice_unsubscribe (call *self, const unsubscription_t *in, nothing_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in, (void) out;
    int count = call_run (self, "notice_unsubscribe", &rows, &how);
    return count < 0 ? how : count == 0 ? outcome_missing : outcome_done;
}

/* --------------------------------------------------------------------------------------- mail */

enum { NL, EN };

static void add_part (const post_args *by, const post_mail *mail, const notice_t *all, size_t count, size_t total, int in,
                      text_buffer *to)
{
    const char *pages = in == NL ? "" : "/en";
    for (size_t i = 0; i < count; i++)
        text_printf (to, "%s\r\n%s\r\n%s%s%s\r\n\r\n", in == NL ? all [i].subject : all [i].subject_en,
                     in == NL ? all [i].text : all [i].text_en, by->site, pages, all [i].page);
    if (total > count)
        text_printf (to, in == NL ? "En nog %zu: die staan bij uw meldingen.\r\n\r\n"
                                  : "And %zu more: they are among your alerts.\r\n\r\n", total - count);
    text_printf (to, "%s: %s%s/meldingen/\r\n%s: %s%s/afmelden/?van=stappen&token=%s\r\n",
                 in == NL ? "Uw meldingen, en hoe u ze krijgt" : "Your alerts, and how you get them", by->site, pages,
                 in == NL ? "Geen e-mail meer" : "No more mail", by->site, pages, mail->token);
}

static void write_notices (const post_args *by, const post_mail *mail, const notice_t *all, size_t count, size_t total,
                           text_buffer *out)
{
    text_buffer body = { 0 }, link = { 0 }, subject = { 0 };
    text_printf (&body, "English below.\r\n\r\n");
    add_part (by, mail, all, count, total, NL, &body);
    text_printf (&body, "\r\n--------\r\nEnglish\r\n\r\n");
    add_part (by, mail, all, count, total, EN, &body);
    text_printf (&link, "%s/afmelden/?van=stappen&token=%s", by->site, mail->token);
    text_append (&link, "", 1);
    if (total == 1)
        text_printf (&subject, "%s", all->subject);
    else
        text_printf (&subject, "%zu nieuwe meldingen", total);
    text_append (&subject, "", 1);
    mail_write (&(mail_head) { .id = mail->id, .date = mail->date, .from = by->from, .to = mail->to, .subject = subject.at,
                               .unsubscribe = link.at }, &body, out);
    text_free (&body);
    text_free (&link);
    text_free (&subject);
}

bool notice_mail (const post_args *by, const post_mail *mail, const PGresult *rows, msgpack_zone *zone, text_buffer *out)
{
    size_t count = (size_t) PQntuples (rows);
    notice_t *all = calloc (count, sizeof *all);
    assert (all);
    bool readable = true;
    for (size_t i = 0; i < count && readable; i++) {
        readable = db_row (rows, (int) i, notice_schema (), &all [i], zone);
        if (readable)
            tell (&all [i], zone);
    }
    if (readable)
        write_notices (by, mail, all, count, strtoul (PQgetvalue (rows, 0, PQfnumber (rows, "total")), NULL, 10), out);
    free (all);
    return readable;
}
