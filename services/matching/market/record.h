/* record.h - records as bytes, and back; what is read belongs to the zone. */
#ifndef RECORD_H
#define RECORD_H
#include "../../../common/vocabulary.h"

/* Puts its MessagePack behind what is there. */
void record_write (const schema *, const void *record, msgpack_sbuffer *);
/* The bytes were written by record_write. */
void *record_read (const schema *, const void *bytes, size_t size, msgpack_zone *);
void *record_copy (const schema *, const void *record, msgpack_zone *);
/* Room in the zone for so many things of this size, zeroed: a record without a field, or several. */
void *record_room (msgpack_zone *, size_t count, size_t size);
#endif
