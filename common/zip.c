/* zip.c - the table of a packed file, and its entries one by one. */
#include "zip.h"
#include "wire.h"
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum { NAME_BYTES = 240, END_BYTES = 22, ENTRY_BYTES = 46 };

uint32_t zip_u16 (const uint8_t *at)
{
    return (uint32_t) at [1] << 8 | at [0];
}

static uint32_t u32 (const uint8_t *at)
{
    return zip_u16 (at + 2) << 16 | zip_u16 (at);
}

size_t zip_end (const uint8_t *at, size_t size)
{
    for (size_t comment = 0; comment <= UINT16_MAX && comment + END_BYTES <= size; comment++) {
        const uint8_t *end = at + size - END_BYTES - comment;
        if (memcmp (end, "PK\5\6", 4) == 0 && zip_u16 (end + 20) == comment)
            return (size_t) (end - at);
    }
    return SIZE_MAX;
}

static bool is_plain_name (const uint8_t *name, size_t size)
{
    if (size == 0 || size > NAME_BYTES || name [0] == '/')
        return false;
    for (size_t i = 0; i < size; i++)
        if (name [i] < 0x20 || name [i] == '\\' || name [i] == ':'
            || (name [i] == '.' && i + 1 < size && name [i + 1] == '.' && (i == 0 || name [i - 1] == '/')))
            return false;
    size_t points;
    return utf8_check ((const char *) name, size, &points);
}

zip_state zip_read (zip *self, const uint8_t *bytes, size_t size)
{
    size_t end = zip_end (bytes, size);
    *self = (zip) { .at = bytes, .size = size };
    if (end == SIZE_MAX)
        return ZIP_DAMAGED;
    const uint8_t *e = bytes + end;
    size_t count = zip_u16 (e + 10), length = u32 (e + 12), from = u32 (e + 16);
    if (zip_u16 (e + 4) || zip_u16 (e + 6) || zip_u16 (e + 8) != count || count == 0 || count == UINT16_MAX || from > end
        || length != end - from)
        return ZIP_DAMAGED;
    if (count > ZIP_ENTRIES)
        return ZIP_MANY;
    self->begins = from;
    for (; self->count < count; self->count++) {
        const uint8_t *at = bytes + from;
        if (end - from < ENTRY_BYTES || memcmp (at, "PK\1\2", 4))
            return ZIP_DAMAGED;
        size_t name = zip_u16 (at + 28), whole = ENTRY_BYTES + name + zip_u16 (at + 30) + zip_u16 (at + 32);
        if (whole > end - from || !is_plain_name (at + ENTRY_BYTES, name))
            return ZIP_DAMAGED;
        self->all [self->count] = (zip_entry) { at + ENTRY_BYTES, name, u32 (at + 20), u32 (at + 24), u32 (at + 16), u32 (at + 42),
                                                (uint16_t) zip_u16 (at + 8), (uint16_t) zip_u16 (at + 10) };
        from += whole;
    }
    return from == end ? ZIP_FINE : ZIP_DAMAGED;
}

const zip_entry *zip_find (const zip *self, const char *name)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->all [i].name_size == strlen (name) && strncasecmp ((const char *) self->all [i].name, name, strlen (name)) == 0)
            return &self->all [i];
    return NULL;
}

const uint8_t *zip_data (const zip *self, const zip_entry *e, size_t end)
{
    const uint8_t *at = self->at + e->offset;
    if (end > self->size || end < e->offset || end - e->offset < ZIP_LOCAL_BYTES || memcmp (at, "PK\3\4", 4))
        return NULL;
    size_t head = ZIP_LOCAL_BYTES + zip_u16 (at + 26) + zip_u16 (at + 28);
    bool same = zip_u16 (at + 26) == e->name_size && head <= end - e->offset && memcmp (at + ZIP_LOCAL_BYTES, e->name, e->name_size) == 0
             && zip_u16 (at + 8) == e->method && zip_u16 (at + 6) == e->flags;
    return same && e->packed <= end - e->offset - head ? at + head : NULL;
}

bool zip_unpack (const zip *self, const zip_entry *e, uint8_t *out)
{
    const uint8_t *data = zip_data (self, e, self->begins);
    if (!data || e->flags & 1 || (e->method == 0 && e->packed != e->unpacked))
        return false;
    if (e->method == 0) {
        memcpy (out, data, e->packed);
        return true;
    }
    z_stream z = { .next_in = (Bytef *) (uintptr_t) data, .avail_in = e->packed, .next_out = out, .avail_out = e->unpacked };
    bool fine = e->method == 8 && inflateInit2 (&z, -MAX_WBITS) == Z_OK;
    if (!fine)
        return false;
    fine = inflate (&z, Z_FINISH) == Z_STREAM_END && z.total_out == e->unpacked;
    inflateEnd (&z);
    return fine;
}
