/* spool.h - files that have no name: whatever happens, they are gone when we are. */
#ifndef SPOOL_H
#define SPOOL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A new one, to write and read; below 0: there is no room. */
int spool_new (const char *directory);
bool spool_write (int fd, const uint8_t *, size_t);
/* The same for who wants a strip_take (kind.h): `to` is the address of the descriptor. */
bool spool_take (void *to, const void *, size_t);

/* What lies in a file, to be read where it is. */
typedef struct {
    const uint8_t *at;
    size_t         size;
} mapping;
bool mapping_open (int fd, mapping *);
void mapping_close (mapping *);
/* BLAKE2b-256 in hex. */
void mapping_hash (const mapping *, char out [65]);
#endif
