/* score.c - the rules of the ranking. */
#include "score.h"
#include <string.h>

enum { MILLION_PPM = 1000000, FAR_METRES = 150000 };

const char *const part_names [PART_COUNT] = {
    [PART_TEXT] = "text", [PART_CPV] = "cpv",
    [PART_DISTANCE] = "distance", [PART_IMPACT] = "impact",
};

const int64_t part_most [PART_COUNT] = {
    [PART_TEXT] = 400000, [PART_CPV] = 250000, [PART_DISTANCE] = 200000, [PART_IMPACT] = 150000,
};

const char *const rule_names [RULE_COUNT] = {
    [RULE_NONE] = "none", [RULE_NOT_ADMITTED] = "not_admitted", [RULE_REGION] = "region",
    [RULE_LEAD_TIME] = "lead_time", [RULE_CAPACITY] = "capacity",
};

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

int64_t score_text (int64_t earned, int64_t reference)
{
    return reference ? part_most [PART_TEXT] * least (earned, reference) / reference : 0;
}

/* Digits of a code that say something: 77300000-6 has three, a division at least two. */
static int significant (const char *code)
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
    if (shared >= significant (asked))
        return CPV_WITHIN;
    return shared < 5 ? (cpv_nearness) (CPV_DIVISION + shared - 2) : CPV_CATEGORY;
}

int64_t score_cpv (cpv_nearness how)
{
    static const int64_t percent [] = {
        [CPV_APART] = 0, [CPV_DIVISION] = 20, [CPV_GROUP] = 40, [CPV_CLASS] = 60,
        [CPV_CATEGORY] = 80, [CPV_WITHIN] = 90, [CPV_SAME] = 100,
    };
    return part_most [PART_CPV] * percent [how] / 100;
}

int64_t score_distance (int64_t metres, bool national)
{
    int64_t most = part_most [PART_DISTANCE], floor = national ? most / 3 : 0;
    if (metres == METRES_UNKNOWN || metres >= FAR_METRES)
        return floor;
    int64_t points = most * (FAR_METRES - metres) / FAR_METRES;
    return points > floor ? points : floor;
}

int64_t score_impact (int asked, int shared, int stated)
{
    if (!asked)
        return stated ? part_most [PART_IMPACT] : 0;
    return part_most [PART_IMPACT] * shared / asked;
}

rule score_rule (const rule_facts *facts)
{
    if (!facts->admitted)
        return RULE_NOT_ADMITTED;
    if (!facts->delivers)
        return RULE_REGION;
    if (facts->dated && facts->lead_days > facts->days_left)
        return RULE_LEAD_TIME;
    if (facts->capacity && facts->quantity > facts->capacity)
        return RULE_CAPACITY;
    return RULE_NONE;
}

int score_compare (int64_t score, const char *id, int64_t other_score, const char *other_id)
{
    if (score != other_score)
        return score > other_score ? -1 : 1;
    return strcmp (id, other_id);
}
