/* records.h - what the stream said, record behind record, in one growing file that is mapped: of a directory, or of memory.
 *
 * One thread adds; others may read what was there. Nothing is ever changed: a newer version is another record.          */
#ifndef RECORDS_H
#define RECORDS_H
#include "../../../common/vocabulary.h"

typedef struct records records;

/* NULL as a path: in memory. What is behind the first `used` bytes is forgotten. NULL: it cannot be, *why says it. */
records *records_open (const char *path, uint64_t used, const char **why);
/* Looks through all that was there, in a thread; until records_proved nothing is read or added. `sum`: what records_sum
 * said of it. NULL: it is as it was; else why it is not.                                                               */
void records_prove (records *, const uint8_t sum [32]);
const char *records_proved (records *);
void records_close (records **self_p);

/* Where it is, from now on; never 0. */
uint64_t records_add (records *, const schema *, const void *record);
/* A copy, in the zone. */
void *records_read (const records *, uint64_t at, const schema *, msgpack_zone *);

/* That one will be read soon: its first bytes are asked for from the memory. */
void records_expect (const records *, uint64_t at);
uint64_t records_used (const records *);
/* BLAKE2b-256 of all that is there. */
void records_sum (const records *, uint8_t out [32]);
/* On the disk when this returns; another thread may add meanwhile. */
bool records_sync (const records *);
#endif
