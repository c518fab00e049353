/* resolving.c - for ThreadSanitizer: names are looked up in a thread that it knows.
 *
 * glibc makes the threads of getaddrinfo_a behind the sanitizer's back, and its allocator dies in them. These functions
 * stand before those of glibc, as far as common/resolve.c uses them.                                                  */
#define _GNU_SOURCE
#include <netdb.h>
#include <pthread.h>

static void *look_up (void *arg)
{
    struct gaicb *question = arg;
    int error = getaddrinfo (question->ar_name, question->ar_service, question->ar_request, &question->ar_result);
    __atomic_store_n (&question->__return, error, __ATOMIC_RELEASE);
    return NULL;
}

int getaddrinfo_a (int mode, struct gaicb *list [], int count, struct sigevent *event)
{
    (void) mode;
    (void) event;
    for (int i = 0; i < count; i++) {
        pthread_t thread;
        __atomic_store_n (&list [i]->__return, EAI_INPROGRESS, __ATOMIC_RELAXED);
        if (pthread_create (&thread, NULL, look_up, list [i]) != 0)
            return EAI_AGAIN;
        pthread_detach (thread);
    }
    return 0;
}

int gai_error (struct gaicb *question)
{
    return __atomic_load_n (&question->__return, __ATOMIC_ACQUIRE);
}

int gai_cancel (struct gaicb *question)
{
    return gai_error (question) == EAI_INPROGRESS ? EAI_NOTCANCELED : EAI_ALLDONE;
}
