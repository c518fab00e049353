/* explain.h - why, in a sentence for people, Dutch or English. */
#ifndef EXPLAIN_H
#define EXPLAIN_H
#include "rank.h"

enum { WHY_BYTES = 300 };

typedef enum { DUTCH, ENGLISH } tongue;

/* Why an offer has these points for a part of the score (score_part). For the buyer only: it names the estimate. */
void explain_part (const ranking *, const candidate *, int part, tongue, char out [WHY_BYTES]);
/* Why a rule keeps an offer out. */
void explain_rule (const ranking *, const candidate *, tongue, char out [WHY_BYTES]);
#endif
