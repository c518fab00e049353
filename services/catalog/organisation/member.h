/* member.h - what people may do for an organisation. */
#ifndef MEMBER_H
#define MEMBER_H
#include "../../../common/call.h"

/* Makes the caller the first member of a new organisation, with every role that fits its kind. */
outcome member_begin (call *, const organisation_t *);
#endif
