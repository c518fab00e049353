/* message.c - a body in two languages, and what it is called. */
#include "message.h"
#include "../../../common/mail.h"
#include <inttypes.h>
#include <string.h>

enum { NL, EN };

static int points (int64_t ppm)
{
    return (int) ((ppm + 5000) / 10000);
}

static void add_letter (const letter_t *self, int in, text_buffer *to)
{
    text_printf (to, "%s\r\n%s\r\n", in == NL ? self->subject : self->subject_en, in == NL ? self->text : self->text_en);
    text_printf (to, in == NL ? "Score: %d van 100; vanaf %d krijgt u bericht.\r\n"
                              : "Score: %d of 100; from %d on you are told.\r\n", points (self->score_ppm), points (self->cut_ppm));
    for (size_t i = 0; i < self->parts.count; i++) {
        const match_part_t *p = &self->parts.at [i];
        const word *name = &score_part_words ()->words [p->name];
        text_printf (to, in == NL ? "  - %s, %d van %d: %s\r\n" : "  - %s, %d of %d: %s\r\n", in == NL ? name->nl : name->en,
                     points (p->points_ppm), points (p->most_ppm), in == NL ? p->why : p->why_en);
    }
    if (self->missing.count)
        text_printf (to, in == NL ? "Wat ontbreekt:\r\n" : "What is missing:\r\n");
    for (size_t i = 0; i < self->missing.count; i++)
        text_printf (to, "  - %s\r\n", in == NL ? self->missing.at [i].why : self->missing.at [i].why_en);
    text_printf (to, "\r\n");
}

static void add_part (const message *self, int in, text_buffer *to)
{
    const char *pages = in == NL ? "" : "/en";
    for (size_t i = 0; i < self->count; i++)
        add_letter (&self->letters [i], in, to);
    if (self->total > self->count)
        text_printf (to, in == NL ? "En nog %zu: die staan bij uw meldingen.\r\n\r\n"
                                  : "And %zu more: they are among your alerts.\r\n\r\n",
                     self->total - self->count);
    text_printf (to, in == NL ? "Uw meldingen, en hoe u ze krijgt: %s%s/meldingen/\r\nGeen e-mail meer: %s%s/afmelden/?token=%s\r\n"
                              : "Your alerts, and how you get them: %s%s/meldingen/\r\nNo more mail: %s%s/afmelden/?token=%s\r\n",
                 self->site, pages, self->site, pages, self->token);
}

void message_write (const message *self, text_buffer *out)
{
    text_buffer body = { 0 }, subject = { 0 }, link = { 0 };
    text_printf (&body, "English below.\r\n\r\n");
    add_part (self, NL, &body);
    text_printf (&body, "\r\n--------\r\nEnglish\r\n\r\n");
    add_part (self, EN, &body);
    if (self->total == 1)
        text_printf (&subject, "%s", self->letters->subject);
    else
        text_printf (&subject, "%zu nieuwe meldingen", self->total);
    text_append (&subject, "", 1);
    text_printf (&link, "%s/afmelden/?token=%s", self->site, self->token);
    text_append (&link, "", 1);
    mail_write (&(mail_head) { .id = self->id, .date = self->date, .from = self->from, .to = self->to, .subject = subject.at,
                               .unsubscribe = link.at }, &body, out);
    text_free (&body);
    text_free (&subject);
    text_free (&link);
}
