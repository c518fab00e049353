/* realisation.h - what the nouns of an initiative's realisation give to guards.c. */
#ifndef REALISATION_H
#define REALISATION_H
#include "../../../common/call.h"

guard milestone_plans_realisation, milestone_verifies_milestone, milestone_verifier_outside, milestone_milestone_overdue;
guard job_outcome_gives_jobs, job_outcome_jobs_begun, job_outcome_confirmer_outside;
guard initiative_milestone_reached;
#endif
