/* clean_packed.c - a .docx, .xlsx or .odt packed anew: its text and pictures, without who wrote it, where it leads and what it was before. */
#include "clean.h"
#include "../../../common/zip.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

/* ------------------------------------------------------------------------------ one part that is XML */

static bool is_one_of (const xmlChar *name, const char *const list [])
{
    for (size_t i = 0; name && list [i]; i++)
        if (strcmp ((const char *) name, list [i]) == 0)
            return true;
    return false;
}

/* Names of who wrote, and paths to where it lay. */
static const char *const personal [] = { "author", "initials", "lastModifiedBy", "lastEditedBy", "userName", "userId", "displayName",
                                         "url", NULL };
static const char *const personal_texts [] = { "author", "creator", "initial-creator", "author-name", "author-initials", "lastModifiedBy",
                                               "sender-firstname", "sender-lastname", "sender-company", "sender-email", "printed-by",
                                               "userId", "displayName", NULL };

/* What was there before, and is kept for who looks at changes. */
static const char *const earlier [] = { "delText", "delInstrText", "deletion", NULL };

/* An attribute that names people in some parts, and in others says what a table is called. */
static bool speaks_of_people (const xmlAttr *it, const char *part)
{
    bool elsewhere = strcmp ((const char *) it->name, "displayName") == 0 && !strstr (part, "person");
    bool link = strcmp ((const char *) it->name, "url") == 0 && strcmp ((const char *) it->parent->name, "absPath");
    return is_one_of (it->name, personal) && !elsewhere && !link;
}

/* Of the instructions of fields, those that name something: a page, a file. What they showed stays as it was. */
static bool is_field_of_place (const char *said)
{
    return strpbrk (said, "\":@");
}

/* Where it leads outside: a page, an address for mail, a template on somebody's disk. */
static bool leads_out (xmlNode *node, const xmlAttr *it, const char *value)
{
    bool relation = strcmp ((const char *) node->name, "Relationship") == 0 && strcmp ((const char *) it->name, "Target") == 0;
    xmlChar *mode = relation ? xmlGetNoNsProp (node, BAD_CAST "TargetMode") : NULL;
    bool outside = mode && strcmp ((const char *) mode, "External") == 0;
    xmlFree (mode);
    return outside || (strcmp ((const char *) it->name, "href") == 0 && strchr (value, ':'))
        || (strcmp ((const char *) it->name, "instr") == 0 && is_field_of_place (value));
}

static void clean_attributes (xmlNode *node, const char *part)
{
    for (xmlAttr *it = node->properties; it; it = it->next) {
        xmlChar *value = xmlNodeListGetString (node->doc, it->children, 1);
        if (value && speaks_of_people (it, part))
            xmlNodeSetContent ((xmlNode *) it, BAD_CAST "");
        else if (value && leads_out (node, it, (const char *) value))
            xmlNodeSetContent ((xmlNode *) it, BAD_CAST "about:blank");
        xmlFree (value);
    }
}

/* The picture of the first page, which may be of an earlier version, is not packed; nor is what says that it is there. */
static bool is_of_thumbnail (xmlNode *node)
{
    static const char *const names [] = { "Target", "full-path", "PartName", NULL };
    bool found = false;
    for (xmlAttr *it = node->properties; it && !found; it = it->next) {
        xmlChar *value = is_one_of (it->name, names) ? xmlNodeListGetString (node->doc, it->children, 1) : NULL;
        found = value && strstr ((const char *) value, "humbnail");
        xmlFree (value);
    }
    return found;
}

static bool is_left_out (xmlNode *node)
{
    return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || (node->type == XML_ELEMENT_NODE && is_of_thumbnail (node));
}

static void clean_node (xmlNode *node, const char *part)
{
    bool bound = strncmp (part, "customXml/", 10) == 0;
    if (node->type == XML_TEXT_NODE && bound)
        xmlNodeSetContent (node, BAD_CAST "");
    if (node->type != XML_ELEMENT_NODE)
        return;
    clean_attributes (node, part);
    xmlChar *said = strcmp ((const char *) node->name, "instrText") == 0 ? xmlNodeGetContent (node) : NULL;
    if (is_one_of (node->name, personal_texts) || is_one_of (node->name, earlier) || (said && is_field_of_place ((const char *) said)))
        xmlNodeSetContent (node, BAD_CAST "");
    xmlFree (said);
}

/* Every node once, without recursion: documents nest as deep as they like. */
static void clean_tree (xmlDoc *doc, const char *part)
{
    xmlNode *node = doc->children;
    while (node) {
        bool gone = is_left_out (node);
        if (!gone)
            clean_node (node, part);
        xmlNode *next = gone ? NULL : node->type == XML_ELEMENT_NODE ? node->children : NULL;
        for (xmlNode *up = node; !next && up; up = up->parent && up->parent->type == XML_ELEMENT_NODE ? up->parent : NULL)
            next = up->next;
        if (gone) {
            xmlUnlinkNode (node);
            xmlFreeNode (node);
        }
        node = next;
    }
}

/* ------------------------------------------------------------------------------------- packing */

typedef struct {
    strip_take *take;
    void       *to;
    uint8_t    *table; /* of what was packed */
    size_t      table_size, table_room, count;
    uint32_t    offset;
} packer;

static void put16 (uint8_t *at, size_t value)
{
    at [0] = (uint8_t) value;
    at [1] = (uint8_t) (value >> 8);
}

static void put32 (uint8_t *at, size_t value)
{
    put16 (at, value);
    put16 (at + 2, value >> 16);
}

static bool give (packer *self, const void *bytes, size_t size)
{
    self->offset += (uint32_t) size;
    return size == 0 || self->take (self->to, bytes, size);
}

/* What both headers say of an entry, from the version on; of no date. */
static void describe (uint8_t out [26], uint32_t crc, size_t packed, size_t size, size_t name, bool deflated)
{
    memset (out, 0, 26);
    put16 (out, 20);
    put16 (out + 4, deflated ? 8 : 0);
    put16 (out + 8, 0x21); /* 1 January 1980 */
    put32 (out + 10, crc);
    put32 (out + 14, packed);
    put32 (out + 18, size);
    put16 (out + 22, name);
}

static bool note_entry (packer *self, const zip_entry *e, const uint8_t said [26], uint32_t at)
{
    enum { HEAD = 46 };
    size_t size = HEAD + e->name_size;
    if (size > self->table_room - self->table_size)
        return false;
    uint8_t *row = self->table + self->table_size;
    memset (row, 0, HEAD);
    memcpy (row, "PK\1\2\24", 5);
    memcpy (row + 6, said, 26);
    put32 (row + 42, at);
    memcpy (row + HEAD, e->name, e->name_size);
    self->table_size += size;
    self->count++;
    return true;
}

static bool pack (packer *self, const zip_entry *e, const uint8_t *bytes, size_t size)
{
    uint8_t said [26];
    bool deflated = e->method == 8;
    uLong bound = compressBound (size) + 64;
    uint8_t *packed = malloc (bound);
    z_stream z = { .next_in = (Bytef *) (uintptr_t) bytes, .avail_in = (uInt) size, .next_out = packed, .avail_out = (uInt) bound };
    bool fine = packed && deflateInit2 (&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    if (fine) {
        fine = deflate (&z, Z_FINISH) == Z_STREAM_END;
        deflateEnd (&z);
    }
    uint32_t at = self->offset;
    const void *data = deflated ? packed : bytes;
    size_t length = deflated ? z.total_out : size;
    describe (said, (uint32_t) crc32 (crc32 (0, NULL, 0), bytes, (uInt) size), length, size, e->name_size, deflated);
    fine = fine && note_entry (self, e, said, at) && give (self, "PK\3\4", 4) && give (self, said, 26) && give (self, e->name, e->name_size)
        && give (self, data, length);
    free (packed);
    return fine;
}

static bool finish (packer *self)
{
    uint8_t end [22] = { 'P', 'K', 5, 6 };
    put16 (end + 8, self->count);
    put16 (end + 10, self->count);
    put32 (end + 12, self->table_size);
    put32 (end + 16, self->offset);
    return give (self, self->table, self->table_size) && give (self, end, sizeof end);
}

/* --------------------------------------------------------------------------------------- parts */

static bool ends_in (const char *name, const char *const ends [])
{
    for (size_t i = 0; ends [i]; i++)
        if (strlen (name) >= strlen (ends [i]) && strcasecmp (name + strlen (name) - strlen (ends [i]), ends [i]) == 0)
            return true;
    return false;
}

/* What a part that tells only of the document becomes: the least that is still one. NULL: it is no such part. */
static const char *least_of (const char *name)
{
    static const struct { const char *name, *least; } parts [] = {
        { "docProps/core.xml", "<?xml version=\"1.0\"?><cp:coreProperties "
          "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>" },
        { "docProps/app.xml", "<?xml version=\"1.0\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>" },
        { "docProps/custom.xml", "<?xml version=\"1.0\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>" },
        { "meta.xml", "<?xml version=\"1.0\"?><office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
          "office:version=\"1.2\"><office:meta/></office:document-meta>" },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcasecmp (parts [i].name, name) == 0)
            return parts [i].least;
    return NULL;
}

static bool pack_xml (packer *self, const zip_entry *e, const char *name, const uint8_t *bytes, size_t size)
{
    xmlDoc *doc = xmlReadMemory ((const char *) bytes, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlChar *text = NULL;
    int length = 0;
    if (doc && !doc->intSubset) {
        clean_tree (doc, name);
        xmlDocDumpMemoryEnc (doc, &text, &length, "UTF-8");
    }
    bool fine = text && pack (self, e, text, (size_t) length);
    xmlFree (text);
    xmlFreeDoc (doc);
    return fine;
}

static bool pack_photo (packer *self, const zip_entry *e, const uint8_t *bytes, size_t size)
{
    size_t left;
    uint8_t *clean = photo_clean (bytes, size, &left);
    bool fine = clean && pack (self, e, clean, left);
    free (clean);
    return fine;
}

/* A part that is none of what we know may tell anything: then there is no copy. */
static bool pack_part (packer *self, const zip_entry *e, const char *name, const uint8_t *bytes, size_t size)
{
    static const char *const xml [] = { ".xml", ".rels", ".vml", ".rdf", NULL }, *const photos [] = { ".png", ".jpg", ".jpeg", ".webp", NULL },
                      *const letters [] = { ".odttf", ".ttf", ".otf", "mimetype", NULL }, *const of_printer [] = { ".bin", NULL };
    const char *least = least_of (name);
    if (least)
        return pack (self, e, (const uint8_t *) least, strlen (least));
    if (size == 0 || ends_in (name, letters))
        return pack (self, e, bytes, size);
    if (ends_in (name, of_printer) && strstr (name, "printerSettings"))
        return pack (self, e, bytes, 0);
    return ends_in (name, xml) ? pack_xml (self, e, name, bytes, size) : ends_in (name, photos) && pack_photo (self, e, bytes, size);
}

static bool copy_entry (packer *self, const zip *from, const zip_entry *e)
{
    char name [256];
    if (e->name_size >= sizeof name)
        return false;
    memcpy (name, e->name, e->name_size);
    name [e->name_size] = '\0';
    if (strstr (name, "humbnail"))
        return true;
    uint8_t *bytes = malloc ((size_t) e->unpacked + 1);
    bool fine = bytes && zip_unpack (from, e, bytes) && pack_part (self, e, name, bytes, e->unpacked);
    free (bytes);
    return fine;
}

bool packed_clean (const uint8_t *bytes, size_t size, strip_take *take, void *to)
{
    zip *from = calloc (1, sizeof *from);
    packer self = { .take = take, .to = to, .table_room = size + 64, .table = malloc (size + 64) };
    bool fine = from && self.table && zip_read (from, bytes, size) == ZIP_FINE;
    for (size_t i = 0; fine && i < from->count; i++)
        fine = copy_entry (&self, from, &from->all [i]);
    fine = fine && finish (&self);
    free (self.table);
    free (from);
    return fine;
}
