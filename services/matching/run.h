/* run.h - a ranking as a record: what went in, what came out, and the hash by which anybody can tell. */
#ifndef RUN_H
#define RUN_H
#include "rank.h"

/* How the draw of a published need came about; false: it has none. What the record points at lives in the zone. */
bool run_draw (const need_t *, const publication *, msgpack_zone *, need_draw_t *out);

/* The record of a ranking; it borrows the ranking and the market. `places`: so many
 * are chosen. */
void run_write (const ranking *, const market *, int64_t places, msgpack_zone *, run_content_t *out);
/* What went in weighed again by a set of weights, with the draw computed again too; all that were kept are items. */
void run_weigh (const run_content_t *, const rules *, msgpack_zone *, ranking *how);
/* The record of that, with as many items as before: what came out is new, what went in is borrowed. */
void run_again (const run_content_t *, const rules *, msgpack_zone *, ranking *how, run_content_t *out);
/* The run that a statement reads, by the call's input; outcome_missing: there is none that the caller may know of. */
outcome run_load (call *, const char *statement, match_run_t *out);
#endif
