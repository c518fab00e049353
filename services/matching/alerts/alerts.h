/* alerts.h - the duty of writing letters, and of mailing them. */
#ifndef ALERTS_H
#define ALERTS_H
#include "../../../common/service.h"

/* `alerts`: follows the stream and writes letters and its place in it in one transaction; one process at a time, the
 * others wait until it is gone. With --smtp, letters go out by mail as well.                                       */
extern const duty alerts_duty;

/* post.c: sends mails that are due, until its pipe ends it; `due` in the pipe is that there may be one. */
typedef struct {
    duty_args  *duty;
    const char      *smtp, *from, *site, *tls; /* smtp: smtp://HOST:PORT or smtps:// */
    char             login [300];              /* USER:PASSWORD, or empty */
} post_args;
void post_run (zsock_t *pipe, void *post_args);

/* A connection of the service's own role with its statements; NULL: not now, or never when the duty is broken then. */
struct db *alerts_connect (duty_args *);

/* A profile has a place among those of its organisation. */
bool profile_place (const void *profile, const call *);
#endif
