/* record.h - a record of one's own, kept for longer than the message that it came in. */
#ifndef RECORD_H
#define RECORD_H
#include "../../common/schema.h"

/* A deep copy of what may leave the service (no HIDDEN field), all of it in the zone. */
void *record_copy (const schema *, const void *record, msgpack_zone *);
#endif
