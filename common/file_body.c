/* file_body.c - which records are files, and their bytes in MessagePack. */
#include "file_body.h"
#include "wire.h"
#include <string.h>

const char *file_media_type (const schema *of)
{
    return of == xml_file_schema () ? "application/xml" : of == pdf_file_schema () ? "application/pdf"
         : of == cxml_file_schema () ? "text/xml" : of == ics_file_schema () ? "text/calendar; charset=utf-8" : NULL;
}

bytes file_content (call *self, const void *data, size_t size)
{
    msgpack_sbuffer out;
    msgpack_sbuffer_init (&out);
    msgpack_packer packer = { &out, msgpack_sbuffer_write };
    msgpack_pack_bin (&packer, size);
    msgpack_pack_bin_body (&packer, data, size);
    bytes kept = { out.size, memcpy (call_alloc (self, out.size), out.data, out.size) };
    msgpack_sbuffer_destroy (&out);
    return kept;
}

bytes file_bytes (const bytes *content, msgpack_zone *zone)
{
    msgpack_object object;
    if (wire_unpack (content->at, content->size, zone, &object) || object.type != MSGPACK_OBJECT_BIN)
        return (bytes) { 0 };
    return (bytes) { object.via.bin.size, object.via.bin.ptr };
}
