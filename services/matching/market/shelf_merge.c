/* shelf_merge.c - parts by size: each holds at least as much as twice all that are smaller, or they become one. */
#include "shelf_inside.h"
#include "../../../common/log.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLER = 2, FILED = 16384 /* offers from which on a part has a file */ };

struct shelf_merge {
    part       *from [PARTS], *to;
    uint64_t   *gone [PARTS]; /* as they were at the beginning */
    size_t      count;
    const char *directory;
    uint32_t    file;         /* the number that it would have */
};

/* From which one on they had better be one: `count` when all is well. Those at work are as if they were not there. */
static size_t crowded (const shelf *self)
{
    uint64_t smaller = 0;
    size_t from = self->count;
    for (size_t i = self->count; i--; ) {
        const part *p = self->parts [i];
        if (p->at_work)
            continue;
        if ((smaller && p->offers < SMALLER * smaller) || p->left > p->offers / 2)
            from = i;
        smaller += p->offers;
    }
    return from;
}

static uint64_t *copy_of (const uint64_t *bits, uint32_t offers)
{
    uint64_t *copy = malloc (part_words (offers) * sizeof *copy + 1);
    assert (copy);
    return memcpy (copy, bits, part_words (offers) * sizeof *copy);
}

static shelf_merge *merge_from (shelf *self, size_t from)
{
    shelf_merge *merge = calloc (1, sizeof *merge);
    assert (merge);
    merge->directory = self->directory;
    merge->file = ++self->last_file;
    for (size_t i = from; i < self->count; i++) {
        part *p = self->parts [i];
        if (p->at_work)
            continue;
        p->at_work = true;
        merge->from [merge->count] = p;
        merge->gone [merge->count++] = copy_of (p->gone, p->offers);
    }
    return merge;
}

shelf_merge *shelf_merge_begin (shelf *self)
{
    size_t from = crowded (self);
    return from == self->count ? NULL : merge_from (self, from);
}

shelf_merge *shelf_merge_all (shelf *self)
{
    return self->count < 2 ? NULL : merge_from (self, 0);
}

size_t shelf_merge_offers (const shelf_merge *self)
{
    size_t sum = 0;
    for (size_t i = 0; i < self->count; i++)
        sum += self->from [i]->offers;
    return sum;
}

static bool was_gone (const shelf_merge *self, size_t which, uint32_t offer)
{
    return self->gone [which] [offer / 64] >> offer % 64 & 1;
}

/* By key, and then by id: the order of index_merge. */
static bool is_before (const part *a, uint32_t x, const part *b, uint32_t y)
{
    uint64_t one = index_key (a->index, x), other = index_key (b->index, y);
    return one != other ? one < other : memcmp (index_id (a->index, x), index_id (b->index, y), sizeof (offer_id)) < 0;
}

/* The rows of the whole, for the caller to free. */
static offer_row *merge_rows (const shelf_merge *self, uint32_t *count)
{
    uint32_t next [PARTS] = { 0 };
    offer_row *rows = malloc (shelf_merge_offers (self) * sizeof *rows + 1);
    assert (rows);
    for (*count = 0; ; ++*count) {
        size_t first = self->count;
        for (size_t i = 0; i < self->count; i++) {
            const part *p = self->from [i];
            while (next [i] < p->offers && was_gone (self, i, next [i]))
                next [i]++;
            if (next [i] < p->offers && (first == self->count || is_before (p, next [i], self->from [first], next [first])))
                first = i;
        }
        if (first == self->count)
            return rows;
        rows [*count] = self->from [first]->rows [next [first]++];
    }
}

void shelf_merge_work (shelf_merge *self)
{
    const index_t *from [PARTS];
    const uint64_t *gone [PARTS];
    size_t size;
    uint32_t count;
    for (size_t i = 0; i < self->count; i++) {
        from [i] = self->from [i]->index;
        gone [i] = self->gone [i];
    }
    offer_row *rows = merge_rows (self, &count);
    void *bytes = index_merge (from, gone, self->count, &size);
    self->to = part_new (bytes, size, rows, count);
    free (rows);
    if (self->directory && count >= FILED && !part_save (self->to, self->directory, self->file))
        log_text ("error", "part_not_saved", "directory", self->directory);
}

/* What left while the work was done leaves the whole too. */
static void catch_up (const shelf_merge *self, const part *from, const uint64_t *then)
{
    for (size_t w = 0; w < part_words (from->offers); w++)
        for (uint64_t late = from->gone [w] & ~then [w]; late; late &= late - 1) {
            uint32_t place, offer = (uint32_t) (64 * w + (size_t) __builtin_ctzll (late));
            bool there = part_place (self->to, index_id (from->index, offer), &place);
            assert (there);
            part_leave (self->to, place);
        }
}

static bool is_merged (const shelf_merge *self, const part *which)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->from [i] == which)
            return true;
    return false;
}

/* Its file is still what the last state asks for. */
static void put_away (shelf *self, part *merged)
{
    if (merged->file) {
        self->stale = grow (self->stale, self->stale_count + 1, &self->stale_room, sizeof *self->stale);
        self->stale [self->stale_count++] = merged->file;
    }
    part_destroy (&merged);
}

void shelf_merge_end (shelf *self, shelf_merge **merge_p)
{
    shelf_merge *merge = *merge_p;
    size_t kept = 0;
    for (size_t i = 0; i < self->count; i++)
        if (!is_merged (merge, self->parts [i]))
            self->parts [kept++] = self->parts [i];
    self->count = kept;
    for (size_t i = 0; i < merge->count; i++) {
        catch_up (merge, merge->from [i], merge->gone [i]);
        put_away (self, merge->from [i]);
        free (merge->gone [i]);
    }
    if (merge->to->offers)
        shelf_stand (self, merge->to);
    else
        part_destroy (&merge->to);
    free (merge);
    *merge_p = NULL;
}
