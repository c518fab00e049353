/* typos.c - chains by the hash of what is left of a word; a word that meets another there is held against it. */
#include "typos.h"
#include "../search/grow.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint32_t text, size, now, edition; } word;
typedef struct { uint32_t next, word; } meeting; /* next: number of a meeting; 0 ends the chain */

struct typos {
    char     *text;
    size_t    text_size, text_room;
    word     *words;
    size_t    count, room;
    meeting  *meetings;       /* from 1 on */
    size_t    met, met_room;
    uint32_t *heads;          /* by hash: number of a meeting, or 0 */
    size_t    mask;
};

enum { FIRST_HEADS = 1 << 12 };

#define PASSED_OVER UINT32_MAX /* is known of a word that is not counted */

static uint32_t *heads_new (size_t count)
{
    uint32_t *heads = calloc (count, sizeof *heads);
    assert (heads);
    return heads;
}

typos *typos_new (void)
{
    typos *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = FIRST_HEADS - 1;
    self->heads = heads_new (FIRST_HEADS);
    self->met = 1;
    return self;
}

void typos_destroy (typos **self_p)
{
    typos *self = *self_p;
    if (!self)
        return;
    free (self->text);
    free (self->words);
    free (self->meetings);
    free (self->heads);
    free (self);
    *self_p = NULL;
}

/* ----------------------------------------------------------------------------------- letters */

/* Bytes of the letter at hand; what is no UTF-8 counts byte by byte. */
static size_t step (const char *at, size_t left)
{
    size_t size = 1;
    while (size < left && ((unsigned char) at [size] & 0xc0) == 0x80)
        size++;
    return size;
}

size_t typos_letters (const char *at, size_t size)
{
    size_t letters = 0;
    for (size_t i = 0; i < size; i += step (at + i, size - i), letters++)
        if (at [i] >= '0' && at [i] <= '9')
            return 0;
    return size > TYPOS_BYTES ? 0 : letters;
}

static size_t alike_from_start (const char *a, const char *b, size_t most)
{
    size_t alike = 0;
    while (alike < most && a [alike] == b [alike])
        alike++;
    while (alike && alike < most && ((unsigned char) a [alike] & 0xc0) == 0x80)
        alike--; /* to where a letter begins */
    return alike;
}

static bool same (const char *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && memcmp (a, b, a_size) == 0;
}

bool typos_apart (const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t at = alike_from_start (a, b, a_size < b_size ? a_size : b_size);
    a += at, a_size -= at, b += at, b_size -= at;
    if (!a_size || !b_size)
        return a_size + b_size && step (a_size ? a : b, a_size + b_size) == a_size + b_size;
    size_t x = step (a, a_size), y = step (b, b_size);
    if (same (a + x, a_size - x, b, b_size) || same (a, a_size, b + y, b_size - y) || same (a + x, a_size - x, b + y, b_size - y))
        return true;
    size_t x2 = a_size > x ? step (a + x, a_size - x) : 0, y2 = b_size > y ? step (b + y, b_size - y) : 0;
    return x2 && y2 && same (a, x, b + y, y2) && same (a + x, x2, b, y)
        && same (a + x + x2, a_size - x - x2, b + y + y2, b_size - y - y2);
}

/* ------------------------------------------------------------------------------------- chains */

/* Of a word so far: each byte times `base` for every one behind it, so that a word without a letter is reckoned from what
 * there is before and after it.                                                                                        */
static const uint64_t base = UINT64_C (1099511628211);

static uint32_t place_of (uint64_t sum)
{
    sum = (sum ^ sum >> 32) * UINT64_C (0xff51afd7ed558ccd);
    return (uint32_t) (sum >> 32);
}

static uint32_t own_place (const char *at, size_t size)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < size; i++)
        sum = sum * base + (unsigned char) at [i];
    return place_of (sum);
}

/* Where it stands: under itself, and without each letter; once for letters that follow themselves. */
static size_t places_of (const char *at, size_t size, uint32_t places [TYPOS_BYTES + 1])
{
    uint64_t sums [TYPOS_BYTES + 1] = { 0 }, powers [TYPOS_BYTES + 1] = { 1 };
    size_t count = 0, before = 0;
    for (size_t i = 0; i < size; i++) {
        sums [i + 1] = sums [i] * base + (unsigned char) at [i];
        powers [i + 1] = powers [i] * base;
    }
    places [count++] = place_of (sums [size]);
    for (size_t i = 0, letter; i < size; i += letter) {
        letter = step (at + i, size - i);
        if (!i || !same (at + before, i - before, at + i, letter))
            places [count++] = place_of (sums [size] + (sums [i] - sums [i + letter]) * powers [size - i - letter]);
        before = i;
    }
    return count;
}

static void enter (typos *self, uint32_t place, uint32_t which)
{
    self->meetings = grow (self->meetings, self->met + 1, &self->met_room, sizeof *self->meetings);
    uint32_t *head = &self->heads [place & self->mask];
    self->meetings [self->met] = (meeting) { *head, which };
    *head = (uint32_t) self->met++;
}

static void enter_word (typos *self, uint32_t which)
{
    uint32_t places [TYPOS_BYTES + 1];
    const word *w = &self->words [which];
    for (size_t i = places_of (self->text + w->text, w->size, places); i--; )
        enter (self, places [i], which);
}

static void spread (typos *self)
{
    free (self->heads);
    self->mask = 2 * self->mask + 1;
    self->heads = heads_new (self->mask + 1);
    self->met = 1;
    for (uint32_t i = 0; i < self->count; i++)
        enter_word (self, i);
}

static uint32_t add_word (typos *self, const char *at, size_t size)
{
    uint32_t number = (uint32_t) self->count++;
    self->words = grow (self->words, self->count, &self->room, sizeof *self->words);
    self->text = grow (self->text, self->text_size + size, &self->text_room, 1);
    memcpy (self->text + self->text_size, at, size);
    self->words [number] = (word) { .text = (uint32_t) self->text_size, .size = (uint32_t) size };
    self->text_size += size;
    enter_word (self, number);
    if (self->met > self->mask)
        spread (self);
    return number;
}

static uint32_t number_of (typos *self, const char *at, size_t size)
{
    for (uint32_t m = self->heads [own_place (at, size) & self->mask]; m; m = self->meetings [m].next) {
        const word *w = &self->words [self->meetings [m].word];
        if (same (self->text + w->text, w->size, at, size))
            return self->meetings [m].word;
    }
    return add_word (self, at, size);
}

void typos_count (typos *self, const char *at, size_t size, int by, uint32_t *known)
{
    if (!*known)
        *known = typos_letters (at, size) < TYPOS_LETTERS ? PASSED_OVER : number_of (self, at, size) + 1;
    if (*known != PASSED_OVER)
        self->words [*known - 1].now += (uint32_t) by;
}

void typos_cut (typos *self)
{
    for (size_t i = 0; i < self->count; i++)
        self->words [i].edition = self->words [i].now;
}

void typos_find (const typos *self, const char *at, size_t size, typos_found *found, void *to)
{
    uint32_t places [TYPOS_BYTES + 1];
    if (typos_letters (at, size) < TYPOS_LETTERS)
        return;
    for (size_t i = places_of (at, size, places); i--; )
        for (uint32_t m = self->heads [places [i] & self->mask]; m; m = self->meetings [m].next) {
            const word *w = &self->words [self->meetings [m].word];
            if (w->edition && typos_apart (self->text + w->text, w->size, at, size))
                found (to, self->text + w->text, w->size, w->edition);
        }
}

/* ----------------------------------------------------------------------------------- keeping */

void typos_save (const typos *self, snapshot *to)
{
    snapshot_put (to, self->text, self->text_size);
    snapshot_put (to, self->words, self->count * sizeof *self->words);
}

static bool is_word (const word *w, const char *text, size_t text_size)
{
    return w->size <= text_size && w->text <= text_size - w->size && typos_letters (text + w->text, w->size) >= TYPOS_LETTERS;
}

bool typos_load (typos *self, snapshot *from)
{
    size_t count;
    const char *text = snapshot_next (from, &self->text_size);
    const word *words = snapshot_array (from, sizeof *words, &count);
    if (!text || !words || self->text_size > UINT32_MAX || count > UINT32_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_word (&words [i], text, self->text_size))
            return false;
    self->text = grow (self->text, self->text_size, &self->text_room, 1);
    memcpy (self->text, text, self->text_size);
    self->words = grow (self->words, count, &self->room, sizeof *self->words);
    memcpy (self->words, words, count * sizeof *words);
    self->count = count;
    spread (self);
    while (self->met > self->mask)
        spread (self);
    return true;
}
