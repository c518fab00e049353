/* deliverable.c - what is handed in during a programme: by whom it may be judged, and that each version says something. */
#include "../pipeline.h"
#include "training.h"

bool deliverable_initiative_trains (const void *thing, const call *now)
{
    const deliverable_t *deliverable = thing;
    (void) now;
    return deliverable->initiative_state == initiative_state_in_programme;
}

bool deliverable_mentors_initiative (const void *thing, const call *now)
{
    const deliverable_t *deliverable = thing;
    (void) now;
    return deliverable->mentored;
}

outcome deliverable_hand (call *self, const deliverable_hand_in_t *in, deliverable_t *out)
{
    outcome how = call_step (self, out);
    bool empty = !in->text && !in->documents.count;
    return how == outcome_done && empty ? call_invalid (self, "text", "must be given, or files") : how;
}

/* What is missing has to be said: without it nobody knows what to do better. */
outcome deliverable_return (call *self, const deliverable_remarks_t *in, deliverable_t *out)
{
    outcome how = call_step (self, out);
    return how == outcome_done && !in->remarks ? call_invalid (self, "remarks", "is required") : how;
}
