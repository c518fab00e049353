/* need_question.c - what a supplier asks about a need: its guards. */
#include "deal.h"

/* The very instant of the deadline is still in time. */
bool need_question_may_ask (const void *thing, const call *now)
{
    const need_question_t *question = thing;
    return question->supplier_admitted && question->need_state == need_state_open
        && now->now <= question->question_deadline;
}

bool need_question_need_runs (const void *thing, const call *now)
{
    const need_question_t *question = thing;
    (void) now;
    return question->need_state == need_state_open;
}

bool need_question_own (const void *thing, const call *now)
{
    const need_question_t *question = thing;
    (void) now;
    return question->mine;
}
