/* run.h - a ranking as a record: what went in, what came out, and the hash by which anybody can tell. */
#ifndef RUN_H
#define RUN_H
#include "rank.h"

enum { RUN_HASH_TEXT = 65 };

/* The record of a ranking; it borrows the ranking and the market. `places`: the limit it was made with. */
void run_write (ranking *, const market *, int64_t places, msgpack_zone *, run_content_t *out);
/* What comes out when it is computed again from what went in: `chosen` is new, all else is borrowed.
 * False: this build does not have its set of weights.                                               */
bool run_again (const run_content_t *, msgpack_zone *, ranking *how, run_content_t *out);
/* SHA-256 of its MessagePack, in hex. */
void run_hash (const run_content_t *, char out [RUN_HASH_TEXT]);
#endif
