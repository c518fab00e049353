/* store.h - the tables of the stream, as relay and replay use them: one connection, all its
 * statements. */
#ifndef STORE_H
#define STORE_H
#include "../../../common/evs.h"
#include <libpq-fe.h>

typedef struct store store;

typedef struct {
    uint8_t epoch [EVS_EPOCH];
    int64_t seq;  /* of the log */
    int64_t tseq; /* of the audience asked for */
} store_end;

/* `conninfo` is copied. Connects only when it is used. A relay's session is ended by the server
 * when it is silent for longer than `silence_ms` (0: never), so that the lead of one that hangs
 * passes on. */
store *store_new (const char *conninfo, const char *application, int silence_ms);
void store_destroy (store **self_p);

/* Is there a connection? Makes one when it is time to try again, 50 ms to 2 s after a failure. */
bool store_alive (store *);

/* Every answer below is false, NULL or -1 when the connection is lost. */

/* Tries to lead. *term is the number of the lead, or 0 while another relay has it. */
bool store_lead (store *, int64_t *term);
/* Moves at most `most` events from the outbox to the log: how many. *term becomes 0 when it is
 * over. */
int store_drain (store *, int64_t *term, int most);
/* Where the log and the audience end. */
bool store_head (store *, const char *audience, store_end *);

/* Columns name, tseq, seq, view: everything with after < seq <= upto, to everybody, by seq. The
 * caller clears it. */
PGresult *store_live (store *, int64_t after, int64_t upto);
/* Columns name, head: of a text array of audiences, as `{public,all}`. */
PGresult *store_heads (store *, const char *audiences);
/* Columns tseq, seq, view, hash: of one audience, at most `limit`, by tseq; hash only for `all`. */
PGresult *store_page (store *, const char *audience, int64_t after, int64_t limit);

/* The same of what happened to these subjects, as far as one of the audiences may read it; tseq is seq. Both are text arrays. */
PGresult *store_history (store *, const char *audiences, const char *subjects, int64_t after, int64_t limit);

/* A column in binary format. */
int64_t store_int (const PGresult *, int row, int column);
#endif
