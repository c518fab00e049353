/* programme.h - what the nouns of the programme give to main.c: guards. */
#ifndef PROGRAMME_H
#define PROGRAMME_H
#include "../../../common/call.h"

guard round_opening_time_past;
guard round_closing_time_past;
guard round_enough_selected;
guard initiative_round_takes_initiatives;
guard initiative_round_is_screening;
guard initiative_round_is_scoring;
guard initiative_round_is_deliberating;
guard initiative_place_to_present;
guard initiative_place_to_select;
guard initiative_ask_known;
#endif
