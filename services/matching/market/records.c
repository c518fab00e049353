/* records.c - a file that is mapped once, at the size that it may ever have, and grows below that. */
#define _GNU_SOURCE /* memfd_create */
#include "records.h"
#include "record.h"
#include "../../../common/log.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STEP = 1 << 16, BEGIN = 8 /* so that no record is at 0 */ };
static const size_t most = (size_t) 1 << 36;

struct records {
    int                     file;
    char                   *at;
    uint64_t                used, room;
    crypto_generichash_state sum;
    msgpack_sbuffer         written; /* the record at hand */
    uint8_t                 promised [32];
    bool                    proving;
    pthread_t               thread;
};

/* Its size, and its bytes, on eight. */
static uint64_t taken_by (uint32_t size)
{
    return (sizeof size + (uint64_t) size + 7) / 8 * 8;
}

/* What has no room on the disk now would end the process when it is written (SIGBUS): it is asked for before. */
static bool make_room (records *self, uint64_t needed)
{
    if (needed <= self->room)
        return true;
    uint64_t room = (needed + needed / 8 + STEP) / STEP * STEP;
    if (room > most || posix_fallocate (self->file, (off_t) self->room, (off_t) (room - self->room)) != 0)
        return false;
    self->room = room;
    return true;
}

static const char *take_over (records *self, uint64_t used)
{
    off_t size = lseek (self->file, 0, SEEK_END);
    if (size < 0 || (uint64_t) size < used)
        return "is not whole";
    self->room = (uint64_t) size;
    self->used = used < BEGIN ? BEGIN : used;
    return make_room (self, self->used) ? NULL : "has no room on the disk";
}

static void *add_up (void *argument)
{
    records *self = argument;
    crypto_generichash_update (&self->sum, (const unsigned char *) self->at, self->used);
    return NULL;
}

records *records_open (const char *path, uint64_t used, const char **why)
{
    records *self = calloc (1, sizeof *self);
    assert (self);
    self->at = MAP_FAILED;
    msgpack_sbuffer_init (&self->written);
    crypto_generichash_init (&self->sum, NULL, 0, 32);
    self->file = path ? open (path, O_RDWR | O_CREAT | O_CLOEXEC | (used ? 0 : O_TRUNC), 0600) : memfd_create ("records", MFD_CLOEXEC);
    if (self->file >= 0)
        self->at = mmap (NULL, most, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, self->file, 0);
    *why = self->at == MAP_FAILED ? strerror (errno) : take_over (self, used);
    if (*why)
        records_close (&self);
    else if (!used)
        add_up (self);
    return self;
}

void records_prove (records *self, const uint8_t sum [32])
{
    memcpy (self->promised, sum, sizeof self->promised);
    self->proving = true;
    int problem = pthread_create (&self->thread, NULL, add_up, self);
    assert (problem == 0);
}

const char *records_proved (records *self)
{
    uint8_t now [32];
    pthread_join (self->thread, NULL);
    self->proving = false;
    records_sum (self, now);
    return memcmp (now, self->promised, sizeof now) ? "is damaged" : NULL;
}

void records_close (records **self_p)
{
    records *self = *self_p;
    if (!self)
        return;
    if (self->proving)
        pthread_join (self->thread, NULL);
    if (self->at != MAP_FAILED)
        munmap (self->at, most);
    if (self->file >= 0)
        close (self->file);
    msgpack_sbuffer_destroy (&self->written);
    free (self);
    *self_p = NULL;
}

uint64_t records_add (records *self, const schema *type, const void *record)
{
    msgpack_sbuffer_clear (&self->written);
    record_write (type, record, &self->written);
    uint64_t at = self->used;
    uint32_t size = (uint32_t) self->written.size;
    if (!make_room (self, at + taken_by (size))) { /* without it this process would answer otherwise than others */
        log_line ("error", "no_room_for_records", "bytes=%llu", (unsigned long long) self->used);
        exit (EXIT_FAILURE);
    }
    memcpy (self->at + at, &size, sizeof size);
    memcpy (self->at + at + sizeof size, self->written.data, size);
    memset (self->at + at + sizeof size + size, 0, taken_by (size) - sizeof size - size);
    crypto_generichash_update (&self->sum, (const unsigned char *) self->at + at, taken_by (size));
    self->used += taken_by (size);
    return at;
}

void *records_read (const records *self, uint64_t at, const schema *type, msgpack_zone *zone)
{
    uint32_t size;
    memcpy (&size, self->at + at, sizeof size);
    return record_read (type, self->at + at + sizeof size, size, zone);
}

void records_expect (const records *self, uint64_t at)
{
    enum { LINE = 64, LINES = 8 };
    for (size_t i = 0; i < LINES; i++)
        __builtin_prefetch (self->at + at + i * LINE);
}

uint64_t records_used (const records *self)
{
    return self->used;
}

void records_sum (const records *self, uint8_t out [32])
{
    crypto_generichash_state copy = self->sum;
    crypto_generichash_final (&copy, out, 32);
}

bool records_sync (const records *self)
{
    return fdatasync (self->file) == 0;
}
