/* find.h - what came on the market, held against a kept search: its conditions, and its words. */
#ifndef FIND_H
#define FIND_H
#include "../query.h"
#include "../../../common/vocabulary.h"

/* An offer, or a need, as far as searches ask. */
typedef struct {
    bool         is_offer;
    const char  *id, *owner, *title, *description;
    const char  *who, *where;   /* names of its organisation, and of the municipality of seat or delivery */
    int          sector;        /* -1: not said */
    const texts *groups, *cpv;
} find_thing;

/* Whether it is somebody else's, and all that is asked but words and municipality holds. */
bool find_meets (const profile_t *, const find_thing *);

/* Bit i: word i of the query is in its title or description, whole or in part. */
uint64_t find_words (const query *, analyser *, const find_thing *);
#endif
