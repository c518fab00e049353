/* programme.h - what the nouns of the programme give to main.c: guards. */
#ifndef PROGRAMME_H
#define PROGRAMME_H
#include "../../../common/call.h"

guard round_closing_time_past;
guard round_enough_selected;
guard initiative_round_takes_initiatives;
guard initiative_round_is_screening;
guard initiative_round_is_presenting;
guard initiative_place_to_present;
guard initiative_place_to_select;
guard initiative_ask_known;
#endif
