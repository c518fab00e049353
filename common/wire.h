/* wire.h - MessagePack as it comes from outside: looked at before anything is allocated, then unpacked. */
#ifndef WIRE_H
#define WIRE_H
#include <msgpack.h>
#include <stdbool.h>
#include <stddef.h>

enum { WIRE_DEPTH = 16, WIRE_ELEMENTS = 65536, WIRE_BYTES = 1 << 20 };

/* Why bytes are refused; NULL when they are one whole value: no deeper than WIRE_DEPTH, counts that the
 * remaining bytes can hold, valid UTF-8, text keys without duplicates, no extension types. No allocation.
 * msgpack-c trusts declared counts (msgpack-c #1013), so nothing reaches it that has not passed here.    */
const char *wire_check (const void *data, size_t size);

/* wire_check, then msgpack-c. The object borrows the bytes and the zone. Why not, or NULL. */
const char *wire_unpack (const void *data, size_t size, msgpack_zone *, msgpack_object *);

/* Is it well-formed UTF-8 without surrogates and zero bytes? *points becomes the number of code points. */
bool utf8_check (const char *text, size_t size, size_t *points);

void pack_text (msgpack_packer *, const char *);
#endif
