/* catalog.c - rows of a statement into lists and records. */
#include "catalog.h"

outcome catalog_list (call *self, const char *query, const schema *of, void *page,
                      const char *name)
{
    size_t index;
    outcome how = outcome_done;
    PGresult *rows = NULL;
    const field *f = schema_field (of, name, &index);
    const schema *item = f->of ();
    list *into = schema_at (f, page);
    int count = call_run (self, query, &rows, &how);
    if (count < 0)
        return how;
    *into = (list) { (size_t) count, call_alloc (self, (size_t) count * item->size) };
    for (int i = 0; i < count; i++)
        if (!db_row (rows, i, item, (char *) into->at + (size_t) i * item->size, self->zone))
            return outcome_broken;
    schema_mark (page, index);
    return outcome_done;
}

outcome catalog_row (call *self, const char *query, const schema *given, const void *with,
                     const schema *of, void *record)
{
    outcome how = outcome_done;
    PGresult *rows = NULL;
    int count = call_run_with (self, query, given, with, &rows, &how);
    if (count < 0)
        return how;
    if (count == 0)
        return outcome_missing;
    return db_row (rows, 0, of, record, self->zone) ? outcome_done : outcome_broken;
}
