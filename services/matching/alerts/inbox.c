/* inbox.c - what people do with letters, with how they get them, and with the searches that they keep. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "alerts.h"
#include "../../../common/mail.h"
#include "../answer.h"
#include "../query.h"
#include <string.h>

enum { PROFILES_MOST = 50 };

bool profile_place (const void *thing, const call *now)
{
    (void) now;
    return ((const profile_t *) thing)->kept <= PROFILES_MOST;
}

/* Words that are none, as of dots alone, would find nothing for ever. */
static outcome check_words (call *self, const profile_t *in)
{
    query q;
    outcome how;
    const market *from = answer_open (self, NULL, &how);
    if (!from)
        return how;
    const shelf *shelf = market_shelf (from);
    shelf_reader *with = shelf_borrow (shelf);
    query_read (&q, shelf, market_names (from), with, in->words, NULL);
    shelf_return (shelf, with);
    answer_close (self);
    return q.word_count ? outcome_done : call_invalid (self, "words", "has no word that can be looked for");
}

outcome profile_create (call *self, const profile_t *in, profile_t *out)
{
    outcome how = check_words (self, in);
    return how == outcome_done ? call_enter (self, out) : how;
}

outcome profile_put (call *self, const profile_t *in, profile_t *out)
{
    outcome how = check_words (self, in);
    return how == outcome_done ? call_step (self, out) : how;
}

outcome letter_read (call *self, const ref_t *in, letter_t *out)
{
    PGresult *rows;
    outcome how;
    int count = call_run (self, "letter_mark", &rows, &how);
    self->target = in->id;
    return count < 0 ? how : count == 0 ? outcome_missing : call_fetch (self, "letter_get", out);
}

outcome alert_setting_put (call *self, const alert_setting_t *in, alert_setting_t *out)
{
    if (!self->org || strcmp (in->id, self->org))
        return outcome_missing;
    if (in->email && !mail_address_fits (in->email))
        return call_invalid (self, "email", "must be an e-mail address, as naam@voorbeeld.nl");
    if (!in->email && in->frequency != alert_frequency_off)
        return call_invalid (self, "email", "is needed, unless no mail is wanted");
    return call_fetch (self, "alert_setting_store", out);
}

/* Who has the link of a mail may end that mail, and learns nothing. */
outcome unsubscribe (call *self, const unsubscription_t *in, nothing_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in;
    (void) out;
    int count = call_run (self, "unsubscribe_enter", &rows, &how);
    if (count <= 0)
        return count < 0 ? how : outcome_missing;
    return call_run (self, "unsubscribe_off", &rows, &how) < 0 ? how : outcome_done;
}
