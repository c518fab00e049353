/* award.h - what follows from a step: steps of other things, in this order and the same transaction. */
#ifndef AWARD_H
#define AWARD_H
#include "../../../common/call.h"

typedef struct {
    const char *statement, *noun, *command;
} consequence;

outcome award_follow (call *, const consequence [], size_t count);
#endif
