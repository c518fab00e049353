/* run.h - a ranking as a record: what went in, what came out, and the hash by which anybody can tell. */
#ifndef RUN_H
#define RUN_H
#include "rank.h"

enum { RUN_HASH_TEXT = 65 };

/* How the draw of a published need came about; false: it has none. What the record points at lives in the zone. */
bool run_draw (const need_t *, const publication *, msgpack_zone *, need_draw_t *out);

/* The record of a ranking; it borrows the ranking and the market. `places`: the limit it was made with. */
void run_write (const ranking *, const market *, int64_t places, msgpack_zone *, run_content_t *out);
/* What comes out when it is computed again, by a set of weights, from what went in: candidates' order, draw and `chosen` are
 * new, all else is borrowed. `how` has to outlive what is made of it.                                                     */
void run_again (const run_content_t *, const rules *, msgpack_zone *, ranking *how, run_content_t *out);
/* SHA-256 of its MessagePack, in hex. */
void run_hash (const run_content_t *, char out [RUN_HASH_TEXT]);
#endif
