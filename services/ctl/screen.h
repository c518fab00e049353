/* screen.h - what `top` shows, as text of at most 80 columns and as JSON. */
#ifndef SCREEN_H
#define SCREEN_H
#include "platform.h"

enum { SCREEN_COLUMNS = 80 };

/* Rates come from the difference of the two; lines end with "\n". At most `rows` of them, as far as there are; 0: all. */
void screen_write (const snapshot *before, const snapshot *now, size_t rows, text_buffer *);
/* To json_decref. */
json_t *screen_json (const snapshot *before, const snapshot *now);
#endif
