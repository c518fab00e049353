/* replica.h - the market of this process: one thread follows the stream, many threads read. */
#ifndef REPLICA_H
#define REPLICA_H
#include "market/market.h"

typedef struct replica replica;

/* The six calls of a projection (common/service.h). */
void *replica_open (const char *directory, int64_t *seq, uint8_t epoch [SERVICE_EPOCH]);
void replica_apply (void *self, const stream_event *);
void replica_caught_up (void *self, int64_t seq, int64_t head, const uint8_t epoch [SERVICE_EPOCH]);
void replica_astray (void *self);
void replica_tell (void *self, mwp_view_t *to);
void replica_close (void **self_p);

/* Waits, at most until `deadline` (clock_steady_us), for the stream to be past `seq`; whether it
 * is.                                                                                            */
bool replica_await (replica *, int64_t seq, int64_t deadline);
/* The same for a need that the stream may be about to tell of. */
bool replica_await_need (replica *, const char *id, int64_t deadline);

/* Whether the market has been read up to where the stream was when it began; again not, while another stream is read. */
bool replica_is_full (replica *);

/* The market, which stands still until replica_done. */
const market *replica_read (replica *);
void replica_done (replica *);
#endif
