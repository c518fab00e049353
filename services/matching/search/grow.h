/* grow.h - arrays that get larger. */
#ifndef GROW_H
#define GROW_H
#include <stddef.h>

/* The array, with room for `needed` things of this size: `room` doubles until it is enough. What is new is not set. */
void *grow (void *at, size_t needed, size_t *room, size_t size);
#endif
