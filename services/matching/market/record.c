/* record.c - a record is kept as the wire would send it. */
#include "record.h"
#include "../../../common/wire.h"
#include <assert.h>
#include <string.h>

void record_write (const schema *type, const void *record, msgpack_sbuffer *to)
{
    msgpack_packer packer = { to, msgpack_sbuffer_write };
    schema_encode (type, record, OWNER, NULL, &packer);
}

void *record_room (msgpack_zone *zone, size_t count, size_t size)
{
    void *at = msgpack_zone_malloc (zone, count * size + 1);
    assert (at);
    return memset (at, 0, count * size);
}

void *record_read (const schema *type, const void *bytes, size_t size, msgpack_zone *zone)
{
    msgpack_object object;
    faults found = { .count = 0 };
    size_t offset = 0;
    bool whole = msgpack_unpack (bytes, size, &offset, zone, &object) >= 0; /* ours: it needs no wire_check */
    assert (whole);
    void *record = record_room (zone, 1, type->size);
    bool fine = schema_decode (type, &object, record, zone, FROM_PEER, NULL, &found);
    assert (fine);
    return record;
}

void *record_copy (const schema *type, const void *record, msgpack_zone *zone)
{
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    record_write (type, record, &buffer);
    void *copy = record_read (type, buffer.data, buffer.size, zone);
    msgpack_sbuffer_destroy (&buffer);
    return copy;
}
