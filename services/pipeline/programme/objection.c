/* objection.c - an applicant objects once against being found ineligible and once against what the jury decided, and somebody
 * independent decides; and more time for one.                                                                             */
#include "../pipeline.h"
#include "programme.h"

/* In time means that the very instant of the term still is. */
bool objection_may_object (const void *thing, const call *now)
{
    const objection_t *objection = thing;
    int state = objection->initiative_state;
    bool stands = objection->about == objection_about_selection
        ? state == initiative_state_not_selected || state == initiative_state_waitlisted : state == initiative_state_ineligible;
    return stands && now->now <= objection->object_by;
}

bool objection_handler_is_apart (const void *thing, const call *now)
{
    const objection_t *objection = thing;
    (void) now;
    return !objection->handler_tied;
}

outcome objection_lodge (call *self, const objection_t *in, objection_t *out)
{
    (void) in;
    outcome how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    if (out->about == objection_about_eligibility)
        how = call_consequence (self, "objection_initiative", "initiative", "object");
    return how == outcome_done ? outcome_created : how;
}

/* What the jury decided stands unless the objection is right; then the initiative is before all who wait. */
outcome objection_decide (call *self, const objection_decision_t *in, objection_t *out)
{
    outcome how = call_step (self, out);
    if (how != outcome_done)
        return how;
    if (out->about == objection_about_eligibility)
        return call_consequence (self, "objection_initiative", "initiative", in->upheld ? "restore" : "confirm");
    return in->upheld ? call_consequence (self, "objection_reinstates", "initiative", "reinstate") : outcome_done;
}

/* Longer than the others have, and until the round goes to the jury. */
bool extension_extension_in_time (const void *thing, const call *now)
{
    const extension_t *extension = thing;
    bool takes = extension->round_state == round_state_open || extension->round_state == round_state_screening;
    return takes && extension->until > extension->closes_at && extension->until > now->now;
}
