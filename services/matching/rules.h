/* rules.h - the sets of weights, each with who answers for it and since when (rules.def). */
#ifndef RULES_H
#define RULES_H
#include "../../common/vocabulary.h"

enum { PART_COUNT = score_part_freshness + 1 };

typedef struct {
    const char *version, *owner, *since; /* a day */
    int64_t     most [PART_COUNT];       /* in millionths of a score; together a million */
} rules;

/* All of them, oldest first. */
const rules *rules_all (size_t *count);
/* By its version; NULL: this build does not have it. */
const rules *rules_named (const char *version);
/* The set of a day (day.h); before all of them: the first. */
const rules *rules_on (int64_t day);
#endif
