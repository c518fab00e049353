/* part.c - a block of memory or of a file, and what is made of it when it is opened. */
#include "part.h"
#include "file.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* In front of the block in a file, which begins on a page so that all of it is mapped as it lies. */
enum { HEAD_BYTES = 4096, PATH_BYTES = 4096 };

typedef struct {
    char     magic [8];
    uint64_t index, rows;   /* bytes */
    uint8_t  checksum [32]; /* of the rows; the index has its own */
} head;

static const char magic [8] = "MWPART01";

size_t part_words (uint32_t offers)
{
    return (offers + (size_t) 63) / 64;
}

bool part_has_left (const part *self, uint32_t offer)
{
    return self->gone [offer / 64] >> offer % 64 & 1;
}

void part_leave (part *self, uint32_t offer)
{
    self->gone [offer / 64] |= UINT64_C (1) << offer % 64;
    self->left++;
}

/* ---------------------------------------------------------------------------------------- ids */

static size_t first_slot (const part *self, const offer_id *id)
{
    uint64_t halves [2];
    memcpy (halves, id->bytes, sizeof halves);
    uint64_t mixed = (halves [0] * UINT64_C (0xff51afd7ed558ccd) ^ halves [1]) * UINT64_C (0x9e3779b97f4a7c15);
    return (mixed >> 32) & self->mask;
}

static void enter_ids (part *self)
{
    for (self->mask = 1; self->mask <= self->offers + (uint64_t) self->offers / 2; )
        self->mask *= 2;
    self->slots = calloc (self->mask, sizeof *self->slots);
    assert (self->slots);
    self->mask--;
    for (uint32_t i = 0; i < self->offers; i++) {
        size_t at = first_slot (self, index_id (self->index, i));
        while (self->slots [at])
            at = (at + 1) & self->mask;
        self->slots [at] = i + 1;
    }
}

bool part_place (const part *self, const offer_id *id, uint32_t *offer)
{
    for (size_t at = first_slot (self, id); self->slots [at]; at = (at + 1) & self->mask) {
        *offer = self->slots [at] - 1;
        if (memcmp (index_id (self->index, *offer), id, sizeof *id) == 0)
            return !part_has_left (self, *offer);
    }
    return false;
}

/* ------------------------------------------------------------------------------------- blocks */

/* The index has been opened; it takes so many bytes of the block. */
static void look_into (part *self, size_t index)
{
    self->offers = index_offers (self->index);
    self->rows = (const offer_row *) ((const char *) self->block + index);
    self->gone = calloc (part_words (self->offers) + 1, sizeof *self->gone);
    assert (self->gone);
    enter_ids (self);
}

part *part_new (void *index, size_t size, const offer_row *rows, uint32_t offers)
{
    part *self = calloc (1, sizeof *self);
    assert (self);
    self->size = size + offers * sizeof *rows;
    self->block = realloc (index, self->size);
    assert (self->block);
    if (offers)
        memcpy ((char *) self->block + size, rows, offers * sizeof *rows);
    self->index = index_on (self->block);
    look_into (self, size);
    assert (self->offers == offers);
    return self;
}

static void let_block_go (part *self)
{
    if (self->file)
        munmap ((char *) self->block - HEAD_BYTES, HEAD_BYTES + self->size);
    else
        free (self->block);
}

void part_destroy (part **self_p)
{
    part *self = *self_p;
    if (!self)
        return;
    for (area_bits *at = self->asked, *next; at; at = next) {
        next = at->next;
        free (at);
    }
    index_close (&self->index);
    let_block_go (self);
    free (self->gone);
    free (self->slots);
    free (self);
    *self_p = NULL;
}

/* -------------------------------------------------------------------------------------- files */

static void path_of (const char *directory, uint32_t file, char out [PATH_BYTES])
{
    snprintf (out, PATH_BYTES, "%s/part-%08u", directory, file);
}

void part_remove_file (const char *directory, uint32_t file)
{
    char path [PATH_BYTES];
    path_of (directory, file, path);
    unlink (path);
}

static void sum_up (const offer_row *rows, size_t size, uint8_t out [32])
{
    crypto_generichash (out, 32, (const unsigned char *) rows, size, NULL, 0);
}

static bool write_block (const part *self, int file)
{
    char first [HEAD_BYTES] = { 0 };
    head is = { .rows = self->offers * sizeof *self->rows };
    memcpy (is.magic, magic, sizeof magic);
    is.index = self->size - is.rows;
    sum_up (self->rows, is.rows, is.checksum);
    memcpy (first, &is, sizeof is);
    return file_write (file, first, sizeof first) && file_write (file, self->block, self->size) && fsync (file) == 0;
}

static void *map_file (int file, size_t size)
{
    void *at = mmap (NULL, size, PROT_READ, MAP_SHARED, file, 0);
    return at == MAP_FAILED ? NULL : at;
}

bool part_save (part *self, const char *directory, uint32_t number)
{
    char path [PATH_BYTES];
    path_of (directory, number, path);
    index_seal (self->block);
    int file = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    void *at = file >= 0 && write_block (self, file) ? map_file (file, HEAD_BYTES + self->size) : NULL;
    if (file >= 0)
        close (file);
    if (!at) {
        unlink (path);
        return false;
    }
    size_t index = self->size - self->offers * sizeof *self->rows;
    index_close (&self->index);
    let_block_go (self);
    self->block = (char *) at + HEAD_BYTES;
    self->file = number;
    self->rows = (const offer_row *) ((const char *) self->block + index);
    self->index = index_on (self->block);
    return true;
}

static const char *take_file (part *self, int file, uint32_t offers)
{
    struct stat st;
    head is;
    uint8_t sum [32];
    if (fstat (file, &st) != 0 || st.st_size < HEAD_BYTES || pread (file, &is, sizeof is, 0) != sizeof is)
        return "cannot be read";
    self->size = (size_t) st.st_size - HEAD_BYTES;
    if (memcmp (is.magic, magic, sizeof magic) || is.index > self->size || is.index % 8 || is.rows != self->size - is.index
    ||  is.rows != offers * sizeof (offer_row))
        return "is no part of this version, or not whole";
    void *at = map_file (file, HEAD_BYTES + self->size);
    if (!at)
        return "cannot be mapped";
    self->block = (char *) at + HEAD_BYTES;
    const char *why;
    self->index = index_open (self->block, is.index, &why);
    if (why)
        return why;
    look_into (self, is.index);
    sum_up (self->rows, is.rows, sum);
    return self->offers != offers || memcmp (sum, is.checksum, sizeof sum) ? "is damaged" : NULL;
}

part *part_open (const char *directory, uint32_t number, uint32_t offers, const char **why)
{
    char path [PATH_BYTES];
    path_of (directory, number, path);
    int file = open (path, O_RDONLY | O_CLOEXEC);
    *why = "is not there";
    if (file < 0)
        return NULL;
    part *self = calloc (1, sizeof *self);
    assert (self);
    self->file = number;
    *why = take_file (self, file, offers);
    close (file);
    if (!*why)
        return self;
    if (!self->block) { /* nothing to unmap */
        self->file = 0;
        self->size = 0;
    }
    part_destroy (&self);
    return NULL;
}

/* -------------------------------------------------------------------------------------- areas */

const uint64_t *part_area (const part *self, uint16_t place)
{
    for (const area_bits *at = self->asked; at; at = at->next)
        if (at->place == place)
            return at->bits;
    return NULL;
}

const uint64_t *part_draw (part *self, uint16_t place, const bool reaches [])
{
    area_bits *drawn = calloc (1, sizeof *drawn + part_words (self->offers) * sizeof *drawn->bits);
    assert (drawn);
    drawn->place = place;
    for (uint32_t i = 0; i < self->offers; i++)
        drawn->bits [i / 64] |= (uint64_t) reaches [self->rows [i].area] << i % 64;
    drawn->next = self->asked;
    self->asked = drawn;
    return drawn->bits;
}
