/* web.c - the pages: files made at build, precompressed, and one answer of the API pasted into each data page. */
#include "gateway.h"
#include "answer.h"
#include "../../common/text.h"
#include <assert.h>
#include <event2/buffer.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGES = 128 };

typedef struct {
    char             path [80], given [30], absent [30]; /* what a query has to have, and not to have; "-": anything */
    const operation *op;
} data_page;

/* pages.txt of the build: of each page that has data its path, an operation, and for which queries that is. The first line
 * that fits counts.                                                                                                     */
typedef struct web {
    data_page pages [PAGES];
    size_t    count;
} web;

bool web_open (gateway *self, const char *directory)
{
    char name [500], operation_name [60];
    data_page page;
    snprintf (name, sizeof name, "%s/pages.txt", directory);
    FILE *in = fopen (name, "r");
    self->web = directory;
    self->files = calloc (1, sizeof (web));
    assert (self->files);
    if (!in)
        return false;
    while (self->files->count < PAGES
           && fscanf (in, "%79s %59s %29s %29s", page.path, operation_name, page.given, page.absent) == 4)
        if ((page.op = operation_find (operation_name)))
            self->files->pages [self->files->count++] = page;
    fclose (in);
    return true;
}

void web_close (gateway *self)
{
    free (self->files);
    self->files = NULL;
}

/* The file of a path below the directory; NULL for a path that could lead out of it, or to nothing. */
static char *file_of (const gateway *self, const char *path)
{
    size_t size = strlen (path);
    for (const char *at = path; *at; at++)
        if ((at [0] == '.' && at [1] == '.') || (unsigned char) *at < 0x20 || *at == '\\')
            return NULL;
    char *name = malloc (strlen (self->web) + size + 12);
    struct stat info;
    assert (name);
    sprintf (name, "%s%s%s", self->web, path, size && path [size - 1] == '/' ? "index.html" : "");
    if (*path == '/' && stat (name, &info) == 0 && S_ISREG (info.st_mode))
        return name;
    free (name);
    return NULL;
}

static const char *type_of (const char *name)
{
    static const struct { const char *ending, *type; } types [] = {
        { ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" }, { ".svg", "image/svg+xml" }, { ".woff2", "font/woff2" },
        { ".json", "application/json" }, { ".txt", "text/plain; charset=utf-8" },
    };
    const char *ending = strrchr (name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcmp (types [i].ending, ending) == 0)
            return types [i].type;
    return "application/octet-stream";
}

static void set (struct evhttp_request *request, const char *name, const char *value)
{
    evhttp_add_header (evhttp_request_get_output_headers (request), name, value);
}

/* Opens the file, or its compressed neighbour if the browser takes that. -1: no such file. */
static int open_best (struct evhttp_request *request, const char *file)
{
    static const struct { const char *name, *ending; } codings [] = { { "br", ".br" }, { "gzip", ".gz" } };
    const char *accepted = evhttp_find_header (evhttp_request_get_input_headers (request), "Accept-Encoding");
    char name [600];
    for (size_t i = 0; accepted && i < sizeof codings / sizeof *codings; i++) {
        snprintf (name, sizeof name, "%s%s", file, codings [i].ending);
        int fd = strstr (accepted, codings [i].name) ? open (name, O_RDONLY | O_CLOEXEC) : -1;
        if (fd >= 0) {
            set (request, "Content-Encoding", codings [i].name);
            return fd;
        }
    }
    return open (file, O_RDONLY | O_CLOEXEC);
}

static void send_file (struct evhttp_request *request, const char *file, const char *path, int status)
{
    struct evbuffer *out = evbuffer_new ();
    struct stat info;
    bool asset = strncmp (path, "/assets/", 8) == 0;
    answer_headers (request, true);
    set (request, "Content-Type", type_of (file));
    set (request, "Vary", "Accept-Encoding");
    set (request, "Cache-Control", asset ? "public, max-age=31536000, immutable" : "no-cache");
    int fd = open_best (request, file);
    if (fd >= 0 && fstat (fd, &info) == 0)
        evbuffer_add_file (out, fd, 0, info.st_size); /* closes it */
    evhttp_send_reply (request, status, NULL, out);
    evbuffer_free (out);
}

bool web_serve (gateway *self, struct evhttp_request *request, const char *path)
{
    char *file = file_of (self, path);
    bool found = file != NULL;
    if (!found)
        file = file_of (self, strncmp (path, "/en/", 4) == 0 ? "/en/404.html" : "/404.html");
    if (!found && !file)
        file = file_of (self, "/404.html");
    if (!file)
        return false;
    send_file (request, file, path, found ? 200 : 404);
    free (file);
    return true;
}

static bool has (const struct evkeyvalq *query, const char *name)
{
    const char *value = evhttp_find_header (query, name);
    return value && *value;
}

static bool fits (const data_page *page, const char *path, const struct evkeyvalq *query)
{
    return strcmp (page->path, path) == 0 && (*page->given == '-' || has (query, page->given))
        && (*page->absent == '-' || !has (query, page->absent));
}

const operation *web_data_operation (gateway *self, const char *path, const struct evkeyvalq *query, char **file)
{
    for (size_t i = 0; i < self->files->count; i++)
        if (fits (&self->files->pages [i], path, query))
            return (*file = file_of (self, path)) ? self->files->pages [i].op : NULL;
    return NULL;
}

static char *read_all (const char *file, size_t *size)
{
    FILE *in = fopen (file, "rb");
    struct stat info;
    if (!in || fstat (fileno (in), &info) != 0)
        return NULL;
    char *text = malloc ((size_t) info.st_size + 1);
    assert (text);
    *size = fread (text, 1, (size_t) info.st_size, in);
    text [*size] = 0;
    fclose (in);
    return text;
}

/* "<" inside the data must not end the script element that holds it. */
static void add_escaped (struct evbuffer *out, const char *json, size_t size)
{
    size_t from = 0;
    for (size_t i = 0; i < size; i++)
        if (json [i] == '<') {
            evbuffer_add (out, json + from, i - from);
            evbuffer_add (out, "\\u003c", 6);
            from = i + 1;
        }
    evbuffer_add (out, json + from, size - from);
}

void web_send_page (struct evhttp_request *request, const char *file, const char *json, size_t size)
{
    static const char marker [] = "<!--DATA-->";
    size_t length = 0;
    char *page = read_all (file, &length), *at = page ? strstr (page, marker) : NULL;
    struct evbuffer *out = evbuffer_new ();
    if (at) {
        evbuffer_add (out, page, (size_t) (at - page));
        add_escaped (out, json, size);
        at += sizeof marker - 1;
        evbuffer_add (out, at, length - (size_t) (at - page));
    }
    answer_headers (request, true);
    set (request, "Content-Type", "text/html; charset=utf-8");
    set (request, "Cache-Control", "no-store");
    evhttp_send_reply (request, 200, NULL, out);
    evbuffer_free (out);
    free (page);
}
