/* choosing.c - who is chosen as a ranking says, and where a choice goes against it. */
#include "choosing.h"

enum { NO_PLACE = 1000000 };

static void set (selection_line_t *line, const char *name, int64_t value)
{
    schema_set_int (selection_line_schema (), line, name, value);
}

void choosing_by_ranking (const ranked_initiative_t *ranked, size_t count, int64_t places, int64_t waiting, selection_line_t *lines)
{
    for (size_t i = 0; i < count; i++) {
        int64_t at = (int64_t) i;
        bool judged = ranked [i].judgements > 0, waits = judged && at >= places && at < places + waiting;
        set (&lines [i], "outcome", judged && at < places ? selection_outcome_selected
                                  : waits ? selection_outcome_waitlisted : selection_outcome_not_selected);
        if (waits)
            set (&lines [i], "place", at - places + 1);
    }
}

/* 0 is a place in the programme, then the waiting list from 1 on, and then nothing. */
static int64_t standing (const selection_line_t *line)
{
    return line->outcome == selection_outcome_selected   ? 0
         : line->outcome == selection_outcome_waitlisted ? line->place
                                                         : NO_PLACE;
}

static int64_t standing_at (int64_t position, int64_t selected, int64_t waiting)
{
    return position < selected ? 0 : position < selected + waiting ? position - selected + 1 : NO_PLACE;
}

static int64_t total_of (const selection_line_t *line)
{
    return line->rank ? line->total_ppm : -1;
}

void choosing_compare (selection_line_t *lines, size_t count)
{
    int64_t selected = 0, waiting = 0;
    for (size_t i = 0; i < count; i++) {
        selected += lines [i].outcome == selection_outcome_selected;
        waiting += lines [i].outcome == selection_outcome_waitlisted;
    }
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && total_of (&lines [next]) == total_of (&lines [first]);)
            next++;
        int64_t best = standing_at ((int64_t) first, selected, waiting), worst = standing_at ((int64_t) next - 1, selected, waiting);
        for (size_t i = first; i < next; i++) {
            int64_t own = standing (&lines [i]);
            set (&lines [i], "deviation", own < best ? selection_deviation_above : own > worst ? selection_deviation_below
                                        : best != worst ? selection_deviation_tie : selection_deviation_none);
        }
    }
}
