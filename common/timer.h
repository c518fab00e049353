/* timer.h - steps that SYSTEM takes when their moment has come (TIMER in the process tables).
 *
 * Every step writes, in its own transaction, which timers its thing waits for now: those whose command is a
 * step of SYSTEM from the state it came to, and whose field holds a moment. Every process of a service that
 * has such things looks for what is due, by the database's clock; whoever comes first takes the step, with
 * its guard, in one transaction that also takes the timer away. So it is done once, and never before its time.
 *
 * A service with a statement `timer_pulse` gets it run every few seconds, as a sign of life (decision 22). */
#ifndef TIMER_H
#define TIMER_H
#include "worker.h"

struct pending_timers {
    pending_timers *older;
    const char     *noun, *thing, *org, *commands, *dues, *now; /* commands and dues as PostgreSQL's text of an array */
};

/* After a step of a thing: what it waits for. */
void timer_note (call *, const process *, const char *id, int state, const void *thing);
/* Queues the statements that write it down; before COMMIT. */
void timer_queue (call *);

/* Does this service have things with timers? */
bool timer_wanted (const service *);
/* A zactor with worker_args: does what is due, until its pipe ends it. */
void timer_run (zsock_t *pipe, void *args);
#endif
