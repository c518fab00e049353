/* statistics.h - in how many offers each token is, as of an edition: a point of the stream that every process cuts at,
 * so that what a word is worth depends on the stream alone, and not on when a process merged what.               */
#ifndef STATISTICS_H
#define STATISTICS_H
#include "../search/index.h"
#include "snapshot.h"

typedef struct statistics statistics;

statistics *statistics_new (void);
void statistics_destroy (statistics **self_p);

/* The offers of an index came on the market (`by` 1), or left it (-1). */
void statistics_count (statistics *, const index_t *, int by);
/* What is counted now is the new edition. */
void statistics_cut (statistics *);

/* Of the edition. */
int64_t statistics_offers (const statistics *);
int64_t statistics_frequency (const statistics *, const char *token, size_t size);

/* Into a snapshot, and from one: false, it is none of these. */
void statistics_save (const statistics *, snapshot *);
bool statistics_load (statistics *, snapshot *);

/* The edition that holds at an event: the last multiple of a step that grows with the stream, up to 2^14: 1/32 to
 * 1/16 of what has been said.                                                                                     */
int64_t edition_of (int64_t seq);
#endif
