/* spool.c - files without a name, and what lies in them. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "spool.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int spool_new (const char *directory)
{
    char path [400];
    int fd = open (directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    snprintf (path, sizeof path, "%s/mw-file-XXXXXX", directory);
    fd = mkostemp (path, O_CLOEXEC);
    if (fd >= 0)
        unlink (path);
    return fd;
}

bool spool_write (int fd, const uint8_t *at, size_t size)
{
    while (size) {
        ssize_t done = write (fd, at, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        size -= (size_t) done;
    }
    return true;
}

bool spool_take (void *to, const void *bytes, size_t size)
{
    return spool_write (*(int *) to, bytes, size);
}

bool mapping_open (int fd, mapping *out)
{
    struct stat info;
    *out = (mapping) { 0 };
    if (fstat (fd, &info) != 0)
        return false;
    out->size = (size_t) info.st_size;
    void *at = out->size ? mmap (NULL, out->size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    out->at = at == MAP_FAILED ? NULL : at;
    return out->size == 0 || out->at;
}

void mapping_close (mapping *self)
{
    if (self->at)
        munmap ((void *) (uintptr_t) self->at, self->size);
    *self = (mapping) { 0 };
}

void mapping_hash (const mapping *content, char out [65])
{
    unsigned char hash [32];
    crypto_generichash (hash, sizeof hash, content->at, content->size, NULL, 0);
    sodium_bin2hex (out, 65, hash, sizeof hash);
}
