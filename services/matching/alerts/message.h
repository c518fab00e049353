/* message.h - a mail with letters in it. */
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

void message_write (const message *, text_buffer *out);
#endif
