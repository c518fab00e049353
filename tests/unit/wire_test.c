/* wire_test.c - what the walk over foreign bytes lets through, and that msgpack-c agrees. */
#include "../../common/wire.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#define CHECK(...) wire_check ((const uint8_t []) { __VA_ARGS__ }, sizeof ((const uint8_t []) { __VA_ARGS__ }))

static void bombs_are_refused_without_memory (void **state)
{
    (void) state;
    assert_string_equal (CHECK (0xdd, 0xff, 0x00, 0x00, 0x00), "declares more elements than it has bytes");
    assert_string_equal (CHECK (0xdf, 0x7f, 0xff, 0xff, 0xff), "has too many keys in one object");
    assert_string_equal (CHECK (0xdb, 0xff, 0xff, 0xff, 0xff), "ends too early");
    assert_string_equal (CHECK (0xc6, 0xff, 0xff, 0xff, 0xff, 0), "ends too early");
}

static void nesting_is_bounded (void **state)
{
    (void) state;
    uint8_t deep [64];
    for (size_t i = 0; i < sizeof deep; i++)
        deep [i] = 0x91; /* arrays of one */
    deep [WIRE_DEPTH] = 0xc0;
    assert_null (wire_check (deep, WIRE_DEPTH + 1));
    deep [WIRE_DEPTH] = 0x91;
    deep [WIRE_DEPTH + 1] = 0xc0;
    assert_string_equal (wire_check (deep, WIRE_DEPTH + 2), "is nested too deep");
}

/* Looking for duplicates once walked again what came before, at every level: for ever, with these bytes. */
static void nested_objects_cost_no_more_than_their_bytes (void **state)
{
    (void) state;
    uint8_t nested [WIRE_DEPTH * 64];
    size_t size = 0;
    for (int depth = 1; depth < WIRE_DEPTH; depth++, size += 3)
        memcpy (nested + size, (uint8_t []) { 0x8f, 0xa1, 'a' }, 3);
    nested [size++] = 0xc0;
    for (int depth = 1; depth < WIRE_DEPTH; depth++)
        for (uint8_t key = 'b'; key < 'b' + 14; key++, size += 3)
            memcpy (nested + size, (uint8_t []) { 0xa1, key, 0xc0 }, 3);
    assert_null (wire_check (nested, size));
}

static void keys_are_texts_and_come_once (void **state)
{
    (void) state;
    assert_null (CHECK (0x82, 0xa1, 'a', 1, 0xa1, 'b', 2));
    assert_string_equal (CHECK (0x82, 0xa1, 'a', 1, 0xa1, 'a', 2), "has the same key twice");
    assert_string_equal (CHECK (0x81, 0x01, 0x02), "has a key that is not a short text");
    /* the long form of a short text would hide a duplicate */
    assert_string_equal (CHECK (0x82, 0xa1, 'a', 1, 0xd9, 1, 'a', 2), "has a key that is not a short text");
}

static void texts_are_utf8 (void **state)
{
    (void) state;
    assert_null (CHECK (0xa3, 0xe2, 0x82, 0xac));
    assert_string_equal (CHECK (0xa2, 0xc0, 0x80), "holds text that is not UTF-8");
    assert_string_equal (CHECK (0xa3, 0xed, 0xa0, 0x80), "holds text that is not UTF-8"); /* a surrogate */
    assert_string_equal (CHECK (0xa1, 0x00), "holds text that is not UTF-8");
}

static void one_value_and_no_more (void **state)
{
    (void) state;
    assert_string_equal (wire_check ("", 0), "is empty");
    assert_string_equal (CHECK (0x01, 0x02), "goes on after its end");
    assert_string_equal (CHECK (0xc1), "has a type that is not used here");
    assert_string_equal (CHECK (0xd6, 1, 2, 3, 4, 5), "has a type that is not used here");
}

/* Whatever passes, msgpack-c must unpack to the same length. */
static void random_bytes_agree_with_msgpack (void **state)
{
    (void) state;
    const char *given = getenv ("SEED");
    unsigned seed = given ? (unsigned) strtoul (given, NULL, 10) : (unsigned) time (NULL);
    print_message ("# SEED=%u\n", seed);
    srand (seed);
    for (int i = 0; i < 300000; i++) {
        uint8_t b [16];
        size_t n = 1 + (size_t) rand () % sizeof b;
        for (size_t k = 0; k < n; k++)
            b [k] = rand () % 3 ? (uint8_t) (0x80 + rand () % 0x80) : (uint8_t) rand ();
        if (wire_check (b, n))
            continue;
        msgpack_unpacked u;
        size_t at = 0;
        msgpack_unpacked_init (&u);
        assert_int_equal (msgpack_unpack_next (&u, (char *) b, n, &at), MSGPACK_UNPACK_SUCCESS);
        assert_int_equal (at, n);
        msgpack_unpacked_destroy (&u);
    }
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (bombs_are_refused_without_memory), cmocka_unit_test (nesting_is_bounded),
        cmocka_unit_test (nested_objects_cost_no_more_than_their_bytes),
        cmocka_unit_test (keys_are_texts_and_come_once), cmocka_unit_test (texts_are_utf8),
        cmocka_unit_test (one_value_and_no_more), cmocka_unit_test (random_bytes_agree_with_msgpack),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
