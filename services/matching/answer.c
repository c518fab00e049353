/* answer.c - waiting, and fields by name, as the schema has them. */
#include "answer.h"
#include "../../common/text.h"

/* How long an answer waits for an event that it has to know, and for a need so new that nobody told of it. */
enum { PATIENCE_US = 500000, NEWS_US = 100000 };

/* Of the process that answers. */
static replica *replica_of (const call *self)
{
    return (replica *) (uintptr_t) self->service;
}

/* From now, or the call's deadline when that is earlier. */
static int64_t until (const call *self, int64_t us)
{
    int64_t then = clock_steady_us () + us;
    return then < self->deadline ? then : self->deadline;
}

const market *answer_open (const call *self, const char *need_id, outcome *how)
{
    replica *here = replica_of (self);
    *how = outcome_index_behind;
    if (!replica_is_full (here) || !replica_await (here, self->min_seq, until (self, PATIENCE_US)))
        return NULL;
    *how = outcome_missing;
    if (need_id && !replica_await_need (here, need_id, until (self, NEWS_US)))
        return NULL;
    *how = outcome_done;
    return replica_read (here);
}

void answer_close (const call *self)
{
    replica_done (replica_of (self));
}

void answer_text (call *self, const schema *of, void *record, const char *name, const char *value)
{
    if (value)
        schema_set_text (of, record, name, call_text (self, value));
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
