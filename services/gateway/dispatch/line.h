/* line.h - what waits for the workers of one service: whose turn it is, and who need not wait at all.
 *
 * Fair between organisations: each has a clock of its own that runs by the work done for it, and the one whose clock
 * is furthest behind is next (start-time fair queueing; Goyal, Vin, Cheng 1997). Who was idle starts a little before
 * the clock of who was served last: a burst may be saved up, and no more. Within one organisation orders come before
 * matches before browsing.
 *
 * When an organisation's requests have had to wait too long for a while, more of them are refused at the door: browsing
 * first, then matches; orders only when the line is full. Who asks for less than its share is not refused for others. */
#ifndef LINE_H
#define LINE_H
#include "job.h"

enum { LINE_ROOM = 4096 };

typedef struct line {
    struct party *parties; /* those that wait, or whose clock is ahead */
    size_t        length, waiting; /* requests; parties that wait */
    int64_t       clock, furthest; /* of who was served last; the greatest of all */
    int64_t       pace_ns, served; /* between two who are served; when the last one was */
} line;

void line_destroy (line *);
/* May it come in? Decides by how long its own organisation's requests would wait. */
bool line_admits (line *, const job *, int64_t now);
void line_add (line *, job *);
/* Whose turn it is; NULL: nobody waits. It stays in the line until line_take. */
job *line_next (const line *);
void line_take (line *, job *, int64_t now);
/* It left already and comes back: it is the first of its organisation, and pays no second time. */
void line_put_back (line *, job *);
void line_remove (line *, job *);
#endif
