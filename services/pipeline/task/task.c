/* task.c - what waits for the caller, of all that pipeline moves. */
#include "../pipeline.h"
#include "../../../common/task.h"

outcome task_list (call *self, const page_query_t *in, task_page_t *out)
{
    (void) in;
    return call_tasks (self, out);
}
