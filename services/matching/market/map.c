/* map.c - open addressing with linear probing, at most two thirds full. */
#include "map.h"
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char  *key;    /* NULL: free */
    size_t length;
    void  *value;
} slot;

struct map {
    slot  *slots;
    size_t room;   /* a power of two */
    size_t count;
};

enum { FIRST_ROOM = 64 };

static slot *slots_new (size_t room)
{
    slot *slots = calloc (room, sizeof *slots);
    assert (slots);
    return slots;
}

map *map_new (void)
{
    map *self = malloc (sizeof *self);
    assert (self);
    *self = (map) { slots_new (FIRST_ROOM), FIRST_ROOM, 0 };
    return self;
}

void map_destroy (map **self_p, void (*end) (void *value))
{
    map *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->room; i++) {
        if (self->slots [i].key && end)
            end (self->slots [i].value);
        free (self->slots [i].key);
    }
    free (self->slots);
    free (self);
    *self_p = NULL;
}

size_t map_count (const map *self)
{
    return self->count;
}

void map_each (const map *self, void (*found) (void *to, const char *key, void *value), void *to)
{
    for (size_t i = 0; i < self->room; i++)
        if (self->slots [i].key)
            found (to, self->slots [i].key, self->slots [i].value);
}

/* FNV-1a, 64 bits. */
static uint64_t hash_of (const char *key, size_t length)
{
    uint64_t hash = UINT64_C (14695981039346656037);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char) key [i]) * UINT64_C (1099511628211);
    return hash ^ hash >> 32;
}

/* The slot of this key, or the free one where it would go. */
static slot *slot_of (const map *self, const char *key, size_t length)
{
    size_t i = hash_of (key, length) & (self->room - 1);
    while (self->slots [i].key
           && (self->slots [i].length != length || memcmp (self->slots [i].key, key, length)))
        i = (i + 1) & (self->room - 1);
    return &self->slots [i];
}

void *map_find (const map *self, const char *key, size_t length)
{
    return slot_of (self, key, length)->value;
}

static void grow (map *self)
{
    slot *old = self->slots;
    size_t old_room = self->room;
    self->room *= 2;
    self->slots = slots_new (self->room);
    for (size_t i = 0; i < old_room; i++)
        if (old [i].key)
            *slot_of (self, old [i].key, old [i].length) = old [i];
    free (old);
}

void **map_place (map *self, const char *key, size_t length)
{
    slot *at = slot_of (self, key, length);
    if (at->key)
        return &at->value;
    if ((self->count + 1) * 3 > self->room * 2) {
        grow (self);
        at = slot_of (self, key, length);
    }
    at->key = malloc (length + 1);
    assert (at->key);
    memcpy (at->key, key, length);
    at->key [length] = 0;
    at->length = length;
    self->count++;
    return &at->value;
}
