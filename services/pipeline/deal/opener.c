/* opener.c - the two people who open sealed quotes: their codes before the need is published, and again when it is time. */
#include "../pipeline.h"
#include "deal.h"
#include "opening.h"
#include "typed.h"
#include <string.h>

static bool is_own (const opener_t *opener, const call *now)
{
    return now->account && opener->account_id && strcmp (opener->account_id, now->account) == 0;
}

/* Codes are for an approved need that is not on the market yet; after the escrow was released, for whoever steps in. */
bool opener_may_take_code (const void *thing, const call *now)
{
    const opener_t *opener = thing;
    bool before = opener->need_state == need_state_ready && opener->route_sealed && opener->confirmed < 2;
    return now->account && opener->escrow_ready && (before || opener->released);
}

bool opener_own_code (const void *thing, const call *now)
{
    return is_own (thing, now);
}

bool opener_may_confirm_code (const void *thing, const call *now)
{
    const opener_t *opener = thing;
    return is_own (opener, now) && (opener->confirmed < 2 || opener->released);
}

bool opener_may_open (const void *thing, const call *now)
{
    const opener_t *opener = thing;
    return is_own (opener, now) && opener->need_state == need_state_sealed_closed && now->now >= opener->opening_at;
}

/* On the route of invitations there is a choice only where enough were asked; before the opening nobody has read a thing. */
bool opener_enough_invited (const void *thing, const call *now)
{
    const opener_t *opener = thing;
    (void) now;
    return opener->invites_short == 0;
}

/* ------------------------------------------------------------------------------------ the code */

static outcome show (outcome how, opener_t *out, const char *code)
{
    if (how == outcome_done || how == outcome_created)
        schema_set_text (opener_schema (), out, "code", code);
    return how;
}

outcome opener_take (call *self, const opener_wish_t *in, opener_t *out)
{
    code_given_t fresh = { 0 };
    opener_wish_t wish = *in;
    if (!self->sealer)
        return outcome_unavailable;
    const char *code = typed_new (self, in->need_id, &fresh);
    schema_set_text (opener_wish_schema (), &wish, "public_key", fresh.public_key);
    self->in = &wish;
    return show (call_enter (self, out), out, code);
}

/* The opener as it stands, and the caller's input with room for what is not to be written down. */
static outcome recall (call *self, const code_given_t *in, opener_t *mine, code_given_t **fresh)
{
    *fresh = call_alloc (self, sizeof **fresh);
    **fresh = *in;
    self->in = *fresh;
    return call_load (self, process_find ("opener"), in->id, mine);
}

outcome opener_renew (call *self, const code_given_t *in, opener_t *out)
{
    opener_t mine = { 0 };
    code_given_t *fresh;
    outcome how = recall (self, in, &mine, &fresh);
    if (how != outcome_done)
        return how;
    const char *code = typed_new (self, mine.need_id, fresh);
    return show (call_step (self, out), out, code);
}

outcome opener_confirm (call *self, const code_given_t *in, opener_t *out)
{
    opener_t mine = { 0 };
    code_given_t *fresh;
    const char *code;
    outcome how = recall (self, in, &mine, &fresh);
    if (how == outcome_done)
        how = typed_read (self, in->code, mine.public_key, mine.need_id, &code);
    if (how == outcome_done)
        how = call_step (self, out);
    return how == outcome_done ? opening_close_seal (self) : how;
}

/* With the escrow released, it does not take a code any more: two people, who are who they say, are enough. */
outcome opener_give (call *self, const code_given_t *in, opener_t *out)
{
    opener_t mine = { 0 };
    code_given_t *fresh;
    const char *code;
    char handed [SEAL_PART_TEXT];
    outcome how = recall (self, in, &mine, &fresh);
    if (how != outcome_done)
        return how;
    if (!in->code && !mine.released)
        return call_conflict (self, code_needed);
    if (in->code)
        how = typed_read (self, in->code, mine.public_key, mine.need_id, &code);
    if (how == outcome_done && in->code && mine.part) {
        if (!seal_hand_over (self->sealer, code, mine.need_id, mine.part, handed))
            return call_conflict (self, code_right);
        schema_set_text (code_given_schema (), fresh, "handed", call_text (self, handed));
    }
    if (how == outcome_done)
        how = call_step (self, out);
    return how == outcome_done ? opening_open (self) : how;
}
