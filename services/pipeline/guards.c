/* guards.c - which function answers for which reason, over all that moves through stages here. */
#include "guards.h"
#include "deal/deal.h"
#include "programme/programme.h"
#include "roadmap/roadmap.h"

guard *const pipeline_guards [reason_count] = {
    [deadline_ahead] = need_deadline_ahead,
    [quote_deadline_past] = need_quote_deadline_past,
    [route_is_short] = need_route_is_short,
    [route_is_sealed] = need_route_is_sealed,
    [other_person_wrote] = need_other_person_wrote,
    [has_quote] = need_has_quote,
    [nobody_quoted] = need_nobody_quoted,
    [may_be_invited] = invitation_may_be_invited,
    [may_be_quoted] = quote_may_be_quoted,
    [before_deadline] = quote_before_deadline,
    [quote_is_selected] = order_quote_is_selected,
    [answer_in_time] = order_answer_in_time,
    [answer_overdue] = order_answer_overdue,
    [goods_not_started] = order_goods_not_started,
    [order_in_force] = delivery_order_in_force,
    [judgement_overdue] = delivery_judgement_overdue,
    [order_runs] = cancellation_order_runs,
    [own_side_asked] = cancellation_own_side_asked,
    [other_side_asked] = cancellation_other_side_asked,
    [other_person_ordered] = invoice_other_person_ordered,
    [invoice_details_known] = invoice_invoice_details_known,
    [three_ways_alike] = invoice_three_ways_alike,
    [nothing_credited] = invoice_nothing_credited,
    [invoice_can_be_credited] = credit_note_invoice_can_be_credited,
    [invoice_is_approved] = payment_invoice_is_approved,
    [round_takes_initiatives] = initiative_round_takes_initiatives,
    [round_is_screening] = initiative_round_is_screening,
    [round_is_presenting] = initiative_round_is_presenting,
    [place_to_present] = initiative_place_to_present,
    [place_to_select] = initiative_place_to_select,
    [ask_known] = initiative_ask_known,
    [closing_time_past] = round_closing_time_past,
    [enough_selected] = round_enough_selected,
    [evidence_complete] = assessment_evidence_complete,
};
