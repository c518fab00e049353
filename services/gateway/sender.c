/* sender.c - a document in cXML says in its head whom it is from: the shared secret there is looked up as the key of a system is. */
#include "gateway.h"
#include "../../common/cxml.h"
#include <arpa/inet.h>
#include <event2/buffer.h>

bool sender_says (const operation *op)
{
    return op->in () == cxml_file_schema ();
}

/* Nobody learns from the answer whether the identity or the secret is wrong. */
void sender_resolve (gateway *self, exchange *it)
{
    struct evbuffer *in = evhttp_request_get_input_buffer (it->request);
    faults wrong = { 0 };
    msgpack_zone zone;
    cxml_credential from;
    char hash [65], holder [500], address [INET6_ADDRSTRLEN];
    msgpack_zone_init (&zone, 2048);
    xmlDocPtr document = cxml_parse (evbuffer_pullup (in, -1), evbuffer_get_length (in), &wrong);
    bool fine = document && cxml_credential_read (xmlDocGetRootElement (document), "Sender", &zone, &from, &wrong);
    if (fine) {
        snprintf (holder, sizeof holder, "cxml %s %s", from.domain, from.identity);
        cxml_key_hash (&from, hash);
    }
    msgpack_zone_destroy (&zone);
    if (document)
        xmlFreeDoc (document);
    if (!fine) {
        http_invalid (self, it, &wrong);
        return;
    }
    http_add_field (it, "site", self->site);
    session_resolve_sender (self, it, hash, holder, http_address (self, it->request, address) ? address : NULL);
}
