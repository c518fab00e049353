/* need.c - what a buyer wants to buy: its guards, and the award. */
#include "../pipeline.h"
#include "deal.h"
#include <stdlib.h>
#include <string.h>

bool need_deadline_ahead (const void *thing, const call *now)
{
    const need_t *need = thing;
    return need->quote_deadline > now->now;
}

bool need_quote_deadline_past (const void *thing, const call *now)
{
    const need_t *need = thing;
    return now->now > need->quote_deadline;
}

bool need_route_is_short (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->route == need_route_direct || need->route == need_route_private;
}

bool need_route_is_sealed (const void *thing, const call *now)
{
    return !need_route_is_short (thing, now);
}

static bool is (const char *account, const char *other)
{
    return other && strcmp (account, other) == 0;
}

/* Two people, always: a caller without an account is no person. */
bool need_other_person_wrote (const void *thing, const call *now)
{
    const need_t *need = thing;
    return now->account && !is (now->account, need->created_by) && !is (now->account, need->submitted_by);
}

bool need_nobody_quoted (const void *thing, const call *now)
{
    return !need_has_quote (thing, now);
}

bool need_has_quote (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->quotes_in > 0;
}

/* What is not known to be within a mandate is not: who has none decides nothing. */
bool need_within_mandate (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->mandate_cents > 0 && need->budget_cents <= need->mandate_cents;
}

/* A statement that answers with the reason why something may not be, or with nothing. */
static outcome need_ask (call *self, const char *statement)
{
    PGresult *rows;
    outcome how;
    if (call_run (self, statement, &rows, &how) <= 0)
        return how;
    const char *why = PQgetvalue (rows, 0, 0);
    return call_conflict (self, words_find (reason_words (), why, strlen (why)));
}

/* A step after which the need counts among what its buyer bought: one at a time, so that the sums are whole. */
static outcome need_step_alone (call *self, need_t *out)
{
    PGresult *rows;
    outcome how;
    call_run (self, "need_alone", &rows, &how);
    return how == outcome_done ? call_step (self, out) : how;
}

/* What it lacks, and whether its route is allowed today. */
static outcome need_bring (call *self, need_t *out)
{
    outcome how = need_step_alone (self, out);
    if (how == outcome_done)
        how = need_check (self, out);
    return how == outcome_done ? need_ask (self, "need_route_check") : how;
}

outcome need_submit (call *self, const ref_t *in, need_t *out)
{
    (void) in;
    return need_bring (self, out);
}

outcome need_publish (call *self, const ref_t *in, need_t *out)
{
    (void) in;
    return need_bring (self, out);
}

bool need_before_close (const void *thing, const call *now)
{
    return !need_quote_deadline_past (thing, now);
}

/* The platform was away before the deadline, for as long as moves it. */
bool need_was_away (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->extended_until > 0;
}

bool need_is_consultation (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->purpose == need_purpose_market_consultation;
}

bool need_buys_something (const void *thing, const call *now)
{
    return !need_is_consultation (thing, now);
}

/* Everybody who is invited is told in the same transaction, and so in one batch of events. */
outcome need_amend (call *self, const need_amendment_t *in, need_t *out)
{
    need_t before = { 0 };
    outcome how = call_load (self, process_find ("need"), in->id, &before);
    if (how == outcome_done)
        how = call_step (self, out);
    if (how == outcome_done && in->quote_deadline && in->quote_deadline < before.quote_deadline)
        how = call_conflict (self, deadline_not_earlier);
    if (how == outcome_done)
        how = need_check (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "need_told_invitations", "invitation", "renew");
    return how;
}

/* Where everybody has more time, everybody who is invited is told at once. */
outcome need_close (call *self, const ref_t *in, need_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done && out->state == need_state_open)
        how = call_consequence (self, "need_told_invitations", "invitation", "renew");
    return how;
}

/* The step locks the need, so whether the chosen quote still stands is asked after it: a need that
 * was awarded a moment ago is then refused as such, with the commands that are left. */
outcome need_award (call *self, const need_award_t *in, need_t *out)
{
    PGresult *winner;
    (void) in;
    outcome how = need_step_alone (self, out);
    if (how == outcome_done && call_run (self, "need_award_winner", &winner, &how) == 0)
        how = call_conflict (self, quote_of_need);
    if (how == outcome_done && *PQgetvalue (winner, 0, 2) == 't')
        how = call_conflict (self, negotiation_over);
    if (how == outcome_done && strtoll (PQgetvalue (winner, 0, 1), NULL, 10) > out->mandate_cents)
        how = call_conflict (self, within_mandate);
    if (how == outcome_done)
        how = need_ask (self, "need_award_check");
    if (how == outcome_done)
        how = call_consequence (self, "need_award_winner", "quote", "select");
    if (how == outcome_done)
        how = call_consequence (self, "need_award_losers", "quote", "pass");
    return how;
}

/* What was sealed goes with it, unread: first the parts of the key, after which nobody can open a box, and then the boxes. */
outcome need_cancel (call *self, const need_cancellation_t *in, need_t *out)
{
    PGresult *ignored;
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "need_cancel_seal", "seal", "destroy");
    if (how == outcome_done)
        call_run (self, "need_cancel_boxes", &ignored, &how);
    if (how == outcome_done)
        how = call_consequence (self, "need_cancel_quotes", "quote", "destroy");
    if (how == outcome_done)
        how = call_consequence (self, "need_cancel_award", "award", "void");
    if (how == outcome_done)
        how = call_consequence (self, "need_cancel_preferred", "quote", "pass");
    return how;
}
