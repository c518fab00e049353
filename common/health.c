/* health.c - a process tells in a file that it can do its work, for those who watch over it. */
#include "health.h"
#include "log.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ready [] = "ready";

enum { EVERY_MS = 400 };

void health_open (health *self, const char *run, const char *name)
{
    *self = (health) { 0 };
    snprintf (self->path, sizeof self->path, "%s/%s.health", run, name);
}

/* Whole or not at all: who reads meanwhile sees the text before, or this one. */
static bool replace (health *self, const char *text)
{
    char aside [sizeof self->path + 20];
    struct stat about;
    snprintf (aside, sizeof aside, "%s.%d", self->path, (int) getpid ());
    FILE *file = fopen (aside, "w");
    if (!file)
        return false;
    bool good = fprintf (file, "%s\n", text) > 0 && fstat (fileno (file), &about) == 0;
    good &= fclose (file) == 0;
    if (good && rename (aside, self->path) == 0) {
        self->inode = about.st_ino;
        return true;
    }
    unlink (aside);
    return false;
}

/* A new time on the file, if it is still the one that we wrote. */
static bool renew (const health *self)
{
    struct stat about;
    return stat (self->path, &about) == 0 && about.st_ino == self->inode
        && utimensat (AT_FDCWD, self->path, NULL, 0) == 0;
}

void health_tell (health *self, const char *why)
{
    const char *text = why ? why : ready;
    int64_t now = clock_steady_us ();
    bool changed = strcmp (self->said, text);
    if (!changed && now - self->told < EVERY_MS * INT64_C (1000))
        return;
    if ((changed || !renew (self)) && !replace (self, text) && changed)
        log_line ("warning", "health_untold", "path=%s errno=%d", self->path, errno);
    self->told = now;
    snprintf (self->said, sizeof self->said, "%s", text);
}

void health_close (health *self)
{
    unlink (self->path);
}

bool health_read (const char *run, const char *name, char why [HEALTH_WHY])
{
    char path [sizeof ((health *) 0)->path], text [100] = "";
    struct stat about;
    snprintf (path, sizeof path, "%s/%s.health", run, name);
    FILE *file = fopen (path, "r");
    if (!file || fstat (fileno (file), &about) || !fgets (text, sizeof text, file)) {
        snprintf (why, HEALTH_WHY, "%s does not run, or stopped: %s cannot be read", name, path);
        if (file)
            fclose (file);
        return false;
    }
    fclose (file);
    text [strcspn (text, "\n")] = 0;
    int64_t age_ms = (clock_wall_us () - about.st_mtim.tv_sec * INT64_C (1000000) - about.st_mtim.tv_nsec / 1000) / 1000;
    bool fresh = age_ms <= HEALTH_FRESH_MS && age_ms >= -HEALTH_FRESH_MS; /* a clock that was set back makes no dead one young */
    if (!fresh)
        snprintf (why, HEALTH_WHY, "%s hangs, or was killed: %s was written %lld s ago", name, path, (long long) age_ms / 1000);
    else if (strcmp (text, ready))
        snprintf (why, HEALTH_WHY, "%s is not ready: %s", name, text);
    return fresh && strcmp (text, ready) == 0;
}
