/* weights.c - the sets of weights, for everybody who wants to know how offers are ranked. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "answer.h"
#include "market/day.h"
#include "weights.h"

void weights_write (call *self, const rules *from, rule_set_t *to)
{
    const schema *s = rule_set_schema (), *of_part = rule_weight_schema ();
    schema_set_text (s, to, "version", from->version);
    schema_set_text (s, to, "owner", from->owner);
    schema_set_text (s, to, "since", from->since);
    rule_weight_t *parts = answer_list (self, s, to, "parts", PART_COUNT);
    for (int i = 0; i < PART_COUNT; i++) {
        schema_set_int (of_part, &parts [i], "name", i);
        schema_set_int (of_part, &parts [i], "most_ppm", from->most [i]);
    }
}

outcome rule_set_list (call *self, const nothing_t *in, rule_set_list_t *out)
{
    (void) in;
    const schema *s = rule_set_list_schema ();
    size_t count;
    const rules *all = rules_all (&count);
    rule_set_t *items = answer_list (self, s, out, "items", count);
    for (size_t i = 0; i < count; i++)
        weights_write (self, &all [i], &items [i]);
    schema_set_text (s, out, "in_force", rules_on (day_of_moment (self->now))->version);
    return outcome_done;
}
