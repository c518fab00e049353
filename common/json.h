/* json.h - JSON in (jansson, into MessagePack, so that there is one validator) and out (by the schema). */
#ifndef JSON_H
#define JSON_H
#include "schema.h"

/* A growing text. */
typedef struct {
    char  *at;
    size_t size, room;
} text_buffer;

void text_append (text_buffer *, const char *, size_t);
void text_printf (text_buffer *, const char *format, ...) __attribute__ ((format (printf, 2, 3)));
void text_number (text_buffer *, int64_t);
void text_free (text_buffer *);

/* One JSON value of at most `size` bytes into MessagePack. Moments stay texts; schema_decode reads both.
 * False with a fault: not JSON, too deep, a duplicate key, a number out of range.                      */
bool json_read (const char *text, size_t size, msgpack_packer *, faults *);
/* The same into a record, through the validator that everything passes (schema_decode). */
bool json_decode (const schema *, const char *text, size_t size, void *record, msgpack_zone *, schema_origin, const char *const *given,
                  faults *);

/* The fields present that `sight` may read. */
void json_write (const schema *, const void *record, field_sight, text_buffer *);
void json_write_text (text_buffer *, const char *, size_t);
void json_write_value (text_buffer *, const msgpack_object *);
#endif
