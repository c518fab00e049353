/* page.h - a part of an audience's stream as a record event_page, for HTTP. */
#ifndef PAGE_H
#define PAGE_H
#include "store.h"
#include <msgpack.h>

/* Writes the page. With subjects (a text array, not empty) it is of what happened to those, as far as one of the audiences (a text
 * array then) may read it. False: the database is away.                                                                        */
bool page_write (store *, const char *audience, const char *subjects, int64_t after, int64_t limit, msgpack_packer *);
#endif
