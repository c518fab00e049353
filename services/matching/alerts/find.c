/* find.c - a search asks by words, and what else it says are conditions. */
#include "find.h"
#include "../score.h"
#include <string.h>

static bool shares (const texts *asked, const texts *has)
{
    for (size_t i = 0; i < asked->count; i++)
        if (texts_have (has, asked->at [i]))
            return true;
    return asked->count == 0;
}

static bool has_cpv (const texts *asked, const texts *has)
{
    for (size_t i = 0; i < asked->count; i++)
        for (size_t k = 0; k < has->count; k++)
            if (cpv_compare (cpv_number (asked->at [i]), cpv_number (has->at [k])) >= CPV_WITHIN)
                return true;
    return asked->count == 0;
}

bool find_meets (const profile_t *profile, const find_thing *what)
{
    const char *sector = what->sector < 0 ? "" : sector_words ()->words [what->sector].word;
    return strcmp (profile->organisation_id, what->owner) && shares (&profile->sectors, &(texts) { 1, &sector })
        && shares (&profile->target_groups, what->groups) && has_cpv (&profile->cpv, what->cpv);
}

typedef struct { const query *query; uint64_t words; } hearing;

static void hear (void *to, const char *token, size_t size, unsigned strength)
{
    hearing *self = to;
    (void) strength;
    for (size_t i = 0; i < self->query->wanted_count && *token != TOKEN_GRAM; i++) {
        const shelf_wanted *w = &self->query->wanted [i];
        if (w->size == size && memcmp (w->token, token, size) == 0)
            self->words |= UINT64_C (1) << self->query->of [i];
    }
}

uint64_t find_words (const query *of, analyser *with, const find_thing *what)
{
    hearing heard = { .query = of };
    analyser_read (with, what->title, strlen (what->title), GRAMS_NONE, hear, &heard);
    analyser_read (with, what->description, strlen (what->description), GRAMS_NONE, hear, &heard);
    return heard.words;
}
