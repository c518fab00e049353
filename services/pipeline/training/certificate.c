/* certificate.c - the rule by which an initiative finishes the programme, pausing and dropping out, and the certificate (PDF). */
#include "../../../common/file_body.h"
#include "../../../common/sheet.h"
#include "../pipeline.h"
#include "training.h"
#include <string.h>

/* ------------------------------------------------------------------------------------- guards */

bool initiative_certificate_earned (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->certified;
}

bool initiative_was_warned (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->warned_until && initiative->warned_until <= now->now;
}

bool initiative_pause_over (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->lapses_at && initiative->lapses_at <= now->now;
}

/* ------------------------------------------------------------------------------------ handlers */

outcome initiative_progress (call *self, const ref_t *in, progress_t *out)
{
    (void) in;
    return call_fetch (self, "initiative_progress", out);
}

outcome initiative_warn (call *self, const initiative_warning_t *in, initiative_t *out)
{
    outcome how = call_step (self, out);
    return how == outcome_done && in->until <= self->now ? call_invalid (self, "until", "must be in the future") : how;
}

/* What was still to come goes on without it: its mentors are free again, and its places. */
static outcome let_go (call *self, outcome how)
{
    if (how == outcome_done)
        how = call_consequence (self, "initiative_pairings", "pairing", "end");
    return how == outcome_done ? call_consequence (self, "initiative_places", "attendance", "leave") : how;
}

outcome initiative_stop (call *self, const reason_given_t *in, initiative_t *out)
{
    (void) in;
    return let_go (self, call_step (self, out));
}

outcome initiative_lapse (call *self, const ref_t *in, initiative_t *out)
{
    (void) in;
    return let_go (self, call_step (self, out));
}

/* --------------------------------------------------------------------------------- certificate */

static const char *column (const PGresult *rows, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, 0, at) ? NULL : PQgetvalue (rows, 0, at);
}

static bytes write_certificate (call *self, const PGresult *rows)
{
    const char *title = "Certificaat", *done = column (rows, "accepted");
    const char *const facts [] = { "Programma", column (rows, "programme"), "Initiatief", column (rows, "title"),
                                   "Gevestigd in", column (rows, "place"), "Modules gevolgd", column (rows, "attended"),
                                   "Goedgekeurd", done, "Afgerond op", sheet_date (self, column (rows, "dated")) };
    sheet *paper = sheet_new (self, title, column (rows, "manager"), column (rows, "dated"));
    sheet_title (paper, title);
    sheet_sides (paper, column (rows, "manager"), column (rows, "applicant"));
    sheet_paragraph (paper, call_print (self, "%s heeft met het initiatief ‘%s’ het programma %s, ronde %s, afgerond en voldaan aan de "
                     "regel voor het certificaat.", column (rows, "applicant"), column (rows, "title"), column (rows, "programme"),
                     column (rows, "number")));
    sheet_facts (paper, facts, 6);
    if (*column (rows, "fictional") == 't')
        sheet_paragraph (paper, "Dit is een fictief voorbeeld.");
    return sheet_write (paper);
}

outcome initiative_certificate (call *self, const ref_t *in, pdf_file_t *out)
{
    const schema *shape = pdf_file_schema ();
    PGresult *rows;
    outcome how;
    size_t index;
    (void) in;
    int found = call_run (self, "initiative_certificate", &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    bytes pdf = write_certificate (self, rows);
    schema_set_text (shape, out, "file_name", "certificaat.pdf");
    *(bytes *) schema_at (schema_field (shape, "content", &index), out) = file_content (self, pdf.at, pdf.size);
    schema_mark (out, index);
    return outcome_done;
}
