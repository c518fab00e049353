/* identity.h - accounts, sessions and API keys: a service that lives in the gateway's process. */
#ifndef IDENTITY_H
#define IDENTITY_H
#include "../../../common/post.h"
#include "../../../common/service.h"

const service *identity_service (void);

/* What identity mails, as a post writes it: notices, or the link that confirms an address. */
bool identity_mail (const post_args *, const post_mail *, const PGresult *rows, msgpack_zone *, text_buffer *out);

/* notice.c: notices of steps as a mail. */
bool notice_mail (const post_args *, const post_mail *, const PGresult *rows, msgpack_zone *, text_buffer *out);

/* address.c: a mail with the link that confirms an address; `copy` is its own id. */
void address_mail_write (const post_args *, const post_mail *, const char *link, const char *copy, text_buffer *out);
#endif
