/* zip.c - packed documents: every entry is looked at, unpacked and counted before one is taken (APPNOTE 6.3). */
#include "kind.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum {
    ENTRIES = 4096,
    NAME_BYTES = 240,
    UNPACKED = 128 << 20, /* of all entries together */
    RATIO = 200,          /* of one entry, when it is larger than SMALL unpacked */
    SMALL = 1 << 20,
    END_BYTES = 22, ENTRY_BYTES = 46, LOCAL_BYTES = 30,
};

typedef struct {
    const uint8_t *name;
    size_t         name_size;
    uint32_t       packed, unpacked, crc, offset;
    uint16_t       flags, method;
} entry;

typedef struct {
    const uint8_t *at;
    size_t         size;
    size_t         count, begins; /* entries, and where the table of them begins */
    entry          all [ENTRIES];
} archive;

static uint32_t u16 (const uint8_t *at)
{
    return (uint32_t) at [1] << 8 | at [0];
}

static uint32_t u32 (const uint8_t *at)
{
    return u16 (at + 2) << 16 | u16 (at);
}

/* Where the record of the end is, whose comment reaches exactly to the end of the file; SIZE_MAX: there is none. */
static size_t end_of (const uint8_t *at, size_t size)
{
    for (size_t comment = 0; comment <= UINT16_MAX && comment + END_BYTES <= size; comment++) {
        const uint8_t *end = at + size - END_BYTES - comment;
        if (memcmp (end, "PK\5\6", 4) == 0 && u16 (end + 20) == comment)
            return (size_t) (end - at);
    }
    return SIZE_MAX;
}

bool zip_ends (const uint8_t *at, size_t size)
{
    return end_of (at, size) != SIZE_MAX;
}

static bool is_plain_name (const uint8_t *name, size_t size)
{
    if (size == 0 || size > NAME_BYTES || name [0] == '/')
        return false;
    for (size_t i = 0; i < size; i++)
        if (name [i] < 0x20 || name [i] == '\\' || name [i] == ':'
            || (name [i] == '.' && i + 1 < size && name [i + 1] == '.' && (i == 0 || name [i - 1] == '/')))
            return false;
    return text_is_utf8 (name, size);
}

static file_refusal read_table (archive *self)
{
    size_t end = end_of (self->at, self->size);
    if (end == SIZE_MAX)
        return FILE_DAMAGED;
    const uint8_t *e = self->at + end;
    size_t count = u16 (e + 10), length = u32 (e + 12), from = u32 (e + 16);
    if (u16 (e + 4) || u16 (e + 6) || u16 (e + 8) != count || count == 0 || count == UINT16_MAX || from > end || length != end - from)
        return FILE_DAMAGED;
    if (count > ENTRIES)
        return FILE_BOMB;
    self->begins = from;
    for (; self->count < count; self->count++) {
        const uint8_t *at = self->at + from;
        if (end - from < ENTRY_BYTES || memcmp (at, "PK\1\2", 4))
            return FILE_DAMAGED;
        size_t name = u16 (at + 28), whole = ENTRY_BYTES + name + u16 (at + 30) + u16 (at + 32);
        if (whole > end - from)
            return FILE_DAMAGED;
        self->all [self->count] = (entry) { at + ENTRY_BYTES, name, u32 (at + 20), u32 (at + 24), u32 (at + 16), u32 (at + 42),
                                            (uint16_t) u16 (at + 8), (uint16_t) u16 (at + 10) };
        if (!is_plain_name (at + ENTRY_BYTES, name))
            return FILE_DAMAGED;
        from += whole;
    }
    return from == end ? FILE_TAKEN : FILE_DAMAGED;
}

static int by_offset (const void *a, const void *b)
{
    const entry *one = a, *other = b;
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
static file_refusal unpack (const entry *e, const uint8_t *data)
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

/* The entry's own header and data, which end before `next` begins. */
static file_refusal check_entry (const archive *self, const entry *e, size_t next)
{
    const uint8_t *at = self->at + e->offset;
    if (next - e->offset < LOCAL_BYTES || memcmp (at, "PK\3\4", 4))
        return FILE_DAMAGED;
    size_t head = LOCAL_BYTES + u16 (at + 26) + u16 (at + 28);
    if (u16 (at + 26) != e->name_size || head > next - e->offset || memcmp (at + LOCAL_BYTES, e->name, e->name_size)
        || u16 (at + 8) != e->method)
        return FILE_DAMAGED;
    if (e->packed > next - e->offset - head)
        return FILE_DAMAGED; /* or data that entries share, which is how one bomb goes off often */
    if ((e->flags | u16 (at + 6)) & 1)
        return FILE_LOCKED;
    if (e->method == 0)
        return e->packed != e->unpacked || crc32 (crc32 (0, NULL, 0), at + head, e->packed) != e->crc ? FILE_DAMAGED
             : is_packed (at + head, e->packed) ? FILE_NESTED : FILE_TAKEN;
    return e->method == 8 ? unpack (e, at + head) : FILE_DAMAGED;
}

static file_refusal check_entries (archive *self)
{
    uint64_t all = 0;
    qsort (self->all, self->count, sizeof *self->all, by_offset);
    if (self->all [0].offset)
        return FILE_TWOFOLD;
    for (size_t i = 0; i < self->count; i++) {
        const entry *e = &self->all [i];
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

static const entry *find (const archive *self, const char *name)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->all [i].name_size == strlen (name) && strncasecmp ((const char *) self->all [i].name, name, strlen (name)) == 0)
            return &self->all [i];
    return NULL;
}

static bool has_program (const archive *self)
{
    for (size_t i = 0; i < self->count; i++) {
        const entry *e = &self->all [i];
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
static bool is_odt (const archive *self)
{
    static const char type [] = "application/vnd.oasis.opendocument.text";
    const entry *e = &self->all [0];
    return e->name_size == 8 && memcmp (e->name, "mimetype", 8) == 0 && e->method == 0 && e->packed == sizeof type - 1
        && memcmp (self->at + LOCAL_BYTES + 8 + u16 (self->at + 28), type, sizeof type - 1) == 0 && find (self, "content.xml");
}

file_refusal zip_check (const uint8_t *at, size_t size, const char **media_type)
{
    archive *self = calloc (1, sizeof *self);
    if (!self)
        return FILE_DAMAGED;
    self->at = at;
    self->size = size;
    file_refusal how = read_table (self);
    how = how == FILE_TAKEN ? check_entries (self) : how;
    bool office = how == FILE_TAKEN && find (self, "[Content_Types].xml");
    *media_type = office && find (self, "word/document.xml") ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                : office && find (self, "xl/workbook.xml") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : how == FILE_TAKEN && is_odt (self) ? "application/vnd.oasis.opendocument.text" : NULL;
    if (how == FILE_TAKEN)
        how = !*media_type ? FILE_UNKNOWN : has_program (self) ? FILE_SCRIPT : FILE_TAKEN;
    free (self);
    return how;
}
