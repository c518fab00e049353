/* notice.h - what people see of the processes, as tables: proto/notices.def. */
#ifndef NOTICE_H
#define NOTICE_H
#include "json.h"
#include "vocabulary.h"

/* What a thing is called, and where it is. Texts are empty where there is none. */
typedef struct {
    const char *noun, *relation, *title, *parent, *via, *page;
} about;
const about *about_find (const char *noun);
const about *abouts (size_t *count);
/* The field with the id of its parent, when it is shown on that one's page; NULL: it has a page of its own. */
const char *about_root (const about *);
/* Its address: the page with the id that it goes by, and its own place there where the page is its parent's. */
const char *about_address (msgpack_zone *, const about *, const char *page_id, const char *id);

typedef enum { NOTICE_ACT, NOTICE_INFORM } notice_kind;

/* That people are told of an event. */
typedef struct {
    event_id    event;
    uint32_t    roles;
    notice_kind kind;
    const char *nl, *en;
} notice;
const notice *notices (size_t *count);

/* What is said of an event; NULL: nothing. */
typedef struct {
    event_id    event;
    const char *nl, *en;
} told;
const told *told_find (event_id);
/* Why nobody is told; NULL: somebody is, or nobody thought of it. */
const char *silent_why (event_id);

/* A command that waits for somebody, `due` the field of until when or empty. */
typedef struct {
    const char *noun, *command, *due, *nl, *en;
} task_word;
const task_word *task_find (const char *noun, const char *command);
const task_word *task_words (size_t *count);
/* What waits besides steps: `when` is a condition in SQL about the row t of the noun's table. */
typedef struct {
    const char *noun, *state, *step, *when, *due, *nl, *en;
    uint32_t    role;
} onward;
const onward *onwards (size_t *count);
/* Whether it waits for somebody in that state. */
bool task_waits (const char *noun, const char *command, const char *state);
/* Why a command is no task; NULL: nobody said. */
const char *may_why (const char *noun, const char *command);

/* The process of which a step publishes the event; NULL: none. */
const process *notice_process (event_id);
/* By whose sides an event is told: of that process, or, where its thing has none, of what that is a part of; NULL: by none. */
const process *notice_sides (event_id, const char *subject);
/* The field of the side that a role has in a process; NULL: it has none. */
const char *notice_side (const process *, uint32_t role);

/* Whom an event concerns and what its thing is called, as JSON for a statement: id, noun, parent, beside (shown on the
 * parent's page), title, and told: no (a line of `notices`), org (null: whoever has the role anywhere), role, act.
 * False: its thing has no name here.                                                                                  */
bool notice_of_event (const event_type *, const char *subject, const void *record, text_buffer *out);
#endif
