/* pair.h - which mentor fits which initiative, and who is proposed to whom: pure functions on integers, without a database. */
#ifndef PAIR_H
#define PAIR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words and goals are texts in lower case, apart by anything that is no letter; NULL is none. Places in 1/100,000 degree. */
typedef struct {
    const char *words, *goals;
    bool        placed;
    int64_t     latitude_e5, longitude_e5;
} pair_initiative;

typedef struct {
    const char *words, *goals;
    bool        placed;
    int64_t     latitude_e5, longitude_e5;
    int64_t     hours, free; /* in all, and of these not promised yet */
} pair_mentor;

/* In millionths; the parts add up to the score. */
typedef struct {
    int64_t score, skills, goals, region, room;
} pair_fit;

enum { PAIR_SKILLS = 400000, PAIR_GOALS = 300000, PAIR_REGION = 200000, PAIR_ROOM = 100000, PAIR_BALANCE = 60000, PAIR_NOBODY = -1 };

pair_fit pair_fit_of (const pair_initiative *, const pair_mentor *);

/* Gives as many initiatives a mentor as can have one, `hours` each and no mentor more than they have free; of all ways to do
 * so the one with the highest sum of scores, less PAIR_BALANCE for a mentor's second, twice that for their third, and so on.
 * `scores` row after row of initiatives; below 0: those two may not be paired. Writes the index of a mentor or PAIR_NOBODY
 * to each of `chosen`, and answers that sum. Exact (Hungarian method, O((n + slots)^3)); the same input gives the same answer. */
int64_t pair_assign (const int64_t *scores, size_t initiatives, const int64_t *free, size_t mentors, int64_t hours, int *chosen);
#endif
