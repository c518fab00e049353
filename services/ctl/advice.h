/* advice.h - how many workers each service should have, from what was seen of the set between two moments. */
#ifndef ADVICE_H
#define ADVICE_H
#include "platform.h"

enum { ADVICE_WHY = 400 };

typedef struct {
    const char *service;
    int64_t     workers, threads, want, later; /* later: when the load stays like this for long; else as want */
    double      busy;                          /* part of the time in which the threads worked; -1: nobody tells */
    int64_t     queued, delay_us, lag;         /* lag -1: it reads no stream */
    char        why [ADVICE_WHY];              /* without a full stop */
} advice;

/* Fills one for each service but the gateway, whose threads of identity are no reason to scale it. How many. */
size_t advise (const snapshot *before, const snapshot *now, advice all [SERVICE_COUNT]);
#endif
