/* begin.c - what can be begun with a thing: a new thing is imagined from what is known of the one that it is about, and its entry
 * asked of the same guards as when it is made. Units and cents are looked at when it is made, by the tables.                    */
#include "begin.h"
#include <stdio.h>
#include <string.h>

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

static void *imagine (call *self, const schema *shape, const schema *of, const void *thing)
{
    void *imagined = call_alloc (self, shape->size);
    for (size_t i = 0; i < shape->count; i++) {
        size_t index;
        const field *to = &shape->fields [i], *from = source_of (to, of, &index);
        if (!from || from->kind != to->kind || !schema_has (thing, index))
            continue;
        memcpy (schema_at (to, imagined), schema_at (from, thing), plain_size (to));
        if (plain_size (to))
            schema_mark (imagined, i);
    }
    return imagined;
}

static bool would_pass (call *self, const operation *op, const process *p, const schema *of, const void *thing)
{
    const char *command = operation_command (op);
    void *imagined = imagine (self, p->record (), of, thing);
    uint32_t roles = process_roles (p, imagined, self->org, self->roles);
    int why;
    for (size_t i = 0; i < p->step_count; i++)
        if (p->steps [i].from == NOWHERE && strcmp (p->steps [i].command, command) == 0) {
            schema_set_int (p->record (), imagined, "state", p->steps [i].to);
            return process_try (p, NOWHERE, command, roles, imagined, self, self->guards, &why) != NULL;
        }
    return false;
}

size_t begin_offer (call *self, const schema *of, const void *thing, const char *names [], size_t room)
{
    size_t all, count = 0;
    const operation *op = operations (&all);
    for (const operation *end = op + all; op < end && count < room; op++) {
        const process *p = op->verb == VERB_CREATE || op->verb == VERB_CREATE_BY ? process_find (op->out ()->name) : NULL;
        if (p && op->service == self->op->service && op->who & self->roles && names_it (op->in (), of)
        &&  would_pass (self, op, p, of, thing))
            names [count++] = op->name;
    }
    return count;
}
