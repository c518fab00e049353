/* wire.c - a walk over the bytes before msgpack-c may see them. */
#include "wire.h"
#include <stdint.h>
#include <string.h>

typedef struct {
    const uint8_t *at, *end;
    uint32_t       elements;
    const char    *wrong;
} walk;

static bool refuse (walk *self, const char *why)
{
    if (!self->wrong)
        self->wrong = why;
    return false;
}

bool utf8_check (const char *text, size_t size, size_t *points)
{
    const uint8_t *at = (const uint8_t *) text, *end = at + size;
    size_t count = 0;
    for (; at < end; count++) {
        for (uint64_t eight; end - at >= 8; at += 8, count += 8) { /* plain ASCII, the usual case */
            memcpy (&eight, at, 8);
            if (eight & UINT64_C (0x8080808080808080)
            ||  (eight - UINT64_C (0x0101010101010101)) & ~eight & UINT64_C (0x8080808080808080)) /* a zero byte */
                break;
        }
        for (; at < end && (uint8_t) (*at - 1) < 0x7f; at++)
            count++;
        if (at == end)
            break;
        uint8_t lead = *at++;
        int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 /* zero among them */ || lead > 0xf4 || end - at < more)
            return false;
        uint32_t point = lead & (0x3fu >> more);
        for (int i = 0; i < more; i++, at++) {
            if ((*at & 0xc0) != 0x80)
                return false;
            point = point << 6 | (*at & 0x3fu);
        }
        static const uint32_t least [] = { 0, 0x80, 0x800, 0x10000 };
        if (point < least [more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
            return false;
    }
    *points = count;
    return true;
}

static bool number (walk *self, int width, uint64_t *value)
{
    if (self->end - self->at < width)
        return refuse (self, "ends too early");
    for (*value = 0; width--;)
        *value = *value << 8 | *self->at++;
    return true;
}

static bool skip (walk *self, uint64_t count)
{
    if ((uint64_t) (self->end - self->at) < count)
        return refuse (self, "ends too early");
    self->at += count;
    return true;
}

static bool text (walk *self, uint64_t size)
{
    size_t points;
    const char *start = (const char *) self->at;
    if (!skip (self, size))
        return false;
    return utf8_check (start, size, &points) || refuse (self, "holds text that is not UTF-8");
}

static bool value (walk *self, int depth);

static bool enter (walk *self, uint64_t count, int depth)
{
    if (depth == 0)
        return refuse (self, "is nested too deep");
    if (count > (uint64_t) (self->end - self->at))
        return refuse (self, "declares more elements than it has bytes");
    if (count > WIRE_ELEMENTS - self->elements)
        return refuse (self, "has too many elements");
    self->elements += (uint32_t) count;
    return true;
}

static bool array (walk *self, uint64_t count, int depth)
{
    if (!enter (self, count, depth))
        return false;
    while (count--)
        if (!value (self, depth - 1))
            return false;
    return true;
}

static bool text_key (walk *self)
{
    if (self->at == self->end)
        return refuse (self, "ends too early");
    uint8_t tag = *self->at;
    bool shortest = (tag >= 0xa0 && tag < 0xc0)
                 || (tag == 0xd9 && self->end - self->at > 1 && self->at [1] >= 32);
    return shortest ? value (self, 1) : refuse (self, "has a key that is not a short text");
}

/* Is the last of these keys among those before it? Keys are compared as encoded, length first, so that one
 * is never the beginning of another; text_key refuses the long form of a short text.                     */
static bool is_among (const uint8_t *const *keys, uint64_t before, size_t size)
{
    for (uint64_t i = 0; i < before; i++)
        if (*keys [i] == *keys [before] && memcmp (keys [i], keys [before], size) == 0)
            return true;
    return false;
}

static bool map (walk *self, uint64_t count, int depth)
{
    enum { KEYS = 256 }; /* the search for duplicates is quadratic; our largest record has 64 */
    const uint8_t *keys [KEYS];
    if (count > KEYS)
        return refuse (self, "has too many keys in one object");
    if (!enter (self, 2 * count, depth))
        return false;
    for (uint64_t i = 0; i < count; i++) {
        keys [i] = self->at;
        if (!text_key (self))
            return false;
        if (is_among (keys, i, (size_t) (self->at - keys [i])))
            return refuse (self, "has the same key twice");
        if (!value (self, depth - 1))
            return false;
    }
    return true;
}

static bool value (walk *self, int depth)
{
    uint64_t count;
    if (self->at == self->end)
        return refuse (self, "ends too early");
    uint8_t tag = *self->at++;
    if (tag < 0x80 || tag >= 0xe0 || tag == 0xc0 || tag == 0xc2 || tag == 0xc3)
        return true;
    if (tag < 0x90)
        return map (self, tag & 15u, depth);
    if (tag < 0xa0)
        return array (self, tag & 15u, depth);
    if (tag < 0xc0)
        return text (self, tag & 31u);
    if (tag >= 0xca && tag <= 0xd3) { /* floats and integers */
        static const uint8_t width [] = { 4, 8, 1, 2, 4, 8, 1, 2, 4, 8 };
        return skip (self, width [tag - 0xca]);
    }
    if (tag >= 0xc4 && tag <= 0xc6)
        return number (self, 1 << (tag - 0xc4), &count) && skip (self, count);
    if (tag >= 0xd9 && tag <= 0xdb)
        return number (self, 1 << (tag - 0xd9), &count) && text (self, count);
    if (tag == 0xdc || tag == 0xdd)
        return number (self, 2 << (tag - 0xdc), &count) && array (self, count, depth);
    if (tag == 0xde || tag == 0xdf)
        return number (self, 2 << (tag - 0xde), &count) && map (self, count, depth);
    return refuse (self, "has a type that is not used here");
}

const char *wire_check (const void *data, size_t size)
{
    if (size == 0)
        return "is empty";
    if (size > WIRE_BYTES)
        return "is too large";
    walk self = { data, (const uint8_t *) data + size, 0, NULL };
    if (value (&self, WIRE_DEPTH) && self.at != self.end)
        refuse (&self, "goes on after its end");
    return self.wrong;
}

const char *wire_unpack (const void *data, size_t size, msgpack_zone *zone, msgpack_object *out)
{
    const char *why = wire_check (data, size);
    size_t offset = 0;
    if (!why && msgpack_unpack (data, size, &offset, zone, out) < 0)
        why = "could not be unpacked";
    return why;
}

void pack_text (msgpack_packer *out, const char *from)
{
    msgpack_pack_str_with_body (out, from, strlen (from));
}
