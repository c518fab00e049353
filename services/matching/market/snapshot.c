/* snapshot.c - head, then sections: size and bytes, on eight. */
#include "snapshot.h"
#include "file.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char     magic [8];
    uint64_t size;          /* of the sections */
    uint8_t  checksum [32]; /* of the sections */
} head;

static const char magic [8] = "MWSNAP01";

struct snapshot {
    char  *at;
    size_t size, room, next;
};

snapshot *snapshot_new (void)
{
    snapshot *self = calloc (1, sizeof *self);
    assert (self);
    return self;
}

void snapshot_destroy (snapshot **self_p)
{
    if (*self_p)
        free ((*self_p)->at);
    free (*self_p);
    *self_p = NULL;
}

static size_t on_eight (size_t size)
{
    return (size + 7) / 8 * 8;
}

void snapshot_put (snapshot *self, const void *at, size_t size)
{
    uint64_t says = size;
    size_t needed = self->size + sizeof says + on_eight (size);
    if (needed > self->room) {
        self->room = needed + needed / 2;
        self->at = realloc (self->at, self->room);
        assert (self->at);
    }
    memset (self->at + self->size, 0, needed - self->size);
    memcpy (self->at + self->size, &says, sizeof says);
    if (size)
        memcpy (self->at + self->size + sizeof says, at, size);
    self->size = needed;
}

static void sum_up (const snapshot *self, uint8_t out [32])
{
    crypto_generichash (out, 32, (const unsigned char *) self->at, self->size, NULL, 0);
}

/* A name is on the disk when its directory is. */
static bool sync_directory (const char *path)
{
    char directory [4096];
    snprintf (directory, sizeof directory, "%s", path);
    char *slash = strrchr (directory, '/');
    if (slash)
        *slash = 0;
    int file = open (slash ? directory : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = file >= 0 && fsync (file) == 0;
    if (file >= 0)
        close (file);
    return good;
}

bool snapshot_write (const snapshot *self, const char *path)
{
    char fresh [4096];
    head first = { .size = self->size };
    memcpy (first.magic, magic, sizeof magic);
    sum_up (self, first.checksum);
    snprintf (fresh, sizeof fresh, "%s.new", path);
    int file = open (fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool good = file_write (file, &first, sizeof first) && file_write (file, self->at, self->size) && fsync (file) == 0;
    return close (file) == 0 && good && rename (fresh, path) == 0 && sync_directory (path);
}

static bool read_all (int file, void *at, size_t size)
{
    for (char *to = at; size; ) {
        ssize_t done = read (file, to, size);
        if (done == 0 || (done < 0 && errno != EINTR))
            return false;
        to += done > 0 ? done : 0;
        size -= done > 0 ? (size_t) done : 0;
    }
    return true;
}

static const char *take (snapshot *self, int file)
{
    head first;
    struct stat st;
    uint8_t sum [32];
    if (fstat (file, &st) != 0 || !read_all (file, &first, sizeof first))
        return "cannot be read";
    if (memcmp (first.magic, magic, sizeof magic) || first.size != (uint64_t) st.st_size - sizeof first)
        return "is no snapshot of this version, or not whole";
    self->size = first.size;
    self->at = malloc (self->size + 1);
    assert (self->at);
    if (!read_all (file, self->at, self->size))
        return "cannot be read";
    sum_up (self, sum);
    return memcmp (sum, first.checksum, sizeof sum) ? "is damaged" : NULL;
}

snapshot *snapshot_read (const char *path, const char **why)
{
    *why = NULL;
    int file = open (path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        *why = errno == ENOENT ? NULL : "cannot be opened";
        return NULL;
    }
    snapshot *self = snapshot_new ();
    *why = take (self, file);
    close (file);
    if (*why)
        snapshot_destroy (&self);
    return self;
}

const void *snapshot_next (snapshot *self, size_t *size)
{
    uint64_t says;
    if (self->size - self->next < sizeof says)
        return NULL;
    memcpy (&says, self->at + self->next, sizeof says);
    if (says > self->size - self->next - sizeof says)
        return NULL;
    const void *at = self->at + self->next + sizeof says;
    self->next += sizeof says + on_eight (says);
    *size = says;
    return at;
}

const void *snapshot_array (snapshot *self, size_t each, size_t *count)
{
    size_t size;
    const void *at = snapshot_next (self, &size);
    if (!at || size % each)
        return NULL;
    *count = size / each;
    return at;
}
