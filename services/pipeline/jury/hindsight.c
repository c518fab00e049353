/* hindsight.c - ties as they fell, halves by score, and Wilson's interval. */
#include "hindsight.h"
#include <assert.h>
#include <string.h>

const char *const hindsight_formula_nl =
    "Van wie een plaats nam, vergelijken we de helft met de meeste punten met de andere helft; wie evenveel punten heeft, zit in dezelfde helft. "
    "Bij elk aandeel staat het Wilson-interval van 95 %: (k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²), met z = 1,96. Overlappen twee "
    "intervallen, dan zegt het verschil weinig. Bij minder dan acht initiatieven rekenen we niet.";
const char *const hindsight_formula_en =
    "Of those who took a place we compare the half with the most points with the other half; the same points are in the same half. "
    "Each share has Wilson's interval of 95 %: (k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²), with z = 1.96. Where two intervals "
    "overlap, the difference says little. With fewer than eight initiatives we compute nothing.";

const selection_line_t *hindsight_line (const selection_line_t *lines, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (lines [i].initiative_id, id) == 0)
            return &lines [i];
    return NULL;
}

/* 0: had a place; then the waiting list; then those who had nothing. */
static int64_t fell (const selection_line_t *lines, size_t count, const char *id)
{
    const selection_line_t *line = hindsight_line (lines, count, id);
    return line && line->outcome == selection_outcome_selected ? 0
         : line && line->outcome == selection_outcome_waitlisted ? line->place : INT64_MAX;
}

/* Insertion: ties are few. */
void hindsight_ties (ranked_initiative_t *ranked, size_t count, const selection_line_t *lines, size_t line_count)
{
    for (size_t i = 1; i < count; i++) {
        ranked_initiative_t one = ranked [i];
        int64_t own = fell (lines, line_count, one.initiative_id);
        size_t at = i;
        for (; at > 0 && ranked [at - 1].rank == one.rank && fell (lines, line_count, ranked [at - 1].initiative_id) > own; at--)
            ranked [at] = ranked [at - 1];
        ranked [at] = one;
    }
}

size_t hindsight_upper (const int64_t totals [], size_t count)
{
    size_t half = count / 2;
    while (half > 0 && totals [half - 1] == totals [half])
        half--;
    return half;
}

static int64_t root (int64_t square) /* rounded down */
{
    int64_t low = 0, high = INT64_C (3037000499);
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (middle * middle <= square)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

void hindsight_wilson (int64_t came, int64_t of, int64_t *low_ppm, int64_t *high_ppm)
{
    enum { Z = 196, Z_SQUARE = 38416, SCALE = 10000 }; /* z in hundredths, its square and the rest in ten thousandths */
    const int64_t micro = MILLION;
    assert (came >= 0 && came <= of && of > 0 && of <= HINDSIGHT_MOST);
    int64_t under = micro * micro * came * (of - came) / of + micro * micro / SCALE * Z_SQUARE / 4;
    int64_t middle = micro * (SCALE * came + Z_SQUARE / 2), width = Z * (SCALE / 100) * (root (under) + 1), parts = SCALE * of + Z_SQUARE;
    *low_ppm = came == 0 || middle < width ? 0 : (middle - width) / parts;
    *high_ppm = came == of ? MILLION : (middle + width) / parts + 1;
}
