/* adoption.c - cities learn from each other, not from themselves. */
#include "../catalog.h"
#include <string.h>

bool adoption_not_own_story (const void *thing, const call *now)
{
    const adoption_t *adoption = thing;
    (void) now;
    return strcmp (adoption->story_city_id, adoption->city_id) != 0;
}
