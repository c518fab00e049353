/* record.c - a copy is made as the wire would make it: written out, and read in again. */
#include "record.h"
#include "../../common/wire.h"
#include <assert.h>
#include <string.h>

void *record_copy (const schema *type, const void *record, msgpack_zone *zone)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_object object;
    faults found = { .count = 0 };
    msgpack_sbuffer_init (&buffer);
    msgpack_packer_init (&packer, &buffer, msgpack_sbuffer_write);
    schema_encode (type, record, OWNER, NULL, &packer);

    const char *why = wire_unpack (buffer.data, buffer.size, zone, &object);
    assert (!why);
    void *copy = msgpack_zone_malloc (zone, type->size);
    assert (copy);
    memset (copy, 0, type->size);
    bool fine = schema_decode (type, &object, copy, zone, FROM_PEER, NULL, &found);
    assert (fine);
    msgpack_sbuffer_destroy (&buffer);
    return copy;
}
