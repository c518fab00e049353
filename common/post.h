/* post.h - a thread that mails what is due. What is due stands in the service's tables, and so it has these statements:
 *
 *     mail_enter     at the start of a transaction, as whom
 *     mail_claim     a few mails that are due, held: id, due_at, frequency (`off`, and NULL: nobody wants it), email, token
 *     mail_contents  the rows of mail :id; none: there is nothing to say any more
 *     mail_end       :id is over: :ended is `sent` or `unwanted`
 *     mail_again     :id could not be sent: later                                                                         */
#ifndef POST_H
#define POST_H
#include "config.h"
#include "db.h"
#include "json.h"
#include <czmq.h>

/* The options of a program that mails. */
#define POST_OPTIONS \
    { "smtp", NULL, "where mail goes out: smtp:// or smtps://HOST:PORT; not given: what could be mailed is in the inbox only", NULL }, \
    { "smtp-tls", "try", "whether smtp:// has to become TLS", "must|try|none" }, \
    { "smtp-login", NULL, "file with USER:PASSWORD for the mail server", NULL }, \
    { "mail-from", NULL, "address that mails come from", NULL }, \
    { "site", "http://localhost:8080", "where the pages are, for links in mails", NULL }

enum { POST_LOGIN = 300 };

typedef struct {
    const char *id;    /* of the mail: the same in every copy */
    int64_t     date;  /* when it was due, microseconds since 1970 */
    const char *to;    /* an address that fits */
    const char *token; /* that ends such mails to whom it is for */
} post_mail;

typedef struct post_args post_args;

/* The mail as text, of the rows of mail_contents. False: they cannot be read, which is logged. */
typedef bool post_write (const post_args *, const post_mail *, const PGresult *rows, msgpack_zone *, text_buffer *out);

struct post_args {
    struct db  *(*connect) (void *of); /* NULL: not now */
    void       *of;
    post_write *write;
    /* by post_start */
    const char *smtp, *from, *site, *tls;
    char        login [POST_LOGIN];    /* USER:PASSWORD, or empty */
};

/* Starts the thread when the options say where mail goes out; `due` in its pipe is that there may be one. `self` outlives it.
 * False: what they say cannot be; it has been logged.                                                                        */
bool post_start (post_args *self, const option *, size_t count, zactor_t **started);
#endif
