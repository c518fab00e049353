/* record.h - records as bytes, and back; what is read belongs to the zone. */
#ifndef RECORD_H
#define RECORD_H
#include "../../../common/vocabulary.h"

/* Puts its MessagePack behind what is there. */
void record_write (const schema *, const void *record, msgpack_sbuffer *);
/* The bytes were written by record_write. */
void *record_read (const schema *, const void *bytes, size_t size, msgpack_zone *);
void *record_copy (const schema *, const void *record, msgpack_zone *);
#endif
