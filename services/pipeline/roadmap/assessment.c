/* assessment.c - a city's level: what it may be submitted with, and what it takes the place of. */
#include "roadmap.h"
#define HANDLERS_PROTOTYPES_ONLY
#define SERVICE_OPERATIONS "../proto/pipeline.operations.def"
#include "../../../common/handlers.h"

bool assessment_evidence_complete (const void *thing, const call *now)
{
    const assessment_t *assessment = thing;
    (void) now;
    return assessment->evidence_complete;
}

/* One level per city and theme is in force: what was published before is superseded. */
outcome assessment_publish (call *self, const ref_t *in, assessment_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "assessment_publish_earlier", "assessment", "supersede");
    return how;
}
