/* golden_test.c - the example of proto/DISPATCH.md, read from the page: our encoder says exactly its bytes, and our decoder
 * reads out of them what stands beside them. tests/system/golden.test.mjs plays it against a gateway.                   */
#include "../../common/json.h"
#include "../../common/mwp.h"
#include "../../common/wire.h"
#include <czmq.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MESSAGES = 40, FRAME_BYTES = 1000 };

typedef struct {
    size_t  size;
    uint8_t bytes [FRAME_BYTES];
    char    json [FRAME_BYTES];
} frame;

typedef struct {
    char   title [40]; /* "W: READY" */
    frame  frames [2];
    size_t count;
} message;

static message page [MESSAGES];
static size_t messages;

/* ------------------------------------------------------------------------------------ the page */

/* "    a6 63 72 65 64 69 74 10   "credit": 16}": the bytes into the frame; what stands beside them, or NULL: none of these lines. */
static const char *take_bytes (const char *line, frame *to)
{
    const char *at = line + strspn (line, " ");
    unsigned byte;
    int length;
    if (at - line != 4 || sscanf (at, "%2x%n", &byte, &length) != 1 || length != 2 || (at [2] && !isspace (at [2])))
        return NULL;
    for (; sscanf (at, "%2x%n", &byte, &length) == 1 && length == 2; at += 2 + (at [2] == ' ' && at [3] != ' ')) {
        assert_in_range (to->size, 0, FRAME_BYTES - 1);
        to->bytes [to->size++] = (uint8_t) byte;
    }
    return at + strspn (at, " \n");
}

static void take_line (const char *line)
{
    frame one = { 0 };
    const char *said = take_bytes (line, &one);
    if (!said)
        return;
    bool title = strncmp (said, "W: ", 3) == 0 || strncmp (said, "G: ", 3) == 0, body = strncmp (said, "body ", 5) == 0;
    messages += title;
    assert_in_range (messages, 1, MESSAGES);
    message *m = &page [messages - 1];
    m->count += title || body;
    assert_in_range (m->count, 1, 2);
    frame *to = &m->frames [m->count - 1];
    assert_true (to->size + one.size <= FRAME_BYTES);
    memcpy (to->bytes + to->size, one.bytes, one.size);
    to->size += one.size;
    if (title)
        snprintf (m->title, sizeof m->title, "%.*s", (int) strcspn (said, "\n"), said);
    else
        snprintf (to->json + strlen (to->json), sizeof to->json - strlen (to->json), "%s", said + (body ? 5 : 0));
}

static int read_page (void **state)
{
    (void) state;
    char line [500];
    bool example = false;
    FILE *file = fopen ("proto/DISPATCH.md", "r");
    assert_non_null (file);
    while (fgets (line, sizeof line, file)) {
        if (strncmp (line, "## ", 3) == 0)
            example = strstr (line, "byte by byte") != NULL;
        else if (example)
            take_line (line);
    }
    fclose (file);
    return 0;
}

/* ----------------------------------------------------------------------------------- its words */

typedef struct {
    const char    *title;
    mwp_command    command;
    const schema *(*shape) (void); /* NULL: no header */
} word_of_page;

static const word_of_page words_of_page [] = {
    { "W: READY", MWP_READY, mwp_ready_schema },             { "G: WELCOME", MWP_WELCOME, mwp_welcome_schema },
    { "W: CREDIT", MWP_CREDIT, mwp_credit_schema },          { "G: REQUEST", MWP_REQUEST, mwp_request_schema },
    { "W: REPLY", MWP_REPLY, mwp_reply_schema },             { "W: HEARTBEAT", MWP_HEARTBEAT, mwp_heartbeat_schema },
    { "G: HEARTBEAT", MWP_HEARTBEAT, NULL },                 { "G: CANCEL", MWP_CANCEL, mwp_cancel_schema },
    { "W: REJECT", MWP_REJECT, mwp_reject_schema },          { "G: DRAIN", MWP_DRAIN, NULL },
    { "W: DRAIN", MWP_DRAIN, NULL },                         { "G: FENCE", MWP_FENCE, NULL },
    { "W: BYE", MWP_BYE, NULL },                             { "G: DISCONNECT", MWP_DISCONNECT, NULL },
};
enum { WORDS = sizeof words_of_page / sizeof *words_of_page };

static const word_of_page *word_of (const message *m)
{
    for (size_t i = 0; i < WORDS; i++)
        if (strcmp (words_of_page [i].title, m->title) == 0)
            return &words_of_page [i];
    fail_msg ("the page has \"%s\", which nobody says", m->title);
    return NULL;
}

/* What a body looks like: that of a reply, by the request before it. */
static const schema *body_shape (const message *m, msgpack_zone *zone)
{
    const message *request = m;
    while (strcmp (request->title, "G: REQUEST") != 0 && request > page)
        request--;
    zmq_msg_t head;
    mwp_request_t asked;
    zmq_msg_init_data (&head, (void *) (uintptr_t) request->frames [0].bytes, request->frames [0].size, NULL, NULL);
    assert_true (mwp_read (&head, mwp_request_schema (), &asked, zone));
    zmq_msg_close (&head);
    const operation *op = operation_find (asked.operation);
    assert_non_null (op);
    return request == m ? op->in () : op->out ();
}

static void same_bytes (const message *m, size_t which, const void *at, size_t size)
{
    const frame *f = &m->frames [which];
    if (f->size != size || memcmp (f->bytes, at, size) != 0)
        fail_msg ("%s, frame %zu: the programs say other bytes than the page", m->title, which);
}

static void same_meaning (const message *m, size_t which, const schema *shape, const void *record)
{
    text_buffer text = { 0 };
    json_write (shape, record, OWNER, &text);
    json_t *read = json_loadb (text.at, text.size, 0, NULL), *said = json_loads (m->frames [which].json, 0, NULL);
    if (!said || !json_equal (read, said))
        fail_msg ("%s, frame %zu: the bytes say %.*s, beside them stands %s", m->title, which, (int) text.size, text.at,
                  m->frames [which].json);
    json_decref (read);
    json_decref (said);
    text_free (&text);
}

/* The JSON of a frame as a record. */
static void *record_of (const frame *f, const schema *shape, msgpack_zone *zone)
{
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    msgpack_object object;
    faults wrong = { 0 };
    void *record = msgpack_zone_malloc (zone, shape->size);
    assert_true (json_read (f->json, strlen (f->json), &packer, &wrong));
    assert_null (wire_unpack (buffer.data, buffer.size, zone, &object));
    if (!schema_decode (shape, &object, record, zone, FROM_GATEWAY, NULL, &wrong))
        fail_msg ("%s: %s %s", f->json, wrong.at [0].path, wrong.at [0].reason);
    msgpack_sbuffer_destroy (&buffer);
    return record;
}

/* --------------------------------------------------------------------------------------- tests */

static void the_page_has_every_word (void **state)
{
    (void) state;
    for (size_t i = 0; i < WORDS; i++) {
        size_t at = 0;
        while (at < messages && strcmp (page [at].title, words_of_page [i].title) != 0)
            at++;
        if (at == messages)
            fail_msg ("the page's example lacks %s", words_of_page [i].title);
    }
}

static void send_as_we_do (void *socket, const message *m, msgpack_zone *zone)
{
    const word_of_page *word = word_of (m);
    const void *header = word->shape ? record_of (&m->frames [0], word->shape (), zone) : NULL;
    msgpack_sbuffer body;
    msgpack_sbuffer_init (&body);
    msgpack_packer packer = { &body, msgpack_sbuffer_write };
    if (m->count == 2) {
        const schema *shape = body_shape (m, zone);
        schema_encode (shape, record_of (&m->frames [1], shape, zone), OWNER, NULL, &packer);
    }
    assert_true (mwp_send (socket, NULL, word->command, word->shape ? word->shape () : NULL, header,
                           m->count == 2 ? &(bytes) { body.size, body.data } : NULL));
    msgpack_sbuffer_destroy (&body);
}

static void what_we_say_is_the_page (void **state)
{
    (void) state;
    zsock_t *near = zsock_new_pair ("@inproc://golden"), *far = zsock_new_pair (">inproc://golden");
    for (size_t i = 0; i < messages; i++) {
        const message *m = &page [i];
        msgpack_zone *zone = msgpack_zone_new (4096);
        zmq_msg_t frames [2];
        send_as_we_do (zsock_resolve (near), m, zone);
        int count = mwp_receive (zsock_resolve (far), frames, 2, 0);
        assert_int_equal (count, m->count);
        for (int k = 0; k < count; k++)
            same_bytes (m, (size_t) k, zmq_msg_data (&frames [k]), zmq_msg_size (&frames [k]));
        mwp_close (frames, count);
        msgpack_zone_free (zone);
    }
    zsock_destroy (&near);
    zsock_destroy (&far);
}

static void what_we_read_is_the_page (void **state)
{
    (void) state;
    for (size_t i = 0; i < messages; i++) {
        message *m = &page [i];
        const word_of_page *word = word_of (m);
        const schema *shape = word->shape ? word->shape () : nothing_schema ();
        msgpack_zone *zone = msgpack_zone_new (4096);
        void *header = msgpack_zone_malloc (zone, shape->size);
        zmq_msg_t head;
        zmq_msg_init_data (&head, m->frames [0].bytes, m->frames [0].size, NULL, NULL);
        assert_int_equal (mwp_command_of (&head), word->command);
        assert_true (mwp_read (&head, shape, header, zone));
        same_meaning (m, 0, shape, header);
        zmq_msg_close (&head);
        if (m->count == 2) {
            const schema *in_body = body_shape (m, zone);
            void *body = msgpack_zone_malloc (zone, in_body->size);
            msgpack_object object;
            faults wrong = { 0 };
            assert_null (wire_unpack (m->frames [1].bytes, m->frames [1].size, zone, &object));
            assert_true (schema_decode (in_body, &object, body, zone, FROM_GATEWAY, NULL, &wrong));
            same_meaning (m, 1, in_body, body);
        }
        msgpack_zone_free (zone);
    }
}

static void the_hash_is_that_of_the_service (void **state)
{
    (void) state;
    char hash [33];
    msgpack_zone *zone = msgpack_zone_new (4096);
    const mwp_ready_t *ready = record_of (&page [0].frames [0], mwp_ready_schema (), zone);
    assert_string_equal (ready->service, "reporting");
    assert_string_equal (ready->operations, mwp_operations_hash (SERVICE_REPORTING, hash));
    msgpack_zone_free (zone);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (the_page_has_every_word),
        cmocka_unit_test (what_we_say_is_the_page),
        cmocka_unit_test (what_we_read_is_the_page),
        cmocka_unit_test (the_hash_is_that_of_the_service),
    };
    return cmocka_run_group_tests (tests, read_page, NULL);
}
