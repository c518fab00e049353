/* shift.c - to be preloaded: the clock on the wall is as many seconds ahead as the file says that CLOCK_SHIFT names, or
 * back below 0, as when somebody sets it; no file: it is right. What only counts on is not touched, as the kernel does
 * not touch it.                                                                                                      */
#define _GNU_SOURCE /* syscall */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long shift (void)
{
    char text [24] = "";
    const char *name = getenv ("CLOCK_SHIFT");
    int file = name ? open (name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return 0;
    ssize_t size = read (file, text, sizeof text - 1);
    close (file);
    return size > 0 ? strtol (text, NULL, 10) : 0;
}

int clock_gettime (clockid_t id, struct timespec *to)
{
    int status = (int) syscall (SYS_clock_gettime, id, to);
    if (id == CLOCK_REALTIME && status == 0)
        to->tv_sec += shift ();
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
