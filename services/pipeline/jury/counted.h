/* counted.h - what a ranking is computed from, read for who runs the round. */
#ifndef COUNTED_H
#define COUNTED_H
#include "../../../common/call.h"

/* A round that the caller runs; of another one it is missing. */
outcome round_load_own (call *, const char *id, round_t *);

/* Judgements that count: those that the statement gives, as counted_judgement. */
outcome counted_read (call *, const char *statement, counted_judgement_t **, size_t *count);
#endif
