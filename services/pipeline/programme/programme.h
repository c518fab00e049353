/* programme.h - what the nouns of the programme give to main.c: guards. */
#ifndef PROGRAMME_H
#define PROGRAMME_H
#include "../../../common/call.h"

guard round_opening_time_past;
guard round_closing_time_past;
guard round_enough_selected;
guard initiative_round_takes_initiatives;
guard initiative_round_is_screening;
guard initiative_round_is_deliberating;
guard initiative_place_to_present;
guard initiative_place_to_select;
guard initiative_ask_known;
guard round_enough_reviews;
guard juror_jury_forms;
guard juror_has_seat;
guard juror_has_place;
guard juror_not_applying;
guard juror_not_managing;
guard juror_own;
guard juror_declares_now;
guard judgement_round_is_scoring;
guard judgement_own;
guard judgement_judges_now;
guard judgement_is_complete;
guard judgement_may_reopen;
guard judgement_not_barred;
#endif
