/* grow.c - arrays that get larger. */
#include "grow.h"
#include <assert.h>
#include <stdlib.h>

void *grow (void *at, size_t needed, size_t *room, size_t size)
{
    if (needed <= *room)
        return at;
    while (*room < needed)
        *room = *room ? *room * 2 : 64;
    at = realloc (at, *room * size);
    assert (at);
    return at;
}
