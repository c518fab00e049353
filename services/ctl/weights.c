/* weights.c - a set of weights out of a file that looks as rules.def does. */
#include "weights.h"
#include "../../common/text.h"
#include "../../common/vocabulary.h"
#include <inttypes.h>
#include <string.h>

enum { NAME = 41, OWNER_NAME = 121, DAY = 11, LINE = 400, WHY = 120, PARTS = score_part_freshness + 1 };

typedef struct {
    char    version [NAME], owner [OWNER_NAME], since [DAY];
    int64_t most [PARTS];
} weights;

static json_t *refuse (const char *path, int line, const char *why)
{
    fprintf (stderr, "meerwaarde: %s, line %d: %s\n", path, line, why);
    return NULL;
}

/* Numbers with commas up to the closing parenthesis; how many, -1: that is not it. */
static int read_parts (const char *at, int64_t most [PARTS])
{
    int count = 0, used = 0;
    for (; count < PARTS && sscanf (at, " , %" SCNd64 "%n", &most [count], &used) == 1; count++) {
        if (most [count] < 0 || most [count] > MILLION)
            return -1;
        at += used;
    }
    return at [strspn (at, " \t")] == ')' ? count : -1;
}

/* NULL, or what is wrong. */
static const char *read_line (const char *line, weights *to, char why [WHY])
{
    int used = 0;
    if (sscanf (line, " RULE_SET ( \"%40[^\"]\" , \"%120[^\"]\" , \"%10[^\"]\"%n", to->version, to->owner, to->since, &used) != 3 || !used)
        return "is not RULE_SET (\"version\", \"owner\", \"since\", ...)";
    if (!date_check (to->since, strlen (to->since)))
        return "the third word is not a day, as 2027-01-01";
    if (read_parts (line + used, to->most) != PARTS) {
        snprintf (why, WHY, "has to have %d parts, each 0 to %" PRId64 ", and then a )", PARTS, MILLION);
        return why;
    }
    int64_t sum = 0;
    for (int i = 0; i < PARTS; i++)
        sum += to->most [i];
    if (sum == MILLION)
        return NULL;
    snprintf (why, WHY, "the parts of %.40s are %" PRId64 " together, and must be %" PRId64, to->version, sum, MILLION);
    return why;
}

static json_t *as_record (const weights *from)
{
    json_t *parts = json_array ();
    for (int i = 0; i < PARTS; i++)
        json_array_append_new (parts, json_pack ("{s:s,s:I}", "name", score_part_words ()->words [i].word, "most_ppm", (json_int_t) from->most [i]));
    return json_pack ("{s:s,s:s,s:s,s:o}", "version", from->version, "owner", from->owner, "since", from->since, "parts", parts);
}

json_t *weights_read (FILE *from, const char *path)
{
    char line [LINE], reason [WHY];
    weights last;
    bool found = false;
    for (int number = 1; fgets (line, sizeof line, from); number++) {
        if (strncmp (line + strspn (line, " \t"), "RULE_SET", 8))
            continue;
        const char *why = read_line (line, &last, reason);
        if (why)
            return refuse (path, number, why);
        found = true;
    }
    json_t *record = found ? as_record (&last) : refuse (path, 1, "there is no RULE_SET in it");
    if (found && !record)
        refuse (path, 1, "is not UTF-8");
    return record;
}

json_t *weights_named (const json_t *list, const char *version)
{
    const json_t *items = json_object_get (list, "items");
    for (size_t i = 0; i < json_array_size (items); i++) {
        json_t *one = json_array_get (items, i);
        if (strcmp (json_string_value (json_object_get (one, "version")), version) == 0)
            return json_incref (one);
    }
    return NULL;
}
