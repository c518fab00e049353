/* code.c - check characters over a prime alphabet, so that no single slip of a hand goes unseen. */
#include "code.h"
#include <ctype.h>
#include <stdbool.h>
#include <sodium.h>
#include <string.h>

enum { GROUPS = 6, DATA = 4, LETTERS = 31 }; /* prime: each weight below it can be undone */

static const char letters [] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/* Of the group's four values; a check has weight -1, so each place weighs differently, and so does each group. */
static unsigned check_of (const unsigned char values [DATA], unsigned group)
{
    unsigned sum = 7 * group;
    for (unsigned i = 0; i < DATA; i++)
        sum += (i + 1) * values [i];
    return sum % LETTERS;
}

static void write_group (const unsigned char values [DATA], unsigned group, char *out)
{
    for (unsigned i = 0; i < DATA; i++)
        out [i] = letters [values [i]];
    out [DATA] = letters [check_of (values, group)];
}

void code_new (char out [CODE_TEXT])
{
    unsigned char values [DATA];
    for (size_t group = 0; group < GROUPS; group++) {
        for (unsigned i = 0; i < DATA; i++)
            values [i] = (unsigned char) randombytes_uniform (LETTERS);
        write_group (values, (unsigned) group, out + group * (DATA + 2));
        out [group * (DATA + 2) + DATA + 1] = group + 1 < GROUPS ? '-' : 0;
    }
    sodium_memzero (values, sizeof values);
}

/* The typed characters without what only separates them; how many, or more than there can be. */
static unsigned gather (const char *typed, char out [GROUPS * (DATA + 1)])
{
    unsigned count = 0;
    for (; *typed; typed++)
        if (*typed != '-' && !isspace ((unsigned char) *typed)) {
            if (count < GROUPS * (DATA + 1))
                out [count] = (char) toupper ((unsigned char) *typed);
            count++;
        }
    return count;
}

static bool group_holds (const char *typed, unsigned group)
{
    unsigned char values [DATA + 1];
    for (unsigned i = 0; i <= DATA; i++) {
        const char *at = strchr (letters, typed [i]);
        if (!at || !typed [i])
            return false;
        values [i] = (unsigned char) (at - letters);
    }
    return check_of (values, group) == values [DATA];
}

int code_read (const char *typed, char out [CODE_TEXT])
{
    char all [GROUPS * (DATA + 1)];
    if (gather (typed, all) != sizeof all)
        return -1;
    for (size_t group = 0; group < GROUPS; group++) {
        const char *from = all + group * (DATA + 1);
        if (!group_holds (from, (unsigned) group))
            return (int) group + 1;
        memcpy (out + group * (DATA + 2), from, DATA + 1);
        out [group * (DATA + 2) + DATA + 1] = group + 1 < GROUPS ? '-' : 0;
    }
    sodium_memzero (all, sizeof all);
    return 0;
}
