/* vocabulary.c - the declarations of proto/ as tables. */
#include "vocabulary.h"
#include <string.h>

#define COUNT(table) (sizeof (table) / sizeof *(table))

/* Words: closed lists, states, roles, reasons. */
#define CHOICE_OF(name, doc) const words *name##_words (void) { static const char about [] = doc, called [] = #name; static const word entries [] = {
#define WORD(name, word, nl, en) { #word, nl, en },
#define END_CHOICE(name) }; static const words it = { called, about, entries, COUNT (entries) }; return &it; }
#include "../proto/choices.def"
#undef CHOICE_OF
#undef WORD
#undef END_CHOICE

#define PROCESS(name, version, doc) const words *name##_state_words (void) { static const char about [] = doc, called [] = #name "_state"; static const word entries [] = {
#define SIDE(name, role, field)
#define STATE(name, word, kind, nl, en, doc) { #word, nl, en },
#define ENTRY(name, command, to, who, guard, event)
#define STEP(name, command, from, to, who, guard, event)
#define TIMER(name, command, field)
#define GUARD(name, command, guard)
#define END_PROCESS(name) }; static const words it = { called, about, entries, COUNT (entries) }; return &it; }
#include "../proto/processes.def"
#undef PROCESS
#undef STATE
#undef END_PROCESS

const words *role_words (void)
{
    static const word entries [] = {
#define ROLE(name, bit, nl, en, doc) [bit] = { #name, nl, en },
#include "../proto/roles.def"
#undef ROLE
    };
    static const words it = { "role", "What a person may do for an organisation.", entries, COUNT (entries) };
    return &it;
}

const words *reason_words (void)
{
    static const word entries [] = {
        [always] = { "always", "", "" },
#define REASON(name, nl, en) [name] = { #name, nl, en },
#include "../proto/reasons.def"
#undef REASON
    };
    static const words it = { "reason", "Why something may not be.", entries, COUNT (entries) };
    return &it;
}

/* Records. */
#define VALUE(name, doc, ...) { #name, sizeof #name - 1, doc, __VA_ARGS__, .offset = offsetof (self, name) },
#define RECORD(name, doc) const schema *name##_schema (void) { typedef struct name##_t self; \
    static const char about [] = doc; static const field fields [] = {
#define ID(name, need, sight, doc)              VALUE (name, doc, KIND_ID, need, sight)
#define OWNER_ID(name, need, sight, doc)        VALUE (name, doc, KIND_ID, need, sight, .side = SIDE_OWNER)
#define PARTY_ID(name, need, sight, doc)        VALUE (name, doc, KIND_ID, need, sight, .side = SIDE_PARTY)
#define TEXT(name, need, low, high, sight, doc) VALUE (name, doc, KIND_TEXT, need, sight, .min = low, .max = high)
#define CODE(form, name, need, sight, doc)      VALUE (name, doc, KIND_CODE, need, sight, .pattern = PATTERN_##form)
#define FORM(as, name, need, sight, doc)        VALUE (name, doc, KIND_TEXT, need, sight, .min = 1, .max = 100, .form = &text_form_##as)
#define DATE(name, need, sight, doc)            VALUE (name, doc, KIND_DATE, need, sight)
#define CHOICE(set, name, need, sight, doc)     VALUE (name, doc, KIND_CHOICE, need, sight, .choice = set##_words)
#define INT(name, need, low, high, sight, doc)  VALUE (name, doc, KIND_INT, need, sight, .min = low, .max = high)
#define MONEY(name, need, low, high, sight, doc) VALUE (name, doc, KIND_MONEY, need, sight, .min = low, .max = high)
#define BOOL(name, need, sight, doc)            VALUE (name, doc, KIND_BOOL, need, sight)
#define MOMENT(name, need, sight, doc)          VALUE (name, doc, KIND_MOMENT, need, sight)
#define TEXTS(name, need, high, length, sight, doc) VALUE (name, doc, KIND_TEXTS, need, sight, .max = high, .each = length)
#define CODES(form, name, need, low, high, sight, doc) VALUE (name, doc, KIND_TEXTS, need, sight, .min = low, .max = high, .pattern = PATTERN_##form)
#define CHOICES(set, name, need, high, sight, doc) VALUE (name, doc, KIND_CHOICES, need, sight, .max = high, .choice = set##_words)
#define OBJECT(type, name, need, sight, doc)    VALUE (name, doc, KIND_OBJECT, need, sight, .of = type##_schema)
#define LIST(type, name, need, low, high, sight, doc) VALUE (name, doc, KIND_LIST, need, sight, .min = low, .max = high, .of = type##_schema)
#define ANY(name, need, sight, doc)             VALUE (name, doc, KIND_ANY, need, sight)
#define END(name) { 0 } }; \
    _Static_assert (COUNT (fields) <= 65, #name ": the mask has 64 bits"); \
    static const schema it = { #name, about, sizeof (self), COUNT (fields) - 1, fields }; return &it; }
#define PATTERN_GM  "GM9999"
#define PATTERN_CPV "99999999-9"
#define PATTERN_KVK "99999999"
#define PATTERN_OIN "00000009999999999999"
#include "../proto/records.def"
#include "schema-end.h"

/* Processes: states, steps and sides, then the table of tables. */
#define SIDE(name, role, field)
#define ENTRY(name, command, to, who, guard, event)
#define STEP(name, command, from, to, who, guard, event)
#define PROCESS(name, version, doc) static const state name##_states [] = {
#define STATE(name, word, kind, nl, en, doc) { #word, doc, kind },
#define END_PROCESS(name) };
#include "../proto/processes.def"
#undef PROCESS
#undef STATE
#undef ENTRY
#undef STEP
#undef END_PROCESS

#define STATE(name, word, kind, nl, en, doc)
#define PROCESS(name, version, doc) static const step name##_steps [] = {
#define ENTRY(name, command, to, who, guard, event) { #command, NOWHERE, name##_state_##to, who, guard, EVENT_##event },
#define STEP(name, command, from, to, who, guard, event) \
    { #command, name##_state_##from, name##_state_##to, who, guard, EVENT_##event },
#define END_PROCESS(name) };
#include "../proto/processes.def"
#undef PROCESS
#undef ENTRY
#undef STEP
#undef GUARD
#undef END_PROCESS

#define ENTRY(name, command, to, who, guard, event)
#define STEP(name, command, from, to, who, guard, event)
#define PROCESS(name, version, doc) static const condition name##_conditions [] = {
#define GUARD(name, command, guard) { #command, guard },
#define END_PROCESS(name) { 0 } };
#include "../proto/processes.def"
#undef PROCESS
#undef SIDE
#undef ENTRY
#undef STEP
#undef GUARD
#undef END_PROCESS

#define GUARD(name, command, guard)
#define ENTRY(name, command, to, who, guard, event)
#define STEP(name, command, from, to, who, guard, event)
#define PROCESS(name, version, doc) static const side name##_sides [] = {
#define SIDE(name, role, field) { role, #field },
#define END_PROCESS(name) };
#include "../proto/processes.def"
#undef PROCESS
#undef SIDE
#undef TIMER
#undef END_PROCESS

#define SIDE(name, role, field)
#define PROCESS(name, version, doc) static const timer name##_timers [] = {
#define TIMER(name, command, field) { #command, #field },
#define END_PROCESS(name) { 0 } };
#include "../proto/processes.def"
#undef PROCESS
#undef TIMER
#undef END_PROCESS

static const process all_processes [] = {
#define TIMER(name, command, field)
#define PROCESS(name, version, doc) { #name, doc, version, name##_schema, name##_state_words, name##_states, \
    name##_steps, name##_conditions, name##_sides, name##_timers, COUNT (name##_states), COUNT (name##_steps), \
    COUNT (name##_conditions) - 1, COUNT (name##_sides), COUNT (name##_timers) - 1 },
#define END_PROCESS(name)
#include "../proto/processes.def"
#undef PROCESS
#undef SIDE
#undef STATE
#undef ENTRY
#undef STEP
#undef TIMER
#undef GUARD
#undef END_PROCESS
};

const process *processes (size_t *count)
{
    *count = COUNT (all_processes);
    return all_processes;
}

const process *process_find (const char *name)
{
    for (size_t i = 0; i < COUNT (all_processes); i++)
        if (strcmp (all_processes [i].name, name) == 0)
            return &all_processes [i];
    return NULL;
}

/* Events. */
const event_type *event_types (void)
{
    static const event_type types [] = {
#define EVENT(name, record, audience, doc) [EVENT_##name] = { #name, doc, record##_schema, audience },
#include "../proto/events.def"
#undef EVENT
    };
    return types;
}

const event_type *event_find (const char *type, size_t length)
{
    static const char before [] = "nl.meerwaarde.", after [] = ".v1";
    size_t head = sizeof before - 1, tail = sizeof after - 1;
    if (length <= head + tail || memcmp (type, before, head) || memcmp (type + length - tail, after, tail))
        return NULL;
    type += head;
    length -= head + tail;
    for (int i = 0; i < EVENT_COUNT; i++) {
        const event_type *e = &event_types () [i];
        if (strlen (e->name) == length && memcmp (e->name, type, length) == 0)
            return e;
    }
    return NULL;
}

/* Operations. */
const char *const service_names [SERVICE_COUNT] = { "catalog", "pipeline", "matching", "reporting", "gateway" };

static const operation all_operations [] = {
#define OPERATION(name, service, verb, in, out, who, method, path, doc) \
    { #name, SERVICE_##service, VERB_##verb, in##_schema, out##_schema, (uint32_t) (who), METHOD_##method, path, doc },
#include "../proto/operations.def"
#undef OPERATION
};

const operation *operations (size_t *count)
{
    *count = COUNT (all_operations);
    return all_operations;
}

const operation *operation_find (const char *name)
{
    for (size_t i = 0; i < COUNT (all_operations); i++)
        if (strcmp (all_operations [i].name, name) == 0)
            return &all_operations [i];
    return NULL;
}

const char *operation_sealed (const operation *self)
{
    static const struct { const char *name, *unkept; } all [] = {
#define SEALED(name, unkept) { #name, #unkept },
#include "../proto/sealed.def"
#undef SEALED
    };
    for (size_t i = 0; i < COUNT (all); i++)
        if (strcmp (all [i].name, self->name) == 0)
            return all [i].unkept;
    return NULL;
}

bool operation_writes (const operation *self)
{
    return self->verb >= VERB_CREATE;
}

bool operation_wants_version (const operation *self)
{
    return self->verb == VERB_COMMAND || self->verb == VERB_STEP_BY;
}

const char *operation_command (const operation *self)
{
    return self->name + strlen (self->out ()->name) + 1;
}

/* The city network. */
static const city all_cities [] = {
#define CITY(code, name, province, latitude, longitude, from) { code, name, province, latitude, longitude, from },
#include "../proto/cities.def"
#undef CITY
};

const city *cities (size_t *count)
{
    *count = COUNT (all_cities);
    return all_cities;
}

const city *city_find (const char *code)
{
    for (size_t i = 0; i < COUNT (all_cities); i++)
        if (strcmp (all_cities [i].code, code) == 0)
            return &all_cities [i];
    return NULL;
}
