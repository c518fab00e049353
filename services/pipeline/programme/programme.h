/* programme.h - what the nouns of the programme give to guards.c. */
#ifndef PROGRAMME_H
#define PROGRAMME_H
#include "../../../common/call.h"

guard round_opening_time_past;
guard round_closing_time_past;
guard initiative_round_takes_initiatives;
guard round_may_be_extended;
guard round_all_screened;
guard round_nobody_has_time;
guard round_all_lined_up;
guard round_nobody_under_way;
guard initiative_lead_applicant;
guard initiative_erasable;
guard initiative_round_may_ask;
guard initiative_round_may_present;
guard initiative_question_waits;
guard initiative_question_overdue;
guard initiative_objection_over;
guard initiative_screener_is_apart;
guard initiative_objection_can_be_handled;
guard objection_may_object;
guard objection_handler_is_apart;
guard extension_extension_in_time;
guard initiative_round_is_screening;
guard initiative_offer_stands;
guard initiative_offer_over;
guard initiative_waiting_over;
guard initiative_place_to_present;
guard round_enough_reviews;
guard initiative_ask_is_complete;
#endif
