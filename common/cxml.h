/* cxml.h - cXML 1.2 (proto/PUNCHOUT.md) as far as gateway and pipeline share it: reading a document, who says that they sent it, and the
 * Response that answers it.                                                                                                       */
#ifndef CXML_H
#define CXML_H
#include "json.h"
#include "xml_in.h"

enum { CXML_OK = 200, CXML_ACCEPTED = 201 };
#define CXML_TYPE "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd\">\n"

/* A document of cXML, for xmlFreeDoc; NULL with the reason in `wrong`. */
xmlDocPtr cxml_parse (const void *data, size_t size, faults *wrong);
/* The first element below `at` along a path as "Header/Sender/Credential", or NULL. */
const xmlNode *cxml_find (const xmlNode *at, const char *path);
/* The next sibling by that name, `at` itself first. */
const xmlNode *cxml_next (const xmlNode *at, const char *name);

typedef struct {
    const char *domain, *identity, *secret; /* the secret is NULL where there is none */
} cxml_credential;

/* From, To or Sender of the header; false: a fault with its path. */
bool cxml_credential_read (const xmlNode *root, const char *party, msgpack_zone *, cxml_credential *out, faults *wrong);
/* By what identity knows who sends: a hash of domain, identity and shared secret. */
void cxml_key_hash (const cxml_credential *, char out [65]);

/* As text between tags or in an attribute; what XML cannot say becomes a space. */
void cxml_escape (text_buffer *to, const char *text);
/* A whole document that answers: code and word of its Status, what else there is to say, and what follows the Status (as XML, or NULL). */
void cxml_response (text_buffer *to, int64_t now, const char *id, int code, const char *word, const char *detail, const char *more);
#endif
