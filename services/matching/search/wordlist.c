/* wordlist.c - words of a list in one block of memory, found by their hash. */
#include "wordlist.h"
#include "grow.h"
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LEAST = 4, MOST = 40, STEP = 1 << 20, BYTES_MOST = 1 << 26 };

struct wordlist {
    char     *text;
    uint32_t *slots; /* where a word begins, plus one */
    size_t    mask, count;
};

static uint64_t hash (const char *word, size_t size)
{
    uint64_t h = UINT64_C (1469598103934665603); /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        h = (h ^ (uint8_t) word [i]) * UINT64_C (1099511628211);
    return h ^ h >> 29;
}

static uint32_t *slot_of (const wordlist *self, const char *word, size_t size)
{
    size_t i = hash (word, size) & self->mask;
    while (self->slots [i]) {
        const char *at = self->text + self->slots [i] - 1;
        if (memcmp (at, word, size) == 0 && at [size] == '\n')
            break;
        i = (i + 1) & self->mask;
    }
    return &self->slots [i];
}

static bool is_plain (const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word [i] < 'a' || word [i] > 'z')
            return false;
    return size >= LEAST && size <= MOST;
}

/* Packed or not: zlib reads both. */
static bool read_all (wordlist *self, gzFile file, size_t *size)
{
    size_t room = 0;
    int more = 0;
    for (*size = 0; *size < BYTES_MOST; *size += (size_t) more) {
        self->text = grow (self->text, *size + STEP + MOST + 2, &room, 1);
        more = gzread (file, self->text + *size, STEP);
        if (more <= 0)
            break;
    }
    memset (self->text + *size, '\n', MOST + 2); /* so that a look at a word never goes past the end */
    return more == 0 && *size > 0;
}

static void take_words (wordlist *self, size_t size)
{
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += self->text [i] == '\n';
    self->mask = 1;
    while (self->mask < 2 * lines)
        self->mask *= 2;
    self->slots = calloc (self->mask--, sizeof *self->slots);
    assert (self->slots);
    for (size_t at = 0, end; at < size; at = end + 1) {
        end = at + strcspn (self->text + at, "\n");
        if (is_plain (self->text + at, end - at)) {
            *slot_of (self, self->text + at, end - at) = (uint32_t) at + 1;
            self->count++;
        }
    }
}

wordlist *wordlist_new (const char *path)
{
    wordlist *self = calloc (1, sizeof *self);
    gzFile file = gzopen (path, "rbe");
    size_t size = 0;
    assert (self);
    if (file && read_all (self, file, &size)) {
        self->text [size + MOST + 1] = 0;
        take_words (self, size);
    }
    if (file)
        gzclose (file);
    if (!self->count)
        wordlist_destroy (&self);
    return self;
}

void wordlist_destroy (wordlist **self_p)
{
    if (*self_p) {
        free ((*self_p)->text);
        free ((*self_p)->slots);
        free (*self_p);
    }
    *self_p = NULL;
}

size_t wordlist_count (const wordlist *self)
{
    return self->count;
}

bool wordlist_has (const wordlist *self, const char *word, size_t size)
{
    return size >= LEAST && size <= MOST && *slot_of (self, word, size);
}

bool wordlist_part (const wordlist *self, const char *word, size_t size, size_t *first, size_t *second)
{
    static const char *const links [] = { "", "s", "en", "e" };
    for (*second = LEAST; *second + LEAST <= size; ++*second) {
        if (!wordlist_has (self, word + *second, size - *second))
            continue;
        for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
            size_t link = strlen (links [i]);
            *first = *second - link;
            if (*second >= LEAST + link && memcmp (word + *first, links [i], link) == 0 && wordlist_has (self, word, *first))
                return true;
        }
    }
    return false;
}
