/* output.c - tables that grow, and in the end lie behind each other. */
#include "output.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char  *at;
    size_t size, room; /* bytes */
} growing;

struct output {
    growing  tables [TABLE_COUNT];
    uint32_t offers, blocks, tokens, longs;
};

output *output_new (uint32_t offers)
{
    output *self = calloc (1, sizeof *self);
    assert (self);
    self->offers = offers;
    self->blocks = (uint32_t) ((offers + (uint64_t) INDEX_BLOCK - 1) / INDEX_BLOCK);
    return self;
}

/* So many bytes more, all zero. */
static void *more (output *self, table which, size_t size)
{
    growing *to = &self->tables [which];
    if (to->size + size > to->room) {
        to->room = to->size + size + to->room / 2;
        to->at = realloc (to->at, to->room);
        assert (to->at);
    }
    to->size += size;
    return memset (to->at + to->size - size, 0, size);
}

void output_offer (output *self, uint64_t key, const offer_id *id)
{
    *(offer_id *) more (self, TABLE_IDS, sizeof *id) = *id;
    *(uint64_t *) more (self, TABLE_KEYS, sizeof key) = key;
}

static void write_long (output *self, const entry *entries, uint32_t count)
{
    uint16_t *near = more (self, TABLE_NEAR, count * sizeof *near);
    uint32_t *bases = more (self, TABLE_BASES, index_bases (self->blocks) * sizeof *bases), i = 0;
    uint16_t *starts = more (self, TABLE_STARTS, (self->blocks + 1) * sizeof *starts);
    uint8_t *bounds = more (self, TABLE_BOUNDS, self->blocks);
    for (uint32_t b = 0; b <= self->blocks; b++) {
        if (b % BASE_BLOCKS == 0)
            bases [b / BASE_BLOCKS] = i;
        starts [b] = (uint16_t) (i - bases [b / BASE_BLOCKS]);
        for (; i < count && entries [i].offer / INDEX_BLOCK == b; i++) {
            uint8_t weight = entries [i].weight;
            near [i] = (uint16_t) (entries [i].offer % INDEX_BLOCK | (unsigned) weight << NEAR_BITS);
            bounds [b] = weight > bounds [b] ? weight : bounds [b];
        }
    }
}

static void write_short (output *self, const entry *entries, uint32_t count)
{
    uint32_t *far = more (self, TABLE_FAR, count * sizeof *far);
    for (uint32_t i = 0; i < count; i++)
        far [i] = entries [i].offer << WEIGHT_BITS | entries [i].weight;
}

void output_token (output *self, const char *text, size_t size, const entry *entries, uint32_t count)
{
    bool is_long = count >= INDEX_LONG;
    *(index_token_t *) more (self, TABLE_TOKENS, sizeof (index_token_t)) = (index_token_t) {
        .text = (uint32_t) self->tables [TABLE_TEXT].size, .frequency = count,
        .list = (uint32_t) (is_long ? self->tables [TABLE_NEAR].size / sizeof (uint16_t) : self->tables [TABLE_FAR].size / sizeof (uint32_t)),
        .bounds = is_long ? self->longs++ : UINT32_MAX };
    memcpy (more (self, TABLE_TEXT, size), text, size);
    if (is_long)
        write_long (self, entries, count);
    else
        write_short (self, entries, count);
    self->tokens++;
}

static void enter_slots (output *self)
{
    uint64_t room = 1;
    while (room < 2 * (uint64_t) self->tokens + 1)
        room *= 2;
    uint32_t *slots = more (self, TABLE_SLOTS, room * sizeof *slots);
    const index_token_t *tokens = (const index_token_t *) self->tables [TABLE_TOKENS].at;
    for (uint32_t i = 0; i < self->tokens; i++) {
        size_t slot = index_hash (self->tables [TABLE_TEXT].at + tokens [i].text, tokens [i + 1].text - tokens [i].text) & (room - 1);
        while (slots [slot])
            slot = (slot + 1) & (room - 1);
        slots [slot] = i + 1;
    }
}

static uint64_t aligned (uint64_t at)
{
    return (at + 63) / 64 * 64;
}

void *output_finish (output **self_p, size_t *size)
{
    output *self = *self_p;
    index_token_t *end = more (self, TABLE_TOKENS, sizeof *end); /* its text is where the last one's ends */
    end->text = (uint32_t) self->tables [TABLE_TEXT].size;
    enter_slots (self);
    index_head head = { .magic = INDEX_MAGIC, .offers = self->offers, .tokens = self->tokens, .blocks = self->blocks,
                        .slots = (uint32_t) (self->tables [TABLE_SLOTS].size / sizeof (uint32_t)), .size = aligned (sizeof head) };
    for (int i = 0; i < TABLE_COUNT; i++) {
        head.tables [i].at = head.size;
        head.tables [i].size = self->tables [i].size;
        head.size = aligned (head.size + self->tables [i].size);
    }
    char *bytes = calloc (1, head.size);
    assert (bytes);
    for (int i = 0; i < TABLE_COUNT; i++) {
        if (self->tables [i].size)
            memcpy (bytes + head.tables [i].at, self->tables [i].at, self->tables [i].size);
        free (self->tables [i].at);
    }
    index_checksum (&head, bytes, head.size, head.checksum);
    memcpy (bytes, &head, sizeof head);
    *size = head.size;
    free (self);
    *self_p = NULL;
    return bytes;
}
