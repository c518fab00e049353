/* file_body.h - bodies that are files and not JSON: a record of a file name and bytes, which the gateway reads and
 * writes as they are. The media type follows from the record, so an operation declares it by its input or output. A
 * document that is made for the occasion, of some kB, travels so; files that people keep never cross ZeroMQ.         */
#ifndef FILE_BODY_H
#define FILE_BODY_H
#include "call.h"

/* What a body of that record is over HTTP: application/xml, application/pdf, text/xml of cXML, text/calendar; NULL: JSON, as any record. */
const char *file_media_type (const schema *);

/* The bytes as a value of the field `content`, and back; empty when there are none. */
bytes file_content (call *, const void *data, size_t size);
bytes file_bytes (const bytes *content, msgpack_zone *);
#endif
