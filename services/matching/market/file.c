/* file.c - bytes into a file, all of them. */
#include "file.h"
#include <errno.h>
#include <unistd.h>

bool file_write (int file, const void *at, size_t size)
{
    for (const char *from = at; size; ) {
        ssize_t done = write (file, from, size);
        if (done < 0 && errno != EINTR)
            return false;
        from += done > 0 ? done : 0;
        size -= done > 0 ? (size_t) done : 0;
    }
    return true;
}
