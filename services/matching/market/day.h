/* day.h - days as whole numbers, counted from 1 January 1970. */
#ifndef DAY_H
#define DAY_H
#include <stdint.h>

enum { DAY_TEXT = 11 };

/* Of a date that has been checked: 2026-11-23. */
int64_t day_of_date (const char *date);
/* The other way; of the years 0 to 9999. */
void day_write (int64_t day, char out [DAY_TEXT]);
/* The calendar day in the Netherlands at a moment (microseconds since 1970 UTC), by the European
 * rule for summer time (Directive 2000/84/EC).                                                   */
int64_t day_of_moment (int64_t moment);
#endif
