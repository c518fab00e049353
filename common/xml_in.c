/* xml_in.c - libxml2 with all that it could do besides reading taken away. */
#include "xml_in.h"
#include <assert.h>
#include <libxml/parser.h>
#include <string.h>

enum { DIGITS_MOST = 13 };

/* What its callbacks have to know; it hangs on the parser. */
typedef struct {
    xml_in_type *allowed;
    bool         typed, declared; /* a document type that may not be; something was declared, or an entity named */
} watch;

static void stop (xmlParserCtxtPtr parser, bool *why)
{
    *why = true;
    xmlStopParser (parser);
}

/* All that is dangerous in XML begins here. The one that may be is not kept, so that nothing of it can be used. */
static void document_type (void *context, const xmlChar *name, const xmlChar *external, const xmlChar *address)
{
    xmlParserCtxtPtr parser = context;
    watch *self = parser->_private;
    (void) external;
    if (!self->allowed || !address || !self->allowed ((const char *) name, (const char *) address))
        stop (parser, &self->typed);
}

static void external_subset (void *context, const xmlChar *name, const xmlChar *external, const xmlChar *address)
{
    (void) context, (void) name, (void) external, (void) address;
}

static xmlEntityPtr named (void *context, const xmlChar *name)
{
    xmlParserCtxtPtr parser = context;
    (void) name;
    stop (parser, &((watch *) parser->_private)->declared);
    return NULL;
}

static void entity (void *context, const xmlChar *name, int type, const xmlChar *public, const xmlChar *address, xmlChar *content)
{
    (void) type, (void) public, (void) address, (void) content;
    named (context, name);
}

static void attribute (void *context, const xmlChar *of, const xmlChar *name, int type, int how, const xmlChar *value, xmlEnumerationPtr tree)
{
    (void) name, (void) type, (void) how, (void) value;
    xmlFreeEnumeration (tree);
    named (context, of);
}

static void element (void *context, const xmlChar *name, int type, xmlElementContentPtr content)
{
    (void) type, (void) content;
    named (context, name);
}

static void notation (void *context, const xmlChar *name, const xmlChar *public, const xmlChar *address)
{
    (void) public, (void) address;
    named (context, name);
}

static void unparsed (void *context, const xmlChar *name, const xmlChar *public, const xmlChar *address, const xmlChar *by)
{
    (void) public, (void) address, (void) by;
    named (context, name);
}

static void reference (void *context, const xmlChar *name)
{
    named (context, name);
}

static void be_silent (void *context, xmlErrorPtr error)
{
    (void) context, (void) error;
}

static void disarm (xmlSAXHandlerPtr sax)
{
    sax->internalSubset = document_type;
    sax->externalSubset = external_subset;
    sax->getEntity = named;
    sax->getParameterEntity = named;
    sax->entityDecl = entity;
    sax->attributeDecl = attribute;
    sax->elementDecl = element;
    sax->notationDecl = notation;
    sax->unparsedEntityDecl = unparsed;
    sax->reference = reference;
    sax->serror = be_silent;
}

static void tell (const watch *self, xmlParserCtxtPtr parser, faults *wrong)
{
    const xmlError *last = xmlCtxtGetLastError (parser);
    if (self->typed)
        faults_add (wrong, "", self->allowed ? "must have no document type (DOCTYPE) but the well-known one" : "must have no document type (DOCTYPE)");
    else if (self->declared)
        faults_add (wrong, "", "must be XML that declares nothing in a document type (DOCTYPE), and names no entity");
    else
        faults_add (wrong, "", "must be XML; line %d: %.*s", last ? last->line : 0,
                    last && last->message ? (int) strcspn (last->message, "\n") : 0, last && last->message ? last->message : "");
}

xmlDocPtr xml_in_parse (const void *data, size_t size, xml_in_type *allowed, faults *wrong)
{
    watch self = { .allowed = allowed };
    xmlParserCtxtPtr parser = xmlNewParserCtxt ();
    assert (parser);
    disarm (parser->sax);
    parser->_private = &self;
    xmlDocPtr document = xmlCtxtReadMemory (parser, data, (int) size, NULL, NULL,
                                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    bool good = document && parser->wellFormed && !self.typed && !self.declared && !document->intSubset;
    if (!good)
        tell (&self, parser, wrong);
    if (!good && document) {
        xmlFreeDoc (document);
        document = NULL;
    }
    xmlFreeParserCtxt (parser);
    return document;
}

static const char *trimmed (xmlChar *raw, msgpack_zone *zone)
{
    if (!raw)
        return NULL;
    const char *from = (const char *) raw + strspn ((const char *) raw, " \t\r\n");
    size_t size = strlen (from);
    while (size && strchr (" \t\r\n", from [size - 1]))
        size--;
    char *copy = NULL;
    if (size) {
        copy = msgpack_zone_malloc (zone, size + 1);
        assert (copy);
        memcpy (copy, from, size);
        copy [size] = 0;
    }
    xmlFree (raw);
    return copy;
}

const char *xml_in_text (const xmlNode *node, msgpack_zone *zone)
{
    return node ? trimmed (xmlNodeGetContent (node), zone) : NULL;
}

const char *xml_in_attribute (const xmlNode *node, const char *name, msgpack_zone *zone)
{
    return node ? trimmed (xmlGetNoNsProp (node, BAD_CAST name), zone) : NULL;
}

bool xml_in_decimal (const char *text, int places, int64_t *value)
{
    int64_t sum = 0;
    size_t whole = strspn (text, "0123456789");
    const char *rest = text + whole + (text [whole] == '.');
    size_t part = strspn (rest, "0123456789");
    if (whole + part == 0 || whole > DIGITS_MOST || rest [part])
        return false;
    for (size_t i = 0; i < whole; i++)
        sum = sum * 10 + (text [i] - '0');
    for (int i = 0; i < places; i++)
        sum = sum * 10 + ((size_t) i < part ? rest [i] - '0' : 0);
    for (size_t i = (size_t) places; i < part; i++)
        if (rest [i] != '0')
            return false;
    *value = sum;
    return true;
}
