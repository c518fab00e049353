/* snapshot.h - sections of bytes in one file, which is there whole or not at all. */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct snapshot snapshot;

snapshot *snapshot_new (void);
void snapshot_destroy (snapshot **self_p);

/* The next section, a copy. */
void snapshot_put (snapshot *, const void *at, size_t size);
/* A new file in the place of the old one, on the disk when this returns. False: it could not be written, errno says why. */
bool snapshot_write (const snapshot *, const char *path);

/* A file that snapshot_write wrote. NULL: there is none (*why NULL), or it is damaged or cannot be read. */
snapshot *snapshot_read (const char *path, const char **why);
/* The sections in order, on eight bytes; they live as long as the snapshot. NULL: there are no more. */
const void *snapshot_next (snapshot *, size_t *size);
/* A section of things of this size; NULL: it is none, or there are no more. */
const void *snapshot_array (snapshot *, size_t each, size_t *count);
#endif
