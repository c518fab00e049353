/* clean.c - what a copy of each kind of file is, and the process of its own in which it is made; see clean.h. */
#define _GNU_SOURCE /* close_range */
#include "clean.h"
#include "spool.h"
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PATIENCE_S = 60, WORK_S = 30 };

/* What has nothing but its text is that text. Of XML nobody knows which of it tells who wrote it. */
bool file_clean (const file_kind *kind, const uint8_t *bytes, size_t size, strip_take *take, void *to)
{
    if (kind->photo)
        return photo_strip (kind, bytes, size, take, to);
    if (strcmp (kind->media_type, "application/pdf") == 0)
        return pdf_clean (bytes, size, take, to);
    if (strstr (kind->media_type, "officedocument") || strstr (kind->media_type, "opendocument"))
        return packed_clean (bytes, size, take, to);
    return (strcmp (kind->media_type, "text/plain") == 0 || strcmp (kind->media_type, "text/csv") == 0) && take (to, bytes, size);
}

typedef struct {
    uint8_t *at;
    size_t   size, room;
} buffer;

static bool into_buffer (void *to, const void *bytes, size_t size)
{
    buffer *self = to;
    if (size > self->room - self->size)
        return false;
    memcpy (self->at + self->size, bytes, size);
    self->size += size;
    return true;
}

uint8_t *photo_clean (const uint8_t *bytes, size_t size, size_t *left)
{
    file_kind kind = { 0 };
    buffer out = { malloc (size + 64), 0, size + 64 };
    bool fine = out.at && file_check (bytes, size, &kind) == FILE_TAKEN && kind.photo && photo_strip (&kind, bytes, size, into_buffer, &out);
    if (!fine) {
        free (out.at);
        return NULL;
    }
    *left = out.size;
    return out.at;
}

/* What was open stays in this program; from here on nothing can be opened, be it a file or a way out. The sanitizers want more memory than
 * any document, and look into files.                                                                                                       */
static void bound (void)
{
    close_range (STDERR_FILENO + 1, ~0U, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const rlim_t memory = (rlim_t) 2 << 30;
    setrlimit (RLIMIT_AS, &(struct rlimit) { memory, memory });
    setrlimit (RLIMIT_NOFILE, &(struct rlimit) { STDERR_FILENO + 1, STDERR_FILENO + 1 });
#endif
    setrlimit (RLIMIT_CPU, &(struct rlimit) { WORK_S, WORK_S });
    setrlimit (RLIMIT_FSIZE, &(struct rlimit) { (rlim_t) 4 * DESK_DOCUMENT_BYTES, (rlim_t) 4 * DESK_DOCUMENT_BYTES });
    setrlimit (RLIMIT_CORE, &(struct rlimit) { 0, 0 });
    alarm (PATIENCE_S);
}

int clean_main (void)
{
    mapping content;
    file_kind kind = { 0 };
    int out = STDOUT_FILENO;
    bound ();
    bool fine = mapping_open (STDIN_FILENO, &content) && file_check (content.at, content.size, &kind) == FILE_TAKEN
             && file_clean (&kind, content.at, content.size, spool_take, &out);
    return fine ? 0 : 1;
}
