/* begin.h - what can be begun with a thing: creations whose input names it, as an order is named by a delivery of it. */
#ifndef BEGIN_H
#define BEGIN_H
#include "call.h"

/* The operations that would pass now for the caller, as far as that follows from the thing: a guard of an entry is asked about the
 * new thing as it would be, with the fields that both have. At most `room` names; returns how many.                             */
size_t begin_offer (call *, const schema *, const void *thing, const char *names [], size_t room);
#endif
