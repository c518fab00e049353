/* plain.c - finds markup, script addresses, pictures that call home, and characters that hide or turn text. */
#include "plain.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* As browsers read it, a tag begins with < and one of these. */
static bool begins_tag (const char *at)
{
    return at [0] == '<' && (isalpha ((unsigned char) at [1]) || (at [1] && strchr ("/!?", at [1])));
}

static bool begins_address (const char *at)
{
    static const char *const schemes [] = { "javascript:", "vbscript:", "data:" };
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncasecmp (at, schemes [i], strlen (schemes [i])) == 0)
            return i < 2 || (at [5] && !isspace ((unsigned char) at [5])); /* "data: name" is a word */
    return false;
}

/* U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069 and U+FEFF: they show nothing, or turn the text that follows. The
 * joiners U+200C and U+200D are a part of emoji and of some scripts, but never follow ASCII there.                        */
static bool is_hidden (const unsigned char *at, const unsigned char *begin)
{
    if (at [0] == 0xef)
        return at [1] == 0xbb && at [2] == 0xbf;
    if (at [0] != 0xe2 || (at [1] != 0x80 && at [1] != 0x81))
        return false;
    if (at [1] == 0x80 && (at [2] == 0x8c || at [2] == 0x8d))
        return at == begin || at [-1] < 0x80;
    return at [1] == 0x80 ? (at [2] >= 0x8b && at [2] <= 0x8f) || (at [2] >= 0xaa && at [2] <= 0xae)
                          : at [2] >= 0xa0 && at [2] <= 0xa9;
}

const char *plain_fault (const char *text)
{
    for (const char *at = text; *at; at++) {
        if (begins_tag (at))
            return "must be plain text, without markup (<...>)";
        if (begins_address (at))
            return "must not hold an address that runs something";
        if (strncmp (at, "![", 2) == 0 && strstr (at, "]("))
            return "must not hold a picture";
        if (is_hidden ((const unsigned char *) at, (const unsigned char *) text))
            return "must not hold characters that show nothing or turn the text";
    }
    return NULL;
}

static void check_text (faults *to, const char *path, const char *text)
{
    const char *why = text ? plain_fault (text) : NULL;
    if (why)
        faults_add (to, path, "%s", why);
}

static void check (call *self, faults *to, const schema *shape, const void *record, const char *before);

static void check_field (call *self, faults *to, const field *f, const void *at, const char *path)
{
    const texts *all = at;
    const list *records = at;
    switch (f->kind) {
    case KIND_TEXT:
        check_text (to, path, *(const char *const *) at);
        break;
    case KIND_TEXTS:
        for (size_t i = 0; i < all->count; i++)
            check_text (to, call_print (self, "%s[%zu]", path, i), all->at [i]);
        break;
    case KIND_OBJECT:
        check (self, to, f->of (), *(void *const *) at, call_print (self, "%s.", path));
        break;
    case KIND_LIST:
        for (size_t i = 0; i < records->count; i++)
            check (self, to, f->of (), (const char *) records->at + i * f->of ()->size,
                   call_print (self, "%s[%zu].", path, i));
        break;
    default:
        break;
    }
}

static void check (call *self, faults *to, const schema *shape, const void *record, const char *before)
{
    for (size_t i = 0; i < shape->count; i++)
        if (schema_has (record, i))
            check_field (self, to, &shape->fields [i], schema_at (&shape->fields [i], record),
                         call_print (self, "%s%s", before, shape->fields [i].name));
}

bool plain_record (call *self, const schema *shape, const void *record, faults *to)
{
    check (self, to, shape, record, "");
    return to->count == 0;
}

/* The gateway's own are passwords, and names of files, which it makes safe in its own way. */
bool plain_input (call *self, const void *record)
{
    bool kept = operation_writes (self->op) && self->op->service != SERVICE_GATEWAY;
    return !kept || plain_record (self, self->in_schema, record, &self->faults);
}
