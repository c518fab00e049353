/* pair.c - which mentor fits which initiative (parts that add up), and the best division of mentors over initiatives. */
#include "pair.h"
#include "../../../common/vocabulary.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ENOUGH_WORDS = 4, SHORTEST = 4, FAR_KM = 100 };

/* ------------------------------------------------------------------------------------- one pair */

static bool is_letter (char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || (c & 0x80);
}

/* The next word from *at on; its length, and *at after it. 0: no more. */
static size_t next_word (const char **at, const char **word)
{
    while (**at && !is_letter (**at))
        (*at)++;
    *word = *at;
    while (is_letter (**at))
        (*at)++;
    return (size_t) (*at - *word);
}

static bool has_word (const char *text, const char *end, const char *word, size_t size)
{
    const char *at = text, *other;
    for (size_t length; (length = next_word (&at, &other)) && (!end || other < end);)
        if (length == size && memcmp (other, word, size) == 0)
            return true;
    return false;
}

/* How many different words of `of`, at least so long, are in `in`; *all: how many there are. */
static int64_t shared_words (const char *of, const char *in, size_t shortest, int64_t *all)
{
    const char *at = of ? of : "", *word;
    int64_t shared = 0;
    *all = 0;
    for (size_t size; (size = next_word (&at, &word));) {
        if (size < shortest || has_word (of, word, word, size))
            continue;
        ++*all;
        shared += in && has_word (in, NULL, word, size);
    }
    return shared;
}

static int64_t root (int64_t square)
{
    int64_t low = 0, high = INT64_C (3000000000);
    while (low < high) {
        int64_t middle = (low + high + 1) / 2;
        if (middle <= square / middle)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Over a flat piece of the Netherlands: 1/100,000 degree is 111 cm north, and 68 cm east. */
static int64_t kilometres (const pair_initiative *a, const pair_mentor *b)
{
    int64_t north = (a->latitude_e5 - b->latitude_e5) * 111, east = (a->longitude_e5 - b->longitude_e5) * 68;
    return root (north * north + east * east) / 100000;
}

static int64_t part (int64_t weight, int64_t some, int64_t all)
{
    return all <= 0 || some <= 0 ? 0 : some >= all ? weight : weight * some / all;
}

pair_fit pair_fit_of (const pair_initiative *of, const pair_mentor *mentor)
{
    pair_fit fit = { 0 };
    int64_t all, asked;
    fit.skills = part (PAIR_SKILLS, shared_words (mentor->words, of->words, SHORTEST, &all), ENOUGH_WORDS);
    int64_t shared = shared_words (of->goals, mentor->goals, 1, &asked);
    fit.goals = part (PAIR_GOALS, shared, asked);
    if (of->placed && mentor->placed)
        fit.region = part (PAIR_REGION, FAR_KM - kilometres (of, mentor), FAR_KM);
    fit.room = part (PAIR_ROOM, mentor->free, mentor->hours);
    fit.score = fit.skills + fit.goals + fit.region + fit.room;
    return fit;
}

/* ----------------------------------------------------------------------------------------- all */

/* A place with a mentor: their first, second, third. Having somebody is worth more than any score. */
typedef struct {
    int     mentor;
    int64_t nth;
} slot;

#define SOMEBODY INT64_C (1000000000)

/* Rows are initiatives, columns slots, and after those one for each initiative that gets nobody. */
typedef struct {
    const int64_t *scores;
    size_t         mentors, slot_count;
    const slot    *slots;
} table;

static int64_t cost (const table *t, size_t row, size_t column)
{
    if (column >= t->slot_count)
        return 0;
    const slot *s = &t->slots [column];
    int64_t score = t->scores [row * t->mentors + (size_t) s->mentor];
    return score < 0 ? SOMEBODY : -(SOMEBODY + score - s->nth * PAIR_BALANCE);
}

/* Working space of the Hungarian method; all are 1-based, 0 is none. */
typedef struct {
    int64_t *u, *v, *least;
    size_t  *owner, *way;
    bool    *used;
} hungarian;

/* Brings row `i` in by the cheapest way of moving others. */
static void bring_in (const table *t, hungarian *h, size_t i, size_t columns)
{
    size_t at = 0;
    h->owner [0] = i;
    for (size_t j = 0; j <= columns; j++) {
        h->least [j] = INT64_MAX;
        h->used [j] = false;
    }
    do {
        size_t row = h->owner [at], next = 0;
        int64_t step = INT64_MAX;
        h->used [at] = true;
        for (size_t j = 1; j <= columns; j++) {
            if (h->used [j])
                continue;
            int64_t reduced = cost (t, row - 1, j - 1) - h->u [row] - h->v [j];
            if (reduced < h->least [j]) {
                h->least [j] = reduced;
                h->way [j] = at;
            }
            if (h->least [j] < step) {
                step = h->least [j];
                next = j;
            }
        }
        for (size_t j = 0; j <= columns; j++)
            if (h->used [j]) {
                h->u [h->owner [j]] += step;
                h->v [j] -= step;
            } else
                h->least [j] -= step;
        at = next;
    } while (h->owner [at]);
    for (; at; at = h->way [at])
        h->owner [at] = h->owner [h->way [at]];
}

static void *space (size_t count, size_t size)
{
    void *at = calloc (count, size);
    assert (at);
    return at;
}

static int64_t assign (const table *t, size_t rows, int *chosen)
{
    size_t columns = t->slot_count + rows;
    hungarian h = { space (rows + 1, sizeof *h.u), space (columns + 1, sizeof *h.v), space (columns + 1, sizeof *h.least),
                    space (columns + 1, sizeof *h.owner), space (columns + 1, sizeof *h.way), space (columns + 1, sizeof *h.used) };
    int64_t sum = 0;
    for (size_t i = 1; i <= rows; i++)
        bring_in (t, &h, i, columns);
    for (size_t j = 1; j <= columns; j++)
        if (h.owner [j]) {
            bool somebody = j <= t->slot_count && cost (t, h.owner [j] - 1, j - 1) < 0;
            chosen [h.owner [j] - 1] = somebody ? t->slots [j - 1].mentor : PAIR_NOBODY;
            sum += somebody ? -cost (t, h.owner [j] - 1, j - 1) - SOMEBODY : 0;
        }
    free (h.u), free (h.v), free (h.least), free (h.owner), free (h.way), free (h.used);
    return sum;
}

int64_t pair_assign (const int64_t *scores, size_t initiatives, const int64_t *free_hours, size_t mentors, int64_t hours, int *chosen)
{
    slot *slots = space (mentors * initiatives + 1, sizeof *slots);
    size_t count = 0;
    for (size_t m = 0; m < mentors; m++)
        for (int64_t nth = 0; nth < (int64_t) initiatives && (nth + 1) * hours <= free_hours [m]; nth++)
            slots [count++] = (slot) { (int) m, nth };
    table t = { scores, mentors, count, slots };
    int64_t sum = assign (&t, initiatives, chosen);
    free (slots);
    return sum;
}
