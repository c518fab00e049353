/* calendar.h - the dates and meetings of a round as a calendar: RFC 5545. */
#ifndef CALENDAR_H
#define CALENDAR_H
#include "../../../common/json.h"
#include "../../../common/vocabulary.h"

/* Writes it with these meetings, as it is at `now` in microseconds: the same round at the same moment gives the same bytes. */
void calendar_write (const round_t *, const meeting_t *meetings, size_t count, int64_t now, text_buffer *out);
#endif
