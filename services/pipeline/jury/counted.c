/* counted.c - what a ranking is computed from, read for who runs the round. */
#include "counted.h"
#include <string.h>

outcome round_load_own (call *self, const char *id, round_t *round)
{
    outcome how = call_load (self, process_find ("round"), id, round);
    bool own = how == outcome_done && round->manager_id && strcmp (round->manager_id, self->org) == 0;
    return how == outcome_done && !own ? outcome_missing : how;
}

outcome counted_read (call *self, const char *statement, counted_judgement_t **judgements, size_t *count)
{
    PGresult *rows;
    outcome how;
    int found = call_run (self, statement, &rows, &how);
    if (found < 0)
        return how;
    *count = (size_t) found;
    *judgements = call_alloc (self, (*count + 1) * sizeof **judgements);
    for (int i = 0; i < found; i++)
        if (!db_row (rows, i, counted_judgement_schema (), &(*judgements) [i], self->zone))
            return outcome_broken;
    return outcome_done;
}
