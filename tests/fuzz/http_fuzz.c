/* http_fuzz.c - requests from anybody: address, query and JSON body, up to what a service gets.
 *
 * The input is a request as text: `PUT /v1/offers/...?dryRun=true`, a new line, the body. What is
 * accepted is written as JSON, and that text, read again, gives the same text. */
#include "../../common/json.h"
#include "../../common/wire.h"
#include "../../services/gateway/route.h"
#include "fuzz.h"
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

enum { ADDRESS = 4096 };

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct {
    method how;
    route to;
    struct evkeyvalq query;
    const char *body;
    size_t size;
} request;

int LLVMFuzzerInitialize (int *argc, char ***argv)
{
    (void) argc;
    (void) argv;
    memory_watch ();
    return 0;
}

static method take_method (const char **at)
{
    static const struct {
        const char *word;
        method is;
    } known [] = {
        { "GET ", METHOD_GET },
        { "POST ", METHOD_POST },
        { "PUT ", METHOD_PUT },
        { "DELETE ", METHOD_DELETE },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp (*at, known [i].word, strlen (known [i].word)) == 0) {
            *at += strlen (known [i].word);
            return known [i].is;
        }
    return METHOD_NONE;
}

/* The first line into its parts, by the same functions of libevent that the gateway calls. */
static bool take_address (request *self, const char *line)
{
    self->how = take_method (&line);
    struct evhttp_uri *uri = evhttp_uri_parse (line);
    if (!uri)
        return false;
    const char *path = evhttp_uri_get_path (uri), *query = evhttp_uri_get_query (uri);
    char *decoded = evhttp_uridecode (path ? path : "/", 0, NULL);
    bool good = !query || evhttp_parse_query_str (query, &self->query) == 0;
    self->to = route_find (self->how, decoded);
    free (decoded);
    evhttp_uri_free (uri);
    return good && self->to.op;
}

/* As the gateway takes the input of an operation. NULL: refused, and the faults say why. */
static void *take_input (const request *self, msgpack_zone *zone, faults *wrong)
{
    msgpack_sbuffer body, merged;
    msgpack_object object;
    const schema *in = self->to.op->in ();
    msgpack_sbuffer_init (&body);
    msgpack_sbuffer_init (&merged);
    msgpack_packer read = { &body, msgpack_sbuffer_write },
                   merge = { &merged, msgpack_sbuffer_write };
    void *record = msgpack_zone_malloc (zone, in->size);
    bool good = (self->size == 0 || json_read (self->body, self->size, &read, wrong))
                && route_merge (&self->to, &self->query, &(bytes) { body.size, body.data }, &merge,
                                wrong);
    const char *why = good ? wire_unpack (merged.data, merged.size, zone, &object) : NULL;
    if (why)
        good = faults_add (wrong, "", "%s", why);
    good = good && schema_decode (in, &object, record, zone, FROM_CLIENT, self->to.names, wrong);
    msgpack_sbuffer_destroy (&merged);
    msgpack_sbuffer_destroy (&body);
    return good ? record : NULL;
}

static void check_round (const schema *shape, const void *record, msgpack_zone *zone)
{
    text_buffer first = { 0 }, second = { 0 };
    msgpack_sbuffer packed;
    msgpack_object object;
    faults wrong = { 0 };
    msgpack_sbuffer_init (&packed);
    msgpack_packer packer = { &packed, msgpack_sbuffer_write };
    void *again = msgpack_zone_malloc (zone, shape->size);
    json_write (shape, record, OWNER, &first);
    bool good = json_read (first.at, first.size, &packer, &wrong)
                && !wire_unpack (packed.data, packed.size, zone, &object)
                && schema_decode (shape, &object, again, zone, FROM_PEER, NULL, &wrong);
    assert (good);
    json_write (shape, again, OWNER, &second);
    assert (first.size == second.size && !memcmp (first.at, second.at, first.size));
    msgpack_sbuffer_destroy (&packed);
    text_free (&second);
    text_free (&first);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr (data, '\n', size) : NULL;
    size_t length = end ? (size_t) (end - data) : size;
    char line [ADDRESS];
    if (length >= sizeof line)
        return 0;
    memcpy (line, data, length);
    line [length] = 0;
    size_t began = memory_begin ();
    request it = { .size = end ? size - length - 1 : 0 };
    faults wrong = { 0 };
    it.body = end ? (const char *) end + 1 : "";
    TAILQ_INIT (&it.query);
    msgpack_zone zone;
    msgpack_zone_init (&zone, 4096);
    if (take_address (&it, line)) {
        void *record = take_input (&it, &zone, &wrong);
        assert (!record == (wrong.count > 0));
        memory_check (began, size);
        if (record)
            check_round (it.to.op->in (), record, &zone);
    }
    msgpack_zone_destroy (&zone);
    evhttp_clear_headers (&it.query);
    return 0;
}
