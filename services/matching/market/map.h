/* map.h - from a text, or any bytes, to a pointer. It grows and never forgets; looking up changes nothing, so
 * that many threads may look while none adds.                                                  */
#ifndef MAP_H
#define MAP_H
#include <stddef.h>

typedef struct map map;

map *map_new (void);
/* Calls `end` (may be NULL) on every value. */
void map_destroy (map **self_p, void (*end) (void *value));

/* Calls `found` on every key and value, in no order; a key ends with a zero byte that is not of it. */
void map_each (const map *, void (*found) (void *to, const char *key, void *value), void *to);
size_t map_count (const map *);

/* The value under this key, or NULL. */
void *map_find (const map *, const char *key, size_t length);
/* Where the value of this key lives: NULL at first. The key is copied. Good until the next
 * map_place.                                                                               */
void **map_place (map *, const char *key, size_t length);
#endif
