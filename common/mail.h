/* mail.h - a mail as it goes out (RFC 5322), plain text in UTF-8. */
#ifndef MAIL_H
#define MAIL_H
#include "json.h"
#include <stdbool.h>
#include <stdint.h>

/* A file that goes along; its name is plain ASCII without quotes. */
typedef struct {
    const char *name, *type;
    bytes       content;
} mail_file;

/* An address that can stand in a header and in SMTP as it is: printable ASCII, one @, no quotes, no comments. */
bool mail_address_fits (const char *);

typedef struct {
    const char *id;          /* the same in every copy */
    int64_t     date;        /* microseconds since 1970 */
    const char *from, *to;   /* addresses that fit */
    const char *subject;     /* any text */
    const char *unsubscribe; /* address of the page that ends such mails, and takes a POST of RFC 8058; NULL: none */
    const mail_file *files;
    size_t      file_count;
} mail_head;

/* Lines end with CR LF. Nothing that people wrote stands in a header or at the start of a line unencoded. */
void mail_write (const mail_head *, const text_buffer *body, text_buffer *out);
#endif
