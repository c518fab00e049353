/* typed.h - codes that are shown once and typed in later. */
#ifndef TYPED_H
#define TYPED_H
#include "../../../common/call.h"

/* A fresh code for a thing; its public half goes into `to`. */
const char *typed_new (call *, const char *thing, code_given_t *to);
/* The code as it was shown, provided that it is the one of this key and thing: outcome_done. Else what is wrong with it,
 * with the group of five characters where a slip of the hand is.                                                          */
outcome typed_read (call *, const char *typed, const char *public_key, const char *thing, const char **code);
#endif
