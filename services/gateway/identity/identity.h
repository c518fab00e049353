/* identity.h - accounts, sessions and API keys: a service that lives in the gateway's process. */
#ifndef IDENTITY_H
#define IDENTITY_H
#include "../../../common/post.h"
#include "../../../common/service.h"

const service *identity_service (void);

/* notice.c: notices of steps as a mail. */
bool notice_mail (const post_args *, const post_mail *, const PGresult *rows, msgpack_zone *, text_buffer *out);
#endif
