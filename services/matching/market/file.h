/* file.h - bytes into a file, all of them. */
#ifndef FILE_H
#define FILE_H
#include <stdbool.h>
#include <stddef.h>

/* Goes on after a signal. False: not all of it was written, errno says why. */
bool file_write (int file, const void *at, size_t size);
#endif
