/* call.c - meerwaarde call, print and user: small commands over the control socket. */
#include "client.h"
#include "ctl.h"
#include "place.h"
#include "../../common/config.h"
#include "../../common/openapi.h"
#include "../../common/text.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *run_directory (void)
{
    const char *given = getenv ("MEERWAARDE_RUN");
    return given && *given ? given : "var/run";
}

/* "BUYER,FINANCE" as bits; false: an unknown name. */
static bool read_roles (char *text, uint32_t *roles)
{
    char *rest;
    for (char *name = strtok_r (text, ",", &rest); name; name = strtok_r (NULL, ",", &rest)) {
        int bit = words_find (role_words (), name, strlen (name));
        if (bit < 0) {
            fprintf (stderr, "meerwaarde: %s is not a role\n", name);
            return false;
        }
        *roles |= 1u << bit;
    }
    return true;
}

/* ACCOUNT:ORG:ROLES, each may be empty. */
static bool read_caller (char *text, client_caller *who)
{
    char *org = strchr (text, ':'), *roles = org ? strchr (org + 1, ':') : NULL;
    if (!roles) {
        fprintf (stderr, "meerwaarde: --as wants ACCOUNT:ORG:ROLES\n");
        return false;
    }
    *org++ = *roles++ = 0;
    *who = (client_caller) { .account = text, .org = org, .if_match = -1 };
    return read_roles (roles, &who->roles);
}

int tell (int how, json_t *out)
{
    char *text = out ? json_dumps (out, JSON_INDENT (1) | JSON_ENCODE_ANY) : NULL;
    bool good = how == outcome_done || how == outcome_created;
    if (how < 0)
        fprintf (stderr, "meerwaarde: nobody answers at %s; does the set run?\n", place_control () ? place_control () : run_directory ());
    else if (text)
        fprintf (good ? stdout : stderr, "%s\n", text);
    free (text);
    json_decref (out);
    return good ? 0 : 1;
}

/* One line: {"operation": ..., "in": {...}, "as": "ACCOUNT:ORG:ROLES", "if_match": N, "key": ...}. */
static int call_line (client *self, const char *text, size_t line)
{
    json_t *wanted = json_loads (text, 0, NULL), *out = NULL, *none = json_object ();
    char *as = strdup (client_text (wanted, "as"));
    client_caller who = client_operator ();
    int how = -1;
    bool good = *client_text (wanted, "operation") && (!*as || read_caller (as, &who));
    if (good) {
        const json_t *in = json_object_get (wanted, "in"), *if_match = json_object_get (wanted, "if_match");
        who.if_match = if_match ? json_integer_value (if_match) : -1;
        who.key = json_string_value (json_object_get (wanted, "key"));
        how = client_call (self, client_text (wanted, "operation"), in ? in : none, &who, CALL_MS, &out);
    } else
        fprintf (stderr, "meerwaarde: line %zu is not {\"operation\": ..., \"in\": {...}, \"as\": ...}\n", line);
    if (how >= 0) {
        json_t *told = json_pack ("{s:s,s:o}", "outcome", outcome_words ()->words [how].word, "answer",
                                  out ? out : json_null ());
        json_dumpf (told, stdout, JSON_COMPACT);
        putchar ('\n');
        fflush (stdout);
        json_decref (told);
    }
    free (as);
    json_decref (none);
    json_decref (wanted);
    return !good ? 2 : how < 0 ? tell (how, NULL) : 0;
}

/* Many calls over one socket: a line in, a line out. */
static int call_lines (void)
{
    client *self = client_new (run_directory ());
    char *text = NULL;
    size_t room = 0, line = 0;
    int status = 0;
    while (status == 0 && getline (&text, &room, stdin) >= 0)
        status = call_line (self, text, ++line);
    free (text);
    client_destroy (&self);
    return status;
}

int ctl_call (int argc, char *argv [])
{
    if (argc == 2 && strcmp (argv [1], "-") == 0)
        return call_lines ();

    client_caller who = client_operator ();
    const char *words [2] = { NULL, "{}" };
    int count = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp (argv [i], "--as") == 0 && i + 1 < argc) {
            if (!read_caller (argv [++i], &who))
                return 2;
        } else if (strcmp (argv [i], "--if-match") == 0 && i + 1 < argc)
            who.if_match = strtoll (argv [++i], NULL, 10);
        else if (strcmp (argv [i], "--at") == 0 && i + 1 < argc) {
            i++;
            if (!moment_read (argv [i], strlen (argv [i]), &who.at))
                return 2;
        }
        else if (count < 2)
            words [count++] = argv [i];
    }
    json_t *in = json_loads (words [1], 0, NULL), *out;
    if (!words [0] || !in) {
        fprintf (stderr, "Usage: meerwaarde call OPERATION '{\"field\": \"value\"}' [--as ACCOUNT:ORG:ROLES] [--if-match N]"
                         " [--at 2026-11-23T17:00:00Z]\n"
                         "       meerwaarde call - < LINES   (each {\"operation\": ..., \"in\": {...}, \"as\": ..., \"if_match\": N})\n");
        return 2;
    }
    client *self = client_new (run_directory ());
    int how = client_call (self, words [0], in, &who, CALL_MS, &out);
    client_destroy (&self);
    json_decref (in);
    return tell (how, out);
}

int ctl_print (int argc, char *argv [])
{
    const char *what = argc > 1 ? argv [1] : "";
    text_buffer out = { 0 };
    if (strcmp (what, "openapi") == 0)
        openapi_write (&out);
    else if (strcmp (what, "types") == 0)
        typescript_types (&out);
    else if (strcmp (what, "words") == 0)
        typescript_words (&out);
    else if (strcmp (what, "diagrams") == 0) {
        size_t count;
        const process *all = processes (&count);
        for (size_t i = 0; i < count; i++)
            process_dot (&all [i], stdout);
        return 0;
    } else if (strcmp (what, "processes") == 0) {
        size_t count;
        const process *all = processes (&count);
        for (size_t i = 0; i < count; i++) {
            fputs (i ? ",\n" : "[\n", stdout);
            process_json (&all [i], stdout);
        }
        puts ("\n]");
        return 0;
    } else {
        fprintf (stderr, "Usage: meerwaarde print openapi|types|words|diagrams|processes\n");
        return 2;
    }
    fwrite (out.at, 1, out.size, stdout);
    text_free (&out);
    return 0;
}

int ctl_user (int argc, char *argv [])
{
    char password [201] = "";
    if (argc < 4 || strcmp (argv [1], "add")) {
        fprintf (stderr, "Usage: meerwaarde user add EMAIL NAME < password\n");
        return 2;
    }
    fprintf (stderr, "Password (10 characters or more): ");
    if (!fgets (password, sizeof password, stdin))
        return 2;
    password [strcspn (password, "\n")] = 0;
    json_t *in = json_pack ("{s:s,s:s,s:s}", "email", argv [2], "name", argv [3], "password", password), *out;
    client_caller who = client_operator ();
    client *self = client_new (run_directory ());
    int how = client_call (self, "account_put", in, &who, CALL_MS, &out);
    sodium_memzero (password, sizeof password);
    client_destroy (&self);
    json_decref (in);
    return tell (how, out);
}
