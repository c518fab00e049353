/* score.h - the rules of the ranking as pure arithmetic on whole numbers.
 *
 * A score is the sum of its parts and at most a million. `most` is what a part can give (rules.h). Nothing here knows of
 * calls, clocks, files or other offers; what depends on the market as a whole (how rare a word is) comes in as a number. */
#ifndef SCORE_H
#define SCORE_H
#include "rules.h"
#include "market/row.h"
#include "../../common/draw.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- text: BM25 (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75), in whole numbers ---- */

/* How much a word tells: log2 ((offers + 1) / (with + 0.5)), in thousandths. */
int64_t score_rarity (int64_t offers, int64_t with);
/* Points for what was earned of what an offer with the right words in its title would earn. */
int64_t score_text (int64_t most, int64_t earned, int64_t reference);

/* ---- CPV: how near two codes are in the tree ---- */

typedef enum {
    CPV_APART, CPV_DIVISION, CPV_GROUP, CPV_CLASS, CPV_CATEGORY,
    CPV_WITHIN, /* the code offered lies under the code asked for */
    CPV_SAME,
} cpv_nearness;

/* A code's eight digits as a number: 77300000-6 is 77300000. */
uint32_t cpv_number (const char *code);
/* Digits of a code that say something: 77300000 has three, a division at least two. */
int cpv_digits (uint32_t code);
/* The first and the last code with the same first digits. */
void cpv_branch (uint32_t code, int digits, uint32_t *first, uint32_t *last);
cpv_nearness cpv_compare (uint32_t asked, uint32_t offered);
int64_t score_cpv (int64_t most, cpv_nearness);

/* ---- distance: full at the door, nothing from 150 km ---- */

enum { METRES_UNKNOWN = -1 };

/* An offer for the whole country keeps at least a third. */
int64_t score_distance (int64_t most, int64_t metres, bool national);

/* ---- impact: the share of the goals and groups asked for that the offer has ---- */

/* Who asks for none gives every offer that states any goal or group the full points. */
int64_t score_impact (int64_t most, int asked, int shared, int stated);

/* ---- capacity and price: half for what cannot be compared ---- */

/* 0: not said, or in units that cannot be compared. More than the capacity is kept out by a rule. */
int64_t score_capacity (int64_t most, int64_t quantity, int64_t capacity);
/* In cents; a price of -1 or a budget or quantity of 0: not known. Nothing from half above the budget. Both factors at
 * most a thousand million (need.def, offer.def).                                                                    */
int64_t score_price (int64_t most, int64_t price, int64_t quantity, int64_t budget);

/* ---- freshness: a label that holds ---- */

/* Days for which the best label still holds; negative: none does. Full from half a year. */
int64_t score_freshness (int64_t most, int64_t days_left);

/* ---- hard rules: what keeps an offer out, whatever its score ---- */

enum { RULE_NONE = -1 };

/* The first hard_rule that keeps the offer out, in the order of their list, or RULE_NONE. */
int score_rule (const run_candidate_t *);

/* ---- the whole of it: what counted for an offer (proto/match.def) as points ---- */

/* What is not known of an offer; a record that is stored or sent lacks the field then. */
enum { PRICE_UNKNOWN = -1, LABEL_NONE = -1, NEVER_INVITED = 0 };

/* Points of each part; their sum. `reference` is what an offer with the right words earns, `budget` in cents, 0: none. */
int64_t score_parts (const rules *, const run_candidate_t *, int64_t reference, int64_t budget, int64_t points [PART_COUNT]);

/* ---- the order: highest score first, then whose enterprise waits longest for an invitation, then by lot, then the
 * smaller id ---- */

typedef struct {
    int64_t         score, invited_at;
    uint64_t        lot; /* of the offer's enterprise; only looked at where all else is equal */
    const offer_id *id;
} placed;

int score_compare (const placed *, const placed *);
#endif
