/* message.c - headers that nobody's text can break out of, and a body in two languages. */
#include "message.h"
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ------------------------------------------------------------------------------------ address */

static bool is_atom (char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr ("!#$%&'*+-/=?^_`{|}~", c));
}

/* Atoms with single dots between them; how many bytes, and 0 when it is not. */
static size_t dotted (const char *at)
{
    size_t size = 0;
    while (is_atom (at [size]) || (at [size] == '.' && size && at [size - 1] != '.'))
        size++;
    return size && at [size - 1] != '.' ? size : 0;
}

bool message_address_fits (const char *text)
{
    enum { LOCAL_MOST = 64, MOST = 254 };
    size_t local = dotted (text);
    if (!local || local > LOCAL_MOST || text [local] != '@')
        return false;
    const char *domain = text + local + 1;
    size_t size = strspn (domain, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-");
    return size && dotted (domain) == size && !domain [size] && *domain != '-' && strlen (text) <= MOST;
}

/* ------------------------------------------------------------------------------------ headers */

static void add_base64 (text_buffer *to, const char *bytes, size_t size)
{
    char text [128];
    sodium_bin2base64 (text, sizeof text, (const unsigned char *) bytes, size, sodium_base64_VARIANT_ORIGINAL);
    text_append (to, text, strlen (text));
}

/* As encoded words (RFC 2047), each of whole characters and at most 75 bytes. */
static void add_words (text_buffer *to, const char *text)
{
    enum { BYTES = 45 };
    for (size_t size; *text; text += size) {
        size = strnlen (text, BYTES);
        while (text [size] && ((unsigned char) text [size] & 0xc0) == 0x80)
            size--;
        text_printf (to, "=?UTF-8?B?");
        add_base64 (to, text, size);
        text_printf (to, text [size] ? "?=\r\n " : "?=");
    }
}

static void add_date (text_buffer *to, int64_t us)
{
    static const char *const days [] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months [] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    time_t seconds = (time_t) (us / 1000000);
    struct tm at;
    gmtime_r (&seconds, &at);
    text_printf (to, "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n", days [at.tm_wday], at.tm_mday, months [at.tm_mon],
                 at.tm_year + 1900, at.tm_hour, at.tm_min, at.tm_sec);
}

static void add_subject (const message *self, text_buffer *to)
{
    text_buffer subject = { 0 };
    if (self->total == 1)
        text_printf (&subject, "%s", self->letters->subject);
    else
        text_printf (&subject, "%zu nieuwe meldingen", self->total);
    text_append (&subject, "", 1);
    text_printf (to, "Subject: ");
    add_words (to, subject.at);
    text_printf (to, "\r\n");
    text_free (&subject);
}

static void add_headers (const message *self, text_buffer *to)
{
    add_date (to, self->date);
    text_printf (to, "From: Meerwaarde <%s>\r\nTo: <%s>\r\n", self->from, self->to);
    add_subject (self, to);
    text_printf (to, "Message-ID: <%s%s>\r\n", self->id, strchr (self->from, '@'));
    text_printf (to, "List-Unsubscribe: <%s/afmelden/?token=%s>\r\n", self->site, self->token);
    text_printf (to, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    text_printf (to, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
    text_printf (to, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
}

/* --------------------------------------------------------------------------------------- body */

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

/* Lines of 76. */
static void add_encoded (const text_buffer *text, text_buffer *to)
{
    enum { LINE = 57 };
    for (size_t at = 0; at < text->size; at += LINE) {
        add_base64 (to, text->at + at, text->size - at < LINE ? text->size - at : LINE);
        text_printf (to, "\r\n");
    }
}

void message_write (const message *self, text_buffer *out)
{
    text_buffer body = { 0 };
    text_printf (&body, "English below.\r\n\r\n");
    add_part (self, NL, &body);
    text_printf (&body, "\r\n--------\r\nEnglish\r\n\r\n");
    add_part (self, EN, &body);
    add_headers (self, out);
    add_encoded (&body, out);
    text_free (&body);
}
