/* evs.h - EVS/1 on the wire: topics, the header of a live message, and the chain. See
 * proto/EVENTS.md. */
#ifndef EVS_H
#define EVS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    EVS_HEADER = 24,
    EVS_EPOCH = 16,
    EVS_HASH = 32,
    EVS_AUDIENCE = 48,
    EVS_TOPIC = 56,
    EVS_FETCH = 1000
};

typedef enum { EVS_EVENT = 1, EVS_HEARTBEAT = 2 } evs_kind;

typedef struct {
    evs_kind kind;
    uint32_t term;
    int64_t tseq; /* the event's number in its audience; of a heartbeat: the newest number there */
    int64_t seq;  /* its number in the log, only in the audience `all`; else 0 */
} evs_header;

void evs_write (const evs_header *, uint8_t out [EVS_HEADER]);
bool evs_read (const void *data, size_t size, evs_header *); /* false: not a header of version 1 */

/* `public`, `all` or `org/<uuid>`. */
bool evs_is_audience (const char *name);
/* ev1/<audience>/ and back; false when that is not the topic of an audience. */
void evs_topic (const char *audience, char out [EVS_TOPIC]);
bool evs_topic_audience (const char *topic, size_t size, char out [EVS_AUDIENCE]);

/* hash becomes SHA-256 (hash || seq, 8 bytes big-endian || body). The first hash is 32 zeros. */
void evs_chain (uint8_t hash [EVS_HASH], int64_t seq, const void *body, size_t size);

/* Big-endian, as in the header and in PostgreSQL's binary format. */
void evs_put64 (uint8_t *out, uint64_t value);
int64_t evs_get64 (const void *from);
#endif
