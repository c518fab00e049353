/* dossier.c - what the manager puts in the place of a dossier's texts. */
#include "../pipeline.h"
#include "jury.h"
#include <string.h>

static bool is_text_of_dossier (const char *field)
{
    return strcmp (field, "summary") == 0 || strcmp (field, "plan") == 0 || strncmp (field, "answers.", strlen ("answers.")) == 0
        || strncmp (field, "documents.", strlen ("documents.")) == 0;
}

outcome dossier_redact (call *self, const dossier_redactions_t *in, dossier_t *out)
{
    PGresult *rows;
    outcome how;
    for (size_t i = 0; i < in->redactions.count; i++)
        if (!is_text_of_dossier (in->redactions.at [i].field))
            call_invalid (self, call_print (self, "redactions[%zu].field", i), "must be summary, plan, answers. and the code of a question, or documents. and a number");
    if (self->faults.count)
        return outcome_invalid;
    int changed = call_run (self, "dossier_redact", &rows, &how);
    if (changed < 0)
        return how;
    return changed ? call_fetch (self, "dossier_get", out) : outcome_missing;
}

outcome dossier_bid (call *self, const dossier_wish_t *in, dossier_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in;
    int kept = call_run (self, "dossier_bid", &rows, &how);
    if (kept < 0)
        return how;
    return kept ? call_fetch (self, "dossier_get", out) : outcome_missing;
}
