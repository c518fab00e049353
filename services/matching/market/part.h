/* part.h - some offers of the market: the index of their words, their rows, and which of them have left.
 *
 * Index and rows lie in one block that never changes, in memory or in a file that is mapped.            */
#ifndef PART_H
#define PART_H
#include "row.h"

/* Where an area lies: a bit for each offer that is delivered there. */
typedef struct area_bits {
    struct area_bits *next;
    uint16_t          place;
    uint64_t          bits [];
} area_bits;

typedef struct {
    index_t         *index;
    const offer_row *rows;     /* by offer */
    uint64_t        *gone;     /* a bit for each offer that left */
    uint32_t         offers, left;
    bool             at_work;  /* being merged */
    area_bits       *asked;    /* where areas lie that were asked for; grows under the shelf's mutex, what is in it stays */
    uint32_t        *slots;    /* by id: which offer, plus one */
    size_t           mask;
    void            *block;
    size_t           size;     /* of the block: index, rows */
    uint32_t         file;     /* its number; 0: in memory */
} part;

/* Takes the bytes of an index of so many offers over, and a copy of their rows. */
part *part_new (void *index, size_t size, const offer_row *rows, uint32_t offers);
void part_destroy (part **self_p);

/* Into the file of this number, on the disk when this returns, and mapped from there. False: it stays in memory. */
bool part_save (part *, const char *directory, uint32_t file);
/* NULL: it is not there, damaged, or not of so many offers; *why says which. */
part *part_open (const char *directory, uint32_t file, uint32_t offers, const char **why);
void part_remove_file (const char *directory, uint32_t file);

size_t part_words (uint32_t offers); /* of a bit for each */
bool part_has_left (const part *, uint32_t offer);
void part_leave (part *, uint32_t offer);
/* Where an offer is that has not left; false: not here. */
bool part_place (const part *, const offer_id *, uint32_t *offer);

/* Which offers are delivered in a place (row_place). NULL: not drawn yet. Drawn by the areas that reach it, and kept. */
const uint64_t *part_area (const part *, uint16_t place);
const uint64_t *part_draw (part *, uint16_t place, const bool reaches []);
#endif
