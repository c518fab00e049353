/* file_fuzz.c - files from anybody: what is taken is taken again after it was stripped or copied clean, and stripped the same each time.
 *
 * The input is a file; and its first bytes, as far as they are text, a name. */
#include "../../services/gateway/files/clean.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct {
    uint8_t *at;
    size_t size, room;
} copy;

static bool take (void *to, const void *bytes, size_t size)
{
    copy *self = to;
    assert (self->size + size <= self->room);
    memcpy (self->at + self->size, bytes, size);
    self->size += size;
    return true;
}

/* Nothing that reads as a path, turns the text or hides, and an ending. */
static void check_name (const uint8_t *data, size_t size)
{
    char given [300] = "", clean [FILE_NAME_ROOM];
    memcpy (given, data, size < sizeof given ? size : sizeof given - 1);
    file_name_clean (given, "application/pdf", clean);
    size_t length = strlen (clean);
    assert (length > 4 && length < FILE_NAME_ROOM && text_is_utf8 ((const uint8_t *) clean, length));
    assert (!strpbrk (clean, "/\\\"<>|\r\n") && *clean != '.' && strcasecmp (clean + length - 4, ".pdf") == 0);
}

/* A photo that lost what it told is a photo of the same kind, no larger but for its orientation, and has nothing to lose. */
static void check_stripped (const file_kind *kind, const uint8_t *data, size_t size)
{
    copy once = { malloc (size + 64), 0, size + 64 }, twice = { malloc (size + 128), 0, size + 128 };
    file_kind again;
    assert (photo_strip (kind, data, size, take, &once));
    assert (file_check (once.at, once.size, &again) == FILE_TAKEN && strcmp (again.media_type, kind->media_type) == 0);
    assert (photo_strip (&again, once.at, once.size, take, &twice));
    assert (twice.size == once.size && memcmp (once.at, twice.at, once.size) == 0);
    free (once.at);
    free (twice.at);
}

static bool take_more (void *to, const void *bytes, size_t size)
{
    copy *self = to;
    if (size > self->room - self->size) {
        self->room = 2 * self->room + size;
        self->at = realloc (self->at, self->room);
        assert (self->at);
    }
    return take (to, bytes, size);
}

/* What tells nothing of who made it, if there is such a copy, is a document of the same kind. */
static void check_cleaned (const file_kind *kind, const uint8_t *data, size_t size)
{
    copy clean = { malloc (size + 64), 0, size + 64 };
    file_kind again;
    if (file_clean (kind, data, size, take_more, &clean))
        assert (file_check (clean.at, clean.size, &again) == FILE_TAKEN && strcmp (again.media_type, kind->media_type) == 0);
    free (clean.at);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    file_kind kind;
    file_refusal how = file_check (data, size, &kind);
    assert (how < FILE_REFUSALS && (how != FILE_TAKEN || strstr (file_kinds_taken (), kind.media_type)));
    if (how == FILE_TAKEN && kind.photo)
        check_stripped (&kind, data, size);
    else if (how == FILE_TAKEN)
        check_cleaned (&kind, data, size);
    check_name (data, size);
    return 0;
}
