/* stream_test.c - a subscriber's arithmetic, on a stream that loses, doubles and reorders. */
#include "../../common/evs.h"
#include "../../common/follow.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WORLDS = 2000, STEPS = 400, UNDER_WAY = 32 };

/* One audience: a log that grows, and live messages under way to one subscriber. */
typedef struct {
    uint64_t dice;
    int64_t head;                  /* of the log */
    int64_t under_way [UNDER_WAY]; /* events, negative: heartbeats */
    int count;
    follow at;
    int64_t applied; /* checked: 1, 2, 3 ... */
} world;

/* xorshift64: the same worlds at every run. */
static uint64_t roll (world *self, uint64_t sides)
{
    self->dice ^= self->dice << 13;
    self->dice ^= self->dice >> 7;
    self->dice ^= self->dice << 17;
    return self->dice % sides;
}

static void apply (world *self, int64_t number)
{
    assert_int_equal (number, self->applied + 1);
    self->applied = number;
}

static void say (world *self, int64_t message)
{
    bool lost = roll (self, 5) == 0 || self->count == UNDER_WAY;
    if (!lost)
        self->under_way [self->count++] = message;
    if (!lost && roll (self, 10) == 0)
        say (self, message);
}

/* Mostly the oldest message, sometimes another one. */
static void hear (world *self)
{
    int which = roll (self, 4) ? 0 : (int) roll (self, (uint64_t) self->count);
    int64_t message = self->under_way [which];
    self->count--;
    memmove (self->under_way + which, self->under_way + which + 1,
             (size_t) (self->count - which) * sizeof *self->under_way);
    if (message < 0)
        follow_heartbeat (&self->at, -message);
    else if (follow_event (&self->at, message))
        apply (self, message);
}

/* The log answers; sometimes an answer to an earlier question comes first. */
static void fetch (world *self)
{
    int64_t after = self->at.last, upto = after + (int64_t) roll (self, 9);
    upto = upto < self->head ? upto : self->head;
    if (roll (self, 6) == 0 && after > 0)
        assert_false (follow_batch (&self->at, after - 1, after + 2, self->head));
    assert_true (follow_batch (&self->at, after, upto, self->head));
    for (int64_t n = after + 1; n <= upto; n++)
        apply (self, n);
}

static void step (world *self)
{
    switch (roll (self, 4)) {
    case 0:
        say (self, ++self->head);
        break;
    case 1:
        say (self, -self->head);
        break;
    case 2:
        if (self->count)
            hear (self);
        break;
    default:
        if (self->at.fetching)
            fetch (self);
    }
}

static void nothing_is_missed_and_nothing_comes_twice (void **state)
{
    (void) state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world self = { .dice = seed * UINT64_C (0x9e3779b97f4a7c15) };
        follow_start (&self.at, 0);
        for (int i = 0; i < STEPS; i++)
            step (&self);
        /* Quiet now: one heartbeat, and what it makes the subscriber ask for. */
        follow_heartbeat (&self.at, self.head);
        while (self.at.fetching)
            fetch (&self);
        assert_int_equal (self.applied, self.head);
        assert_int_equal (self.at.last, self.head);
    }
}

static void a_header_is_read_as_it_was_written (void **state)
{
    (void) state;
    evs_header in = { EVS_EVENT, 3, 258, INT64_C (1) << 40 }, out;
    uint8_t wire [EVS_HEADER];
    static const uint8_t example [16] = { 1, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 2 };
    evs_write (&in, wire);
    assert_memory_equal (wire, example, sizeof example);
    assert_true (evs_read (wire, sizeof wire, &out));
    assert_int_equal (out.kind, in.kind);
    assert_int_equal (out.term, in.term);
    assert_int_equal (out.tseq, in.tseq);
    assert_int_equal (out.seq, in.seq);
    assert_false (evs_read (wire, sizeof wire - 1, &out));
    wire [8] = 0x80; /* a number that no audience reaches */
    assert_false (evs_read (wire, sizeof wire, &out));
    wire [8] = 0;
    wire [0] = 2;
    assert_false (evs_read (wire, sizeof wire, &out));
}

static void only_audiences_have_topics (void **state)
{
    (void) state;
    static const char org [] = "org/0198aaaa-0000-7000-8000-000000000001";
    static const char *const bad [] = { "",
                                        "Public",
                                        "publicx",
                                        "org/",
                                        "org/0198",
                                        "all/",
                                        "org/0198AAAA-0000-7000-8000-000000000001",
                                        "org/0198aaaa-0000-7000-8000-00000000000100000" };
    char topic [EVS_TOPIC], audience [EVS_AUDIENCE];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false (evs_is_audience (bad [i]));
        snprintf (topic, sizeof topic, "ev1/%s/", bad [i]);
        assert_false (evs_topic_audience (topic, strlen (topic), audience));
    }
    evs_topic (org, topic);
    assert_true (evs_topic_audience (topic, strlen (topic), audience));
    assert_string_equal (audience, org);
    assert_false (evs_topic_audience (topic, strlen (topic) - 1, audience));
    assert_false (evs_topic_audience ("ev1/", 4, audience));
}

/* The example of proto/EVENTS.md. */
static void the_chain_is_that_of_the_page (void **state)
{
    (void) state;
    uint8_t hash [EVS_HASH] = { 0 };
    evs_chain (hash, 1,
               "\x81\xa2id\xa1"
               "a",
               6);
    evs_chain (hash, 2,
               "\x81\xa2id\xa1"
               "b",
               6);
    static const uint8_t due [] = { 0x36, 0xc8, 0x81, 0xea, 0xb6, 0xc7, 0xc8, 0xe5 };
    assert_memory_equal (hash, due, sizeof due);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (nothing_is_missed_and_nothing_comes_twice),
        cmocka_unit_test (a_header_is_read_as_it_was_written),
        cmocka_unit_test (only_audiences_have_topics),
        cmocka_unit_test (the_chain_is_that_of_the_page),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
