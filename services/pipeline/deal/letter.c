/* letter.c - the letter to the supplier of a quote after the decision: in plain words, with the reason, and how to complain.
 * It says why this quote was chosen or not, and what the chosen one did better; of no other quote does it say a word.        */
#include "../../../common/file_body.h"
#include "../../../common/sheet.h"
#include "../pipeline.h"
#include <string.h>

static const char *column (const PGresult *rows, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, 0, at) ? NULL : PQgetvalue (rows, 0, at);
}

static bool says (const PGresult *rows, const char *name)
{
    const char *text = column (rows, name);
    return text && *text == 't';
}

static const char *opening (call *self, const PGresult *rows)
{
    const char *what = strcmp (column (rows, "state"), "excluded") == 0 ? "heeft uw offerte niet meegewogen"
                     : says (rows, "won") ? "kiest uw offerte" : "kiest een andere offerte";
    return call_print (self, "U deed een offerte voor de vraag ‘%s’. %s %s.", column (rows, "title"), column (rows, "buyer"), what);
}

static void write_part (sheet *paper, const char *heading, const char *text)
{
    if (!text)
        return;
    sheet_heading (paper, heading);
    sheet_paragraph (paper, text);
}

static void write_reasons (sheet *paper, const PGresult *rows)
{
    bool won = says (rows, "won");
    const char *own = column (rows, won ? "merits" : "motivation");
    write_part (paper, "Waarom uw offerte niet meetelt", column (rows, "exclude_reason"));
    write_part (paper, won ? "Waarom wij uw offerte kiezen" : "Wat wij van uw offerte vinden", own);
    if (!won)
        write_part (paper, "Waarom wij de andere offerte kiezen", column (rows, "merits"));
}

static outcome write_scores (call *self, sheet *paper)
{
    static const sheet_column columns [] = { { "Waarop wij beoordelen", 6, false }, { "Weegt mee voor", 2, true }, { "Uw punten", 2, true } };
    PGresult *rows;
    outcome how;
    int count = call_run (self, "quote_letter_scores", &rows, &how);
    if (count <= 0)
        return how;
    const char **cells = call_alloc (self, 3 * (size_t) count * sizeof *cells);
    for (int i = 0; i < 3 * count; i++)
        cells [i] = PQgetvalue (rows, i / 3, i % 3);
    sheet_heading (paper, "Uw punten");
    sheet_table (paper, columns, 3, cells, (size_t) count);
    return how;
}

static void write_what_next (call *self, sheet *paper, const PGresult *rows)
{
    const char *until = column (rows, "until"), *handler = column (rows, "handler");
    if (!until)
        return;
    if (says (rows, "won"))
        write_part (paper, "Wanneer het zeker is", call_print (self, "Anderen kunnen tot en met %s een klacht indienen. Daarna is de "
                    "keuze zeker. Begin nog niet met het werk.", sheet_date (self, until)));
    else
        write_part (paper, "Bent u het er niet mee eens?", call_print (self, "U kunt tot en met %s een klacht indienen, op de pagina van "
                    "deze vraag. %s beslist daarover. Zolang dat nog niet is gebeurd, wordt er niets besteld.",
                    sheet_date (self, until), handler ? handler : "Een onafhankelijke behandelaar"));
}

static outcome write_letter (call *self, const PGresult *rows, bytes *pdf)
{
    const char *title = says (rows, "won") ? "Uw offerte is gekozen" : "Uw offerte is niet gekozen";
    const char *decided = column (rows, "decided"), *received = column (rows, "received");
    const char *const facts [] = { "Vraag", column (rows, "title"), "Besloten op", decided ? sheet_date (self, decided) : NULL,
                                   "Uw offerte ontvangen op", received ? sheet_date (self, received) : NULL };
    sheet *paper = sheet_new (self, title, column (rows, "buyer"), column (rows, "dated"));
    sheet_title (paper, title);
    sheet_sides (paper, column (rows, "buyer"), column (rows, "supplier"));
    sheet_facts (paper, facts, 3);
    sheet_paragraph (paper, opening (self, rows));
    write_reasons (paper, rows);
    outcome how = write_scores (self, paper);
    write_what_next (self, paper, rows);
    if (says (rows, "fictional"))
        sheet_paragraph (paper, "Dit is een fictief voorbeeld.");
    *pdf = sheet_write (paper);
    return how;
}

outcome quote_letter (call *self, const ref_t *in, pdf_file_t *out)
{
    const schema *shape = pdf_file_schema ();
    PGresult *rows;
    bytes pdf;
    outcome how;
    size_t index;
    (void) in;
    int found = call_run (self, "quote_letter", &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    how = write_letter (self, rows, &pdf);
    if (how != outcome_done)
        return how;
    schema_set_text (shape, out, "file_name", says (rows, "won") ? "gunning.pdf" : "afwijzing.pdf");
    *(bytes *) schema_at (schema_field (shape, "content", &index), out) = file_content (self, pdf.at, pdf.size);
    schema_mark (out, index);
    return outcome_done;
}
