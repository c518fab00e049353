/* choosing.h - who is chosen as a ranking says, and how a choice goes against it: pure functions. */
#ifndef CHOOSING_H
#define CHOOSING_H
#include "../../../common/vocabulary.h"

/* One line per ranked initiative, in that order: the best `places` are selected, the next `waiting` wait, whom nobody judged
 * is not selected.                                                                                                          */
void choosing_by_ranking (const ranked_initiative_t *, size_t count, int64_t places, int64_t waiting, selection_line_t *);

/* Says of each line how it goes against the ranking. Lines are best first, with their outcome and place. With as many selected
 * and waiting as here, an initiative has the places that its rank gives it, more than one where it is tied.                   */
void choosing_compare (selection_line_t *, size_t count);
#endif
