/* lines.h - connections to a gateway that stay open; each carries one request at a time.
 *
 * Written for speed and nothing else: the generator shares its machine with what it measures. It knows as much of
 * HTTP/1.1 as our gateway answers: a status, a Content-Length, and whether the connection stays.               */
#ifndef LINES_H
#define LINES_H
#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

enum { REQUEST_BYTES = 4096 };

typedef struct lines lines;
/* `status` is 0 when the connection ended before the answer, or the answer did not come in time. `says_when`: to come
 * again, by Retry-After.                                                                                           */
typedef void answered_fn (void *to, void *request, int status, bool says_when);

/* At most `most` connections; an answer may take `timeout_us`. */
lines *lines_new (struct event_base *, const struct sockaddr *, socklen_t, size_t most, int64_t timeout_us, answered_fn *, void *to);
void   lines_destroy (lines **self_p);
bool   lines_have_room (const lines *);
/* Sends at most REQUEST_BYTES, on a connection that is idle or new; there has to be room. */
void   lines_send (lines *, void *request, const char *text, size_t size, int64_t now);
/* Ends what takes too long. */
void   lines_expire (lines *, int64_t now);
size_t lines_busy (const lines *);
#endif
