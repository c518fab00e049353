/* resolve.c - every address behind a name, asked of the system without waiting for it. */
#define _GNU_SOURCE /* getaddrinfo_a */
#include "resolve.h"
#include <arpa/inet.h>
#include <assert.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERIOD_US = 2000000 };

typedef struct {
    char            host [256], port [6];
    struct addrinfo hints;
    struct gaicb    question;
    int64_t         again_at; /* clock_steady_us */
    bool            asked;
} query;

bool endpoint_split (const char *endpoint, char host [256], char port [6])
{
    const char *from = strncmp (endpoint, "tcp://", 6) ? NULL : endpoint + 6, *colon = from ? strrchr (from, ':') : NULL;
    if (!colon || colon == from || colon - from > 255)
        return false;
    size_t brackets = colon - from > 2 && *from == '[' && colon [-1] == ']';
    size_t length = (size_t) (colon - from) - 2 * brackets, digits = strspn (colon + 1, "0123456789");
    long number = strtol (colon + 1, NULL, 10);
    if (digits < 1 || digits > 5 || colon [1 + digits] || number < 1 || number > UINT16_MAX)
        return false;
    memcpy (host, from + brackets, length);
    host [length] = '\0';
    strcpy (port, colon + 1);
    return true;
}

static void add (endpoints *found, const char *endpoint)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp (found->at [i], endpoint) == 0)
            return;
    if (found->count < ADDRESSES)
        strcpy (found->at [found->count++], endpoint);
}

static void collect (const struct addrinfo *all, const char *port, endpoints *found)
{
    char host [NI_MAXHOST], endpoint [ENDPOINT_TEXT];
    found->count = 0;
    for (int family = AF_INET; !found->count; family = AF_INET6) {
        for (const struct addrinfo *one = all; one; one = one->ai_next)
            if (one->ai_family == family && !getnameinfo (one->ai_addr, one->ai_addrlen, host, 256, NULL, 0, NI_NUMERICHOST)) {
                snprintf (endpoint, sizeof endpoint, family == AF_INET ? "tcp://%.255s:%s" : "tcp://[%.255s]:%s", host, port);
                add (found, endpoint);
            }
        if (family == AF_INET6)
            break;
    }
}

/* The system's answer as ours: is it one at all? */
static bool understand (int error, struct addrinfo *all, const char *port, endpoints *found)
{
    bool nothing = error == EAI_NONAME || error == EAI_NODATA;
    found->count = 0;
    if (!error)
        collect (all, port, found);
    if (all)
        freeaddrinfo (all);
    return !error || nothing;
}

static void *query_open (const char *endpoint)
{
    query *self = calloc (1, sizeof *self);
    assert (self);
    bool good = endpoint_split (endpoint, self->host, self->port);
    assert (good);
    self->hints.ai_socktype = SOCK_STREAM;
    self->question = (struct gaicb) { .ar_name = self->host, .ar_request = &self->hints };
    return self;
}

static bool query_look (void *of, int64_t now, endpoints *found)
{
    query *self = of;
    struct gaicb *const list [] = { &self->question };
    if (!self->asked && now >= self->again_at) {
        self->asked = getaddrinfo_a (GAI_NOWAIT, (struct gaicb **) (uintptr_t) list, 1, NULL) == 0;
        self->again_at = now + PERIOD_US;
    }
    int error = gai_error (&self->question); /* not gai_suspend: of a question under way that says EAI_SYSTEM here */
    if (!self->asked || error == EAI_INPROGRESS)
        return false;
    self->asked = false;
    struct addrinfo *all = self->question.ar_result;
    self->question.ar_result = NULL;
    return understand (error, all, self->port, found);
}

/* A question that the system is busy with cannot be taken back: then its memory stays, for this is the end. */
static void query_close (void **self_p)
{
    query *self = *self_p;
    *self_p = NULL;
    if (self->asked && gai_cancel (&self->question) == EAI_NOTCANCELED)
        return;
    if (self->question.ar_result)
        freeaddrinfo (self->question.ar_result);
    free (self);
}

const resolution resolution_system = { query_open, query_look, query_close };

bool resolve_now (const char *endpoint, endpoints *found)
{
    char host [256], port [6];
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *all = NULL;
    found->count = 0;
    if (!endpoint_split (endpoint, host, port))
        return false;
    int error = getaddrinfo (host, NULL, &hints, &all);
    return understand (error, all, port, found);
}
