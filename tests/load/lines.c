/* lines.c - connections to a gateway that stay open; each carries one request at a time. */
#define _GNU_SOURCE /* memmem */
#include "lines.h"
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { HEAD_BYTES = 8192, SCRATCH = 65536 };

typedef struct line {
    lines        *of;
    struct line  *next_idle;
    int           fd;           /* -1: closed */
    struct event *readable, *writable;
    void         *request;      /* NULL: idle */
    int64_t       sent;
    char          out [REQUEST_BYTES], head [HEAD_BYTES + 1];
    size_t        out_size, out_done, head_size;
    int64_t       body_left;    /* -1: still in the head */
    int           status;
    bool          closes;       /* the gateway said so */
    bool          says_when;    /* to come again */
} line;

struct lines {
    struct event_base      *loop;
    struct sockaddr_storage to;
    socklen_t               to_size;
    line                  **all;
    size_t                  count, most, busy;
    line                   *idle; /* last used first, so that no more are open than are needed */
    int64_t                 timeout_us;
    answered_fn            *answered;
    void                   *arg;
    char                    scratch [SCRATCH];
};

lines *lines_new (struct event_base *loop, const struct sockaddr *to, socklen_t to_size, size_t most, int64_t timeout_us,
                  answered_fn *answered, void *arg)
{
    lines *self = calloc (1, sizeof *self);
    assert (self);
    *self = (lines) { .loop = loop, .to_size = to_size, .most = most, .timeout_us = timeout_us, .answered = answered, .arg = arg };
    memcpy (&self->to, to, to_size);
    self->all = calloc (most, sizeof *self->all);
    assert (self->all);
    return self;
}

static void line_close (line *self)
{
    if (self->fd < 0)
        return;
    event_free (self->readable);
    event_free (self->writable);
    close (self->fd);
    self->fd = -1;
}

void lines_destroy (lines **self_p)
{
    lines *self = *self_p;
    for (size_t i = 0; self && i < self->count; i++) {
        line_close (self->all [i]);
        free (self->all [i]);
    }
    if (self)
        free (self->all);
    free (self);
    *self_p = NULL;
}

bool lines_have_room (const lines *self)
{
    return self->busy < self->most;
}

size_t lines_busy (const lines *self)
{
    return self->busy;
}

/* The request of this line is over; who asked is told last, because they may send the next one. */
static void line_done (line *self, int status)
{
    void *request = self->request;
    if (status == 0 || self->closes)
        line_close (self);
    if (!request)
        return;
    self->request = NULL;
    self->next_idle = self->of->idle;
    self->of->idle = self;
    self->of->busy--;
    self->of->answered (self->of->arg, request, status, self->says_when);
}

/* Reads the head once it is there; false when it is none. */
static bool read_head (line *self)
{
    self->head [self->head_size] = 0;
    const char *length = strcasestr (self->head, "\r\ncontent-length:");
    if (sscanf (self->head, "HTTP/1.%*d %d", &self->status) != 1 || self->status < 200)
        return false;
    self->body_left = length ? strtoll (strchr (length, ':') + 1, NULL, 10) : 0;
    self->closes = strcasestr (self->head, "\r\nconnection: close") != NULL;
    self->says_when = strcasestr (self->head, "\r\nretry-after:") != NULL;
    return length || self->status == 204 || self->status == 304;
}

/* Takes what came; false when it is no answer to what was asked. */
static bool line_take (line *self, const char *at, size_t size)
{
    if (!self->request)
        return false;
    if (self->body_left < 0) {
        size_t before = self->head_size, room = HEAD_BYTES - before, taken = size < room ? size : room;
        memcpy (self->head + before, at, taken);
        self->head_size += taken;
        char *end = memmem (self->head, self->head_size, "\r\n\r\n", 4);
        if (!end)
            return self->head_size < HEAD_BYTES;
        size_t head_size = (size_t) (end - self->head) + 4;
        self->head_size = head_size;
        if (!read_head (self))
            return false;
        at += head_size - before;
        size -= head_size - before;
    }
    self->body_left -= (int64_t) size;
    if (self->body_left < 0)
        return false;
    if (self->body_left == 0)
        line_done (self, self->status);
    return true;
}

static void on_readable (evutil_socket_t fd, short what, void *arg)
{
    (void) what;
    line *self = arg;
    ssize_t size = recv (fd, self->of->scratch, SCRATCH, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0 || !line_take (self, self->of->scratch, (size_t) size)) {
        line_close (self);
        line_done (self, 0);
    }
}

/* What does not fit in the socket, or waits for the connection, goes on when there is room. */
static void line_push (line *self)
{
    ssize_t size = send (self->fd, self->out + self->out_done, self->out_size - self->out_done, MSG_NOSIGNAL);
    if (size > 0)
        self->out_done += (size_t) size;
    bool waits = size >= 0 || errno == EAGAIN || errno == EINTR || errno == ENOTCONN;
    if (self->out_done < self->out_size && waits)
        event_add (self->writable, NULL);
    /* Any other failure shows when the socket is read, so it is told in one place. */
}

static void on_writable (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    line_push (arg);
}

static void line_open (line *self)
{
    lines *of = self->of;
    self->fd = socket (of->to.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (self->fd < 0)
        return;
    setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &(int) { 1 }, sizeof (int));
    self->readable = event_new (of->loop, self->fd, EV_READ | EV_PERSIST, on_readable, self);
    self->writable = event_new (of->loop, self->fd, EV_WRITE, on_writable, self);
    event_add (self->readable, NULL);
    connect (self->fd, (const struct sockaddr *) &of->to, of->to_size);
}

static line *idle_line (lines *self)
{
    line *found = self->idle;
    if (found) {
        self->idle = found->next_idle;
        return found;
    }
    assert (self->count < self->most);
    found = calloc (1, sizeof *found);
    assert (found);
    found->of = self;
    found->fd = -1;
    self->all [self->count++] = found;
    return found;
}

void lines_send (lines *self, void *request, const char *text, size_t size, int64_t now)
{
    assert (size <= REQUEST_BYTES);
    line *l = idle_line (self);
    if (l->fd < 0)
        line_open (l);
    self->busy++;
    l->request = request;
    l->sent = now;
    l->head_size = 0;
    l->body_left = -1;
    l->closes = false;
    memcpy (l->out, text, size);
    l->out_size = size;
    l->out_done = 0;
    if (l->fd >= 0)
        line_push (l); /* without a socket it is ended as too late */
}

void lines_expire (lines *self, int64_t now)
{
    for (size_t i = 0; i < self->count; i++) {
        line *l = self->all [i];
        if (l->request && (l->fd < 0 || now - l->sent > self->timeout_us))
            line_done (l, 0);
    }
}
