/* code.h - a secret that a person writes down and types in later, as 7KQF3-W2ZMA-...: six groups of five characters. */
#ifndef CODE_H
#define CODE_H

enum { CODE_TEXT = 36 };

/* A fresh one: 24 characters out of 31 by chance, so 118 bits, with a check behind each four. No 0, O, 1, I or L is in it. */
void code_new (char out [CODE_TEXT]);
/* Reads what was typed, in any case and with any spaces and dashes. 0: fine, and `out` has it as it was shown; -1: it has not
 * 30 characters; else the group that is wrong, from 1. A wrong character, two that changed places, and two groups that did,
 * are always seen.                                                                                                          */
int code_read (const char *typed, char out [CODE_TEXT]);
#endif
