/* score.c - the rules of the ranking. */
#include "score.h"
#include <string.h>

enum { FAR_METRES = 150000, FRESH_DAYS = 180 };

static int64_t least (int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* log2 in 1/65,536: the whole part by shifting, then one bit a squaring. `value` at least 1. */
static int64_t log2_q16 (uint64_t value)
{
    int64_t whole = 63 - __builtin_clzll (value);
    uint64_t mantissa = whole > 31 ? value >> (whole - 31) : value << (31 - whole); /* Q31 */
    int64_t log = whole << 16;
    for (int64_t bit = 1 << 15; bit; bit >>= 1) {
        mantissa = mantissa * mantissa >> 31;
        if (mantissa >> 32) {
            mantissa >>= 1;
            log += bit;
        }
    }
    return log;
}

int64_t score_rarity (int64_t offers, int64_t with)
{
    int64_t log = log2_q16 ((uint64_t) (2 * offers + 2)) - log2_q16 ((uint64_t) (2 * with + 1));
    return log * 1000 >> 16;
}

int64_t score_text (int64_t most, int64_t earned, int64_t reference)
{
    return reference ? most * least (earned, reference) / reference : 0;
}

int cpv_digits (const char *code)
{
    int count = 8;
    while (count > 2 && code [count - 1] == '0')
        count--;
    return count;
}

cpv_nearness cpv_compare (const char *asked, const char *offered)
{
    int shared = 0;
    while (shared < 8 && asked [shared] == offered [shared])
        shared++;
    if (shared == 8)
        return CPV_SAME;
    if (shared < 2)
        return CPV_APART;
    if (shared >= cpv_digits (asked))
        return CPV_WITHIN;
    return shared < 5 ? (cpv_nearness) (CPV_DIVISION + shared - 2) : CPV_CATEGORY;
}

int64_t score_cpv (int64_t most, cpv_nearness how)
{
    static const int64_t percent [] = {
        [CPV_APART] = 0, [CPV_DIVISION] = 20, [CPV_GROUP] = 40, [CPV_CLASS] = 60,
        [CPV_CATEGORY] = 80, [CPV_WITHIN] = 90, [CPV_SAME] = 100,
    };
    return most * percent [how] / 100;
}

int64_t score_distance (int64_t most, int64_t metres, bool national)
{
    int64_t floor = national ? most / 3 : 0;
    if (metres == METRES_UNKNOWN || metres >= FAR_METRES)
        return floor;
    int64_t points = most * (FAR_METRES - metres) / FAR_METRES;
    return points > floor ? points : floor;
}

int64_t score_impact (int64_t most, int asked, int shared, int stated)
{
    if (!asked)
        return stated ? most : 0;
    return most * shared / asked;
}

int64_t score_capacity (int64_t most, int64_t quantity, int64_t capacity)
{
    if (!quantity || !capacity)
        return most / 2;
    return quantity <= capacity ? most : 0;
}

int64_t score_price (int64_t most, int64_t price, int64_t quantity, int64_t budget)
{
    if (!quantity || !budget || price < 0)
        return most / 2;
    int64_t over = price * quantity - budget;
    if (over <= 0)
        return most;
    return over >= budget / 2 ? 0 : most * (budget - 2 * over) / budget;
}

int64_t score_freshness (int64_t most, int64_t days_left)
{
    return days_left < 0 ? 0 : most * least (days_left + 1, FRESH_DAYS) / FRESH_DAYS;
}

int score_rule (const rule_facts *facts)
{
    if (!facts->admitted)
        return hard_rule_not_admitted;
    if (!facts->delivers)
        return hard_rule_region;
    if (facts->dated && facts->lead_days > facts->days_left)
        return hard_rule_lead_time;
    if (facts->capacity && facts->quantity > facts->capacity)
        return hard_rule_capacity;
    return RULE_NONE;
}

int score_compare (const placed *a, const placed *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->invited_at != b->invited_at)
        return a->invited_at < b->invited_at ? -1 : 1;
    return strcmp (a->id, b->id);
}
