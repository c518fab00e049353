/* message.h - a mail with letters in it (RFC 5322), plain text in UTF-8. */
#ifndef MESSAGE_H
#define MESSAGE_H
#include "../../../common/json.h"
#include "../../../common/vocabulary.h"

typedef struct {
    const char     *id;         /* of the mail: the same in every copy */
    int64_t         date;       /* microseconds since 1970 */
    const char     *from, *to;  /* addresses that fit */
    const char     *site;       /* where the pages are */
    const char     *token;      /* that ends the mail to this organisation */
    const letter_t *letters;
    size_t          count, total; /* shown, and in all */
} message;

/* An address that can stand in a header and in SMTP as it is: printable ASCII, one @, no quotes, no comments. */
bool message_address_fits (const char *);

/* Lines end with CR LF. Nothing that people wrote stands in a header or at the start of a line unencoded. */
void message_write (const message *, text_buffer *out);
#endif
