/* task.c - what waits for the caller, of all that catalog describes. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../../../common/task.h"

outcome market_task_list (call *self, const page_query_t *in, task_page_t *out)
{
    (void) in;
    return call_tasks (self, out);
}
