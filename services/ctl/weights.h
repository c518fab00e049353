/* weights.h - sets of weights for the ranking, by name from the set that runs, or out of a file. */
#ifndef WEIGHTS_H
#define WEIGHTS_H
#include <jansson.h>
#include <stdio.h>

/* The last RULE_SET of a text in the form of services/matching/rules.def, as a rule_set in JSON; NULL: there is none, or it is
 * not in order, which was told on standard error in the name of `path`.                                                    */
json_t *weights_read (FILE *from, const char *path);
/* The set of that version in a rule_set_list, or NULL; to json_decref. */
json_t *weights_named (const json_t *list, const char *version);
#endif
