/* xml_in.h - reads somebody else's XML: hostile until read. Nothing is fetched, no entity is expanded, depth is bounded, and nothing is
 * declared: a document type is refused, or only the one that a format wants, and that one is not looked at either.               */
#ifndef XML_IN_H
#define XML_IN_H
#include "schema.h"
#include <libxml/tree.h>

/* Whether a document type by that name and address may stand there. */
typedef bool xml_in_type (const char *name, const char *address);

/* The document, for xmlFreeDoc; NULL with the reason in `wrong`. Without `allowed` it has no document type. */
xmlDocPtr xml_in_parse (const void *data, size_t size, xml_in_type *allowed, faults *wrong);
/* Text of an element or attribute without blanks around it, in the zone; NULL: it has none. */
const char *xml_in_text (const xmlNode *, msgpack_zone *);
const char *xml_in_attribute (const xmlNode *, const char *name, msgpack_zone *);
/* A decimal with as many places as `places`, more only when they are zero: 12.5 with two is 1250. */
bool xml_in_decimal (const char *text, int places, int64_t *value);
#endif
