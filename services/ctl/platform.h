/* platform.h - what the gateways of a set say of it, at two moments. */
#ifndef PLATFORM_H
#define PLATFORM_H
#include "client.h"

/* The set at a moment, with its own memory. */
typedef struct {
    msgpack_zone      zone;
    platform_status_t is;
    int64_t           at; /* clock_steady_us */
} snapshot;

void snapshot_open (snapshot *);
void snapshot_close (snapshot *);
/* Asks and fills; false: nobody answered within a second, and it holds nothing. */
bool snapshot_take (snapshot *, client *);

/* What a command sees of the set: a moment ago, and now. */
typedef struct {
    client     *set;
    const char *at; /* where that is */
    snapshot    before, now;
} outlook;

/* `run` has to outlive it. */
void outlook_open (outlook *, const char *run);
void outlook_close (outlook *);
/* Fills `now`; false: nobody answered, which is told in the name of the command. */
bool outlook_look (outlook *, const char *command);
/* Fills `before`, waits, and fills `now`. `wait` is true when the user wants to end: then it is false and nothing is told. */
bool outlook_look_twice (outlook *, const char *command, bool (*wait) (double seconds), double seconds);

/* One answer of several gateways, copied into the zone: workers are joined by name, what they hold and what was counted
 * is summed. Percentiles cannot be; of those the worst counts.                                                       */
void platform_merge (const platform_status_t *parts, size_t count, platform_status_t *to, msgpack_zone *);

/* Both NULL when there is none. */
const service_status_t *snapshot_service (const snapshot *, const char *name);
const mwp_status_t     *snapshot_worker (const snapshot *, const char *name);

/* Up to which event all of a service's workers have read; -1: none of them reads. */
int64_t snapshot_seq (const snapshot *, const char *service);
/* How many events that is behind; -1: none of them reads, or nobody knows the newest. */
int64_t snapshot_lag (const snapshot *, const char *service);
/* Which part of the time between the two the threads of a service worked, 0 to 1; -1: its workers do not tell. How many
 * threads those are in *threads.                                                                                       */
double  snapshot_busy (const snapshot *before, const snapshot *now, const char *service, int64_t *threads);
/* How much more there is of a field of service_status, per second; -1: not comparable. */
double  snapshot_rate (const snapshot *before, const snapshot *now, const char *service, const char *field);
#endif
