/* weights.h - a set of weights as others see it. */
#ifndef WEIGHTS_H
#define WEIGHTS_H
#include "../../common/call.h"
#include "rules.h"

/* Borrows the set; the list of parts lives as long as the call. */
void weights_write (call *, const rules *, rule_set_t *to);
#endif
