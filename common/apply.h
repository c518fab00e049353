/* apply.h - events into a service's tables: which statement, with which parameters, in which
 * transaction. */
#ifndef APPLY_H
#define APPLY_H
#include "db.h"
#include "service.h"
#include "subscriber.h"
#include <msgpack.h>

/* An event of the stream as the record that it is about; everything borrows the item and the
 * zone. False: there is nothing to apply, because this build does not know it or cannot read it
 * (which is logged). */
bool apply_read (const stream_item *, msgpack_zone *, stream_event *out);

typedef struct applier applier;

typedef enum {
    APPLY_DONE,
    APPLY_GONE,   /* the database is not there: try again later */
    APPLY_FAILED, /* a statement failed; nothing of the batch was applied */
    APPLY_BACK,   /* the stored position is before the batch: begin there */
} apply_result;

/* Statements of the service that are named on_...; NULL when it has none. */
applier *applier_new (const service *, const char *conninfo);
void applier_destroy (applier **self_p);

/* Connects if need be and reads where the service is. False: not now. */
bool applier_position (applier *, int64_t *seq, uint8_t epoch [EVS_EPOCH], bool *knows_epoch);

/* Applies what is not applied yet, `most` events at most, and moves the position to *upto, in
 * one transaction. After APPLY_DONE *upto is the stored position, which another process may have
 * moved further. */
apply_result applier_apply (applier *, const stream_batch *, const uint8_t epoch [EVS_EPOCH],
                            size_t most, int64_t *upto);
#endif
