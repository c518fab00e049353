/* live.c - the live side of EVS/1: who listens to which audience, and what is said to them. */
#include "live.h"
#include "../../../common/log.h"
#include <assert.h>

enum { QUEUE = 10000 };

struct live {
    zsock_t *inside;
    void *outside;       /* NULL: nobody from outside */
    zlistx_t *audiences; /* texts; only ever grows, to the number of organisations at most */
};

live *live_new (const char *inside, void *outside)
{
    live *self = calloc (1, sizeof *self);
    assert (self);
    self->inside = zsock_new (ZMQ_XPUB);
    assert (self->inside);
    zsock_set_sndhwm (self->inside, QUEUE);
    zsock_set_linger (self->inside, 0);
    if (zsock_bind (self->inside, "%s", inside) < 0) {
        log_line ("error", "stream_endpoint", "at=%s errno=%d", inside, zmq_errno ());
        exit (1);
    }
    self->outside = outside;
    self->audiences = zlistx_new ();
    zlistx_set_duplicator (self->audiences, (zlistx_duplicator_fn *) strdup);
    zlistx_set_destructor (self->audiences, (zlistx_destructor_fn *) zstr_free);
    zlistx_set_comparator (self->audiences, (zlistx_comparator_fn *) strcmp);
    return self;
}

void live_destroy (live **self_p)
{
    live *self = *self_p;
    if (!self)
        return;
    zsock_destroy (&self->inside);
    if (self->outside)
        zmq_close (self->outside);
    zlistx_destroy (&self->audiences);
    free (self);
    *self_p = NULL;
}

int live_polls (live *self, zmq_pollitem_t items [2])
{
    items [0] = (zmq_pollitem_t) { .socket = zsock_resolve (self->inside), .events = ZMQ_POLLIN };
    items [1] = (zmq_pollitem_t) { .socket = self->outside, .events = ZMQ_POLLIN };
    return self->outside ? 2 : 1;
}

static bool remember (live *self, const char *audience)
{
    if (!zlistx_find (self->audiences, (void *) audience))
        zlistx_add_end (self->audiences, (void *) audience);
    return true;
}

/* One message of a listener: 1 and a topic when it comes, 0 and the topic when it goes. Outside,
 * it is we who subscribe the listener, if its key may hear that; whoever asks for more hears
 * nothing. */
static bool take_note (live *self, void *socket, zmq_msg_t *message)
{
    const char *data = zmq_msg_data (message);
    size_t size = zmq_msg_size (message);
    char audience [EVS_AUDIENCE];
    if (size < 1 || !evs_topic_audience (data + 1, size - 1, audience))
        return false;
    if (data [0] == 0) {
        if (socket == self->outside)
            zmq_setsockopt (socket, ZMQ_UNSUBSCRIBE, data + 1, size - 1);
        return false;
    }
    if (socket == self->outside) {
        if (!door_allows (zmq_msg_gets (message, "User-Id"), audience))
            return false;
        zmq_setsockopt (socket, ZMQ_SUBSCRIBE, data + 1, size - 1);
    }
    return remember (self, audience);
}

bool live_listen (live *self)
{
    void *sockets [] = { zsock_resolve (self->inside), self->outside };
    bool came = false;
    for (int i = 0; i < 2 && sockets [i]; i++) {
        zmq_msg_t message;
        zmq_msg_init (&message);
        while (zmq_msg_recv (&message, sockets [i], ZMQ_DONTWAIT) >= 0)
            came |= take_note (self, sockets [i], &message);
        zmq_msg_close (&message);
    }
    return came;
}

char *live_audiences (live *self)
{
    size_t count = zlistx_size (self->audiences);
    char *text = count ? malloc (count * (EVS_AUDIENCE + 1) + 2) : NULL;
    char *end = text;
    for (const char *name = zlistx_first (self->audiences); name;
         name = zlistx_next (self->audiences))
        end += sprintf (end, "%c%s", end == text ? '{' : ',', name);
    if (text)
        strcpy (end, "}");
    return text;
}

static void say (void *socket, const char *topic, const uint8_t header [EVS_HEADER],
                 const uint8_t epoch [EVS_EPOCH], const void *body, size_t size)
{
    zmq_send (socket, topic, strlen (topic), ZMQ_SNDMORE);
    zmq_send (socket, header, EVS_HEADER, ZMQ_SNDMORE);
    zmq_send (socket, epoch, EVS_EPOCH, ZMQ_SNDMORE);
    zmq_send (socket, body, size, 0);
}

void live_say (live *self, const char *audience, const evs_header *header,
               const uint8_t epoch [EVS_EPOCH], const void *body, size_t size)
{
    char topic [EVS_TOPIC];
    uint8_t written [EVS_HEADER];
    evs_topic (audience, topic);
    evs_write (header, written);
    say (zsock_resolve (self->inside), topic, written, epoch, body, size);
    if (self->outside)
        say (self->outside, topic, written, epoch, body, size);
}
