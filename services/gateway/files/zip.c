/* zip.c - packed documents: every entry is looked at, unpacked and counted before one is taken (APPNOTE 6.3). */
#include "kind.h"
#include "../../../common/zip.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum {
    UNPACKED = 128 << 20, /* of all entries together */
    RATIO = 200,          /* of one entry, when it is larger than SMALL unpacked */
    SMALL = 1 << 20,
};

bool zip_ends (const uint8_t *at, size_t size)
{
    return zip_end (at, size) != SIZE_MAX;
}

static int by_offset (const void *a, const void *b)
{
    const zip_entry *one = a, *other = b;
    return one->offset < other->offset ? -1 : one->offset > other->offset;
}

static bool is_packed (const uint8_t *at, size_t size)
{
    static const struct { const char *bytes; size_t size; } known [] = {
        { "PK\3\4", 4 }, { "Rar!", 4 }, { "7z\xbc\xaf", 4 }, { "\x1f\x8b", 2 }, { "BZh", 3 }, { "\xfd" "7zXZ", 5 },
        { "MSCF", 4 }, { "\x28\xb5\x2f\xfd", 4 },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (size >= known [i].size && memcmp (at, known [i].bytes, known [i].size) == 0)
            return true;
    return false;
}

/* Unpacks to nowhere: is it as long as it says, and with that checksum? */
static file_refusal unpack (const zip_entry *e, const uint8_t *data)
{
    uint8_t out [16384], first [8] = { 0 };
    z_stream z = { .next_in = (Bytef *) (uintptr_t) data, .avail_in = e->packed };
    uLong sum = crc32 (0, NULL, 0);
    uint64_t got = 0;
    int how = inflateInit2 (&z, -MAX_WBITS);
    while (how == Z_OK && got <= e->unpacked) {
        z.next_out = out;
        z.avail_out = sizeof out;
        how = inflate (&z, Z_NO_FLUSH);
        size_t made = sizeof out - z.avail_out;
        if (got < sizeof first)
            memcpy (first + got, out, made < sizeof first - got ? made : sizeof first - (size_t) got);
        got += made;
        sum = crc32 (sum, out, (uInt) made);
        if (made == 0 && how == Z_OK && z.avail_in == 0)
            break;
    }
    inflateEnd (&z);
    if (got > e->unpacked)
        return FILE_BOMB;
    if (how != Z_STREAM_END || got != e->unpacked || sum != e->crc || z.avail_in)
        return FILE_DAMAGED;
    return is_packed (first, got < sizeof first ? (size_t) got : sizeof first) ? FILE_NESTED : FILE_TAKEN;
}

/* The entry's own header and data, which end before `next` begins: entries that share data are how one bomb goes off
 * often.                                                                                                             */
static file_refusal check_entry (const zip *self, const zip_entry *e, size_t next)
{
    const uint8_t *data = zip_data (self, e, next);
    if (!data)
        return FILE_DAMAGED;
    if (e->flags & 1)
        return FILE_LOCKED;
    if (e->method == 0)
        return e->packed != e->unpacked || crc32 (crc32 (0, NULL, 0), data, e->packed) != e->crc ? FILE_DAMAGED
             : is_packed (data, e->packed) ? FILE_NESTED : FILE_TAKEN;
    return e->method == 8 ? unpack (e, data) : FILE_DAMAGED;
}

static file_refusal check_entries (zip *self)
{
    uint64_t all = 0;
    qsort (self->all, self->count, sizeof *self->all, by_offset);
    if (self->all [0].offset)
        return FILE_TWOFOLD;
    for (size_t i = 0; i < self->count; i++) {
        const zip_entry *e = &self->all [i];
        all += e->unpacked;
        if (all > UNPACKED || (e->unpacked > SMALL && e->unpacked / RATIO > e->packed))
            return FILE_BOMB;
    }
    for (size_t i = 0; i < self->count; i++) {
        size_t next = i + 1 < self->count ? self->all [i + 1].offset : self->begins;
        file_refusal how = next > self->begins || next < self->all [i].offset ? FILE_DAMAGED : check_entry (self, &self->all [i], next);
        if (how != FILE_TAKEN)
            return how;
    }
    return FILE_TAKEN;
}

static bool has_program (const zip *self)
{
    for (size_t i = 0; i < self->count; i++) {
        const zip_entry *e = &self->all [i];
        static const char *const ends [] = { "vbaProject.bin", ".exe", ".dll", ".js", ".vbs", ".class", ".jar" };
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            size_t length = strlen (ends [k]);
            if (e->name_size >= length && strncasecmp ((const char *) e->name + e->name_size - length, ends [k], length) == 0)
                return true;
        }
        if ((e->name_size > 6 && strncmp ((const char *) e->name, "Basic/", 6) == 0)
            || (e->name_size > 8 && strncmp ((const char *) e->name, "Scripts/", 8) == 0))
            return true;
    }
    return false;
}

/* ODF 1.3 part 2, 3.3: the first entry, not packed, says what it is. */
static bool is_odt (const zip *self)
{
    static const char type [] = "application/vnd.oasis.opendocument.text";
    const zip_entry *e = &self->all [0];
    return e->name_size == 8 && memcmp (e->name, "mimetype", 8) == 0 && e->method == 0 && e->packed == sizeof type - 1
        && memcmp (self->at + ZIP_LOCAL_BYTES + 8 + zip_u16 (self->at + 28), type, sizeof type - 1) == 0 && zip_find (self, "content.xml");
}

file_refusal zip_check (const uint8_t *at, size_t size, const char **media_type)
{
    zip *self = calloc (1, sizeof *self);
    if (!self)
        return FILE_DAMAGED;
    zip_state state = zip_read (self, at, size);
    file_refusal how = state == ZIP_FINE ? FILE_TAKEN : state == ZIP_MANY ? FILE_BOMB : FILE_DAMAGED;
    how = how == FILE_TAKEN ? check_entries (self) : how;
    bool office = how == FILE_TAKEN && zip_find (self, "[Content_Types].xml");
    *media_type = office && zip_find (self, "word/document.xml") ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                : office && zip_find (self, "xl/workbook.xml") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : how == FILE_TAKEN && is_odt (self) ? "application/vnd.oasis.opendocument.text" : NULL;
    if (how == FILE_TAKEN)
        how = !*media_type ? FILE_UNKNOWN : has_program (self) ? FILE_SCRIPT : FILE_TAKEN;
    free (self);
    return how;
}
