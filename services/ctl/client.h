/* client.h - operations over the control socket of a gateway: on this machine, or where place.h says. */
#ifndef CLIENT_H
#define CLIENT_H
#include "../../common/json.h"
#include "../../common/vocabulary.h"
#include <jansson.h>

typedef struct client client;

typedef struct {
    const char *account, *org;
    uint32_t    roles;
    int64_t     at;       /* the call's clock, or 0: now */
    int64_t     if_match; /* or -1 */
    const char *key;      /* or NULL */
} client_caller;

/* `run` is the directory of the sockets; --control goes before it. Ends the program when the operator's key is needed
 * and cannot be used.                                                                                              */
client *client_new (const char *run);
void    client_destroy (client **self_p);

/* Calls an operation; the outcome, or -1 when nobody answered within `timeout_ms`. *out becomes the answer,
 * or what is wrong, as JSON (to json_decref), NULL when there is none.                                      */
int client_call (client *, const char *operation, const json_t *in, const client_caller *, int timeout_ms, json_t **out);
/* The same with a record in and, decoded into *out, a record as answer; texts live as long as the client. */
int client_ask (client *, const char *operation, const schema *, const void *in, const client_caller *, int timeout_ms, void *out);

/* A text of an answer, or of a part of it; "" when it lacks it. A whole number; 0. */
const char *client_text (const json_t *, const char *name);
int64_t     client_number (const json_t *, const char *name);

/* Gives back the memory of the answers so far. */
void client_forget (client *);

/* The caller that may do everything an operator may. */
client_caller client_operator (void);

enum { CALL_MS = 15000 };

/* Where the set's sockets are: MEERWAARDE_RUN, or var/run. */
const char *run_directory (void);
/* Prints an answer, or why there is none; the exit status. Takes `out` over. */
int tell (int outcome, json_t *out);
#endif
