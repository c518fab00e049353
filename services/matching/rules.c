/* rules.c - the table, checked when it is compiled. */
#include "rules.h"
#include "market/day.h"
#include <string.h>

enum { POINT = 10000 };

#define RULE_SET(version, owner, since, text, cpv, distance, impact, capacity, price, freshness) \
    _Static_assert (text + cpv + distance + impact + capacity + price + freshness == MILLION, version ": the parts are not a million together"); \
    _Static_assert (!(text % POINT | cpv % POINT | distance % POINT | impact % POINT | capacity % POINT | price % POINT | freshness % POINT), version ": a part is not of whole points");
#include "rules.def"
#undef RULE_SET

static const rules table [] = {
#define RULE_SET(version, owner, since, ...) { version, owner, since, { __VA_ARGS__ } },
#include "rules.def"
#undef RULE_SET
};

enum { SETS = sizeof table / sizeof *table };

const rules *rules_all (size_t *count)
{
    *count = SETS;
    return table;
}

const rules *rules_named (const char *version)
{
    for (size_t i = 0; i < SETS; i++)
        if (strcmp (table [i].version, version) == 0)
            return &table [i];
    return NULL;
}

const rules *rules_on (int64_t day)
{
    size_t at = SETS - 1;
    while (at > 0 && day < day_of_date (table [at].since))
        at--;
    return &table [at];
}
