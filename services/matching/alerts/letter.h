/* letter.h - what a letter says, and whether it is written at all. */
#ifndef LETTER_H
#define LETTER_H
#include "find.h"
#include "../rank.h"

/* Score from which on there is a letter, as of a day (day.h): of a need and an offer, and of a profile's words. */
typedef struct { int64_t score, words; } letter_cut;
letter_cut letter_cut_on (int64_t day);

/* An offer that was weighed for a need, as a letter of a kind: to its buyer (letter_kind_offer), or to its enterprise
 * (letter_kind_need), who is not told of the price. NULL: a rule keeps it out, or it is below the cut. All of it lives in
 * the zone.                                                                                                           */
letter_t *letter_of_match (int kind, const ranking *, const candidate *, msgpack_zone *);

/* What a profile has found. */
typedef struct {
    const profile_t  *profile;
    const query      *query;      /* of its words */
    const find_thing *what;
    uint64_t          words;      /* bit i: found, whole or in part */
    int64_t           earned;
} letter_find;

/* NULL: too few of its words. */
letter_t *letter_of_find (const letter_find *, int64_t day, msgpack_zone *);
#endif
