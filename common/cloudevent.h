/* cloudevent.h - an event as the stream keeps it, made ready for JSON. */
#ifndef CLOUDEVENT_H
#define CLOUDEVENT_H
#include "vocabulary.h"
#include <msgpack.h>

/* Reads a view into `out`; its number becomes `sequence`, its moments become text. Everything
 * borrows the view and the zone. Why it cannot be read, or NULL. */
const char *cloudevent_read (bytes view, int64_t tseq, event_t *out, msgpack_zone *);
#endif
