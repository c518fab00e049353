/* guards.h - the guards of pipeline's processes, by the reason that they answer for. */
#ifndef GUARDS_H
#define GUARDS_H
#include "../../common/call.h"

extern guard *const pipeline_guards [reason_count];
#endif
