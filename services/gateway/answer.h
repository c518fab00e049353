/* answer.h - HTTP replies: JSON by the schema, problems (RFC 9457), headers. */
#ifndef ANSWER_H
#define ANSWER_H
#include "gateway.h"

extern const char api_version [];

/* A worker's answer, or our own in its form. */
void answer_send (gateway *, exchange *, const mwp_reply_t *, const bytes *body);
/* Faults as a reply of outcome_invalid; `list_of` has room for all and must outlive the reply. */
void answer_of_faults (const faults *, fault_t list_of [], mwp_reply_t *);
/* A problem outside any operation. */
void answer_plain (struct evhttp_request *, int status, const char *nl, const char *en);
void answer_openapi (gateway *, struct evhttp_request *);
/* The headers that every reply has. `page`: HTML of ours, else data. */
void answer_headers (struct evhttp_request *, bool page);
#endif
