/* score.h - the rules of the ranking, rule set "2026-11-a", as pure arithmetic on whole numbers.
 *
 * A score is the sum of four parts and at most a million. Nothing here knows of calls, clocks,
 * files or other offers; what depends on the market as a whole (how rare a word is) comes in as
 * a number.                                                                                      */
#ifndef SCORE_H
#define SCORE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCORE_RULE_SET "2026-11-a"

typedef enum { PART_TEXT, PART_CPV, PART_DISTANCE, PART_IMPACT, PART_COUNT } part;

extern const char *const part_names [PART_COUNT];
extern const int64_t part_most [PART_COUNT]; /* in millionths of a score; together a million */

/* ---- text: BM25 (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75), in whole numbers ---- */

/* How much a word tells: log2 ((offers + 1) / (with + 0.5)), in thousandths. */
int64_t score_rarity (int64_t offers, int64_t with);
/* Points for what was earned of what an offer with the right words in its title would earn. */
int64_t score_text (int64_t earned, int64_t reference);

/* ---- CPV: how near two codes are in the tree ---- */

typedef enum {
    CPV_APART, CPV_DIVISION, CPV_GROUP, CPV_CLASS, CPV_CATEGORY,
    CPV_WITHIN, /* the code offered lies under the code asked for */
    CPV_SAME,
} cpv_nearness;

cpv_nearness cpv_compare (const char *asked, const char *offered);
int64_t score_cpv (cpv_nearness);

/* ---- distance: full at the door, nothing from 150 km ---- */

enum { METRES_UNKNOWN = -1 };

/* An offer for the whole country keeps at least a third. */
int64_t score_distance (int64_t metres, bool national);

/* ---- impact: the share of the goals and groups asked for that the offer has ---- */

/* Who asks for none gives every offer that states any goal or group the full points. */
int64_t score_impact (int asked, int shared, int stated);

/* ---- hard rules: what keeps an offer out, whatever its score ---- */

typedef enum { RULE_NONE, RULE_NOT_ADMITTED, RULE_REGION, RULE_LEAD_TIME, RULE_CAPACITY,
               RULE_COUNT } rule;

extern const char *const rule_names [RULE_COUNT];

typedef struct {
    bool    admitted;     /* the enterprise takes part in the market */
    bool    delivers;     /* nationally, in the need's municipality, or from it */
    bool    dated;        /* the need has a day on which delivery should begin */
    int64_t days_left;    /* until that day */
    int64_t lead_days;    /* from order to delivery */
    int64_t quantity;     /* asked for; 0: not said, or in another unit than the offer's */
    int64_t capacity;     /* at most in one order; 0: not said */
} rule_facts;

/* The first rule that keeps the offer out, in the order of the list. */
rule score_rule (const rule_facts *);

/* ---- the order: highest score first, then the smaller id ---- */

int score_compare (int64_t score, const char *id, int64_t other_score, const char *other_id);
#endif
