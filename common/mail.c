/* mail.c - headers that nobody's text can break out of, and a body of any text. */
#include "mail.h"
#include <sodium.h>
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

bool mail_address_fits (const char *text)
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

static void add_headers (const mail_head *self, text_buffer *to)
{
    add_date (to, self->date);
    text_printf (to, "From: Meerwaarde <%s>\r\nTo: <%s>\r\nSubject: ", self->from, self->to);
    add_words (to, self->subject);
    text_printf (to, "\r\nMessage-ID: <%s%s>\r\n", self->id, strchr (self->from, '@'));
    if (self->unsubscribe) {
        text_printf (to, "List-Unsubscribe: <%s>\r\n", self->unsubscribe);
        text_printf (to, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
    text_printf (to, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
}

/* --------------------------------------------------------------------------------------- body */

/* Lines of 76. */
static void add_encoded (const char *text, size_t size, text_buffer *to)
{
    enum { LINE = 57 };
    for (size_t at = 0; at < size; at += LINE) {
        add_base64 (to, text + at, size - at < LINE ? size - at : LINE);
        text_printf (to, "\r\n");
    }
}

static const char plain_text [] = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";

/* Text first, then the files (RFC 2046). No line of base64 looks like the boundary. */
static void add_parts (const mail_head *self, const text_buffer *body, text_buffer *to)
{
    text_printf (to, "Content-Type: multipart/mixed; boundary=\"=_%s\"\r\n\r\n--=_%s\r\n%s", self->id, self->id, plain_text);
    add_encoded (body->at, body->size, to);
    for (size_t i = 0; i < self->file_count; i++) {
        const mail_file *file = &self->files [i];
        text_printf (to, "--=_%s\r\nContent-Type: %s; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\n", self->id, file->type, file->name, file->name);
        add_encoded (file->content.at, file->content.size, to);
    }
    text_printf (to, "--=_%s--\r\n", self->id);
}

void mail_write (const mail_head *self, const text_buffer *body, text_buffer *out)
{
    add_headers (self, out);
    if (self->file_count) {
        add_parts (self, body, out);
        return;
    }
    text_printf (out, "%s", plain_text);
    add_encoded (body->at, body->size, out);
}
