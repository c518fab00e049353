/* answer.c - waiting, and fields by name, as the schema has them. */
#include "answer.h"
#include "../../common/text.h"

enum { PATIENCE_US = 500000 };

replica *answer_replica (const call *self)
{
    return (replica *) (uintptr_t) self->service;
}

int64_t answer_until (const call *self, int64_t us)
{
    int64_t then = clock_steady_us () + us;
    return then < self->deadline ? then : self->deadline;
}

bool answer_await (const call *self)
{
    return replica_await (answer_replica (self), self->min_seq, answer_until (self, PATIENCE_US));
}

void answer_text (call *self, const schema *of, void *record, const char *name, const char *value)
{
    if (value)
        schema_set_text (of, record, name, call_print (self, "%s", value));
}

void answer_int (const schema *of, void *record, const char *name, const offer_t *from)
{
    int64_t value = schema_int (offer_schema (), from, name, -1);
    if (value >= 0)
        schema_set_int (of, record, name, value);
}

static void *room (call *self, const schema *of, void *record, const char *name, size_t count, size_t size)
{
    size_t index;
    list *to = schema_at (schema_field (of, name, &index), record);
    *to = (list) { count, call_alloc (self, count * size) };
    schema_mark (record, index);
    return to->at;
}

void *answer_list (call *self, const schema *of, void *record, const char *name, size_t count)
{
    size_t index;
    return room (self, of, record, name, count, schema_field (of, name, &index)->of ()->size);
}

const char **answer_texts (call *self, const schema *of, void *record, const char *name, size_t count)
{
    return room (self, of, record, name, count, sizeof (char *));
}
