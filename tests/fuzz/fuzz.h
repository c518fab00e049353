/* fuzz.h - what the fuzz targets share: every record by number, and a bound on memory in use. */
#ifndef FUZZ_H
#define FUZZ_H
#include "../../common/vocabulary.h"
#include <assert.h>
#include <sanitizer/allocator_interface.h>

static const schema *(*const records []) (void) = {
#define RECORD(name, doc) name##_schema,
#define ID(...)
#define OWNER_ID(...)
#define PARTY_ID(...)
#define TEXT(...)
#define CODE(...)
#define FORM(...)
#define DATE(...)
#define CHOICE(...)
#define INT(...)
#define MONEY(...)
#define BOOL(...)
#define MOMENT(...)
#define TEXTS(...)
#define CODES(...)
#define CHOICES(...)
#define OBJECT(...)
#define LIST(...)
#define ANY(...)
#define END(name)
#include "../../proto/records.def"
#include "schema-end.h"
};
enum { RECORDS = sizeof records / sizeof *records };

/* ----------------------------------------------------------------------------------- memory */

static size_t held, most_held;

static void allocated (const volatile void *at, size_t size)
{
    (void) at;
    held += size;
    most_held = held > most_held ? held : most_held;
}

static void freed (const volatile void *at)
{
    held -= at ? __sanitizer_get_allocated_size ((const void *) at) : 0;
}

/* Called once, before the first input. */
static void memory_watch (void)
{
    int installed = __sanitizer_install_malloc_and_free_hooks (allocated, freed);
    assert (installed > 0);
}

/* What is held from here on counts for one input. */
static size_t memory_begin (void)
{
    most_held = held;
    return held;
}

/* An input may cost a fixed part, and for each of its bytes as much as the largest record: no
 * element of a list of records takes less than one byte. Zones and buffers round up to powers of
 * two, hence twice that. */
static void memory_check (size_t began, size_t input)
{
    enum { FIXED = 128 << 10, OBJECT = 64 };
    static size_t largest;
    for (size_t i = 0; !largest && i < RECORDS; i++)
        largest = records [i]()->size > largest ? records [i]()->size : largest;
    assert (most_held - began <= FIXED + 2 * input * (largest + OBJECT));
}
#endif
