/* result.c - what a jury decided about an initiative, for its applicant: to read, and as a letter (PDF). */
#include "../../../common/file_body.h"
#include "../../../common/sheet.h"
#include "../pipeline.h"
#include "ranking.h"
#include <inttypes.h>

static outcome read_result (call *self, result_t *out, PGresult **all)
{
    outcome how;
    int found = call_run (self, "result_get", all, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    return db_row (*all, 0, result_schema (), out, self->zone) ? outcome_done : outcome_broken;
}

outcome result_get (call *self, const ref_t *in, result_t *out)
{
    const schema *shape = result_schema ();
    (void) in;
    PGresult *rows;
    outcome how = read_result (self, out, &rows);
    if (how == outcome_done && out->criteria.count) {
        schema_set_text (shape, out, "formula", ranking_formula_nl);
        schema_set_text (shape, out, "formula_en", ranking_formula_en);
    }
    return how;
}

/* ------------------------------------------------------------------------------------- the letter */

static const char *hundredths (call *self, int64_t ppm)
{
    return call_print (self, "%" PRId64 ",%" PRId64, ppm / 10000, ppm / 1000 % 10);
}

/* A day as it is called here, of a column that says it: 2026-11-29. */
static const char *day (const PGresult *rows, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, 0, at) ? NULL : PQgetvalue (rows, 0, at);
}

static void write_scores (call *self, sheet *paper, const result_t *of)
{
    static const sheet_column columns [] = { { "Waarop de jury beoordeelde", 6, false }, { "Telt voor", 2, true }, { "Punten van 100", 2, true } };
    enum { COLUMNS = 3 };
    size_t count = of->criteria.count;
    if (!count)
        return;
    const char **cells = call_alloc (self, COLUMNS * count * sizeof *cells);
    for (size_t i = 0; i < count; i++) {
        const result_criterion_t *one = &of->criteria.at [i];
        cells [COLUMNS * i] = one->name ? one->name : one->code;
        cells [COLUMNS * i + 1] = one->independent ? "telt niet mee" : call_print (self, "%" PRId64 " %%", one->weight_ppm / 10000);
        cells [COLUMNS * i + 2] = hundredths (self, one->result_ppm);
    }
    sheet_heading (paper, "Uw punten");
    sheet_table (paper, columns, COLUMNS, cells, count);
    sheet_paragraph (paper, call_print (self, "Van meer juryleden telt hier: %s. %s", score_method_words ()->words [of->method].nl, ranking_formula_nl));
}

static void write_remarks (sheet *paper, const result_t *of)
{
    if (of->remarks.count)
        sheet_heading (paper, "Wat juryleden schreven");
    for (size_t i = 0; i < of->remarks.count; i++)
        sheet_paragraph (paper, of->remarks.at [i]);
}

static const char *opening (call *self, const result_t *of)
{
    const char *what = of->outcome == selection_outcome_selected ? "De jury heeft uw initiatief gekozen. U kunt de plaats in het programma "
                       "aannemen op de pagina van uw initiatief."
                     : of->outcome == selection_outcome_waitlisted ? "Uw initiatief staat op de wachtlijst. Komt er een plaats vrij, dan hoort u dat."
                     : "De jury heeft uw initiatief niet gekozen.";
    return call_print (self, "U diende het initiatief ‘%s’ in voor ronde %" PRId64 " van %s. %s", of->title, of->round_number,
                       of->programme_name, what);
}

static void write_what_next (call *self, sheet *paper, const result_t *of, const char *until)
{
    if (of->withheld)
        sheet_paragraph (paper, "Meer over het oordeel van de jury leest u op de pagina van uw initiatief als de ronde is afgerond.");
    if (!until)
        return;
    sheet_heading (paper, "Bent u het er niet mee eens?");
    sheet_paragraph (paper, call_print (self, "U kunt tot en met %s één keer bezwaar maken, op de pagina van uw initiatief. %s beslist "
                     "daarover, en hoort niet bij het programma en niet bij de jury.", sheet_date (self, until), of->handler_name));
}

static bytes write_letter (call *self, const result_t *of, const PGresult *rows)
{
    const char *title = call_print (self, "Uitslag: %s", selection_outcome_words ()->words [of->outcome].nl);
    const char *dated = day (rows, "decided_on");
    const char *total = of->criteria.count ? call_print (self, "%s van 100", hundredths (self, of->total_ppm)) : NULL;
    const char *rank = of->rank ? call_print (self, "%" PRId64 " van %" PRId64, of->rank, of->ranked) : NULL;
    const char *place = of->place ? call_print (self, "%" PRId64, of->place) : NULL;
    const char *const facts [] = { "Initiatief", of->title, "Besloten op", sheet_date (self, dated), "Totaal", total, "Plaats in de rangorde", rank,
                                   "Plaats op de wachtlijst", place };
    sheet *paper = sheet_new (self, title, of->manager_name, dated);
    sheet_title (paper, title);
    sheet_sides (paper, of->manager_name, of->applicant_name);
    sheet_facts (paper, facts, 5);
    sheet_paragraph (paper, opening (self, of));
    if (of->reason) {
        sheet_heading (paper, "Waarom");
        sheet_paragraph (paper, of->reason);
    }
    write_scores (self, paper, of);
    write_remarks (paper, of);
    write_what_next (self, paper, of, day (rows, "object_until"));
    if (of->fictional)
        sheet_paragraph (paper, "Dit is een fictief voorbeeld.");
    return sheet_write (paper);
}

outcome result_letter (call *self, const ref_t *in, pdf_file_t *out)
{
    const schema *shape = pdf_file_schema ();
    result_t of = { 0 };
    PGresult *rows;
    size_t index;
    (void) in;
    outcome how = read_result (self, &of, &rows);
    if (how != outcome_done)
        return how;
    bytes pdf = write_letter (self, &of, rows);
    schema_set_text (shape, out, "file_name", "uitslag.pdf");
    *(bytes *) schema_at (schema_field (shape, "content", &index), out) = file_content (self, pdf.at, pdf.size);
    schema_mark (out, index);
    return outcome_done;
}
