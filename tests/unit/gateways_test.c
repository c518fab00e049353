/* gateways_test.c - which gateways a worker knows, while a name stands for now these, now those addresses. */
#include "../../common/gateways.h"
#include "../../common/text.h"
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

/* A name's answers, as the test says; `news` until it was told. */
typedef struct {
    endpoints now;
    bool      news;
} book;

static book page; /* the resolution has no other way to the test */

static void *page_open (const char *endpoint)
{
    assert_string_equal (endpoint, "tcp://gateway:5550");
    return &page;
}

static bool page_look (void *self, int64_t now, endpoints *found)
{
    book *it = self;
    (void) now;
    bool news = it->news;
    *found = it->now;
    it->news = false;
    return news;
}

static void page_close (void **self_p)
{
    *self_p = NULL;
}

static const resolution from_page = { page_open, page_look, page_close };

/* The name stands for these addresses from now on; NULL ends the list. */
static void stands_for (const char *first, ...)
{
    va_list rest;
    page = (book) { .news = true };
    va_start (rest, first);
    for (const char *at = first; at; at = va_arg (rest, const char *))
        strcpy (page.now.at [page.now.count++], at);
    va_end (rest);
}

/* ------------------------------------------------------------------------------- a keys directory */

static char directory [] = "/tmp/meerwaarde-keys-XXXXXX";
static key_pair server, other_server;
static keys *ours;

static void write_key (const char *name, const key_pair *pair, bool with_secret)
{
    char path [200];
    snprintf (path, sizeof path, "%s/%s", directory, name);
    FILE *out = fopen (path, "w");
    assert_non_null (out);
    fprintf (out, "metadata\ncurve\n    public-key = \"%s\"\n", pair->public_key);
    if (with_secret)
        fprintf (out, "    secret-key = \"%s\"\n", pair->secret_key);
    fclose (out);
    chmod (path, with_secret ? 0600 : 0644);
}

static int make_keys (void **state)
{
    (void) state;
    key_pair own;
    zsys_init ();
    assert_non_null (mkdtemp (directory));
    zmq_curve_keypair (server.public_key, server.secret_key);
    zmq_curve_keypair (other_server.public_key, other_server.secret_key);
    zmq_curve_keypair (own.public_key, own.secret_key);
    write_key ("gateway.key", &server, false);
    write_key ("gateway.old.key", &other_server, false);
    write_key ("matching.key_secret", &own, true);
    ours = keys_new (directory, "matching");
    return ours ? 0 : -1;
}

static int drop_keys (void **state)
{
    (void) state;
    keys_destroy (&ours);
    zdir_t *all = zdir_new (directory, NULL);
    zdir_remove (all, true);
    zdir_destroy (&all);
    return 0;
}

/* --------------------------------------------------------------------------------------- names */

static gateway *known (gateways *all, const char *endpoint)
{
    for (size_t i = 0; i < gateways_count (all); i++)
        if (strcmp (gateways_at (all, i)->endpoint, endpoint) == 0)
            return gateways_at (all, i);
    return NULL;
}

static const char one [] = "tcp://127.0.0.1:5550", two [] = "tcp://127.0.0.2:5550", three [] = "tcp://127.0.0.3:5550";

static void nothing_then_two_then_one (void **state)
{
    (void) state;
    stands_for (NULL);
    gateways *all = gateways_new ("tcp://gateway:5550", ours, &from_page);
    gateways_look (all, 0);
    assert_int_equal (gateways_count (all), 0);
    stands_for (one, two, NULL);
    gateways_look (all, 1);
    assert_int_equal (gateways_count (all), 2);
    stands_for (two, NULL);
    gateways_look (all, 2);
    assert_int_equal (gateways_count (all), 1);
    assert_non_null (known (all, two));
    gateways_destroy (&all);
}

static void one_that_talks_stays_until_it_is_silent (void **state)
{
    (void) state;
    stands_for (one, two, NULL);
    gateways *all = gateways_new ("tcp://gateway:5550", ours, &from_page);
    gateways_look (all, 0);
    known (all, one)->welcome = true;
    int number = known (all, one)->number;
    stands_for (NULL);
    gateways_look (all, 1);
    assert_int_equal (gateways_count (all), 1);
    assert_ptr_equal (gateways_find (all, number), known (all, one));
    gateways_find (all, number)->welcome = false;
    stands_for (NULL);
    gateways_look (all, 2);
    assert_int_equal (gateways_count (all), 0);
    assert_null (gateways_find (all, number));
    gateways_destroy (&all);
}

static void nobody_can_tell_so_nothing_changes (void **state)
{
    (void) state;
    stands_for (one, NULL);
    gateways *all = gateways_new ("tcp://gateway:5550", ours, &from_page);
    gateways_look (all, 0);
    for (int64_t now = 1; now < 5; now++)
        gateways_look (all, now);
    assert_int_equal (gateways_count (all), 1);
    gateways_destroy (&all);
}

static void numbers_are_never_used_twice (void **state)
{
    (void) state;
    gateways *all = gateways_new ("ipc:///tmp/meerwaarde-nobody,tcp://gateway:5550", ours, &from_page);
    int before = gateways_at (all, 0)->number;
    for (int i = 0; i < 5; i++) {
        stands_for (i % 2 ? two : three, one, NULL);
        gateways_look (all, i);
        assert_true (known (all, i % 2 ? two : three)->number > before);
        before = known (all, i % 2 ? two : three)->number;
        assert_int_equal (gateways_count (all), 3);
    }
    gateways_destroy (&all);
}

static void more_than_there_is_room_for_is_left_out (void **state)
{
    (void) state;
    gateways *all = gateways_new ("tcp://gateway:5550", ours, &from_page);
    for (int block = 0; block < 4; block++) {
        page = (book) { .news = true, .now.count = ADDRESSES };
        for (int i = 0; i < ADDRESSES; i++)
            snprintf (page.now.at [i], ENDPOINT_TEXT, "tcp://127.0.%d.%d:5550", block, i + 1);
        gateways_look (all, block);
        for (size_t i = 0; i < gateways_count (all); i++)
            gateways_at (all, i)->welcome = true;
    }
    assert_int_equal (gateways_count (all), GATEWAYS);
    gateways_destroy (&all);
}

/* ---------------------------------------------------------------------------------------- keys */

static void *listen_with (const key_pair *pair, char endpoint [ENDPOINT_TEXT])
{
    void *socket = zmq_socket (zsys_init (), ZMQ_ROUTER);
    size_t size = ENDPOINT_TEXT;
    zmq_setsockopt (socket, ZMQ_CURVE_SERVER, &(int) { 1 }, sizeof (int));
    zmq_setsockopt (socket, ZMQ_CURVE_SECRETKEY, pair->secret_key, KEY_TEXT);
    zmq_setsockopt (socket, ZMQ_LINGER, &(int) { 0 }, sizeof (int));
    assert_int_equal (zmq_bind (socket, "tcp://127.0.0.1:*"), 0);
    zmq_getsockopt (socket, ZMQ_LAST_ENDPOINT, endpoint, &size);
    return socket;
}

static bool hears (void *socket, gateway *g, int ms)
{
    zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };
    zmq_send (zsock_resolve (g->dealer), "hello", 5, 0);
    return zmq_poll (&item, 1, ms) == 1;
}

static void a_gateway_with_its_former_key_is_reached_at_the_second_attempt (void **state)
{
    (void) state;
    char endpoint [ENDPOINT_TEXT];
    void *socket = listen_with (&other_server, endpoint);
    stands_for (endpoint, NULL);
    gateways *all = gateways_new ("tcp://gateway:5550", ours, &from_page);
    int64_t now = clock_steady_us ();
    gateways_look (all, now);
    gateway *g = gateways_at (all, 0);
    int number = g->number;
    assert_false (hears (socket, g, 200));
    g->asked = now;
    gateways_look (all, now + 1000000);
    assert_int_equal (g->number, number);
    gateways_look (all, now + 2000000);
    assert_int_not_equal (g->number, number);
    assert_true (hears (socket, g, 5000));
    gateways_destroy (&all);
    zmq_close (socket);
}

/* ------------------------------------------------------------------------------- the system's */

static void an_address_and_a_name_that_everybody_knows (void **state)
{
    (void) state;
    endpoints found;
    assert_true (resolve_now ("tcp://127.0.0.2:5550", &found));
    assert_int_equal (found.count, 1);
    assert_string_equal (found.at [0], two);
    assert_true (resolve_now ("tcp://localhost:5550", &found));
    assert_string_equal (found.at [0], one);
}

/* More than once, because the system may be so quick that there is nothing to wait for. */
static void an_answer_that_takes_its_time_is_taken (void **state)
{
    (void) state;
    for (int i = 0; i < 20; i++) {
        endpoints found = { 0 };
        void *name = resolution_system.open ("tcp://localhost:5550");
        int64_t until = clock_steady_us () + 1900000, now; /* before it is asked again */
        while (!resolution_system.look (name, now = clock_steady_us (), &found) && now < until)
            sched_yield ();
        assert_int_equal (found.count, 1);
        assert_string_equal (found.at [0], one);
        assert_false (resolution_system.look (name, now, &found)); /* asked again only later */
        resolution_system.close (&name);
    }
}

static void endpoints_are_taken_apart (void **state)
{
    (void) state;
    char host [256], port [6];
    assert_true (endpoint_split ("tcp://[::1]:65535", host, port));
    assert_string_equal (host, "::1");
    assert_string_equal (port, "65535");
    assert_true (endpoint_split ("tcp://*:1", host, port));
    const char *const wrong [] = { "tcp://host", "tcp://:5550", "tcp://host:0", "tcp://host:65536", "tcp://host:5550x",
                                   "tcp://host:", "host:5550", "ipc:///tmp/x", "", "tcp://host:000005550" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false (endpoint_split (wrong [i], host, port));
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (nothing_then_two_then_one),
        cmocka_unit_test (one_that_talks_stays_until_it_is_silent),
        cmocka_unit_test (nobody_can_tell_so_nothing_changes),
        cmocka_unit_test (numbers_are_never_used_twice),
        cmocka_unit_test (more_than_there_is_room_for_is_left_out),
        cmocka_unit_test (a_gateway_with_its_former_key_is_reached_at_the_second_attempt),
        cmocka_unit_test (an_address_and_a_name_that_everybody_knows),
        cmocka_unit_test (an_answer_that_takes_its_time_is_taken),
        cmocka_unit_test (endpoints_are_taken_apart),
    };
    return cmocka_run_group_tests (tests, make_keys, drop_keys);
}
