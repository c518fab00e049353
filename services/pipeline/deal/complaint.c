/* complaint.c - an award is challenged: it stands still until somebody independent has decided. */
#include "../pipeline.h"
#include "award.h"
#include "deal.h"

/* In time, by who was asked or quoted, while the award is not in force. */
bool complaint_may_complain (const void *thing, const call *now)
{
    const complaint_t *complaint = thing;
    bool still = complaint->need_state == need_state_standstill || complaint->need_state == need_state_suspended;
    return complaint->took_part && still && now->now <= complaint->standstill_until;
}

bool complaint_handler_is_independent (const void *thing, const call *now)
{
    const complaint_t *complaint = thing;
    (void) now;
    return !complaint->handler_took_part;
}

static const consequence suspended [] = { { "complaint_award", "award", "suspend" }, { "complaint_need", "need", "suspend" } };
static const consequence resumed [] = { { "complaint_award_resumed", "award", "resume" }, { "complaint_need_resumed", "need", "resume" } };
static const consequence reassessed [] = { { "complaint_award_suspended", "award", "void" },
    { "complaint_need_suspended", "need", "reassess" }, { "complaint_quotes", "quote", "reconsider" } };
static const consequence cancelled [] = { { "complaint_award_suspended", "award", "void" },
    { "complaint_need_cancelled", "need", "cancel" }, { "complaint_preferred", "quote", "pass" } };

outcome complaint_lodge (call *self, const complaint_t *in, complaint_t *out)
{
    PGresult *ignored;
    (void) in;
    outcome how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    call_run (self, "complaint_counted", &ignored, &how);
    if (how == outcome_done)
        how = award_follow (self, suspended, sizeof suspended / sizeof *suspended);
    return how == outcome_done ? outcome_created : how;
}

/* The last complaint to go lets the standstill run on, for as long as was left of it. */
outcome complaint_withdraw (call *self, const ref_t *in, complaint_t *out)
{
    PGresult *ignored;
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        call_run (self, "complaint_uncounted", &ignored, &how);
    return how == outcome_done ? award_follow (self, resumed, sizeof resumed / sizeof *resumed) : how;
}

outcome complaint_decide (call *self, const complaint_decision_t *in, complaint_t *out)
{
    PGresult *ignored;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        call_run (self, "complaint_uncounted", &ignored, &how);
    if (how != outcome_done)
        return how;
    switch (in->verdict) {
    case complaint_verdict_reassess: return award_follow (self, reassessed, sizeof reassessed / sizeof *reassessed);
    case complaint_verdict_cancel:   return award_follow (self, cancelled, sizeof cancelled / sizeof *cancelled);
    default:                         return award_follow (self, resumed, sizeof resumed / sizeof *resumed);
    }
}
