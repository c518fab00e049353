/* typed.c - whether what somebody typed is their code. */
#include "typed.h"
#include "../../../common/code.h"
#include <string.h>

const char *typed_new (call *self, const char *thing, code_given_t *to)
{
    char code [CODE_TEXT], key [SEAL_KEY_TEXT];
    code_new (code);
    seal_code_key (code, thing, key);
    schema_set_text (code_given_schema (), to, "public_key", call_text (self, key));
    return call_text (self, code);
}

outcome typed_read (call *self, const char *typed, const char *public_key, const char *thing, const char **code)
{
    char whole [CODE_TEXT], key [SEAL_KEY_TEXT];
    if (!self->sealer)
        return outcome_unavailable;
    int group = code_read (typed ? typed : "", whole);
    if (group < 0)
        return call_invalid (self, "code", "must be six groups of five characters");
    if (group > 0)
        return call_invalid (self, "code", "has a mistake in group %d", group);
    seal_code_key (whole, thing, key);
    if (strcmp (key, public_key) != 0)
        return call_conflict (self, code_right);
    *code = call_text (self, whole);
    return outcome_done;
}
