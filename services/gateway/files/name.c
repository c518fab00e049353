/* name.c - names of files: what may be left of one that a stranger gave. */
#include "kind.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Of each kind its endings; the first is the one that is added. */
static const struct {
    const char *media_type, *endings [3];
} kinds [] = {
    { "image/png", { ".png" } },
    { "image/jpeg", { ".jpg", ".jpeg" } },
    { "image/webp", { ".webp" } },
    { "application/pdf", { ".pdf" } },
    { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", { ".docx" } },
    { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", { ".xlsx" } },
    { "application/vnd.oasis.opendocument.text", { ".odt" } },
    { "text/csv", { ".csv", ".txt" } },
    { "application/xml", { ".xml", ".ubl" } },
    { "text/plain", { ".txt", ".csv" } },
};

/* The code point here, and how many bytes it takes; the text is UTF-8. */
static uint32_t point (const unsigned char *at, size_t *length)
{
    *length = at [0] < 0x80 ? 1 : at [0] < 0xe0 ? 2 : at [0] < 0xf0 ? 3 : 4;
    uint32_t value = *length == 1 ? at [0] : at [0] & (0x7fu >> *length);
    for (size_t i = 1; i < *length; i++)
        value = value << 6 | (at [i] & 0x3f);
    return value;
}

/* Controls, marks that turn the direction of writing or take no room, and what an operating system reads as more. */
static bool is_hidden (uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb)
        || (c >= 0xe0000 && c <= 0xe0fff);
}

static bool is_reserved (const char *name)
{
    static const char *const known [] = { "CON", "PRN", "AUX", "NUL", "COM", "LPT" };
    size_t length = strcspn (name, ".");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncasecmp (name, known [i], 3) == 0
            && (length == 3 ? i < 4 : length == 4 && i >= 4 && name [3] >= '0' && name [3] <= '9'))
            return true;
    return false;
}

/* The ending that the kind wants and the name lacks. */
static const char *missing_ending (const char *name, const char *media_type)
{
    size_t length = strlen (name);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp (kinds [i].media_type, media_type))
            continue;
        for (size_t k = 0; k < 3 && kinds [i].endings [k]; k++) {
            size_t end = strlen (kinds [i].endings [k]);
            if (length > end && strcasecmp (name + length - end, kinds [i].endings [k]) == 0)
                return "";
        }
        return kinds [i].endings [0];
    }
    return "";
}

void file_name_clean (const char *given, const char *media_type, char out [FILE_NAME_ROOM])
{
    enum { ENDING = 5 };
    size_t size = 0, points = 0, length;
    const char *last = given;
    char clean [FILE_NAME_ROOM];
    if (!text_is_utf8 ((const uint8_t *) given, strlen (given)))
        last = "";
    for (const char *at = last; *at; at++)
        if (*at == '/' || *at == '\\')
            last = at + 1;
    for (const unsigned char *at = (const unsigned char *) last; *at && points < FILE_NAME_POINTS - ENDING - 1; at += length) {
        uint32_t c = point (at, &length);
        if (is_hidden (c) || (size == 0 && (c == '.' || c == ' ' || c == '-')))
            continue;
        memcpy (clean + size, strchr ("<>:\"|?*%", (int) c) && c < 0x80 ? (const char *) "_" : (const char *) at, length);
        size += length;
        points++;
    }
    while (size && strchr (". ", clean [size - 1]))
        size--;
    clean [size] = 0;
    snprintf (out, FILE_NAME_ROOM, "%s%s%s", is_reserved (clean) ? "_" : "", size ? clean : "bestand",
              missing_ending (size ? clean : "bestand", media_type));
}
