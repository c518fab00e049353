/* address.c - further e-mail addresses of a person, by which they are compared with others, and the mail that confirms one. */
#define SERVICE_OPERATIONS "../proto/gateway.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "identity.h"
#include "../../../common/mail.h"
#include "../../../common/text.h"
#include <stdlib.h>
#include <string.h>

enum { ADDRESSES_MOST = 50 }; /* each is two of the 200 hashes that a caller may have */

/* That they changed is told, and not to what. */
static outcome change (call *self, const char *statement, account_address_t *out)
{
    addresses_notice_t *told = call_alloc (self, sizeof *told);
    outcome how = call_fetch (self, statement, out);
    if (how != outcome_done)
        return how;
    schema_set_text (addresses_notice_schema (), told, "id", self->account);
    schema_set_int (addresses_notice_schema (), told, "version", out->changes);
    call_emit (self, EVENT_addresses_changed, "account", self->account, out->changes, addresses_notice_schema (), told);
    return outcome_done;
}

/* Whoever asks too often waits; whether the address is known to anybody else shows in nothing. */
static outcome ask (call *self, const account_address_t *of)
{
    PGresult *rows;
    outcome how;
    if (call_run_with (self, "address_ask", account_address_schema (), of, &rows, &how) < 0)
        return how;
    self->retry_ms = strtoll (PQgetvalue (rows, 0, 0), NULL, 10);
    return self->retry_ms ? outcome_throttled : outcome_done;
}

outcome address_add (call *self, const address_entry_t *in, account_address_t *out)
{
    if (!mail_address_fits (in->email))
        return call_invalid (self, "email", "must be an e-mail address");
    outcome how = change (self, "address_add", out);
    if (how == outcome_done && out->given >= ADDRESSES_MOST)
        return call_conflict (self, place_for_address);
    return how == outcome_done ? ask (self, out) : how;
}

outcome address_remove (call *self, const ref_t *in, account_address_t *out)
{
    (void) in;
    return change (self, "address_remove", out);
}

outcome address_mail (call *self, const ref_t *in, account_address_t *out)
{
    (void) in;
    outcome how = call_fetch (self, "address_get", out);
    if (how == outcome_done && out->confirmed_at)
        return call_conflict (self, address_unconfirmed);
    return how == outcome_done ? ask (self, out) : how;
}

/* Confirmed or not, an address bars alike: nothing that was closed opens by it. A word that is wrong, used, old or
 * somebody else's is answered the same.                                                                            */
outcome address_confirm (call *self, const address_link_t *in, account_address_t *out)
{
    if (in->token [strspn (in->token, "0123456789abcdef")])
        return call_invalid (self, "token", "must be the word in the link");
    return call_fetch (self, "address_confirm", out);
}

/* --------------------------------------------------------------------------------------- mail */

/* Nothing that anybody wrote stands in it: it goes to whom they say. */
static void write_body (const post_args *by, const char *link, text_buffer *to)
{
    text_printf (to, "English below.\r\n\r\n"
                 "Iemand gaf dit e-mailadres op bij Meerwaarde. Was u dat? Open dan deze link en bevestig dat het van u is:\r\n"
                 "%s/adres-bevestigen/?token=%s\r\n\r\n"
                 "De link werkt één keer, en 24 uur lang. U logt in met uw eigen account.\r\n"
                 "Was u het niet? Dan hoeft u niets te doen.\r\n", by->site, link);
    text_printf (to, "\r\n--------\r\nEnglish\r\n\r\n"
                 "Somebody gave this e-mail address at Meerwaarde. Was that you? Then open this link and confirm that it is yours:\r\n"
                 "%s/en/adres-bevestigen/?token=%s\r\n\r\n"
                 "The link works once, for 24 hours. You log in with your own account.\r\n"
                 "Was it not you? Then you need not do anything.\r\n", by->site, link);
}

/* Each copy has a link of its own, so it is a mail of its own. */
void address_mail_write (const post_args *by, const post_mail *mail, const char *link, const char *copy, text_buffer *out)
{
    text_buffer body = { 0 };
    write_body (by, link, &body);
    mail_write (&(mail_head) { .id = copy, .date = mail->date, .from = by->from, .to = mail->to,
                               .subject = "Bevestig uw e-mailadres" }, &body, out);
    text_free (&body);
}
