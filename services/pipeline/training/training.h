/* training.h - what the nouns of the programme after the selection give to guards.c and to each other. */
#ifndef TRAINING_H
#define TRAINING_H
#include "../../../common/call.h"

guard meeting_round_trains;
guard meeting_leader_has_seat;
guard meeting_leads_meeting;
guard meeting_meeting_begun;
guard attendance_leads_this_meeting;
guard attendance_this_meeting_begun;
guard attendance_meeting_ahead;
guard attendance_place_at_meeting;
guard attendance_takes_part;
guard attendance_check_in_early;
guard mentor_mentor_has_seat;
guard mentor_own_mentor;
guard pairing_mentor_has_room;
guard pairing_initiative_in_programme;
guard pairing_own_pairing;
guard pairing_mentor_accepted;
guard pairing_initiative_accepted_mentor;
guard deliverable_initiative_trains;
guard deliverable_mentors_initiative;
guard initiative_certificate_earned;
guard initiative_was_warned;
guard initiative_pause_over;

/* The code on the screen of a meeting: of this moment, or of the one before. */
enum { CODE_SIZE = 16 };
const char *check_code (call *, const char *secret, int64_t now);
bool check_code_holds (call *, const char *secret, const char *code);
/* Whether it is near enough to the meeting to come in: an hour before it begins, until it ends. 0, or the reason why not. */
int check_window (int64_t starts_at, int64_t ends_at, int64_t now);
#endif
