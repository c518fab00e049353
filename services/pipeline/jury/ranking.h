/* ranking.h - from the judgements that count and the rules of a round to who stands where: a pure function, in integers. */
#ifndef RANKING_H
#define RANKING_H
#include "../../../common/vocabulary.h"

typedef struct {
    const rubric_criterion_t *rubric;
    size_t                    criteria;
    int                       method;      /* score_method */
    int64_t                   min_reviews;
} ranking_rules;

/* The scales of a rubric have a common multiple of at most this, so that a total is exact until it is rounded, once. */
enum { RANKING_MULTIPLE_MOST = 1000000, RANKING_USUAL_SCALE = 5 };
int64_t ranking_multiple (const rubric_criterion_t *, size_t count); /* 0: more than that */

/* How it goes, for people. */
extern const char *const ranking_formula_nl, *const ranking_formula_en;

/* Ranks `count` initiatives, in the order best first and then by id. A judgement counts when it has points for each
 * criterion that weighs; `scores` may be there in any order. `ranked` has room for `count`, and `criteria` for as many
 * times the rubric: what it makes points into there.                                                                  */
void ranking_make (const ranking_rules *, const char *const ids [], size_t count, const counted_judgement_t *, size_t judgements,
                   ranked_initiative_t *ranked, ranked_criterion_t *criteria);
#endif
