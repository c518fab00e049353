/* wire_fuzz.c - messages of other processes: the walk over the bytes, the validator, the writers.
 *
 * The first byte chooses the record, the rest is the message. What can be read is written, read
 * again and written again: the two texts are equal. libFuzzer watches for crashes and hangs; the
 * memory in use is bounded. */
#include "../../common/json.h"
#include "../../common/wire.h"
#include "fuzz.h"
#include <string.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerInitialize (int *argc, char ***argv)
{
    (void) argc;
    (void) argv;
    memory_watch ();
    return 0;
}

/* A record from bytes; NULL when they are refused, and then there is a reason. */
static void *read_record (const schema *shape, const void *data, size_t size, msgpack_zone *zone)
{
    msgpack_object object;
    faults wrong = { 0 };
    if (wire_unpack (data, size, zone, &object))
        return NULL;
    void *record = msgpack_zone_malloc (zone, shape->size);
    bool good = schema_decode (shape, &object, record, zone, FROM_PEER, NULL, &wrong);
    assert (good == (wrong.count == 0));
    return good ? record : NULL;
}

static msgpack_sbuffer write_record (const schema *shape, const void *record)
{
    msgpack_sbuffer out;
    msgpack_sbuffer_init (&out);
    msgpack_packer packer = { &out, msgpack_sbuffer_write };
    schema_encode (shape, record, OWNER, NULL, &packer);
    return out;
}

/* The JSON of a record, read as JSON, is the same record. */
static void check_json (const schema *shape, const void *record, const msgpack_sbuffer *expected,
                        msgpack_zone *zone)
{
    text_buffer json = { 0 };
    faults wrong = { 0 };
    msgpack_sbuffer packed;
    msgpack_sbuffer_init (&packed);
    msgpack_packer packer = { &packed, msgpack_sbuffer_write };
    json_write (shape, record, OWNER, &json);
    bool is_json = json_read (json.at, json.size, &packer, &wrong);
    assert (is_json);
    void *again = read_record (shape, packed.data, packed.size, zone);
    assert (again);
    msgpack_sbuffer written = write_record (shape, again);
    assert (written.size == expected->size && !memcmp (written.data, expected->data, written.size));
    msgpack_sbuffer_destroy (&written);
    msgpack_sbuffer_destroy (&packed);
    text_free (&json);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const schema *shape = records [data [0] % RECORDS]();
    msgpack_zone zone;
    size_t began = memory_begin ();
    msgpack_zone_init (&zone, 2048);
    void *record = read_record (shape, data + 1, size - 1, &zone);
    memory_check (began, size);
    if (record) {
        msgpack_sbuffer first = write_record (shape, record);
        void *again = read_record (shape, first.data, first.size, &zone);
        assert (again);
        msgpack_sbuffer second = write_record (shape, again);
        assert (first.size == second.size && !memcmp (first.data, second.data, first.size));
        check_json (shape, record, &first, &zone);
        msgpack_sbuffer_destroy (&second);
        msgpack_sbuffer_destroy (&first);
    }
    msgpack_zone_destroy (&zone);
    return 0;
}
