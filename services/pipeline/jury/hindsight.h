/* hindsight.h - looking back at a selection: ties as they fell, and whether those with high scores came further. Pure, in integers. */
#ifndef HINDSIGHT_H
#define HINDSIGHT_H
#include "../../../common/vocabulary.h"

/* With fewer than this nothing is said; and the counts that an interval is computed for. */
enum { HINDSIGHT_LEAST = 8, HINDSIGHT_MOST = 1000 };

extern const char *const hindsight_formula_nl, *const hindsight_formula_en;

/* Of initiatives with the same rank, those who were selected come first, then those who waited by their place: as `lines` have it. */
void hindsight_ties (ranked_initiative_t *, size_t count, const selection_line_t *lines, size_t line_count);
/* The line about that initiative, or NULL. */
const selection_line_t *hindsight_line (const selection_line_t *lines, size_t count, const char *id);

/* Of totals, highest first: how many are in the upper half. Those with the same total are in the same half; 0: all have. */
size_t hindsight_upper (const int64_t totals [], size_t count);

/* Wilson's interval of 95 % for `came` of `of` (1 to HINDSIGHT_MOST), in millionths: low rounded down, high up.
 *   (came + z²/2 ± z √(came (of - came) / of + z²/4)) / (of + z²), with z = 1.96                               */
void hindsight_wilson (int64_t came, int64_t of, int64_t *low_ppm, int64_t *high_ppm);
#endif
