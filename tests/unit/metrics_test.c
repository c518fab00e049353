/* metrics_test.c - a worker's name is its own affair, whatever is in it; what is not told is not written. */
#include "../../services/gateway/metrics.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static char *written (const platform_status_t *set, const gateway_status_t *self, const histogram *times)
{
    text_buffer out = { 0 };
    metrics_write (set, self, times, &out);
    text_append (&out, "", 1);
    return out.at;
}

static void names_are_escaped (void **state)
{
    (void) state;
    static histogram times;
    mwp_status_t worker = { 0 };
    platform_status_t set = { .workers = { 1, &worker } };
    gateway_status_t self = { 0 };
    const schema *s = mwp_status_schema ();
    schema_set_text (s, &worker, "worker", "a\"b\\c\nd");
    schema_set_text (s, &worker, "service", "matching");
    schema_set_int (s, &worker, "oldest_ms", 1500);
    char *text = written (&set, &self, &times);
    assert_non_null (strstr (text, "\nmeerwaarde_worker_oldest_seconds{worker=\"a\\\"b\\\\c\\nd\",service=\"matching\"} 1.500000\n"));
    assert_null (strstr (text, "\nmeerwaarde_worker_seq{"));
    assert_non_null (strstr (text, "# TYPE meerwaarde_worker_seq gauge\n"));
    free (text);
}

static void buckets_hold_all_below (void **state)
{
    (void) state;
    static histogram times;
    platform_status_t set = { 0 };
    gateway_status_t self = { 0 };
    histogram_add (&times, 100);
    histogram_add (&times, 1023);
    histogram_add (&times, 1024);
    histogram_add (&times, 90 * INT64_C (1000000));
    char *text = written (&set, &self, &times);
    assert_non_null (strstr (text, "_bucket{le=\"0.000511\"} 1\n"));
    assert_non_null (strstr (text, "_bucket{le=\"0.001023\"} 2\n"));
    assert_non_null (strstr (text, "_bucket{le=\"0.002047\"} 3\n"));
    assert_non_null (strstr (text, "_bucket{le=\"16.777215\"} 3\n"));
    assert_non_null (strstr (text, "_bucket{le=\"+Inf\"} 4\n"));
    assert_non_null (strstr (text, "_sum 90.002147\n"));
    free (text);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (names_are_escaped),
        cmocka_unit_test (buckets_hold_all_below),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
