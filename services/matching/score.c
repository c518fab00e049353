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

enum { CPV_DIGITS = 8 };

uint32_t cpv_number (const char *code)
{
    uint32_t number = 0;
    for (int i = 0; i < CPV_DIGITS; i++)
        number = 10 * number + (code [i] >= '0' && code [i] <= '9' ? (uint32_t) (code [i] - '0') : 0);
    return number;
}

static const uint32_t tens [CPV_DIGITS + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };

int cpv_digits (uint32_t code)
{
    int count = CPV_DIGITS;
    while (count > 2 && code % tens [CPV_DIGITS - count + 1] == 0)
        count--;
    return count;
}

void cpv_branch (uint32_t code, int digits, uint32_t *first, uint32_t *last)
{
    uint32_t codes = tens [CPV_DIGITS - digits];
    *first = code / codes * codes;
    *last = *first + codes - 1;
}

cpv_nearness cpv_compare (uint32_t asked, uint32_t offered)
{
    int shared = 2;
    if (asked == offered)
        return CPV_SAME;
    if (asked / tens [CPV_DIGITS - 2] != offered / tens [CPV_DIGITS - 2])
        return CPV_APART;
    while (asked / tens [CPV_DIGITS - shared - 1] == offered / tens [CPV_DIGITS - shared - 1])
        shared++;
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

int score_rule (const run_candidate_t *of)
{
    if (!of->admitted)
        return hard_rule_not_admitted;
    if (!of->delivers)
        return hard_rule_region;
    if (of->dated && of->lead_days > of->days_left)
        return hard_rule_lead_time;
    if (of->capacity && of->quantity > of->capacity)
        return hard_rule_capacity;
    if (of->closed)
        return hard_rule_closed;
    if (of->full)
        return hard_rule_full;
    return RULE_NONE;
}

int64_t score_parts (const rules *by, const run_candidate_t *of, int64_t reference, int64_t budget, int64_t points [PART_COUNT])
{
    const int64_t *most = by->most;
    points [score_part_text] = score_text (most [score_part_text], of->text_earned, reference);
    points [score_part_cpv] = score_cpv (most [score_part_cpv], (cpv_nearness) of->cpv_nearness);
    points [score_part_distance] = score_distance (most [score_part_distance], of->metres, of->national);
    points [score_part_impact] = score_impact (most [score_part_impact], (int) of->asked, (int) of->shared, of->stated);
    points [score_part_capacity] = score_capacity (most [score_part_capacity], of->quantity, of->capacity);
    points [score_part_price] = score_price (most [score_part_price], of->price_cents, of->quantity, budget);
    points [score_part_freshness] = score_freshness (most [score_part_freshness], of->label_days);
    int64_t sum = 0;
    for (int i = 0; i < PART_COUNT; i++)
        sum += points [i];
    return sum;
}

int score_compare (const placed *a, const placed *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->invited_at != b->invited_at)
        return a->invited_at < b->invited_at ? -1 : 1;
    if (a->lot != b->lot)
        return a->lot < b->lot ? -1 : 1;
    return offer_id_compare (a->id, b->id);
}
