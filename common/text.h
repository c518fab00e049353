/* text.h - identifiers, moments, money and names in their written form. */
#ifndef TEXT_H
#define TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UUID_TEXT = 37, MOMENT_TEXT = 32, MONEY_TEXT = 40 };

/* UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. */
void uuid_new (int64_t now_us, char out [UUID_TEXT]);
bool uuid_read (const char *text, size_t size, char out [UUID_TEXT]); /* lower-cases */
void uuid_bytes (const char text [UUID_TEXT], uint8_t out [16]);
void uuid_write (const uint8_t bytes [16], char out [UUID_TEXT]);

/* The years 1 to 9999: what four digits can say. */
#define MOMENT_FIRST INT64_C (-62135596800000000)
#define MOMENT_LAST  INT64_C (253402300799999999)

/* ISO 8601 and what PostgreSQL writes; any offset; up to microseconds. */
bool moment_read (const char *text, size_t size, int64_t *us);
void moment_write (int64_t us, char out [MOMENT_TEXT]); /* 2026-11-23T17:00:00.123456Z, zeros cut */
bool date_check (const char *text, size_t size);

/* Cents as "€ 1.234,56" with '.' between thousands, as Dutch has it; as "€ 1,234.56" with ','. */
void money_write (int64_t cents, char thousands, char out [MONEY_TEXT]);

int64_t clock_wall_us (void);
int64_t clock_steady_us (void);

/* need_page -> NeedPage; target_group -> targetGroup. `out` has room for the name. */
void name_pascal (const char *snake, char *out);
void name_camel (const char *snake, char *out);
#endif
