/* kind.c - what a file is: photos, PDF, text, CSV and XML; packed documents are in zip.c. */
#include "kind.h"
#include <string.h>
#include <strings.h>

const refusal_words *file_refusal_words (file_refusal why)
{
    static const refusal_words words [FILE_REFUSALS] = {
        [FILE_TOO_LARGE]  = { 413, "Dit bestand is groter dan 25 MB.", "This file is larger than 25 MB." },
        [PHOTO_TOO_LARGE] = { 413, "Deze foto is groter dan 10 MB. Maak haar kleiner.", "This photo is larger than 10 MB. Make it smaller." },
        [FILE_EMPTY]      = { 400, "Dit bestand is leeg.", "This file is empty." },
        [FILE_UNKNOWN]    = { 415, "Dit soort bestand nemen wij niet aan. Wel: PNG, JPEG, WebP, PDF, Word (docx), Excel (xlsx), OpenDocument (odt), CSV, XML en platte tekst.",
                              "We do not take this kind of file, but PNG, JPEG, WebP, PDF, Word (docx), Excel (xlsx), OpenDocument (odt), CSV, XML and plain text." },
        [FILE_DAMAGED]    = { 415, "Dit bestand is beschadigd of niet af. Bewaar het opnieuw en probeer het nog eens.",
                              "This file is damaged or incomplete. Save it again and try once more." },
        [FILE_SCRIPT]     = { 415, "In dit bestand zit iets dat kan worden uitgevoerd (een script of macro). Bewaar het als PDF of als foto.",
                              "Something in this file can be run (a script or a macro). Save it as PDF or as a photo." },
        [FILE_TWOFOLD]    = { 415, "Dit bestand is twee soorten tegelijk. Bewaar het opnieuw als één soort.",
                              "This file is of two kinds at once. Save it again as one." },
        [FILE_BOMB]       = { 413, "Dit bestand wordt bij uitpakken veel te groot.", "Unpacked, this file becomes far too large." },
        [FILE_NESTED]     = { 415, "In dit bestand zit een ander ingepakt bestand. Stuur dat apart.",
                              "There is another packed file inside this one. Send that separately." },
        [FILE_LOCKED]     = { 415, "Dit bestand is met een wachtwoord versleuteld.", "This file is encrypted with a password." },
        [FILE_ENTITIES]   = { 415, "Dit XML-bestand heeft een DOCTYPE of entiteiten; die nemen wij niet aan.",
                              "This XML file has a DOCTYPE or entities, which we do not take." },
    };
    return &words [why];
}

const char *file_kinds_taken (void)
{
    return "image/png, image/jpeg, image/webp, application/pdf,"
           " application/vnd.openxmlformats-officedocument.wordprocessingml.document,"
           " application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,"
           " application/vnd.oasis.opendocument.text, text/csv, application/xml, text/plain";
}

static bool begins (const uint8_t *at, size_t size, const char *with, size_t length)
{
    return size >= length && memcmp (at, with, length) == 0;
}
#define BEGINS(at, size, with) begins (at, size, with, sizeof (with) - 1)

static bool is_png (const uint8_t *at, size_t size)  { return BEGINS (at, size, "\x89PNG\r\n\x1a\n"); }
static bool is_jpeg (const uint8_t *at, size_t size) { return BEGINS (at, size, "\xff\xd8\xff"); }
static bool is_webp (const uint8_t *at, size_t size) { return size >= 12 && BEGINS (at, size, "RIFF") && memcmp (at + 8, "WEBP", 4) == 0; }

bool file_begins_as_photo (const uint8_t *at, size_t size)
{
    return is_png (at, size) || is_jpeg (at, size) || is_webp (at, size);
}

/* ------------------------------------------------------------------------------------ photos */

enum { PIXELS = 100000000 }; /* what a phone has at most; what a browser unpacks it to is four bytes each */

static bool fits_screen (uint32_t width, uint32_t height)
{
    return width && height && (uint64_t) width * height <= PIXELS;
}

static uint32_t big32 (const uint8_t *at)
{
    return (uint32_t) at [0] << 24 | (uint32_t) at [1] << 16 | (uint32_t) at [2] << 8 | at [3];
}

static uint32_t little32 (const uint8_t *at)
{
    return (uint32_t) at [3] << 24 | (uint32_t) at [2] << 16 | (uint32_t) at [1] << 8 | at [0];
}

static uint32_t little24 (const uint8_t *at)
{
    return (uint32_t) at [2] << 16 | (uint32_t) at [1] << 8 | at [0];
}

/* Chunks of length, name, data, checksum: the header first, the end last. */
static file_refusal check_png (const uint8_t *at, size_t size)
{
    bool data = false;
    size_t from = 8;
    if (size < 33 || big32 (at + 8) != 13 || memcmp (at + 12, "IHDR", 4))
        return FILE_DAMAGED;
    if (!fits_screen (big32 (at + 16), big32 (at + 20)))
        return FILE_BOMB;
    while (size - from >= 12) {
        uint32_t length = big32 (at + from);
        if (length > size - from - 12)
            return FILE_DAMAGED;
        if (memcmp (at + from + 4, "IEND", 4) == 0)
            return data && length == 0 ? FILE_TAKEN : FILE_DAMAGED;
        data |= memcmp (at + from + 4, "IDAT", 4) == 0;
        from += 12 + length;
    }
    return FILE_DAMAGED;
}

static bool is_frame (uint8_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Segments of marker, length, data; after SOS comes coded data, in which FF is followed by 00 or a restart. */
static file_refusal check_jpeg (const uint8_t *at, size_t size)
{
    size_t from = 2;
    bool frame = false, scan = false, coded = false;
    while (size - from >= 2) {
        uint8_t marker = at [from + 1];
        bool part = at [from] != 0xff || marker == 0 || (marker >= 0xd0 && marker <= 0xd7);
        if (part && !coded)
            return FILE_DAMAGED;
        if (part || marker == 0xff)
            from++;
        else if (marker == 0xd9)
            return frame && scan ? FILE_TAKEN : FILE_DAMAGED;
        else {
            if (size - from < 4)
                return FILE_DAMAGED;
            size_t length = (size_t) at [from + 2] << 8 | at [from + 3];
            if (length < 2 || length > size - from - 2)
                return FILE_DAMAGED;
            if (is_frame (marker)) {
                if (length < 8)
                    return FILE_DAMAGED;
                if (!fits_screen ((uint32_t) at [from + 7] << 8 | at [from + 8], (uint32_t) at [from + 5] << 8 | at [from + 6]))
                    return FILE_BOMB;
                frame = true;
            }
            coded = marker == 0xda;
            scan |= coded;
            from += 2 + length;
        }
    }
    return FILE_DAMAGED;
}

/* Width and height of the picture's first chunk; false: it is not of a kind that has them. */
static bool webp_size (const uint8_t *at, size_t length, uint32_t *width, uint32_t *height)
{
    const uint8_t *in = at + 8;
    if (memcmp (at, "VP8X", 4) == 0 && length >= 10) {
        *width = little24 (in + 4) + 1;
        *height = little24 (in + 7) + 1;
    } else if (memcmp (at, "VP8L", 4) == 0 && length >= 5 && in [0] == 0x2f) {
        uint32_t bits = little32 (in + 1);
        *width = (bits & 0x3fff) + 1;
        *height = (bits >> 14 & 0x3fff) + 1;
    } else if (memcmp (at, "VP8 ", 4) == 0 && length >= 10 && memcmp (in + 3, "\x9d\x01\x2a", 3) == 0) {
        *width = little32 (in + 6) & 0x3fff;
        *height = little32 (in + 6) >> 16 & 0x3fff;
    } else
        return false;
    return true;
}

static file_refusal check_webp (const uint8_t *at, size_t size)
{
    uint32_t width, height;
    bool picture = false;
    size_t whole = (size_t) little32 (at + 4) + 8, from = 12;
    if (whole > size || whole < 20)
        return FILE_DAMAGED;
    while (whole - from >= 8) {
        size_t length = little32 (at + from + 4);
        if (length > whole - from - 8)
            return FILE_DAMAGED;
        if (from == 12) {
            if (!webp_size (at + from, length, &width, &height))
                return FILE_DAMAGED;
            if (!fits_screen (width, height))
                return FILE_BOMB;
        }
        picture |= memcmp (at + from, "VP8 ", 4) == 0 || memcmp (at + from, "VP8L", 4) == 0 || memcmp (at + from, "ANMF", 4) == 0;
        from += 8 + length + (length & 1);
        if (from > whole)
            break;
    }
    return picture ? FILE_TAKEN : FILE_DAMAGED;
}

/* --------------------------------------------------------------------------------------- PDF */

static const uint8_t *last_of (const uint8_t *at, size_t size, const char *what)
{
    size_t length = strlen (what);
    for (size_t i = size < length ? 0 : size - length + 1; i > 0; i--)
        if (memcmp (at + i - 1, what, length) == 0)
            return at + i - 1;
    return NULL;
}

static file_refusal check_pdf (const uint8_t *at, size_t size)
{
    enum { TAIL = 2048 };
    const uint8_t *tail = size > TAIL ? at + size - TAIL : at;
    size_t left = (size_t) (at + size - tail);
    const uint8_t *end = last_of (tail, left, "%%EOF");
    bool fine = size > 8 && (at [5] == '1' || at [5] == '2') && at [6] == '.' && end
             && last_of (tail, (size_t) (end - tail), "startxref") && at + size - end < 1024;
    return fine ? FILE_TAKEN : FILE_DAMAGED;
}

/* -------------------------------------------------------------------------------------- text */

/* Length of the UTF-8 sequence here; 0: none. */
static size_t sequence (const uint8_t *at, size_t left)
{
    if (at [0] < 0x80)
        return 1;
    size_t length = at [0] >= 0xf0 && at [0] <= 0xf4 ? 4 : at [0] >= 0xe0 ? 3 : at [0] >= 0xc2 ? 2 : 0;
    if (at [0] > 0xf4 || length == 0 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at [i] & 0xc0) != 0x80)
            return 0;
    bool good = !(at [0] == 0xe0 && at [1] < 0xa0) && !(at [0] == 0xed && at [1] > 0x9f)
             && !(at [0] == 0xf0 && at [1] < 0x90) && !(at [0] == 0xf4 && at [1] > 0x8f);
    return good ? length : 0;
}

static bool is_control (uint8_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f;
}

bool text_is_utf8 (const uint8_t *at, size_t size)
{
    for (size_t i = 0, length; i < size; i += length) {
        length = sequence (at + i, size - i);
        if (length == 0 || is_control (at [i]))
            return false;
    }
    return true;
}

/* Windows-1252 leaves five bytes undefined. */
static bool is_windows_1252 (const uint8_t *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (is_control (at [i]) || at [i] == 0x81 || at [i] == 0x8d || at [i] == 0x8f || at [i] == 0x90 || at [i] == 0x9d)
            return false;
    return true;
}

/* Anywhere in the text, in any case. */
static bool says (const uint8_t *at, size_t size, const char *what)
{
    size_t length = strlen (what);
    for (size_t i = 0; i + length <= size; i++)
        if ((at [i] | 0x20) == (uint8_t) (what [0] | 0x20) && strncasecmp ((const char *) at + i, what, length) == 0)
            return true;
    return false;
}

/* What begins with "<". What a browser would run is refused by the names that make it run. */
static file_refusal check_xml (const uint8_t *at, size_t size)
{
    static const char *const running [] = {
        "www.w3.org/2000/svg", "www.w3.org/1999/xhtml", "<svg", "<html", "<script", "<?xml-stylesheet", "www.w3.org/1999/XSL",
    };
    if (!text_is_utf8 (at, size))
        return FILE_UNKNOWN;
    for (size_t i = 0; i < sizeof running / sizeof *running; i++)
        if (says (at, size, running [i]))
            return FILE_SCRIPT;
    if (says (at, size, "<!DOCTYPE") || says (at, size, "<!ENTITY"))
        return says (at, size < 1024 ? size : 1024, "<!DOCTYPE html") ? FILE_SCRIPT : FILE_ENTITIES;
    const uint8_t *end = at + size;
    while (end > at && strchr (" \t\r\n", end [-1]))
        end--;
    bool named = size > 3 && (at [1] == '?' || at [1] == '!' || at [1] == '_' || (at [1] | 0x20) >= 'a');
    return named && end > at && end [-1] == '>' ? FILE_TAKEN : FILE_DAMAGED;
}

/* Fields of the record that begins at *from, by RFC 4180; 0: a quote is out of place. */
static int fields_of (const uint8_t *at, size_t size, size_t *from, char separator)
{
    int count = 1;
    bool quoted = false, begins = true;
    for (; *from < size; ++*from) {
        uint8_t c = at [*from];
        if (quoted) {
            if (c == '"' && *from + 1 < size && at [*from + 1] == '"')
                ++*from;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            if (!begins)
                return 0;
            quoted = true;
        } else if (c == '\n' || c == '\r')
            break;
        else
            count += c == (uint8_t) separator;
        begins = !quoted && c == (uint8_t) separator;
    }
    while (*from < size && (at [*from] == '\n' || at [*from] == '\r'))
        ++*from;
    return quoted ? 0 : count;
}

/* Two columns or more, as many in each of the first records. */
static bool is_table (const uint8_t *at, size_t size)
{
    enum { LOOK = 50 };
    for (const char *separator = ";,\t"; *separator; separator++) {
        size_t from = 0;
        int columns = fields_of (at, size, &from, *separator), records = 1, same = columns;
        for (; same >= 2 && same == columns && from < size && records < LOOK; records++)
            same = fields_of (at, size, &from, *separator);
        if (same >= 2 && same == columns && records >= 2)
            return true;
    }
    return false;
}

static file_refusal check_text (const uint8_t *at, size_t size, file_kind *kind)
{
    bool marked = BEGINS (at, size, "\xef\xbb\xbf");
    const uint8_t *from = at + (marked ? 3 : 0), *end = at + size;
    while (from < end && strchr (" \t\r\n\f", *from) && *from)
        from++;
    if (from < end && *from == '<') {
        kind->media_type = "application/xml";
        return check_xml (from, (size_t) (end - from));
    }
    bool text = text_is_utf8 (at, size) || (!marked && is_windows_1252 (at, size));
    if (text && (says (at, size < 4096 ? size : 4096, "<script") || says (at, size < 4096 ? size : 4096, "<html")))
        return FILE_SCRIPT;
    kind->media_type = text && is_table (at + (marked ? 3 : 0), size - (marked ? 3 : 0)) ? "text/csv" : "text/plain";
    return text ? FILE_TAKEN : FILE_UNKNOWN;
}

/* --------------------------------------------------------------------------------------- all */

file_refusal file_check (const uint8_t *at, size_t size, file_kind *kind)
{
    file_refusal how;
    *kind = (file_kind) { .photo = file_begins_as_photo (at, size) };
    if (size == 0)
        return FILE_EMPTY;
    if (is_png (at, size)) {
        kind->media_type = "image/png";
        how = check_png (at, size);
    } else if (is_jpeg (at, size)) {
        kind->media_type = "image/jpeg";
        how = check_jpeg (at, size);
    } else if (is_webp (at, size)) {
        kind->media_type = "image/webp";
        how = check_webp (at, size);
    } else if (BEGINS (at, size, "%PDF-")) {
        kind->media_type = "application/pdf";
        how = check_pdf (at, size);
    } else if (BEGINS (at, size, "PK\3\4"))
        return zip_check (at, size, &kind->media_type);
    else
        how = check_text (at, size, kind);
    return how == FILE_TAKEN && zip_ends (at, size) ? FILE_TWOFOLD : how;
}
