/* typescript.c - records as TypeScript types, closed lists as tables of words; for the pages. */
#include "openapi.h"
#include "notice.h"
#include "text.h"
#include "vocabulary.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

static void union_of (text_buffer *out, const words *of)
{
    for (int i = 0; i < of->count; i++)
        text_printf (out, "%s\"%s\"", i ? " | " : "", of->words [i].word);
}

static void named_union (text_buffer *out, const words *of)
{
    char name [64];
    name_pascal (of->name, name);
    text_printf (out, "/** %s */\nexport type %s = ", of->doc, name);
    union_of (out, of);
    text_printf (out, ";\n");
}

static void type_of (text_buffer *out, const field *f)
{
    char name [64];
    switch (f->kind) {
    case KIND_INT:
    case KIND_MONEY:   text_printf (out, "number"); break;
    case KIND_BOOL:    text_printf (out, "boolean"); break;
    case KIND_TEXTS:   text_printf (out, "string[]"); break;
    case KIND_ANY:     text_printf (out, "Record<string, unknown>"); break;
    case KIND_CHOICE:
    case KIND_CHOICES:
        name_pascal (f->choice ()->name, name);
        text_printf (out, f->kind == KIND_CHOICE ? "%s" : "%s[]", name);
        break;
    case KIND_OBJECT:
    case KIND_LIST:
        name_pascal (f->of ()->name, name);
        text_printf (out, f->kind == KIND_OBJECT ? "%s" : "%s[]", name);
        break;
    default:           text_printf (out, "string");
    }
}

static void record (text_buffer *out, const schema *s)
{
    char name [64];
    name_pascal (s->name, name);
    text_printf (out, "/** %s */\nexport interface %s {\n", s->doc, name);
    for (size_t i = 0; i < s->count; i++) {
        const field *f = &s->fields [i];
        if (f->sight == HIDDEN)
            continue;
        bool certain = f->need == REQUIRED && f->sight == PUBLIC;
        text_printf (out, "  /** %s */\n  %s%s%s: ", f->doc, f->need == KEPT ? "readonly " : "", f->name,
                     certain || strcmp (f->name, "id") == 0 || strcmp (f->name, "state") == 0 ? "" : "?");
        type_of (out, f);
        text_printf (out, ";\n");
    }
    text_printf (out, "}\n");
}

enum { MOST_LISTS = 400 };

/* Every closed list: those of fields, then roles and reasons; no more than MOST_LISTS. */
static size_t lists (const words *all [])
{
    size_t count = 0, processes_count;
    const process *p = processes (&processes_count);
#define CHOICE_OF(name, doc)
#define WORD(name, word, nl, en)
#define END_CHOICE(name) all [count++] = name##_words ();
#include "../proto/choices.def"
#undef CHOICE_OF
#undef WORD
#undef END_CHOICE
    for (size_t i = 0; i < processes_count; i++)
        all [count++] = p [i].words ();
    all [count++] = role_words ();
    all [count++] = reason_words ();
    assert (count <= MOST_LISTS);
    return count;
}

/* Long only once the declarations are in it. */
void typescript_types (text_buffer *out) // NOLINT(readability-function-size)
{
    const words *all [MOST_LISTS];
    size_t count = lists (all);
    text_printf (out, "/* Made from proto/ by `meerwaarde print types`. */\n");
    for (size_t i = 0; i < count; i++)
        named_union (out, all [i]);
#define RECORD(name, doc)
#define ID(name, need, sight, doc)
#define OWNER_ID(name, need, sight, doc)
#define PARTY_ID(name, need, sight, doc)
#define TEXT(name, need, low, high, sight, doc)
#define CODE(form, name, need, sight, doc)
#define FORM(as, name, need, sight, doc)
#define DATE(name, need, sight, doc)
#define CHOICE(set, name, need, sight, doc)
#define INT(name, need, low, high, sight, doc)
#define MONEY(name, need, low, high, sight, doc)
#define BOOL(name, need, sight, doc)
#define MOMENT(name, need, sight, doc)
#define TEXTS(name, need, high, length, sight, doc)
#define CODES(form, name, need, low, high, sight, doc)
#define CHOICES(set, name, need, high, sight, doc)
#define OBJECT(type, name, need, sight, doc)
#define LIST(type, name, need, low, high, sight, doc)
#define ANY(name, need, sight, doc)
#define END(name) record (out, name##_schema ());
#include "../proto/records.def"
#include "schema-end.h"
}

static void pair (text_buffer *out, const char *key, const char *nl, const char *en)
{
    text_printf (out, "    %s: [", key);
    json_write_text (out, nl, strlen (nl));
    text_printf (out, ", ");
    json_write_text (out, en, strlen (en));
    text_printf (out, "],\n");
}

/* What is said of each event, by its name; and of each task, by <noun>_<command>. */
static void said (text_buffer *out)
{
    char key [80];
    size_t count;
    const task_word *tasks = task_words (&count);
    text_printf (out, "  told: {\n");
    for (int i = 0; i < EVENT_COUNT; i++)
        if (told_find ((event_id) i))
            pair (out, event_types () [i].name, told_find ((event_id) i)->nl, told_find ((event_id) i)->en);
    text_printf (out, "  },\n  task: {\n");
    for (size_t i = 0; i < count; i++) {
        snprintf (key, sizeof key, "%s_%s", tasks [i].noun, tasks [i].command);
        pair (out, key, tasks [i].nl, tasks [i].en);
    }
    const onward *more = onwards (&count);
    for (size_t i = 0; i < count; i++) {
        snprintf (key, sizeof key, "%s_%s", more [i].noun, more [i].step);
        pair (out, key, more [i].nl, more [i].en);
    }
    text_printf (out, "  },\n");
}

/* The one side whose step publishes the event: a role, and its field if it has one. NULL: there are several, or none. */
static const char *side_of (event_id event, const char **field)
{
    const process *p = notice_process (event);
    uint32_t who = 0;
    const char *role = NULL;
    for (size_t i = 0; p && i < p->step_count; i++)
        who |= p->steps [i].event == (int) event ? p->steps [i].who : 0;
    for (int bit = 0; bit < role_words ()->count; bit++) {
        if (!(who >> bit & 1))
            continue;
        const char *its = notice_side (p, UINT32_C (1) << bit);
        if (role && (!its || !*field || strcmp (its, *field)))
            return NULL;
        role = role_words ()->words [bit].word;
        *field = its;
    }
    return role;
}

static void sides (text_buffer *out)
{
    text_printf (out, "/** Which side's step publishes an event: its role, and the field of the record that says who. */\n"
                      "export const sides: Record<string, readonly [role: string, field?: string]> = {\n");
    for (int i = 0; i < EVENT_COUNT; i++) {
        const char *field = NULL, *role = side_of ((event_id) i, &field);
        if (role && field)
            text_printf (out, "  %s: [\"%s\", \"%s\"],\n", event_types () [i].name, role, field);
        else if (role)
            text_printf (out, "  %s: [\"%s\"],\n", event_types () [i].name, role);
    }
    text_printf (out, "};\n");
}

/* The noun whose things a list is of: that of its `items`, when it is one of a process. */
static const char *noun_listed (const operation *op)
{
    size_t at;
    const field *items = op->method == METHOD_GET && !strchr (op->path, '{') ? schema_field (op->out (), "items", &at) : NULL;
    const char *noun = items && items->kind == KIND_LIST ? items->of ()->name : NULL;
    return noun && process_find (noun) ? noun : NULL;
}

/* The list of what belongs to a thing: one that can be asked by its id. */
static void part (text_buffer *out, const operation *op)
{
    const char *noun = noun_listed (op);
    for (size_t i = 0; noun && i < op->in ()->count; i++) {
        const char *name = op->in ()->fields [i].name, *end = strstr (name, "_id");
        char parent [64], key [64];
        snprintf (parent, sizeof parent, "%.*s", end ? (int) (end - name) : 0, name);
        if (!process_find (parent))
            continue;
        name_camel (name, key);
        text_printf (out, "  [\"%s\", \"%s\", \"%s\", \"%s\"],\n", parent, noun, op->path, key);
    }
}

static void parts (text_buffer *out)
{
    size_t count;
    const operation *all = operations (&count);
    text_printf (out, "/** Which list has what belongs to a thing: the noun of the thing, of what belongs to it, the list, and by what it is asked. */\n"
                      "export const parts: readonly (readonly [of: string, noun: string, path: string, by: string])[] = [\n");
    for (size_t i = 0; i < count; i++)
        part (out, &all [i]);
    text_printf (out, "];\n");
}

void typescript_words (text_buffer *out)
{
    const words *all [MOST_LISTS];
    size_t count = lists (all);
    text_printf (out, "/* Made from proto/ by `meerwaarde print words`: [Dutch, English]. */\nexport const words = {\n");
    for (size_t i = 0; i < count; i++) {
        text_printf (out, "  %s: {\n", all [i]->name);
        for (int k = 0; k < all [i]->count; k++)
            pair (out, all [i]->words [k].word, all [i]->words [k].nl, all [i]->words [k].en);
        text_printf (out, "  },\n");
    }
    said (out);
    text_printf (out, "} as const;\n");
    sides (out);
    parts (out);
}
