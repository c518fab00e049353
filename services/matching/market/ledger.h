/* ledger.h - what the stream said of each need that somebody may have to prove later: when it came on the market, and who was
 * invited when.                                                                                                          */
#ifndef LEDGER_H
#define LEDGER_H
#include "../../../common/service.h"
#include "../../../common/draw.h"
#include "snapshot.h"

typedef struct ledger ledger;

ledger *ledger_new (void);
void ledger_destroy (ledger **self_p);

/* What is about neither only passes by. */
void ledger_apply (ledger *, const stream_event *);

/* NULL: not heard of. */
const publication *ledger_publication (const ledger *, const char *need_id);
/* Invitations for a need in the order in which they were sent; how many. They live until the next ledger_apply. */
size_t ledger_invitations (const ledger *, const char *need_id, const pack_invitation_t **out);

/* Into a snapshot, and from one into an empty ledger: false, it is none of these. */
void ledger_save (const ledger *, snapshot *);
bool ledger_load (ledger *, snapshot *);
#endif
