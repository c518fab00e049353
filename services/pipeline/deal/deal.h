/* deal.h - what the nouns of the deal give to main.c: guards. handlers.h declares the rest. */
#ifndef DEAL_H
#define DEAL_H
#include "../../../common/call.h"

guard need_deadline_ahead;
guard need_quote_deadline_past;
guard need_route_is_short;
guard need_route_is_sealed;
guard need_other_person_wrote;
guard need_within_mandate;
guard need_before_close;
guard need_was_away;
guard need_is_consultation;
guard need_buys_something;
guard need_question_may_ask;
guard need_question_need_runs;
guard need_question_own;
guard quote_evidence_holds;
guard quote_invited_where_asked;
guard mandate_not_own;
guard purchase_policy_ahead;
guard need_has_quote;
guard need_nobody_quoted;
guard invitation_may_be_invited;
guard invitation_room_to_invite;
guard quote_may_be_quoted;
guard quote_supplier_is_admitted;
guard quote_route_negotiates;
guard quote_still_choosing;
guard quote_proposal_in_time;
guard quote_proposal_overdue;
guard award_negotiation_over;
guard sroi_obligation_no_credit_waits;
guard sroi_credit_obligation_runs;
guard sroi_credit_line_is_approved;
guard sroi_credit_line_in_period;
guard sroi_credit_line_stands;
guard award_need_is_weighed;
guard award_quote_is_weighed;
guard award_all_judged;
guard award_all_scored;
guard score_quote_is_scored;
guard score_own;
guard award_reason_per_quote;
guard award_other_person_proposed;
guard award_stands_still;
guard award_standstill_over;
guard complaint_may_complain;
guard complaint_handler_is_independent;
guard appointment_handler_is_other;
guard opener_may_take_code;
guard opener_may_confirm_code;
guard opener_own_code;
guard opener_may_open;
guard opener_enough_invited;
guard quote_before_deadline;
guard order_quote_is_selected;
guard order_within_own_mandate;
guard order_order_within_mandate;
guard order_may_be_placed_at_once;
guard order_no_agreement;
guard order_enterprise_takes_part;
guard basket_basket_has_lines;
guard basket_prices_hold;
guard basket_may_be_filled;
guard basket_goes_back;
guard basket_basket_overdue;
guard purchase_system_own;
guard order_agreement_in_force;
guard order_other_person_placed;
guard agreement_quote_is_awarded;
guard agreement_need_is_awarded;
guard agreement_not_signed_yet;
guard agreement_signature_overdue;
guard agreement_all_called_off;
guard agreement_agreement_over;
guard change_order_agreement_runs;
guard change_order_other_side_proposed;
guard order_answer_in_time;
guard order_answer_overdue;
guard order_goods_not_started;
guard delivery_order_in_force;
guard delivery_judgement_overdue;
guard cancellation_order_runs;
guard cancellation_own_side_asked;
guard cancellation_other_side_asked;
guard invoice_other_person_ordered;
guard invoice_invoice_details_known;
guard invoice_three_ways_alike;
guard invoice_nothing_credited;
guard credit_note_invoice_can_be_credited;
guard payment_invoice_is_approved;
guard dispute_own_side_raised;
guard dispute_other_side_raised;
guard dispute_response_overdue;
guard dispute_appeal_in_time;
guard dispute_appeal_over;
guard impact_claim_line_is_accepted;
guard impact_claim_other_organisation_claimed;
guard impact_claim_claim_can_be_appealed;
guard payment_not_booked;
guard payment_not_confirmed;
guard refund_payment_counts;

/* Index of the first judged line that names no line of the delivery, or names one again; -1 when
 * there is none. That every line is judged, and to the last unit, is the database's to say. */
int delivery_stray_line (const delivery_t *, const delivery_judgement_t *);
/* What a need lacks before suppliers may see it: outcome_invalid with every fault, or outcome_done. */
outcome need_check (call *, const need_t *);
/* Tells of the credits for social return that what was done just now lowered or raised; how it went is passed on. */
outcome sroi_follow (call *, outcome how);
/* Reopens verified claims of impact (those of the statement) whose work went back or was credited, and follows the credits; likewise. */
outcome impact_follow (call *, outcome how, const char *statement);

/* What a quote lacks of what its need asks for (`asked` has the need's lines), likewise; one in a box has no lines to look at. */
outcome quote_check (call *, const quote_t *quote, const quote_t *asked);
/* A basket as its person would have made it, by another operation that creates one. */
outcome basket_make (call *, const basket_t *from, basket_t *out);
/* Orders all of a basket of the caller's organisation, within its transaction; the basket's own step comes after. */
outcome basket_split (call *, const char *basket);
#endif
