/* jury.h - what the nouns of judging and choosing give to guards.c. */
#ifndef JURY_H
#define JURY_H
#include "../../../common/call.h"

guard selection_round_is_deliberating;
guard selection_ranking_current;
guard selection_ranking_explained;
guard selection_enough_judged;
guard selection_enough_selected;
guard selection_all_signed;
guard selection_appeal_can_be_handled;
guard selection_present_signs;
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
