/* strip.c - photos without what they tell beyond the picture, byte for byte the same picture. */
#include "kind.h"
#include <string.h>

static uint32_t big32 (const uint8_t *at)
{
    return (uint32_t) at [0] << 24 | (uint32_t) at [1] << 16 | (uint32_t) at [2] << 8 | at [3];
}

static uint32_t little32 (const uint8_t *at)
{
    return (uint32_t) at [3] << 24 | (uint32_t) at [2] << 16 | (uint32_t) at [1] << 8 | at [0];
}

/* What a picture needs to look as it does; no texts, times, places or things that we do not know. */
static bool png_keeps (const uint8_t *name)
{
    static const char kept [] = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs";
    for (const char *at = kept; at < kept + sizeof kept - 1; at += 5)
        if (memcmp (at, name, 4) == 0)
            return true;
    return false;
}

static bool strip_png (const uint8_t *at, strip_take *take, void *to)
{
    bool fine = take (to, at, 8);
    for (const uint8_t *from = at + 8; fine; from += 12 + big32 (from)) {
        if (png_keeps (from + 4))
            fine = take (to, from, 12 + (size_t) big32 (from));
        if (memcmp (from + 4, "IEND", 4) == 0)
            break;
    }
    return fine;
}

/* The tag Orientation of the first directory of an Exif segment (TIFF 6.0); 0: none. */
static unsigned orientation_of (const uint8_t *at, size_t size)
{
    if (size < 8 || (memcmp (at, "II*\0", 4) && memcmp (at, "MM\0*", 4)))
        return 0;
    bool little = *at == 'I';
    size_t from = little ? little32 (at + 4) : big32 (at + 4);
    if (from > size - 2 || from < 8)
        return 0;
    size_t count = little ? at [from] | (size_t) at [from + 1] << 8 : (size_t) at [from] << 8 | at [from + 1];
    for (size_t i = 0; i < count && from + 2 + 12 * (i + 1) <= size; i++) {
        const uint8_t *tag = at + from + 2 + 12 * i;
        unsigned name = little ? tag [0] | (unsigned) tag [1] << 8 : (unsigned) tag [0] << 8 | tag [1];
        unsigned value = little ? tag [8] | (unsigned) tag [9] << 8 : (unsigned) tag [8] << 8 | tag [9];
        if (name == 0x0112)
            return value <= 8 ? value : 0;
    }
    return 0;
}

static bool write_orientation (unsigned value, strip_take *take, void *to)
{
    uint8_t segment [] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8,
                           0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (uint8_t) value, 0, 0, 0, 0, 0, 0 };
    return take (to, segment, sizeof segment);
}

/* Colours (JFIF, ICC, Adobe) stay; the other APPn and comments go. */
static bool jpeg_keeps (uint8_t marker, const uint8_t *data, size_t size)
{
    if (marker == 0xfe || (marker >= 0xe0 && marker <= 0xef))
        return (marker == 0xe0 && size >= 5 && memcmp (data, "JFIF", 5) == 0)
            || (marker == 0xe2 && size >= 12 && memcmp (data, "ICC_PROFILE", 12) == 0)
            || (marker == 0xee && size >= 5 && memcmp (data, "Adobe", 5) == 0);
    return true;
}

/* The coded data that begins here: to the next marker that is none of its own. */
static size_t coded (const uint8_t *at, const uint8_t *end)
{
    const uint8_t *from = at;
    while (from + 1 < end && !(from [0] == 0xff && from [1] && from [1] != 0xff && (from [1] < 0xd0 || from [1] > 0xd7)))
        from++;
    return (size_t) (from - at);
}

static bool strip_jpeg (const uint8_t *at, size_t size, strip_take *take, void *to)
{
    const uint8_t *end = at + size, *from = at + 2;
    bool fine = take (to, at, 2), turned = false;
    while (fine && from [1] != 0xd9) {
        if (from [1] == 0xff) {
            from++;
            continue;
        }
        size_t length = (size_t) from [2] << 8 | from [3];
        const uint8_t *data = from + 4;
        bool exif = from [1] == 0xe1 && length >= 8 && memcmp (data, "Exif\0", 6) == 0;
        unsigned turn = exif && !turned ? orientation_of (data + 6, length - 8) : 0;
        if (turn > 1)
            fine = turned = write_orientation (turn, take, to);
        else if (jpeg_keeps (from [1], data, length - 2))
            fine = take (to, from, 2 + length);
        bool scan = from [1] == 0xda;
        from += 2 + length;
        size_t run = scan ? coded (from, end) : 0;
        fine = fine && (run == 0 || take (to, from, run));
        from += run;
    }
    return fine && take (to, "\xff\xd9", 2);
}

/* Goes through the chunks that stay; with `take` NULL it only counts. */
static size_t webp_chunks (const uint8_t *at, strip_take *take, void *to, bool *fine)
{
    size_t whole = (size_t) little32 (at + 4) + 8, size = 4;
    for (size_t from = 12; whole - from >= 8;) {
        size_t length = little32 (at + from + 4), padded = 8 + length + (length & 1);
        bool kept = memcmp (at + from, "EXIF", 4) && memcmp (at + from, "XMP ", 4);
        if (padded > whole - from)
            padded = whole - from;
        if (kept && take && padded > 9 && memcmp (at + from, "VP8X", 4) == 0) {
            uint8_t flags = at [from + 8] & (uint8_t) ~0x0c; /* there is Exif, there is XMP */
            *fine = *fine && take (to, at + from, 8) && take (to, &flags, 1) && take (to, at + from + 9, padded - 9);
        } else if (kept && take)
            *fine = *fine && take (to, at + from, padded);
        size += kept ? padded : 0;
        from += padded;
    }
    return size;
}

static bool strip_webp (const uint8_t *at, strip_take *take, void *to)
{
    bool fine = true;
    size_t size = webp_chunks (at, NULL, NULL, &fine);
    uint8_t head [12] = { 'R', 'I', 'F', 'F', (uint8_t) size, (uint8_t) (size >> 8), (uint8_t) (size >> 16), (uint8_t) (size >> 24),
                          'W', 'E', 'B', 'P' };
    fine = take (to, head, sizeof head);
    webp_chunks (at, take, to, &fine);
    return fine;
}

bool photo_strip (const file_kind *kind, const uint8_t *at, size_t size, strip_take *take, void *to)
{
    return strcmp (kind->media_type, "image/png") == 0 ? strip_png (at, take, to)
         : strcmp (kind->media_type, "image/jpeg") == 0 ? strip_jpeg (at, size, take, to) : strip_webp (at, take, to);
}
