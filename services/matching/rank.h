/* rank.h - the ranking of a need: which offers fit, and what kept others out. */
#ifndef RANK_H
#define RANK_H
#include "market/market.h"
#include "query.h"
#include "score.h"

/* No enterprise fills the page: of each there are three at most. How many are told that are not delivered where the need is. */
enum { OF_ONE_ENTERPRISE = 3, AWAY_MOST = 100 };
/* Of each a run keeps as many. */
enum { RUN_KEEPS = 500 };

/* An offer with a word or a CPV division in common with the need, and everything that counted. Its names are there once
 * it was told (rank_tell).                                                                                            */
typedef struct {
    run_candidate_t       is;        /* all that its score follows from; its `has` is not kept (run.c) */
    int64_t               points [PART_COUNT], score;
    int                   kept_out;  /* a hard_rule, or RULE_NONE */
    offer_id              id, supplier_id;
    const uint8_t        *seed;      /* of the draw, in the ranking; NULL: there is none */
    uint64_t              lot;       /* its enterprise's, where others are equal to it; else 0 */

    /* for its explanation only; a stored run has none of it */
    shelf_found           found;
    const enterprise     *by;
    const offer_t        *offer;     /* NULL: not told */
    uint64_t              words, slips; /* bit i: the offer has word i of the query; of that only what was meant */
    const char           *asked_cpv; /* the code of the need that is nearest */
    uint32_t              goals, groups; /* asked for and stated, as bits of their lists */
    const label_t        *label;     /* that holds longest; NULL: none holds */
} candidate;

/* What a need asks for, as numbers. */
typedef struct {
    uint32_t cpv [10], goals, groups, unit;
    int      impacts;                /* goals and groups together */
    uint16_t place;
    int64_t  quantity;
    bool     dated;
    int64_t  days_left;
} asked;

typedef struct {
    const need_t *need;
    const rules  *rules;             /* of the day */
    int64_t       as_of;             /* a day: today, or the deadline when it has passed */
    query         query;
    asked         asked;
    bool          drawn;             /* equal offers are put in order by lot, by this seed (draw.h) */
    uint8_t       seed [DRAW_BYTES];
    int64_t       reference, budget; /* what an offer with the right words earns; in cents, 0: none */
    candidate   **items;             /* what no rule keeps out, best first */
    candidate   **excluded;          /* by their words: of those that are not delivered where the need is, the first; of the others
                                      * that a rule keeps out, those that would have been among the items but for it     */
    size_t        item_count, excluded_count;
    int64_t       considered;        /* offers on the market */
} ranking;

/* Ranks the market for a need as of a day (day.h); after the deadline for quotes the ranking stands still. The first `limit`
 * of all offers that have something to do with the need, at most three of one enterprise; the first `excluded` of those that
 * a rule keeps out. All of it lives in the zone, and points into the market.                                             */
ranking *rank (const market *, const need_t *, int64_t today, size_t limit, size_t excluded, msgpack_zone *);
/* Reads the records of a candidate: names, labels, and which words of the query it has. */
void rank_tell (const ranking *, const market *, candidate *, msgpack_zone *);

/* What rank_weigh needs of a need, and no offers yet. */
void rank_begin (ranking *, const market *, shelf_reader *, const need_t *, int64_t today);

/* All of them in the same order from what counted then, without a market (run.h): `self` has its rules, draw, reference and
 * budget. The candidates are copied; no explanation can be made of the result.                                           */
void rank_again (ranking *self, const run_candidate_t *, size_t count, msgpack_zone *);

/* Everything about one offer; `found` has its score, and the offer's row, or a changed copy of it. */
void rank_weigh (const ranking *, const market *, const shelf_found *found, bool delivers, candidate *to);
/* Whether a row is delivered where the need is: nationally, from there, or in a region with it. */
bool rank_delivers (const ranking *, const market *, const offer_row *);
/* Whether it is among the first `limit`, or would be if it were as it was weighed. */
bool rank_admits (const ranking *, const candidate *, size_t limit);
/* By what an offer has its place in the order. */
placed rank_place (const candidate *);
#endif
