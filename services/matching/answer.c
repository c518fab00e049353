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

void *answer_list (call *self, const schema *of, void *record, const char *name, size_t count)
{
    size_t index;
    void *entries = call_alloc (self, count * schema_field (of, name, &index)->of ()->size);
    schema_set_list (of, record, name, count, entries);
    return entries;
}

const char **answer_texts (call *self, const schema *of, void *record, const char *name, size_t count)
{
    const char **texts = call_alloc (self, count * sizeof *texts);
    schema_set_list (of, record, name, count, texts);
    return texts;
}
