/* typed.c - words, phrases, minus and codes; see typed.h. */
#include "typed.h"
#include "score.h"
#include <string.h>
#include <strings.h>

enum { CODE_DIGITS = 8 };

static void add (char to [TYPED_BYTES], const char *at, size_t size)
{
    size_t used = strlen (to);
    if (used + size + 2 > TYPED_BYTES)
        return;
    memcpy (to + used, at, size);
    memcpy (to + used + size, " ", 2);
}

/* 77310000, with or without its check digit. */
static bool is_code (const char *at, size_t size)
{
    size_t digits = strspn (at, "0123456789");
    return digits == CODE_DIGITS && (size == CODE_DIGITS || (size == CODE_DIGITS + 2 && at [CODE_DIGITS] == '-'
                                     && strspn (at + CODE_DIGITS + 1, "0123456789") == 1));
}

static size_t read_phrase (typed *self, const char *at)
{
    const char *end = strchr (at + 1, '"');
    if (!end || end == at + 1 || self->phrase_count == TYPED_MOST)
        return 1;
    size_t size = (size_t) (end - at - 1);
    self->phrases [self->phrase_count++] = (typed_phrase) { at + 1, size };
    add (self->words, at + 1, size);
    return size + 2;
}

void typed_read (typed *self, const char *text)
{
    *self = (typed) { .phrase_count = 0 };
    for (const char *at = text; *at; ) {
        size_t size = strcspn (at, " \t\r\n\"");
        if (*at == '"')
            size = read_phrase (self, at);
        else if (!size)
            size = 1;
        else if (size > 1 && *at == '-')
            add (self->without, at + 1, size - 1);
        else if (is_code (at, size) && self->cpv_count < TYPED_MOST)
            memcpy (self->cpv [self->cpv_count++], at, CODE_DIGITS);
        else
            add (self->words, at, size);
        at += size;
    }
}

static bool has_phrase (const char *text, const typed_phrase *phrase)
{
    for (; text && *text; text++)
        if (strncasecmp (text, phrase->at, phrase->size) == 0)
            return true;
    return false;
}

bool typed_fits_code (const typed *self, uint32_t cpv)
{
    bool under = !self->cpv_count;
    for (size_t i = 0; i < self->cpv_count; i++)
        under |= cpv_compare (cpv_number (self->cpv [i]), cpv) >= CPV_WITHIN;
    return under;
}

bool typed_fits_phrases (const typed *self, const offer_t *offer)
{
    bool fits = true;
    for (size_t i = 0; i < self->phrase_count && fits; i++)
        fits = has_phrase (offer->title, &self->phrases [i]) || has_phrase (offer->description, &self->phrases [i]);
    return fits;
}
