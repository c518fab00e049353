/* draw.h - the draw among offers that are equal in everything else: from a seed that nobody could choose.
 *
 * A need has a secret from its first day on, whose hash everybody may read; publication reveals it. The seed also depends on
 * what the stream said up to and including the publication (deploy/decisions/0013-draw.md).                               */
#ifndef DRAW_H
#define DRAW_H
#include "evs.h"
#include "vocabulary.h"

enum { DRAW_BYTES = 32, DRAW_TEXT = 2 * DRAW_BYTES + 1 };

/* Where the stream said that a need is on the market, and its chain's hash there. */
typedef struct {
    int64_t seq;
    uint8_t hash [EVS_HASH];
} publication;

/* The draw of a need: SHA-256 (secret, then hash). False: it has none, because it is not published (`when` is NULL), is older
 * than draws, or its secret is not the one that it committed to.                                                          */
bool draw_of (const need_t *, const publication *when, uint8_t seed [DRAW_BYTES]);

/* An enterprise's lot: the first eight bytes of SHA-256 (seed, then its id as text), the first byte the highest. The smallest
 * comes first; an enterprise has one, however many offers it has.                                                         */
uint64_t draw_lot (const uint8_t seed [DRAW_BYTES], const char *supplier_id);

/* In hex, and back; false: that is not 32 bytes in lower-case hex. */
void draw_write (const uint8_t bytes [DRAW_BYTES], char out [DRAW_TEXT]);
bool draw_read (const char *hex, uint8_t out [DRAW_BYTES]);
#endif
