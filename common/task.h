/* task.h - what waits for the caller of a service: things in a state from which one of their roles has a step that is a task
 * (proto/notices.def). Which things may be such is asked of the tables by a statement that is made from the processes; which are,
 * of the same guards as the step itself.                                                                                     */
#ifndef TASK_H
#define TASK_H
#include "service.h"

/* The statement `task_find` of a service; NULL: nothing of it ever waits. The caller frees its text. */
char *task_statement (service_id);

/* A page of the caller's tasks: the handler of an operation with in page_query and out task_page. */
outcome call_tasks (call *, task_page_t *out);
#endif
