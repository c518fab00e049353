/* roadmap.h - what assessments give to main.c: a guard. */
#ifndef ROADMAP_H
#define ROADMAP_H
#include "../../../common/call.h"

guard assessment_evidence_complete;
#endif
