/* text.c - identifiers, moments and names in their written form. */
#include "text.h"
#include <ctype.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

void uuid_write (const uint8_t b [16], char out [UUID_TEXT])
{
    static const char hex [] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = hex [b [i] >> 4];
        *out++ = hex [b [i] & 15];
    }
    *out = 0;
}

void uuid_new (int64_t now_us, char out [UUID_TEXT])
{
    uint8_t b [16];
    randombytes_buf (b, sizeof b);
    uint64_t ms = (uint64_t) (now_us / 1000);
    for (int i = 0; i < 6; i++)
        b [i] = (uint8_t) (ms >> (40 - 8 * i));
    /* rand_a carries the microseconds within the millisecond, so that ids of one process rise */
    uint32_t sub = (uint32_t) (now_us % 1000) * 4096 / 1000;
    b [6] = (uint8_t) (0x70 | sub >> 8);
    b [7] = (uint8_t) sub;
    b [8] = (b [8] & 0x3f) | 0x80;
    uuid_write (b, out);
}

bool uuid_read (const char *text, size_t size, char out [UUID_TEXT])
{
    if (size != UUID_TEXT - 1)
        return false;
    static const char lower [UINT8_MAX + 1] = {
        ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8',
        ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['A'] = 'a', ['B'] = 'b',
        ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
    };
    static const uint8_t group [] = { 0, 8, 13, 18, 23, 36 };
    bool fine = true;
    for (int g = 0; g < 5; g++) {
        for (size_t i = group [g] + (g > 0); i < group [g + 1]; i++)
            fine &= (out [i] = lower [(uint8_t) text [i]]) != 0;
        out [group [g + 1]] = g < 4 ? '-' : 0;
        fine &= g == 4 || text [group [g + 1]] == '-';
    }
    return fine;
}

void uuid_bytes (const char text [UUID_TEXT], uint8_t out [16])
{
    sodium_hex2bin (out, 16, text, UUID_TEXT - 1, "-", NULL, NULL);
}

/* Days since 1970-01-01 of a civil date (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_of (int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool digits (const char **at, const char *end, int count, int *value)
{
    if (end - *at < count)
        return false;
    for (*value = 0; count--; (*at)++) {
        if (!isdigit ((unsigned char) **at))
            return false;
        *value = *value * 10 + (**at - '0');
    }
    return true;
}

static bool one (const char **at, const char *end, const char *of)
{
    if (*at == end || !strchr (of, **at))
        return false;
    (*at)++;
    return true;
}

static bool civil (const char **at, const char *end, int *y, int *m, int *d)
{
    static const int length [] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (!digits (at, end, 4, y) || !one (at, end, "-") || !digits (at, end, 2, m)
    ||  !one (at, end, "-") || !digits (at, end, 2, d) || *m < 1 || *m > 12 || *d < 1)
        return false;
    bool leap = (*y % 4 == 0 && *y % 100 != 0) || *y % 400 == 0;
    return *d <= length [*m - 1] + (*m == 2 && leap);
}

bool date_check (const char *text, size_t size)
{
    const char *at = text, *end = text + size;
    int y, m, d;
    return civil (&at, end, &y, &m, &d) && at == end && y >= 1;
}

static int fraction (const char **at, const char *end)
{
    int us = 0, scale = 100000;
    for (; *at < end && isdigit ((unsigned char) **at); (*at)++, scale /= 10)
        us += (**at - '0') * scale;
    return us;
}

/* Z, +01, +01:00 or +0100, in minutes. */
static bool offset (const char **at, const char *end, int *minutes)
{
    int h = 0, m = 0;
    *minutes = 0;
    if (one (at, end, "Zz"))
        return true;
    bool west = *at < end && **at == '-';
    if (!one (at, end, "+-") || !digits (at, end, 2, &h))
        return false;
    if (*at < end) {
        one (at, end, ":");
        if (!digits (at, end, 2, &m))
            return false;
    }
    *minutes = (h * 60 + m) * (west ? -1 : 1);
    return h < 24 && m < 60;
}

bool moment_read (const char *text, size_t size, int64_t *us)
{
    const char *at = text, *end = text + size;
    int y, mo, d, h, mi, s, part = 0, minutes;
    if (!civil (&at, end, &y, &mo, &d) || y < 1 || !one (&at, end, "Tt ")
    ||  !digits (&at, end, 2, &h) || !one (&at, end, ":") || !digits (&at, end, 2, &mi)
    ||  !one (&at, end, ":") || !digits (&at, end, 2, &s) || h > 23 || mi > 59 || s > 59)
        return false;
    if (one (&at, end, "."))
        part = fraction (&at, end);
    if (!offset (&at, end, &minutes) || at != end)
        return false;
    *us = ((days_of (y, mo, d) * 24 + h) * 60 + mi - minutes) * INT64_C (60000000) + s * INT64_C (1000000) + part;
    return *us >= MOMENT_FIRST && *us <= MOMENT_LAST;
}

/* The civil date of a number of days since 1970-01-01; days_of backwards. */
static void date_of (int64_t days, int *y, int *m, int *d)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *d = (int) (doy - (153 * mp + 2) / 5 + 1);
    *m = (int) (mp < 10 ? mp + 3 : mp - 9);
    *y = (int) (yoe + era * 400 + (*m <= 2));
}

static char *put_digits (char *out, int value, int count, char behind)
{
    for (int i = count; i--; value /= 10)
        out [i] = (char) ('0' + value % 10);
    out [count] = behind;
    return out + count + 1;
}

void moment_write (int64_t us, char out [MOMENT_TEXT])
{
    enum { DAY = 86400 };
    int64_t seconds = us / 1000000 - (us % 1000000 < 0);
    int64_t days = seconds / DAY - (seconds % DAY < 0);
    int part = (int) (us - seconds * 1000000), second = (int) (seconds - days * DAY), y, m, d;
    date_of (days, &y, &m, &d);
    out = put_digits (out, y, 4, '-');
    out = put_digits (out, m, 2, '-');
    out = put_digits (out, d, 2, 'T');
    out = put_digits (out, second / 3600, 2, ':');
    out = put_digits (out, second / 60 % 60, 2, ':');
    out = put_digits (out, second % 60, 2, part ? '.' : 'Z');
    if (part) {
        out = put_digits (out, part, 6, 'Z');
        while (out [-2] == '0') {
            out [-2] = 'Z';
            out--;
        }
    }
    *out = 0;
}

static int64_t clock_us (clockid_t id)
{
    struct timespec t;
    clock_gettime (id, &t);
    return (int64_t) t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void money_write (int64_t cents, char thousands, char out [MONEY_TEXT])
{
    char digits [24];
    uint64_t amount = cents < 0 ? -(uint64_t) cents : (uint64_t) cents;
    size_t size = (size_t) snprintf (digits, sizeof digits, "%" PRIu64, amount / 100);
    size_t at = (size_t) snprintf (out, MONEY_TEXT, "€ %s", cents < 0 ? "-" : "");
    for (size_t i = 0; i < size; i++) {
        if (i && (size - i) % 3 == 0)
            out [at++] = thousands;
        out [at++] = digits [i];
    }
    snprintf (out + at, MONEY_TEXT - at, "%c%02u", thousands == '.' ? ',' : '.', (unsigned) (amount % 100));
}

int64_t clock_wall_us (void)
{
    return clock_us (CLOCK_REALTIME);
}

int64_t clock_steady_us (void)
{
    return clock_us (CLOCK_MONOTONIC);
}

static void join (const char *snake, char *out, bool up)
{
    for (; *snake; snake++) {
        if (*snake == '_')
            up = true;
        else {
            *out++ = (char) (up ? toupper ((unsigned char) *snake) : *snake);
            up = false;
        }
    }
    *out = 0;
}

void name_pascal (const char *snake, char *out)
{
    join (snake, out, true);
}

void name_camel (const char *snake, char *out)
{
    join (snake, out, false);
}
