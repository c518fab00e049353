/* page.h - a part of an audience's stream as a record event_page, for HTTP. */
#ifndef PAGE_H
#define PAGE_H
#include "store.h"
#include <msgpack.h>

/* Writes the page. False: the database is away. */
bool page_write (store *, const char *audience, int64_t after, int64_t limit, msgpack_packer *);
#endif
