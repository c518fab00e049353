/* day.h - days as whole numbers, counted from 1 January 1970. */
#ifndef DAY_H
#define DAY_H
#include <stdbool.h>
#include <stdint.h>

enum { DAY_TEXT = 11, DAY_WORDS = 20 };

/* Of a date that has been checked: 2026-11-23. */
int64_t day_of_date (const char *date);
/* The other way; of the years 0 to 9999. */
void day_write (int64_t day, char out [DAY_TEXT]);
/* As people write it: 23 november 2026, 23 November 2026. */
void day_say (int64_t day, bool in_dutch, char out [DAY_WORDS]);
/* The calendar day in the Netherlands at a moment (microseconds since 1970 UTC), by the European
 * rule for summer time (Directive 2000/84/EC).                                                   */
int64_t day_of_moment (int64_t moment);
#endif
