/* back.c - to be preloaded: while the file that CLOCK_BACK names is there, the clock on the wall is an hour back, as when
 * somebody sets it. What only counts on is not touched, as the kernel does not touch it.                              */
#define _GNU_SOURCE /* syscall */
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { BACK_S = 3600 };

int clock_gettime (clockid_t id, struct timespec *to)
{
    const char *file = getenv ("CLOCK_BACK");
    int status = (int) syscall (SYS_clock_gettime, id, to);
    if (id == CLOCK_REALTIME && status == 0 && file && access (file, F_OK) == 0)
        to->tv_sec -= BACK_S;
    return status;
}

int gettimeofday (struct timeval *restrict to, void *restrict zone)
{
    struct timespec now;
    (void) zone;
    clock_gettime (CLOCK_REALTIME, &now);
    *to = (struct timeval) { now.tv_sec, now.tv_nsec / 1000 };
    return 0;
}

time_t time (time_t *to)
{
    struct timespec now;
    clock_gettime (CLOCK_REALTIME, &now);
    if (to)
        *to = now.tv_sec;
    return now.tv_sec;
}
