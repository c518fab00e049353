/* shelf_snapshot.c - a shelf into a snapshot, and from one: what has a file by its number, the newest offers by their rows. */
#include "shelf_inside.h"
#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int64_t edition; uint64_t areas, parts; uint32_t last_file; } head;
typedef struct { uint32_t file, offers; } filed;

/* ------------------------------------------------------------------------------------- saving */

static void save_areas (const shelf *self, snapshot *to)
{
    for (size_t i = 0; i < self->area_count; i++)
        snapshot_put (to, self->areas [i], strlen (self->areas [i]) + 1);
}

/* Rows of all that is in memory only. */
static void save_newest (const shelf *self, snapshot *to)
{
    offer_row *rows = NULL;
    size_t count = 0, room = 0;
    for (part *const *p = self->parts; p < self->parts + self->count; p++)
        for (uint32_t i = 0; i < (*p)->offers && !(*p)->file; i++)
            if (!part_has_left (*p, i)) {
                rows = grow (rows, count + 1, &room, sizeof *rows);
                rows [count++] = (*p)->rows [i];
            }
    snapshot_put (to, rows, count * sizeof *rows);
    free (rows);
}

static void remember_stale (shelf *self)
{
    self->saved_stale = grow (self->saved_stale, self->saved_stale_count + self->stale_count, &self->saved_stale_room,
                                    sizeof *self->saved_stale);
    for (size_t i = 0; i < self->stale_count; i++)
        self->saved_stale [self->saved_stale_count++] = self->stale [i];
    self->stale_count = 0;
}

void shelf_save (shelf *self, snapshot *to)
{
    head first = { .edition = self->edition, .areas = self->area_count, .last_file = self->last_file };
    for (size_t i = 0; i < self->count; i++)
        first.parts += self->parts [i]->file > 0;
    assert (!self->coming_count && !self->going_count);
    snapshot_put (to, &first, sizeof first);
    save_areas (self, to);
    statistics_save (self->statistics, to);
    typos_save (self->typos, to);
    for (part *const *p = self->parts; p < self->parts + self->count; p++)
        if ((*p)->file) {
            snapshot_put (to, &(filed) { (*p)->file, (*p)->offers }, sizeof (filed));
            snapshot_put (to, (*p)->gone, part_words ((*p)->offers) * sizeof *(*p)->gone);
        }
    save_newest (self, to);
    remember_stale (self);
}

void shelf_saved (shelf *self)
{
    for (size_t i = 0; i < self->saved_stale_count; i++)
        part_remove_file (self->directory, self->saved_stale [i]);
    self->saved_stale_count = 0;
}

/* ------------------------------------------------------------------------------------ loading */

static const char *const damaged = "is damaged";

static bool load_areas (shelf *self, snapshot *from, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        size_t size;
        const char *text = snapshot_next (from, &size);
        if (!text || !size || text [size - 1] || shelf_area (self, text) != i)
            return false;
    }
    return true;
}

static const char *load_part (shelf *self, snapshot *from)
{
    const char *why;
    size_t one, words;
    const filed *which = snapshot_array (from, sizeof *which, &one);
    const uint64_t *gone = snapshot_array (from, sizeof *gone, &words);
    if (!which || one != 1 || !gone || words != part_words (which->offers) || self->count == PARTS / 2)
        return damaged;
    part *opened = part_open (self->directory, which->file, which->offers, &why);
    if (!opened)
        return why;
    memcpy (opened->gone, gone, words * sizeof *gone);
    for (size_t i = 0; i < words; i++)
        opened->left += (uint32_t) __builtin_popcountll (gone [i]);
    for (uint32_t i = 0; i < opened->offers; i++)
        if (opened->rows [i].area >= self->area_count) {
            part_destroy (&opened);
            return damaged;
        }
    shelf_stand (self, opened);
    return NULL;
}

static bool is_ours (const shelf *self, uint32_t file)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->parts [i]->file == file)
            return true;
    return false;
}

/* What was written and then never said in a snapshot. */
static void sweep (const shelf *self)
{
    DIR *all = opendir (self->directory);
    unsigned file;
    for (const struct dirent *each; all && (each = readdir (all)); )
        if (sscanf (each->d_name, "part-%8u", &file) == 1 && !is_ours (self, file))
            part_remove_file (self->directory, file);
    if (all)
        closedir (all);
}

const char *shelf_load (shelf *self, snapshot *from)
{
    size_t one;
    const head *first = snapshot_array (from, sizeof *first, &one);
    if (!first || one != 1 || !load_areas (self, from, first->areas) || !statistics_load (self->statistics, from)
    ||  !typos_load (self->typos, from))
        return damaged;
    self->edition = first->edition;
    self->last_file = first->last_file;
    for (uint64_t i = 0; i < first->parts; i++) {
        const char *why = load_part (self, from);
        if (why)
            return why;
    }
    sweep (self);
    return NULL;
}

const char *shelf_load_newest (shelf *self, snapshot *from, shelf_read *read, void *with)
{
    size_t count;
    const offer_row *rows = snapshot_array (from, sizeof *rows, &count);
    if (!rows)
        return damaged;
    shelf_offer *offers = calloc (count + 1, sizeof *offers);
    assert (offers);
    for (size_t i = 0; i < count; i++) {
        read (with, &rows [i], &offers [i]);
        offers [i].row = rows [i];
    }
    if (count)
        shelf_stand (self, shelf_part_of (self, offers, count, 0));
    free (offers);
    return NULL;
}
