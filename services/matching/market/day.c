/* day.c - the civil calendar, by counting years from March so that a leap day comes last. */
#include "day.h"
#include <stdio.h>
#include <stdlib.h>

static const int64_t hour_us = INT64_C (3600000000), day_us = INT64_C (86400000000);

static int64_t floor_div (int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t day_of (int64_t year, int64_t month, int64_t day)
{
    year -= month < 3;
    int64_t since_march = (month + 9) % 12;
    int64_t leap_days = floor_div (year, 4) - floor_div (year, 100) + floor_div (year, 400);
    return year * 365 + leap_days + (since_march * 306 + 5) / 10 + day - 719469;
}

int64_t day_of_date (const char *date)
{
    return day_of (atol (date), atol (date + 5), atol (date + 8));
}

/* 1 January 1970 was a Thursday: day 3 a Sunday. */
static int64_t last_sunday (int64_t year, int64_t month)
{
    int64_t last = day_of (year, month, 31);
    return last - (last - 3) % 7;
}

static int64_t year_of (int64_t day)
{
    int64_t year = 1970 + floor_div (day, 366);
    while (day_of (year + 1, 1, 1) <= day)
        year++;
    return year;
}

static void split (int64_t day, int64_t *year, int64_t *month, unsigned *of_month)
{
    *year = year_of (day);
    for (*month = 12; day_of (*year, *month, 1) > day;)
        --*month;
    *of_month = (unsigned) (day - day_of (*year, *month, 1) + 1) % 100;
}

void day_write (int64_t day, char out [DAY_TEXT])
{
    int64_t year, month;
    unsigned of_month;
    split (day, &year, &month, &of_month);
    snprintf (out, DAY_TEXT, "%04u-%02u-%02u", (unsigned) year % 10000, (unsigned) month % 100, of_month);
}

void day_say (int64_t day, bool in_dutch, char out [DAY_WORDS])
{
    static const char *const months [] [2] = {
        { "January", "januari" }, { "February", "februari" }, { "March", "maart" }, { "April", "april" }, { "May", "mei" },
        { "June", "juni" }, { "July", "juli" }, { "August", "augustus" }, { "September", "september" }, { "October", "oktober" },
        { "November", "november" }, { "December", "december" } };
    int64_t year, month;
    unsigned of_month;
    split (day, &year, &month, &of_month);
    snprintf (out, DAY_WORDS, "%u %s %u", of_month, months [month - 1] [in_dutch], (unsigned) year % 10000);
}

int64_t day_of_moment (int64_t moment)
{
    int64_t year = year_of (floor_div (moment, day_us));
    bool summer = moment >= last_sunday (year, 3) * day_us + hour_us
               && moment < last_sunday (year, 10) * day_us + hour_us;
    return floor_div (moment + (summer ? 2 : 1) * hour_us, day_us);
}
