/* handover.c - for ThreadSanitizer: what a thread did before it sent is over when another receives.
 *
 * libzmq sees to that with atomics of its own, which the sanitizer cannot see, because the library
 * was not built for it. These functions stand before those of libzmq, also for czmq. A message is
 * known by its bytes, so that only its sender and its receiver are put in order, and a race beside
 * the messages is still found. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <stdint.h>
#include <zmq.h>

enum { PLACES = 4096, BEGINNING = 64 };

static uint64_t places [PLACES];

/* The sanitizer must not see this look at the bytes: it comes before the order is made. */
__attribute__ ((no_sanitize ("thread"), noinline)) static void *place_of (const void *data,
                                                                          size_t size)
{
    uint32_t hash = (uint32_t) size;
    for (size_t i = 0; i < size && i < BEGINNING; i++)
        hash = (hash ^ ((const uint8_t *) data) [i]) * 16777619u;
    return &places [hash % PLACES];
}

static int (*real_msg_send) (zmq_msg_t *, void *, int);
static int (*real_msg_recv) (zmq_msg_t *, void *, int);
static int (*real_send) (void *, const void *, size_t, int);
static int (*real_recv) (void *, void *, size_t, int);

__attribute__ ((constructor)) static void find_real (void)
{
    *(void **) &real_msg_send = dlsym (RTLD_NEXT, "zmq_msg_send");
    *(void **) &real_msg_recv = dlsym (RTLD_NEXT, "zmq_msg_recv");
    *(void **) &real_send = dlsym (RTLD_NEXT, "zmq_send");
    *(void **) &real_recv = dlsym (RTLD_NEXT, "zmq_recv");
}

int zmq_msg_send (zmq_msg_t *message, void *socket, int flags)
{
    __tsan_release (place_of (zmq_msg_data (message), zmq_msg_size (message)));
    return real_msg_send (message, socket, flags);
}

int zmq_msg_recv (zmq_msg_t *message, void *socket, int flags)
{
    int size = real_msg_recv (message, socket, flags);
    if (size >= 0)
        __tsan_acquire (place_of (zmq_msg_data (message), (size_t) size));
    return size;
}

int zmq_sendmsg (void *socket, zmq_msg_t *message, int flags)
{
    return zmq_msg_send (message, socket, flags);
}

int zmq_recvmsg (void *socket, zmq_msg_t *message, int flags)
{
    return zmq_msg_recv (message, socket, flags);
}

int zmq_send (void *socket, const void *data, size_t size, int flags)
{
    __tsan_release (place_of (data, size));
    return real_send (socket, data, size, flags);
}

int zmq_recv (void *socket, void *data, size_t room, int flags)
{
    int size = real_recv (socket, data, room, flags);
    if (size >= 0 && (size_t) size <= room)
        __tsan_acquire (place_of (data, (size_t) size));
    return size;
}
