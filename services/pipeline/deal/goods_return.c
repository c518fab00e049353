/* goods_return.c - accepted units that go back: what follows from it. */
#include "../pipeline.h"
#include "deal.h"

outcome goods_return_create (call *self, const goods_return_t *in, goods_return_t *out)
{
    (void) in;
    return impact_follow (self, call_enter (self, out), "goods_return_claims");
}
