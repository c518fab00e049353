/* watch.h - the market, and who waits for something on it: from events to letters.
 *
 * An offer that comes or changes meets all needs and profiles that wait, at once, by their words; a need that comes is
 * ranked, and meets the profiles that wait for needs. Who has met is weighed as in any ranking. One thread uses it.    */
#ifndef WATCH_H
#define WATCH_H
#include "letter.h"
#include "../../../common/service.h"

typedef struct watch watch;

watch *watch_new (void);
void watch_destroy (watch **self_p);

/* `due`: this event may lead to letters. */
void watch_apply (watch *, const stream_event *, bool due);

/* After each batch, up to event `seq` of `head`, at a moment. Gives each letter that is due to `take`; it lives until take
 * returns. False: there is much left to read first, and letters are due later.                                          */
typedef void letter_take (void *to, const letter_t *);
bool watch_caught_up (watch *, int64_t seq, int64_t head, const uint8_t epoch [SERVICE_EPOCH], int64_t now, letter_take *take,
                      void *to);

/* Who waits. */
size_t watch_waiting (const watch *);
#endif
