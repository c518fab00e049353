/* begin.c - what can be begun with a thing: a new thing is imagined from what is known of the one that it is about, and its entry
 * asked of the same guards as when it is made. Units and cents are looked at when it is made, by the tables.                    */
#include "begin.h"
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MOST = 64, NONE = -1 };

/* A creation, and what of the thing that it is about goes where in the new one. */
typedef struct {
    const schema    *of;
    const operation *op;
    const process   *p;
    int              to;                 /* the state that it is entered in */
    signed char      from [FIELDS_MOST]; /* per field of the new thing: the field of `of`, or NONE */
} beginning;

/* All there are, found once: they follow from proto/ alone. */
static beginning *beginnings;
static size_t beginning_count;

/* Whether the input has to name a thing of this record, or a line of it. */
static bool names_it (const schema *input, const schema *of)
{
    char id [80];
    size_t index;
    snprintf (id, sizeof id, "%s_id", of->name);
    const field *own = schema_field (input, id, &index);
    if (own && own->need == REQUIRED)
        return true;
    for (size_t i = 0; i < of->count; i++) {
        if (of->fields [i].kind != KIND_LIST)
            continue;
        snprintf (id, sizeof id, "%s_id", of->fields [i].of ()->name);
        const field *line = schema_field (input, id, &index);
        if (line && line->need == REQUIRED)
            return true;
    }
    return false;
}

static size_t plain_size (const field *f)
{
    switch (f->kind) {
    case KIND_LIST: case KIND_OBJECT: case KIND_ANY: case KIND_TEXTS: case KIND_CHOICES: return 0;
    case KIND_BOOL:   return sizeof (bool);
    case KIND_CHOICE: return sizeof (int);
    case KIND_INT: case KIND_MONEY: case KIND_MOMENT: return sizeof (int64_t);
    default: return sizeof (char *);
    }
}

/* The field of the thing from which one of the new thing follows: the one of that name, or, of the thing itself, `id` and `state`. */
static const field *source_of (const field *f, const schema *of, size_t *index)
{
    char id [80], state [80];
    snprintf (id, sizeof id, "%s_id", of->name);
    snprintf (state, sizeof state, "%s_state", of->name);
    if (strcmp (f->name, id) == 0)
        return schema_field (of, "id", index);
    if (strcmp (f->name, state) == 0)
        return schema_field (of, "state", index);
    bool own = strcmp (f->name, "id") == 0 || strcmp (f->name, "state") == 0 || strcmp (f->name, "version") == 0;
    return own ? NULL : schema_field (of, f->name, index);
}

/* The state of the entry that has the operation's command, or NOWHERE. */
static int entered (const process *p, const operation *op)
{
    for (size_t i = 0; i < p->step_count; i++)
        if (p->steps [i].from == NOWHERE && strcmp (p->steps [i].command, operation_command (op)) == 0)
            return p->steps [i].to;
    return NOWHERE;
}

static void add_beginning (const schema *of, const operation *op, const process *p)
{
    const schema *shape = p->record ();
    beginning it = { .of = of, .op = op, .p = p, .to = entered (p, op) };
    if (it.to == NOWHERE)
        return;
    assert (shape->count <= FIELDS_MOST);
    for (size_t i = 0; i < shape->count; i++) {
        size_t index = 0;
        const field *to = &shape->fields [i], *from = source_of (to, of, &index);
        it.from [i] = (signed char) (from && from->kind == to->kind && plain_size (to) ? (int) index : NONE);
    }
    beginnings = realloc (beginnings, (beginning_count + 1) * sizeof it);
    assert (beginnings);
    beginnings [beginning_count++] = it;
}

static void find_beginnings (void)
{
    size_t op_count, process_count, ignored;
    const operation *ops = operations (&op_count);
    const process *all = processes (&process_count);
    for (size_t i = 0; i < process_count; i++) {
        const schema *of = all [i].record ();
        for (size_t k = 0; schema_field (of, "begins", &ignored) && k < op_count; k++) {
            const operation *op = &ops [k];
            const process *p = op->verb == VERB_CREATE || op->verb == VERB_CREATE_BY ? process_find (op->out ()->name) : NULL;
            if (p && names_it (op->in (), of))
                add_beginning (of, op, p);
        }
    }
}

static void *imagine (call *self, const beginning *it, const void *thing)
{
    const schema *shape = it->p->record ();
    void *imagined = call_alloc (self, shape->size);
    for (size_t i = 0; i < shape->count; i++) {
        const field *to = &shape->fields [i];
        if (it->from [i] == NONE || !schema_has (thing, (size_t) it->from [i]))
            continue;
        memcpy (schema_at (to, imagined), schema_at (&it->of->fields [it->from [i]], thing), plain_size (to));
        schema_mark (imagined, i);
    }
    schema_set_int (shape, imagined, "state", it->to);
    return imagined;
}

static bool would_pass (call *self, const beginning *it, const void *thing)
{
    void *imagined = imagine (self, it, thing);
    uint32_t roles = process_roles (it->p, imagined, self->org, self->roles);
    int why;
    return process_try (it->p, NOWHERE, operation_command (it->op), roles, imagined, self, self->guards, &why) != NULL;
}

size_t begin_offer (call *self, const schema *of, const void *thing, const char *names [], size_t room)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    size_t count = 0;
    pthread_once (&once, find_beginnings);
    for (const beginning *it = beginnings, *end = it + beginning_count; it < end && count < room; it++)
        if (it->of == of && it->op->service == self->op->service && it->op->who & self->roles && would_pass (self, it, thing))
            names [count++] = it->op->name;
    return count;
}
