/* vocabulary.h - the declarations of proto/ as C: structs, enumerators, tables. */
#ifndef VOCABULARY_H
#define VOCABULARY_H
#include "process.h"
#include "schema.h"

#define MILLION  INT64_C (1000000)
#define BILLION  INT64_C (1000000000)
#define TRILLION INT64_C (1000000000000)
#define MANY     INT64_C (9007199254740991) /* 2^53 - 1: what a JavaScript number holds exactly */

/* Roles are bits. MEMBER: anybody logged in for an organisation or not; ANYBODY: also who is not. */
enum {
#define ROLE(name, bit, nl, en, doc) name = 1 << (bit),
#include "../proto/roles.def"
#undef ROLE
    MEMBER = 1 << 29,
    ANYBODY = 1 << 30
};
const words *role_words (void); /* index = bit */

/* Closed lists and states: offer_kind_product, need_state_open ... and a table of words for each. */
#define CHOICE_OF(name, doc) enum {
#define WORD(name, word, nl, en) name##_##word,
#define END_CHOICE(name)     }; const words *name##_words (void);
#include "../proto/choices.def"
#undef CHOICE_OF
#undef WORD
#undef END_CHOICE

#define PROCESS(name, version, doc) enum {
#define SIDE(name, role, field)
#define STATE(name, word, kind, nl, en, doc) name##_state_##word,
#define ENTRY(name, command, to, who, guard, event)
#define STEP(name, command, from, to, who, guard, event)
#define TIMER(name, command, field)
#define GUARD(name, command, guard)
#define END_PROCESS(name) }; const words *name##_state_words (void);
#include "../proto/processes.def"
#undef PROCESS
#undef SIDE
#undef STATE
#undef ENTRY
#undef STEP
#undef TIMER
#undef GUARD
#undef END_PROCESS

/* Reasons: also the names of guards. `always` lets everything pass. */
typedef enum {
    always,
#define REASON(name, nl, en) name,
#include "../proto/reasons.def"
#undef REASON
    reason_count
} reason;
const words *reason_words (void);

/* Records: need_t and need_schema (), and so on. */
#define RECORD(name, doc) typedef struct name##_t name##_t; struct name##_t { uint64_t has;
#define ID(name, need, sight, doc)                   const char *name;
#define OWNER_ID(name, need, sight, doc)             const char *name;
#define PARTY_ID(name, need, sight, doc)             const char *name;
#define TEXT(name, need, min, max, sight, doc)       const char *name;
#define CODE(pattern, name, need, sight, doc)        const char *name;
#define FORM(as, name, need, sight, doc)             const char *name;
#define DATE(name, need, sight, doc)                 const char *name;
#define CHOICE(of, name, need, sight, doc)           int name;
#define INT(name, need, min, max, sight, doc)        int64_t name;
#define MONEY(name, need, min, max, sight, doc)      int64_t name;
#define BOOL(name, need, sight, doc)                 bool name;
#define MOMENT(name, need, sight, doc)               int64_t name;
#define TEXTS(name, need, max, each, sight, doc)     texts name;
#define CODES(pattern, name, need, min, max, sight, doc) texts name;
#define CHOICES(of, name, need, max, sight, doc)     texts name;
#define OBJECT(of, name, need, sight, doc)           struct of##_t *name;
#define LIST(of, name, need, min, max, sight, doc)   struct { size_t count; struct of##_t *at; } name;
#define ANY(name, need, sight, doc)                  bytes name;
#define END(name)                                    }; const schema *name##_schema (void);
#include "../proto/records.def"
#include "schema-end.h"

/* Events. */
typedef enum {
#define EVENT(name, record, audience, doc) EVENT_##name,
#include "../proto/events.def"
#undef EVENT
    EVENT_COUNT
} event_id;

typedef enum { MARKET, PARTIES, RECORD } event_audience;

typedef struct {
    const char *name, *doc;
    const schema *(*record) (void);
    event_audience audience;
} event_type;

const event_type *event_types (void); /* EVENT_COUNT of them, by event_id */
/* The event of that type name ("nl.meerwaarde.need_published.v1"), or NULL. */
const event_type *event_find (const char *type, size_t length);

/* Operations. */
typedef enum { SERVICE_CATALOG, SERVICE_PIPELINE, SERVICE_MATCHING, SERVICE_REPORTING, SERVICE_GATEWAY, SERVICE_COUNT } service_id;
extern const char *const service_names [SERVICE_COUNT];

typedef enum { VERB_FETCH, VERB_FETCH_BY, VERB_PAGE, VERB_READ, VERB_LOCAL, VERB_GIVE, VERB_CREATE, VERB_CREATE_BY, VERB_COMMAND, VERB_STEP_BY, VERB_WRITE, VERB_RECEIVE } verb;
typedef enum { METHOD_NONE, METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_DELETE } method;

typedef struct {
    const char *name;
    service_id  service;
    verb        verb;
    const schema *(*in) (void), *(*out) (void);
    uint32_t    who;
    method      method;
    const char *path, *doc;
} operation;

const operation *operations (size_t *count);
const operation *operation_find (const char *name);
bool operation_writes (const operation *);
bool operation_wants_version (const operation *); /* If-Match */
/* Of a sealed operation the input is kept nowhere, not even as a hash that could be guessed at, nor the field of its
 * answer that this names ("" for none). NULL: it is no such operation.                                              */
const char *operation_sealed (const operation *);
/* What follows the noun in a command's name: "publish" of need_publish. */
const char *operation_command (const operation *);

/* Processes, by the name of their record: process_find ("need"). */
const process *processes (size_t *count);
const process *process_find (const char *name);

/* The city network. */
typedef struct {
    const char *code, *name, *province;
    int32_t     latitude_e5, longitude_e5;
    const char *member_from;
} city;
const city *cities (size_t *count);
const city *city_find (const char *code);
#endif
