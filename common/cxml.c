/* cxml.c - reads the head of a cXML document, and writes the Response to it. */
#include "cxml.h"
#include "text.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NAME_MOST = 200 };

/* http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd, in any version; it is not fetched. */
static bool is_cxml (const char *name, const char *address)
{
    static const char host [] = "://xml.cxml.org/schemas/cXML/", file [] = "/cXML.dtd";
    const char *rest = strncasecmp (address, "http", 4) ? "" : address + 4 + (address [4] == 's' || address [4] == 'S');
    if (strcmp (name, "cXML") || strncasecmp (rest, host, sizeof host - 1))
        return false;
    rest += sizeof host - 1;
    size_t version = strspn (rest, "0123456789.");
    return version && strcmp (rest + version, file) == 0;
}

xmlDocPtr cxml_parse (const void *data, size_t size, faults *wrong)
{
    xmlDocPtr document = xml_in_parse (data, size, is_cxml, wrong);
    const xmlNode *root = document ? xmlDocGetRootElement (document) : NULL;
    if (root && strcmp ((const char *) root->name, "cXML") == 0)
        return document;
    if (document) {
        faults_add (wrong, "", "must be an element cXML");
        xmlFreeDoc (document);
    }
    return NULL;
}

const xmlNode *cxml_next (const xmlNode *at, const char *name)
{
    while (at && (at->type != XML_ELEMENT_NODE || strcmp ((const char *) at->name, name)))
        at = at->next;
    return at;
}

const xmlNode *cxml_find (const xmlNode *at, const char *path)
{
    while (at && *path) {
        char name [60];
        size_t size = strcspn (path, "/");
        snprintf (name, sizeof name, "%.*s", (int) size, path);
        at = cxml_next (at->children, name);
        path += size + (path [size] == '/');
    }
    return at;
}

bool cxml_credential_read (const xmlNode *root, const char *party, msgpack_zone *zone, cxml_credential *out, faults *wrong)
{
    char path [60];
    snprintf (path, sizeof path, "Header/%s/Credential", party);
    const xmlNode *at = cxml_find (root, path);
    *out = (cxml_credential) { xml_in_attribute (at, "domain", zone), xml_in_text (cxml_find (at, "Identity"), zone),
                               xml_in_text (cxml_find (at, "SharedSecret"), zone) };
    if (!out->domain || !out->identity)
        return faults_add (wrong, path, "must have a domain and an Identity");
    if (strlen (out->domain) > NAME_MOST || strlen (out->identity) > NAME_MOST)
        return faults_add (wrong, path, "is too long");
    return true;
}

void cxml_key_hash (const cxml_credential *of, char out [65])
{
    unsigned char hash [32];
    const char *parts [] = { "meerwaarde cxml", of->domain, of->identity, of->secret ? of->secret : "" };
    crypto_generichash_state state;
    crypto_generichash_init (&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) /* with the zero, so that no two ways of cutting are one */
        crypto_generichash_update (&state, (const unsigned char *) parts [i], strlen (parts [i]) + 1);
    crypto_generichash_final (&state, hash, sizeof hash);
    sodium_bin2hex (out, 65, hash, sizeof hash);
}

void cxml_escape (text_buffer *to, const char *text)
{
    for (const unsigned char *c = (const unsigned char *) text; *c; c++) {
        bool no_character = *c == 0xef && c [1] == 0xbf && c [2] >= 0xbe;
        const char *as = *c == '<' ? "&lt;" : *c == '>' ? "&gt;" : *c == '&' ? "&amp;" : *c == '"' ? "&quot;"
                       : no_character || (*c < ' ' && *c != '\t' && *c != '\n') ? " " : NULL;
        as ? text_append (to, as, strlen (as)) : text_append (to, (const char *) c, 1);
        c += no_character ? 2 : 0;
    }
}

void cxml_response (text_buffer *to, int64_t now, const char *id, int code, const char *word, const char *detail, const char *more)
{
    char moment [MOMENT_TEXT];
    moment_write (now, moment);
    text_printf (to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" CXML_TYPE "<cXML payloadID=\"%s@meerwaarde\" timestamp=\"%s\" xml:lang=\"nl-NL\">"
                 "<Response><Status code=\"%d\" text=\"", id, moment, code);
    cxml_escape (to, word);
    text_printf (to, "\">");
    cxml_escape (to, detail);
    text_printf (to, "</Status>%s</Response></cXML>\n", more ? more : "");
}
