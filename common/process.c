/* process.c - walks the tables of states and steps: entry check, commands on offer, faults, diagram. */
#include "process.h"
#include "vocabulary.h"
#include <string.h>

uint32_t process_roles (const process *self, const void *thing, const char *org, uint32_t roles)
{
    uint32_t sided = 0, held = 0;
    for (size_t i = 0; i < self->side_count; i++) {
        const side *s = &self->sides [i];
        const char *whose = thing ? schema_text (self->record (), thing, s->field) : NULL;
        sided |= s->role;
        if (whose && org && strcmp (whose, org) == 0)
            held |= s->role;
    }
    return (roles & ~sided) | (roles & held);
}

/* The guard that stops a step, or always. */
static int stopped_by (const process *self, const step *s, const void *thing, const call *at, guard *const guards [])
{
    if (s->guard != always && !guards [s->guard] (thing, at))
        return s->guard;
    for (size_t i = 0; i < self->condition_count; i++) {
        const condition *c = &self->conditions [i];
        if (strcmp (c->command, s->command) == 0 && !guards [c->guard] (thing, at))
            return c->guard;
    }
    return always;
}

const step *process_try (const process *self, int from, const char *command, uint32_t roles,
                         const void *thing, const call *at, guard *const guards [], int *why)
{
    *why = not_yours_to_do;
    for (size_t i = 0; i < self->step_count; i++) {
        const step *s = &self->steps [i];
        if (strcmp (s->command, command) || !(s->who & (roles | ANYBODY)))
            continue;
        int stop = s->from == from ? stopped_by (self, s, thing, at, guards) : always;
        if (s->from == from && stop == always)
            return s;
        if (s->from == from)
            *why = stop;
        else if (*why == not_yours_to_do)
            *why = out_of_state; /* theirs, but not now */
    }
    return NULL;
}

size_t process_offer (const process *self, int from, uint32_t roles, const void *thing, const call *at,
                      guard *const guards [], const char *commands [], size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < self->step_count; i++) {
        const step *s = &self->steps [i];
        if (s->from != from || !(s->who & (roles | ANYBODY)) || stopped_by (self, s, thing, at, guards) != always)
            continue;
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known |= strcmp (commands [k], s->command) == 0;
        if (!known && count < room)
            commands [count++] = s->command;
    }
    return count;
}

/* Marks what can be reached (forward from the entries) or can finish (backward from the final states). */
static void spread (const process *self, uint64_t *marked, bool forward)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < self->step_count; i++) {
            int from = self->steps [i].from, to = self->steps [i].to;
            int at = forward ? from : to, next = forward ? to : from;
            bool known = at == NOWHERE || *marked >> at & 1;
            if (next != NOWHERE && known && !(*marked >> next & 1)) {
                *marked |= UINT64_C (1) << next;
                more = true;
            }
        }
    }
}

size_t process_faults (const process *self, FILE *out)
{
    uint64_t reached = 0, finishes = 0;
    size_t found = 0;
    for (size_t i = 0; i < self->state_count; i++)
        finishes |= (uint64_t) (self->states [i].kind == FINAL) << i;
    spread (self, &reached, true);
    spread (self, &finishes, false);
    for (size_t i = 0; i < self->state_count; i++) {
        if (!(reached >> i & 1)) {
            fprintf (out, "%s: nothing leads to %s\n", self->name, self->states [i].word);
            found++;
        }
        if (!(finishes >> i & 1)) {
            fprintf (out, "%s: %s never ends\n", self->name, self->states [i].word);
            found++;
        }
    }
    for (size_t i = 0; i < self->timer_count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp (self->timers [i].command, self->timers [k].command) == 0) {
                fprintf (out, "%s: %s waits for two moments\n", self->name, self->timers [i].command);
                found++;
            }
    return found;
}

void process_dot (const process *self, FILE *out)
{
    const words *labels = self->words ();
    fprintf (out, "digraph %s {\n  rankdir=LR\n  node [shape=box, style=rounded]\n  new [shape=point]\n", self->name);
    for (size_t i = 0; i < self->state_count; i++)
        fprintf (out, "  %s [label=\"%s\"%s]\n", self->states [i].word, labels->words [i].nl,
                 self->states [i].kind == FINAL ? " peripheries=2" : "");
    for (size_t i = 0; i < self->step_count; i++) {
        const step *s = &self->steps [i];
        fprintf (out, "  %s -> %s [label=\"%s\"]\n", s->from == NOWHERE ? "new" : self->states [s->from].word,
                 self->states [s->to].word, s->command);
    }
    fputs ("}\n", out);
}

static void put_roles (uint32_t who, FILE *out)
{
    const words *roles = role_words ();
    const char *between = "";
    fputc ('[', out);
    for (int bit = 0; bit < roles->count; bit++)
        if (who >> bit & 1) {
            fprintf (out, "%s\"%s\"", between, roles->words [bit].word);
            between = ",";
        }
    if (who & (MEMBER | ANYBODY))
        fprintf (out, "%s\"%s\"", between, who & ANYBODY ? "ANYBODY" : "MEMBER");
    fputc (']', out);
}

static void put_guards (const process *self, const step *s, FILE *out)
{
    const words *reasons = reason_words ();
    const char *between = "";
    fputs (",\"guards\":[", out);
    if (s->guard != always) {
        fprintf (out, "\"%s\"", reasons->words [s->guard].word);
        between = ",";
    }
    for (size_t i = 0; i < self->condition_count; i++)
        if (strcmp (self->conditions [i].command, s->command) == 0) {
            fprintf (out, "%s\"%s\"", between, reasons->words [self->conditions [i].guard].word);
            between = ",";
        }
    fputc (']', out);
}

static void put_step (const process *self, const step *s, FILE *out)
{
    char name [80];
    snprintf (name, sizeof name, "%s_%s", self->name, s->command);
    const operation *op = operation_find (name);
    fprintf (out, "{\"command\":\"%s\",\"from\":", s->command);
    fprintf (out, s->from == NOWHERE ? "null" : "\"%s\"", s->from == NOWHERE ? "" : self->states [s->from].word);
    fprintf (out, ",\"to\":\"%s\",\"event\":\"%s\"", self->states [s->to].word, event_types () [s->event].name);
    put_guards (self, s, out);
    fputs (",\"who\":", out);
    put_roles (s->who, out);
    fputs (",\"may_call\":", out);
    put_roles (op ? op->who : 0, out);
    fprintf (out, ",\"operation\":%s}", op ? "true" : "false");
}

void process_json (const process *self, FILE *out)
{
    fprintf (out, "{\"noun\":\"%s\",\"states\":{", self->name);
    for (size_t i = 0; i < self->state_count; i++)
        fprintf (out, "%s\"%s\":\"%s\"", i ? "," : "", self->states [i].word,
                 self->states [i].kind == START ? "start" : self->states [i].kind == LIVE ? "live" : "final");
    fputs ("},\"sides\":[", out);
    for (size_t i = 0; i < self->side_count; i++) {
        fprintf (out, "%s{\"roles\":", i ? "," : "");
        put_roles (self->sides [i].role, out);
        fprintf (out, ",\"field\":\"%s\"}", self->sides [i].field);
    }
    fputs ("],\"timers\":[", out);
    for (size_t i = 0; i < self->timer_count; i++)
        fprintf (out, "%s{\"command\":\"%s\",\"field\":\"%s\"}", i ? "," : "", self->timers [i].command,
                 self->timers [i].field);
    fputs ("],\"steps\":[", out);
    for (size_t i = 0; i < self->step_count; i++) {
        fputs (i ? ",\n  " : "\n  ", out);
        put_step (self, &self->steps [i], out);
    }
    fputs ("]}", out);
}
