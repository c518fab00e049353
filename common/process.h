/* process.h - how a thing moves through its stages, as data that code can walk. */
#ifndef PROCESS_H
#define PROCESS_H
#include "schema.h"
#include <stdio.h>

typedef struct call call;

/* A pure question about a thing as loaded, at the call's clock, to its caller. False: refused for the
 * reason that bears the guard's name.                                                                */
typedef bool guard (const void *thing, const call *);

typedef enum { START, LIVE, FINAL } state_kind;

typedef struct {
    const char *word, *doc;
    state_kind  kind;
} state;

enum { NOWHERE = -1 }; /* `from` of an ENTRY */

typedef struct {
    const char *command;
    int         from, to;
    uint32_t    who;
    int         guard; /* a reason; 0 is always */
    int         event; /* an event_id */
} step;

typedef struct {
    const char *command;
    int         guard; /* asked of every step of that command besides the step's own */
} condition;

typedef struct {
    uint32_t    role;
    const char *field;
} side;

/* SYSTEM takes the step `command` once the moment in that field of the record has come. */
typedef struct {
    const char *command, *field;
} timer;

typedef struct {
    const char *name, *doc; /* the name is also that of its record and its statements */
    int         version;
    const schema *(*record) (void);
    const words *(*words) (void); /* of the states */
    const state *states;
    const step  *steps;
    const condition *conditions;
    const side  *sides;
    const timer *timers;
    size_t       state_count, step_count, condition_count, side_count, timer_count;
} process;

/* The roles that count for this thing: one with a side counts only for the organisation in that field. */
uint32_t process_roles (const process *, const void *thing, const char *org, uint32_t roles);

/* The one entry check of every command: the step that `command` takes from state `from` (or NOWHERE) with
 * these roles, by the guards (indexed by reason). NULL with the reason in *why.                         */
const step *process_try (const process *, int from, const char *command, uint32_t roles,
                         const void *thing, const call *, guard *const guards [], int *why);

/* The commands that would pass now, at most `room`, each once. Returns how many. */
size_t process_offer (const process *, int from, uint32_t roles, const void *thing, const call *,
                      guard *const guards [], const char *commands [], size_t room);

/* Prints every dead end, unreachable state, and command that waits for two moments; returns how many. */
size_t process_faults (const process *, FILE *);
/* The diagram, as Graphviz. */
void process_dot (const process *, FILE *);
/* The table as JSON: who may take which step, from where, and who may call the operation for it. */
void process_json (const process *, FILE *);
#endif
