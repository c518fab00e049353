/* application.h - what can be asked of an application without a database. */
#ifndef APPLICATION_H
#define APPLICATION_H
#include <stddef.h>

/* How many words a text has: parts between spaces. The pages count alike (web/src/round/words.ts). */
size_t application_words (const char *text);
#endif
