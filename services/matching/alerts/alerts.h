/* alerts.h - the duty of writing letters, and of mailing them. */
#ifndef ALERTS_H
#define ALERTS_H
#include "../../../common/service.h"

/* `alerts`: follows the stream and writes letters and its place in it in one transaction; one process at a time, the
 * others wait until it is gone. With --smtp, letters go out by mail as well.                                       */
extern const duty alerts_duty;

/* A profile has a place among those of its organisation. */
bool profile_place (const void *profile, const call *);
#endif
