/* plan.c - what a load asks for, and on whose behalf. */
#define _GNU_SOURCE /* memmem */
#include "plan.h"
#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CALLERS = 32, IDS = 100, ID = 37, HEADERS = 320, REQUEST = 4096, QUOTE_DAYS = 90 };

typedef struct {
    char headers [HEADERS]; /* cookie and CSRF token, or bearer token */
    char need [ID];         /* a draft of theirs, to find matches for */
} caller;

struct plan {
    plan_options options;
    uint64_t     chance;
    caller       callers [CALLERS];
    size_t       caller_count;
    char         offers [IDS][ID], needs [IDS][ID];
    size_t       offer_count, need_count;
    uint32_t     number;
    const unsigned *weights; /* of the profile, by sort */
    char         deadline [24]; /* until when quotes are taken; one for all, because a repeat has to be the same */
    long long    run;        /* tells the keys of this run from those of another with the same seed */
};

/* A request, of which a sort has several: %o is an offer, %n a need, %m a need of the caller's, %w a word, %s the seed,
 * %d the number of the request, %q that number as a prepared quote's id, %t when quotes are no longer taken.       */
typedef struct {
    sort_of_request sort;
    unsigned        weight;
    const char     *path, *body;
} shape;

#define NEED(title) "{\"title\":\"" title "\",\"description\":\"Een fictieve vraag van de belastingproef; " \
    "niemand hoeft er iets mee te doen.\",\"kind\":\"service\",\"sector\":\"green\",\"cpv\":[\"77310000-6\"]," \
    "\"budget_cents\":500000,\"municipality\":\"GM0153\",\"quote_deadline\":\"%t\",\"goals\":[\"inclusive_labour\"]," \
    "\"fictional\":true}"

static const shape shapes [] = {
    { BROWSE, 5, "/v1/offers?limit=20", NULL },
    { BROWSE, 4, "/v1/offers?q=%w", NULL },
    { BROWSE, 10, "/v1/offers/%o", NULL },
    { BROWSE, 3, "/v1/needs?limit=20", NULL },
    { BROWSE, 6, "/v1/needs/%n", NULL },
    { MATCH, 1, "/v1/needs/%m/matches", NULL },
    { DEAL, 1, "/v1/needs", NEED ("Belasting %s-%d") },
};
enum { SHAPES = sizeof shapes / sizeof *shapes };
static const shape an_order = { DEAL, 1, "/v1/orders", "{\"quote_id\":\"00000000-0000-7000-8000-%q\"}" };

static const struct { const char *name; unsigned weights [SORTS]; } profiles [] = {
    { "browse", { 1, 0, 0 } },
    { "match", { 0, 1, 0 } },
    { "deal", { 0, 0, 1 } },
    { "mix", { 80, 15, 5 } },
};
static const char *const words [] = { "groen", "lunch", "tuin", "druk", "schoonmaak", "ict", "hout", "fiets" };

/* ------------------------------------------------------------------------------------- chance */

/* splitmix64: the same seed gives the same requests at the same moments. */
static uint64_t next_chance (plan *self)
{
    uint64_t z = self->chance += UINT64_C (0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C (0x94d049bb133111eb);
    return z ^ z >> 31;
}

double plan_chance (plan *self)
{
    return (double) (next_chance (self) >> 11) * 0x1p-53;
}

/* -------------------------------------------------------------------------------------- texts */

typedef struct { char *at; size_t size, room; } text;

static void put (text *to, const char *from, size_t size)
{
    assert (to->size + size < to->room);
    memcpy (to->at + to->size, from, size);
    to->size += size;
    to->at [to->size] = 0;
}

static void put_text (text *to, const char *from)
{
    put (to, from, strlen (from));
}

static void put_number (text *to, const char *format, unsigned long long number)
{
    char written [120];
    int size = snprintf (written, sizeof written, format, number);
    assert (size > 0 && (size_t) size < sizeof written);
    put (to, written, (size_t) size);
}

static void fill (const plan *self, const draw *it, const char *pattern, text *to)
{
    for (const char *at; (at = strchr (pattern, '%')); pattern = at + 2) {
        put (to, pattern, (size_t) (at - pattern));
        switch (at [1]) {
        case 'o': put_text (to, self->offers [it->drawn % self->offer_count]); break;
        case 'n': put_text (to, self->needs [it->drawn % self->need_count]); break;
        case 'm': put_text (to, self->callers [it->caller].need); break;
        case 'w': put_text (to, words [it->drawn % (sizeof words / sizeof *words)]); break;
        case 's': put_number (to, "%llu", self->options.seed); break;
        case 'd': put_number (to, "%llu", it->number); break;
        case 'q': put_number (to, "%012llu", (unsigned long long) self->options.orders_from + it->number); break;
        case 't': put_text (to, self->deadline); break;
        default:  assert (!"no such place in a pattern");
        }
    }
    put_text (to, pattern);
}

/* ------------------------------------------------------------------------------------ the draw */

static bool is_possible (const plan *self, const shape *s)
{
    return (self->offer_count || !strstr (s->path, "%o")) && (self->need_count || !strstr (s->path, "%n"));
}

static const shape *shape_of (const plan *self, const draw *it, shape *own)
{
    *own = (shape) { BROWSE, 1, self->options.ask, NULL };
    return self->options.ask ? own : it->sort == DEAL && self->options.orders_from >= 0 ? &an_order : &shapes [it->shape];
}

static sort_of_request draw_sort (plan *self)
{
    unsigned sum = 0, sort = 0;
    for (int i = 0; i < SORTS; i++)
        sum += self->weights [i];
    for (unsigned left = (unsigned) (next_chance (self) % sum); left >= self->weights [sort]; sort++)
        left -= self->weights [sort];
    return (sort_of_request) sort;
}

static uint32_t draw_shape (plan *self, sort_of_request sort)
{
    unsigned sum = 0;
    for (int i = 0; i < SHAPES; i++)
        sum += shapes [i].sort == sort && is_possible (self, &shapes [i]) ? shapes [i].weight : 0;
    unsigned left = (unsigned) (next_chance (self) % sum);
    for (uint32_t i = 0;; i++) {
        unsigned weight = shapes [i].sort == sort && is_possible (self, &shapes [i]) ? shapes [i].weight : 0;
        if (left < weight)
            return i;
        left -= weight;
    }
}

draw plan_draw (plan *self)
{
    draw it = { .sort = BROWSE };
    if (!self->options.ask) {
        it.sort = draw_sort (self);
        it.shape = draw_shape (self, it.sort);
    }
    it.caller = (uint32_t) (next_chance (self) % self->caller_count);
    it.drawn = (uint32_t) next_chance (self);
    it.number = it.sort == DEAL ? self->number++ : 0;
    return it;
}

static void put_key (const plan *self, text *to)
{
    put_number (to, "Content-Type: application/json\r\nIdempotency-Key: load-%llu-", self->options.seed);
    put_number (to, "%llu-", (unsigned long long) self->run);
}

static void write_head (const plan *self, const draw *it, const char *method, const char *path, text *to)
{
    put_text (to, method);
    put_text (to, " ");
    fill (self, it, path, to);
    put_text (to, " HTTP/1.1\r\nHost: ");
    put_text (to, self->options.host);
    put_text (to, "\r\nAccept: application/json\r\n");
    put_text (to, self->callers [it->caller].headers);
}

size_t plan_write (const plan *self, const draw *it, char *out, size_t room)
{
    shape own;
    const shape *s = shape_of (self, it, &own);
    text to = { out, 0, room };
    char filled [1024] = "";
    text body = { filled, 0, sizeof filled };
    write_head (self, it, s->body ? "POST" : "GET", s->path, &to);
    if (s->body) {
        fill (self, it, s->body, &body);
        put_key (self, &to);
        put_number (&to, "%llu\r\nContent-Length: ", it->number);
        put_number (&to, "%llu\r\n", body.size);
    }
    put_text (&to, "\r\n");
    put (&to, body.at, body.size);
    return to.size;
}

/* ------------------------------------------------------------------------ before it starts */

/* Sends `request` and reads until the connection ends; the whole answer, to be freed, or NULL. */
static char *ask (const plan *self, const char *request)
{
    enum { MOST = 4 << 20 };
    char *got = calloc (1, MOST + 1);
    size_t size = 0, done = 0, all = strlen (request);
    ssize_t part = 1;
    int fd = socket (self->options.to->ai_family, SOCK_STREAM, 0);
    assert (got);
    bool fine = fd >= 0 && connect (fd, self->options.to->ai_addr, self->options.to->ai_addrlen) == 0;
    for (; fine && done < all; done += (size_t) part)
        if ((part = send (fd, request + done, all - done, MSG_NOSIGNAL)) <= 0)
            fine = false;
    while (fine && size < MOST && (part = recv (fd, got + size, MOST - size, 0)) > 0)
        size += (size_t) part;
    if (fd >= 0)
        close (fd);
    if (fine && size)
        return got;
    fprintf (stderr, "load: nothing answers at %s; `make start` first.\n", self->options.host);
    free (got);
    return NULL;
}

/* The JSON that this answers with 2xx; NULL after a fault, which was told. */
static json_t *asked_json (const plan *self, const caller *by, const char *method, const char *path, const char *body,
                           char cookie_out [HEADERS])
{
    char request [REQUEST];
    text to = { request, 0, sizeof request };
    put_text (&to, method);
    put_text (&to, " ");
    put_text (&to, path);
    put_text (&to, " HTTP/1.1\r\nConnection: close\r\nAccept: application/json\r\nHost: ");
    put_text (&to, self->options.host);
    put_text (&to, "\r\n");
    put_text (&to, by->headers);
    if (body) {
        put_key (self, &to);
        put_number (&to, "first-%llu", (unsigned long long) (by - self->callers));
        put_number (&to, "\r\nContent-Length: %llu\r\n", strlen (body));
    }
    put_text (&to, "\r\n");
    put_text (&to, body ? body : "");
    char *answer = ask (self, request), *head_end = answer ? strstr (answer, "\r\n\r\n") : NULL;
    json_t *json = NULL;
    if (head_end && answer [9] == '2')
        json = json_loads (head_end + 4, 0, NULL);
    const char *cookie = json && cookie_out ? strcasestr (answer, "\r\nset-cookie:") : NULL;
    if (cookie) {
        cookie += strlen ("\r\nset-cookie:");
        snprintf (cookie_out, HEADERS, "%.*s", (int) strcspn (cookie, ";\r"), cookie);
    }
    if (answer && !json)
        fprintf (stderr, "load: %s %s was answered %.*s: %s\n", method, path, (int) strcspn (answer, "\r"), answer,
                 head_end ? head_end + 4 : "");
    free (answer);
    return json;
}

static bool log_in (plan *self, const char *email)
{
    caller *c = &self->callers [self->caller_count++];
    char cookie [HEADERS] = "";
    json_t *account = json_pack ("{ssss}", "email", email, "password", self->options.password);
    char *body = json_dumps (account, JSON_COMPACT);
    json_t *session = asked_json (self, c, "POST", "/v1/sessions", body, cookie);
    const char *csrf = json_string_value (json_object_get (session, "csrf_token"));
    int size = snprintf (c->headers, sizeof c->headers, "Cookie:%s\r\nX-CSRF-Token: %s\r\n", cookie, csrf ? csrf : "");
    assert (size > 0 && (size_t) size < sizeof c->headers);
    free (body);
    json_decref (account);
    json_decref (session);
    return csrf != NULL;
}

static bool find_ids (plan *self, const char *path, char ids [IDS][ID], size_t *count_out)
{
    size_t index;
    json_t *page = asked_json (self, &self->callers [0], "GET", path, NULL, NULL), *item;
    json_array_foreach (json_object_get (page, "items"), index, item) {
        const char *id = json_string_value (json_object_get (item, "id"));
        if (id && index < IDS && strlen (id) < ID)
            strcpy (ids [(*count_out)++], id);
    }
    json_decref (page);
    return page != NULL;
}

static bool draft_need (plan *self, caller *by)
{
    char body [1024];
    text to = { body, 0, sizeof body };
    fill (self, &(draw) { 0 }, NEED ("Belasting %s: waarvoor aanbod gezocht wordt"), &to);
    json_t *need = asked_json (self, by, "POST", "/v1/needs", body, NULL);
    const char *id = json_string_value (json_object_get (need, "id"));
    if (id)
        snprintf (by->need, sizeof by->need, "%s", id);
    json_decref (need);
    return id != NULL;
}

static bool hold_token (plan *self, const char *token)
{
    caller *c = &self->callers [self->caller_count++];
    return snprintf (c->headers, sizeof c->headers, "Authorization: Bearer %s\r\n", token) < HEADERS;
}

static bool enter (plan *self)
{
    const char *names = self->options.token ? self->options.token : self->options.as;
    bool (*how) (plan *, const char *) = self->options.token ? hold_token : log_in;
    char *list = strdup (names), *rest;
    bool fine = true;
    for (char *name = strtok_r (list, ",", &rest); name && fine; name = strtok_r (NULL, ",", &rest))
        fine = self->caller_count < CALLERS && how (self, name);
    free (list);
    return fine && self->caller_count > 0;
}

static bool prepare (plan *self)
{
    if (!enter (self))
        return false;
    if (self->options.ask)
        return true;
    bool fine = !self->weights [BROWSE] || (find_ids (self, "/v1/offers?limit=100", self->offers, &self->offer_count)
                           && find_ids (self, "/v1/needs?limit=100", self->needs, &self->need_count));
    for (size_t i = 0; fine && self->weights [MATCH] && i < self->caller_count; i++)
        fine = draft_need (self, &self->callers [i]);
    return fine;
}

static const unsigned *weights_of (const char *profile)
{
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        if (strcmp (profiles [i].name, profile) == 0)
            return profiles [i].weights;
    fprintf (stderr, "load: there is no profile %s; there are browse, match, deal and mix.\n", profile);
    return NULL;
}

plan *plan_new (const plan_options *options)
{
    plan *self = calloc (1, sizeof *self);
    assert (self);
    self->options = *options;
    self->chance = options->seed;
    self->weights = weights_of (options->profile);
    time_t now = time (NULL), then = now + QUOTE_DAYS * 86400;
    self->run = now;
    strftime (self->deadline, sizeof self->deadline, "%Y-%m-%dT%H:%M:%SZ", gmtime (&then));
    if (!self->weights || !prepare (self))
        plan_destroy (&self);
    return self;
}

void plan_destroy (plan **self_p)
{
    free (*self_p);
    *self_p = NULL;
}
