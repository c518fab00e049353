/* demo.c - meerwaarde demo: plays the lines of a directory's .jsonl files through the operations, as if the
 * people in it did it at the time. deploy/demo/README.md explains a line.                                 */
#include "client.h"
#include "ctl.h"
#include "../../common/config.h"
#include "../../common/text.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

enum { TRIES = 200 };

typedef struct {
    client  *door;
    json_t  *accounts;  /* handle -> account id */
    json_t  *kept;      /* handle -> last answer */
    json_t  *versions;  /* id -> last version seen */
    json_t  *roles;     /* "account@organisation" -> bits */
    json_t  *templates; /* name -> steps */
    const char *file;
    size_t   line, calls;
} player;

static bool complain (const player *self, const char *what, const json_t *about)
{
    char *text = about ? json_dumps (about, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    fprintf (stderr, "\nmeerwaarde: %s, line %zu: %s %s\n", self->file, self->line, what, text ? text : "");
    free (text);
    return false;
}

/* ---------------------------------------------------------------------------------- values */

/* {name} becomes the value given for it: as it is when it is the whole text, else its text. */
static json_t *fill (const json_t *value, const json_t *with);

static json_t *fill_text (const char *text, const json_t *with)
{
    text_buffer out = { 0 };
    size_t length = strlen (text);
    char name [80];
    if (length > 2 && text [0] == '{' && strchr (text, '}') == text + length - 1) {
        snprintf (name, sizeof name, "%.*s", (int) length - 2, text + 1);
        json_t *given = json_object_get (with, name);
        return given ? json_deep_copy (given) : json_null ();
    }
    while (*text) {
        const char *open = strchr (text, '{'), *close = open ? strchr (open, '}') : NULL;
        if (!close)
            break;
        text_append (&out, text, (size_t) (open - text));
        snprintf (name, sizeof name, "%.*s", (int) (close - open - 1), open + 1);
        json_t *given = json_object_get (with, name);
        char *other = json_is_string (given) ? NULL : json_dumps (given, JSON_ENCODE_ANY);
        const char *shown = json_is_string (given) ? json_string_value (given) : other ? other : "";
        text_append (&out, shown, strlen (shown));
        free (other);
        text = close + 1;
    }
    text_append (&out, text, strlen (text) + 1);
    json_t *filled = json_string (out.at);
    text_free (&out);
    return filled;
}

static json_t *fill (const json_t *value, const json_t *with)
{
    if (json_is_string (value))
        return fill_text (json_string_value (value), with);
    if (json_is_array (value)) {
        json_t *out = json_array ();
        for (size_t i = 0; i < json_array_size (value); i++)
            json_array_append_new (out, fill (json_array_get (value, i), with));
        return out;
    }
    if (!json_is_object (value))
        return json_deep_copy (value);
    json_t *out = json_object (), *inner;
    const char *key;
    json_object_foreach ((json_t *) (uintptr_t) value, key, inner) {
        json_t *filled = fill (inner, with);
        if (!json_is_null (filled)) /* a place that got nothing is left out */
            json_object_set (out, key, filled);
        json_decref (filled);
    }
    return out;
}

/* $handle is an id, $handle.lines.0.id a value of the last answer. Borrowed; NULL: unknown. */
static json_t *look_up (const player *self, const char *text)
{
    char copy [200], *rest;
    snprintf (copy, sizeof copy, "%s", text);
    char *handle = strtok_r (copy, ".", &rest), *step = strtok_r (NULL, ".", &rest);
    json_t *at = handle ? json_object_get (self->kept, handle) : NULL;
    if (!at && handle && !step)
        return json_object_get (self->accounts, handle);
    if (at && !step)
        return json_object_get (at, "id");
    for (; at && step; step = strtok_r (NULL, ".", &rest))
        at = json_is_array (at) ? json_array_get (at, (size_t) atoi (step)) : json_object_get (at, step);
    return at;
}

static json_t *resolve (player *self, json_t *value)
{
    if (json_is_string (value) && *json_string_value (value) == '$') {
        json_t *found = look_up (self, json_string_value (value) + 1);
        return found ? json_deep_copy (found) : NULL;
    }
    if (json_is_array (value)) {
        json_t *out = json_array ();
        for (size_t i = 0; i < json_array_size (value); i++) {
            json_t *inner = resolve (self, json_array_get (value, i));
            if (!inner)
                return NULL;
            json_array_append_new (out, inner);
        }
        return out;
    }
    if (!json_is_object (value))
        return json_deep_copy (value);
    json_t *out = json_object (), *each;
    const char *key;
    json_object_foreach (value, key, each) {
        json_t *inner = resolve (self, each);
        if (!inner)
            return NULL;
        json_object_set_new (out, key, inner);
    }
    return out;
}

/* ----------------------------------------------------------------------------------- calls */

static uint32_t bits_of (const json_t *names)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < json_array_size (names); i++) {
        const char *name = json_string_value (json_array_get (names, i));
        int bit = name ? words_find (role_words (), name, strlen (name)) : -1;
        bits |= bit >= 0 ? 1u << bit : 0;
    }
    return bits;
}

/* "fatma@groenekracht", or "fatma" alone. */
static bool caller_of (const player *self, const char *as, client_caller *who)
{
    char name [120];
    snprintf (name, sizeof name, "%s", as);
    char *org = strchr (name, '@');
    if (org)
        *org++ = 0;
    *who = client_operator ();
    if (strcmp (name, "platform") == 0) {
        who->roles |= ADMIN | SYSTEM; /* what a market that exists already decided */
        if (org && strcmp (org, "platform"))
            who->org = json_string_value (look_up (self, org));
        return true;
    }
    who->account = json_string_value (json_object_get (self->accounts, name));
    who->org = org ? json_string_value (look_up (self, org)) : NULL;
    who->roles = (uint32_t) json_integer_value (json_object_get (self->roles, as));
    return who->account && (!org || who->org);
}

static void remember_versions (player *self, const json_t *answer)
{
    const char *id = json_string_value (json_object_get (answer, "id"));
    json_t *version = json_object_get (answer, "version");
    if (id && version)
        json_object_set (self->versions, id, version);
}

/* Who registers an organisation becomes its member: ask as what. */
static bool learn_roles (player *self, const char *as, const char *handle, client_caller who, const json_t *answer)
{
    char key [200];
    json_t *in = json_pack ("{s:s}", "id", json_string_value (json_object_get (answer, "id"))), *out;
    who.org = json_string_value (json_object_get (answer, "id"));
    who.roles |= ADMIN;
    who.at = 0;
    int how = client_call (self->door, "member_list", in, &who, CALL_MS, &out);
    json_t *first = json_array_get (json_object_get (out, "items"), 0);
    snprintf (key, sizeof key, "%s@%s", as, handle);
    json_object_set_new (self->roles, key, json_integer (bits_of (json_object_get (first, "roles"))));
    json_decref (in);
    json_decref (out);
    return how == outcome_done;
}

static void note_member (player *self, const json_t *step, const json_t *in)
{
    const char *organisation = strchr (json_string_value (json_object_get (step, "as")), '@'), *handle;
    json_t *id;
    char key [200];
    json_object_foreach (self->accounts, handle, id)
        if (json_equal (id, json_object_get (in, "account_id"))) {
            snprintf (key, sizeof key, "%s%s", handle, organisation);
            json_object_set_new (self->roles, key, json_integer (bits_of (json_object_get (in, "roles"))));
        }
}

/* Another service's view of what was just done may be a moment behind; then the same is asked again. */
static int call_patiently (player *self, const char *operation_name, const json_t *in, const client_caller *who, json_t **out)
{
    int how = -1;
    *out = NULL;
    for (int i = 0; i < TRIES; i++) {
        json_decref (*out);
        how = client_call (self->door, operation_name, in, who, CALL_MS, out);
        bool late = how == outcome_missing || how == outcome_conflict || how == outcome_unavailable;
        if (!late)
            break;
        zmq_poll (NULL, 0, 10);
    }
    return how;
}

static bool play_call (player *self, json_t *step)
{
    const char *name = json_string_value (json_object_get (step, "call")), *as = json_string_value (json_object_get (step, "as"));
    const char *at = json_string_value (json_object_get (step, "at")), *keep = json_string_value (json_object_get (step, "keep"));
    json_t *in = resolve (self, json_object_get (step, "in")), *out = NULL;
    client_caller who;
    if (!in || !as || !caller_of (self, as, &who))
        return complain (self, "refers to something unknown:", step);
    if (at && !moment_read (at, strlen (at), &who.at))
        return complain (self, "`at` is not a moment:", step);
    const char *id = json_string_value (json_object_get (in, "id"));
    const operation *op = operation_find (name);
    json_t *version = id && op && operation_wants_version (op) ? json_object_get (self->versions, id) : NULL;
    who.if_match = version ? json_integer_value (version) : -1;
    int how = call_patiently (self, name, in, &who, &out);
    bool good = how == outcome_done || how == outcome_created;
    self->calls++;
    if (!good) {
        complain (self, "was refused:", step);
        complain (self, "because", out);
    }
    if (good && strcmp (name, "organisation_register") == 0 && keep)
        good = learn_roles (self, as, keep, who, out);
    if (good && strcmp (name, "member_put") == 0)
        note_member (self, step, in);
    else if (good) {
        remember_versions (self, out);
        if (keep && json_object_set (self->kept, keep, out) < 0)
            good = complain (self, "gave no answer to keep:", step);
    }
    json_decref (in);
    json_decref (out);
    return good;
}

static bool play_account (player *self, json_t *step)
{
    static const char *const fields [] = { "email", "name", "password" };
    client_caller who = client_operator ();
    json_t *in = json_object (), *out;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (json_object_get (step, fields [i]))
            json_object_set (in, fields [i], json_object_get (step, fields [i]));
    int how = client_call (self->door, "account_put", in, &who, CALL_MS, &out);
    if (how == outcome_done)
        json_object_set (self->accounts, json_string_value (json_object_get (step, "account")), json_object_get (out, "id"));
    else
        complain (self, "account refused:", out);
    json_decref (in);
    json_decref (out);
    self->calls++;
    return how == outcome_done;
}

static bool play (player *, json_t *line);

static bool play_template (player *self, json_t *line)
{
    const char *name = json_string_value (json_object_get (line, "use"));
    json_t *steps = json_object_get (self->templates, name);
    bool good = steps || complain (self, "uses a template that is not there:", line);
    for (size_t i = 0; good && i < json_array_size (steps); i++) {
        json_t *step = fill (json_array_get (steps, i), json_object_get (line, "with"));
        good = play (self, step);
        json_decref (step);
    }
    return good;
}

static bool play (player *self, json_t *line)
{
    if (json_object_get (line, "comment"))
        return true;
    if (json_object_get (line, "account"))
        return play_account (self, line);
    if (json_object_get (line, "call"))
        return play_call (self, line);
    if (json_object_get (line, "use"))
        return play_template (self, line);
    json_t *name = json_object_get (line, "template");
    if (!name)
        return complain (self, "is none of comment, account, call, template, use:", line);
    json_object_set (self->templates, json_string_value (name), json_object_get (line, "steps"));
    return true;
}

static bool play_file (player *self, const char *path)
{
    FILE *in = fopen (path, "r");
    char *text = NULL;
    size_t room = 0;
    bool good = in != NULL;
    self->file = path;
    self->line = 0;
    while (good && getline (&text, &room, in) > 0) {
        json_error_t error;
        json_t *line = json_loads (text, 0, &error);
        self->line++;
        good = line ? play (self, line) : complain (self, error.text, NULL);
        json_decref (line);
        if (self->line % 20 == 0)
            fprintf (stderr, "\r%zu calls", self->calls);
    }
    free (text);
    if (in)
        fclose (in);
    return good;
}

static int is_scenario (const struct dirent *entry)
{
    const char *ending = strrchr (entry->d_name, '.');
    return ending && strcmp (ending, ".jsonl") == 0;
}

static bool play_directory (player *self, const char *directory)
{
    struct dirent **files;
    char path [400];
    int count = scandir (directory, &files, is_scenario, alphasort);
    if (count <= 0) {
        fprintf (stderr, "meerwaarde: there is no demo set in %s\n", directory);
        return false;
    }
    snprintf (path, sizeof path, "%s/cpv.tsv", directory);
    bool good = ctl_import (3, (char *[]) { "import", "cpv", path }) == 0;
    for (int i = 0; i < count; i++) {
        snprintf (path, sizeof path, "%s/%s", directory, files [i]->d_name);
        good = good && play_file (self, path);
        free (files [i]);
    }
    free (files);
    self->file = "";
    fprintf (stderr, "\r");
    return good;
}

/* So that the same command can be given at every start of a set. */
static bool note_done (const char *path)
{
    FILE *out = path ? fopen (path, "w") : NULL;
    bool good = !path || (out && fclose (out) == 0);
    if (!good)
        fprintf (stderr, "meerwaarde: the demo set is loaded, but %s cannot be written: %s\n", path, strerror (errno));
    return good;
}

int ctl_demo (int argc, char *argv [])
{
    option options [] = {
        { "once", NULL, "file that is made at the end; when it is there, nothing is done", NULL },
    };
    enum { OPTIONS = sizeof options / sizeof *options };
    const char *directory;
    int status;
    if (!config_read (options, OPTIONS, "meerwaarde demo DIRECTORY: plays the demo set", argc, argv, &directory, &status))
        return status;
    const char *once = config_text (options, OPTIONS, "once");
    if (once && access (once, F_OK) == 0) {
        printf ("the demo set was loaded before\n");
        return 0;
    }
    player self = { client_new (run_directory ()), json_object (), json_object (), json_object (), json_object (),
                    json_object (), "", 0, 0 };
    bool good = play_directory (&self, directory ? directory : "deploy/demo");
    if (good)
        printf ("%zu calls, all allowed; everybody and everything in them is fictional\n", self.calls);
    good = good && note_done (once);
    client_destroy (&self.door);
    json_decref (self.accounts);
    json_decref (self.kept);
    json_decref (self.versions);
    json_decref (self.roles);
    json_decref (self.templates);
    return good ? 0 : 1;
}
