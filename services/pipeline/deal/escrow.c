/* escrow.c - a handler's key for escrow: its code is shown once and typed back. */
#include "../pipeline.h"
#include "deal.h"
#include "typed.h"
#include <string.h>

outcome escrow_take (call *self, const nothing_t *in, escrow_t *out)
{
    code_given_t fresh = { 0 };
    (void) in;
    if (!self->sealer)
        return outcome_unavailable;
    const char *code = typed_new (self, self->id, &fresh);
    self->in_schema = code_given_schema ();
    self->in = &fresh;
    outcome how = call_enter (self, out);
    if (how == outcome_created)
        schema_set_text (escrow_schema (), out, "code", code);
    return how;
}

outcome escrow_confirm (call *self, const code_given_t *in, escrow_t *out)
{
    escrow_t mine = { 0 };
    const char *code;
    outcome how = call_load (self, process_find ("escrow"), in->id, &mine);
    if (how == outcome_done)
        how = typed_read (self, in->code, mine.public_key, mine.id, &code);
    return how == outcome_done ? call_step (self, out) : how;
}
