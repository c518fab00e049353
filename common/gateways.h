/* gateways.h - the gateways that a worker process knows, and its connection to each.
 *
 * A tcp name stands for every address behind it: it is looked up again and again, new addresses get a connection, and
 * one that is gone from the name and silent loses it. One thread uses all of this; nothing waits.                    */
#ifndef GATEWAYS_H
#define GATEWAYS_H
#include "keys.h"
#include "resolve.h"
#include <czmq.h>

typedef struct {
    zsock_t *dealer;
    int      number;  /* of this connection, never used again: what was for one that is gone is nobody's */
    bool     welcome; /* it knows us */
    bool     fenced;  /* it will send no more */
    int64_t  asked;   /* since when it owes us a WELCOME; 0: it does not. clock_steady_us */
    int64_t  heard;   /* clock_steady_us of its last sign of life */
    int64_t  credit;  /* as it was told last */
    int64_t  in_hand; /* its requests that are here */
    char     endpoint [ENDPOINT_TEXT];
    unsigned place, attempt; /* for gateways.c */
} gateway;

typedef struct gateways gateways;

enum { GATEWAYS = 64 }; /* connections at most */

/* `list`: endpoints with commas, ipc:// or tcp://HOST:PORT; `keys` are needed for tcp, and outlive us. */
gateways *gateways_new (const char *list, const keys *, const resolution *);
void      gateways_destroy (gateways **self_p);

/* To be called every now and then: connects to whom the names stand for now, lets go of whom they do not and who is
 * silent, and connects again, with the other key if there are two, where no WELCOME came for a while.              */
void gateways_look (gateways *, int64_t now);

/* Those connected now; pointers hold until gateways_look. */
size_t   gateways_count (const gateways *);
gateway *gateways_at (gateways *, size_t index);
/* NULL: that connection is gone. */
gateway *gateways_find (gateways *, int number);
#endif
