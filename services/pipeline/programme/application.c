/* application.c - what an applicant hands in: written in pieces, complete when it is submitted, and its receipt. */
#include "../pipeline.h"
#include "../receipt.h"
#include "application.h"
#include <inttypes.h>
#include <string.h>

static const char form [] = "meerwaarde-application/1";

/* --------------------------------------------------------------------------------------- words */

/* The bytes of a space at `at`: ASCII's, or U+00A0; 0: none. */
static size_t space_at (const char *at)
{
    return strchr (" \t\r\n\v\f", *at) ? *at != 0 : strncmp (at, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

size_t application_words (const char *text)
{
    size_t count = 0;
    bool inside = false;
    while (*text) {
        size_t space = space_at (text);
        count += !space && !inside;
        inside = !space;
        text += space ? space : 1;
    }
    return count;
}

/* -------------------------------------------------------------------------------------- checks */

static const round_question_t *question_of (const round_t *round, const char *code)
{
    for (size_t i = 0; i < round->questions.count; i++)
        if (strcmp (round->questions.at [i].code, code) == 0)
            return &round->questions.at [i];
    return NULL;
}

static const application_answer_t *answer_to (const initiative_t *in, const char *code)
{
    for (size_t i = 0; i < in->answers.count; i++)
        if (strcmp (in->answers.at [i].code, code) == 0)
            return &in->answers.at [i];
    return NULL;
}

/* Of a draft only what could never be right is a fault. */
static void check_codes (call *self, const initiative_t *in, const round_t *round)
{
    for (size_t i = 0; i < in->answers.count; i++) {
        const char *path = call_print (self, "answers[%zu].code", i);
        if (!question_of (round, in->answers.at [i].code))
            call_invalid (self, path, "must be a question of the round");
        for (size_t j = 0; j < i; j++)
            if (strcmp (in->answers.at [i].code, in->answers.at [j].code) == 0)
                call_invalid (self, path, "must be there once");
    }
}

/* With whom it is, its applicant says; another one's list is left out of it. */
static outcome check_together (call *self, const initiative_t *in, const initiative_t *kept)
{
    PGresult *rows;
    outcome how;
    if (in->co_applicants.count == 0 || !self->org || strcmp (kept->applicant_id, self->org) != 0)
        return outcome_done;
    int count = call_run_with (self, "initiative_unknown", initiative_schema (), in, &rows, &how);
    for (int i = 0; i < count; i++)
        call_invalid (self, call_print (self, "co_applicants[%s].organisation_id", PQgetvalue (rows, i, 0)),
                      "must be another, admitted organisation");
    return how;
}

/* How large each is, the platform knows as soon as it is kept. */
static void check_documents (call *self, const initiative_t *kept, const round_t *round)
{
    enum { USUAL = 5, USUAL_MEGABYTES = 10 };
    int64_t most = schema_int (round_schema (), round, "max_documents", USUAL);
    int64_t megabytes = schema_int (round_schema (), round, "document_megabytes", USUAL_MEGABYTES);
    if ((int64_t) kept->documents.count > most)
        call_invalid (self, "documents", "must be at most %" PRId64, most);
    for (size_t i = 0; i < kept->documents.count; i++)
        if (kept->documents.at [i].size > megabytes * 1000000)
            call_invalid (self, call_print (self, "documents[%zu].file", i), "must be at most %" PRId64 " MB", megabytes);
}

/* `in` is what was sent, `kept` what came of it. */
static outcome check_draft (call *self, const initiative_t *in, const initiative_t *kept)
{
    round_t round = { 0 };
    outcome how = call_load (self, process_find ("round"), kept->round_id, &round);
    if (how != outcome_done)
        return how;
    check_codes (self, in, &round);
    check_documents (self, kept, &round);
    how = check_together (self, in, kept);
    return how == outcome_done && self->faults.count ? outcome_invalid : how;
}

/* The path is that of the question: an answer that is not there has no place of its own. */
static void check_answer (call *self, const initiative_t *in, const round_question_t *question)
{
    enum { USUAL = 300 };
    const application_answer_t *answer = answer_to (in, question->code);
    const char *path = call_print (self, "answers[%s].text", question->code);
    size_t words = answer ? application_words (answer->text) : 0, most = question->max_words ? (size_t) question->max_words : USUAL;
    if (words == 0 && question->required)
        call_invalid (self, path, "must be answered");
    if (words > most)
        call_invalid (self, path, "must be at most %zu words; it has %zu", most, words);
}

static outcome check_complete (call *self, const initiative_t *in)
{
    round_t round = { 0 };
    outcome how = call_load (self, process_find ("round"), in->round_id, &round);
    if (how != outcome_done)
        return how;
    for (size_t i = 0; i < round.questions.count; i++)
        check_answer (self, in, &round.questions.at [i]);
    if (!in->consent)
        call_invalid (self, "consent", "must be given");
    if (in->ask_cents && in->min_viable_cents > in->ask_cents)
        call_invalid (self, "min_viable_cents", "must be ask_cents or less");
    return self->faults.count ? outcome_invalid : outcome_done;
}

/* ------------------------------------------------------------------------------------- content */

static void put_text (const char *name, const char *value, application_content_t *to)
{
    if (value)
        schema_set_text (application_content_schema (), to, name, value);
}

static void put_cents (const initiative_t *from, const char *name, application_content_t *to)
{
    int64_t cents = schema_int (initiative_schema (), from, name, -1);
    if (cents >= 0)
        schema_set_int (application_content_schema (), to, name, cents);
}

static void write_content (const initiative_t *from, application_content_t *to)
{
    const schema *s = application_content_schema ();
    const struct { const char *name, *value; } texts [] = {
        { "form", form }, { "initiative_id", from->id }, { "round_id", from->round_id }, { "applicant_id", from->applicant_id },
        { "title", from->title }, { "summary", from->summary }, { "plan", from->plan }, { "municipality", from->municipality },
        { "question", from->question }, { "answer", from->answer },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text (texts [i].name, texts [i].value, to);
    put_cents (from, "ask_cents", to);
    put_cents (from, "min_viable_cents", to);
    if (from->answers.count)
        schema_set_list (s, to, "answers", from->answers.count, from->answers.at);
    if (from->documents.count)
        schema_set_list (s, to, "documents", from->documents.count, from->documents.at);
}

/* What came is hashed as it is now: after an answer, with that answer. */
static outcome take_in (call *self, const initiative_t *initiative)
{
    application_content_t content = { 0 };
    application_received_t received = { 0 };
    char hash [HASH_TEXT];
    PGresult *ignored;
    outcome how;
    write_content (initiative, &content);
    record_hash (application_content_schema (), &content, hash);
    schema_set_text (application_received_schema (), &received, "id", initiative->id);
    schema_set_text (application_received_schema (), &received, "content_hash", hash);
    call_run_with (self, "initiative_received", application_received_schema (), &received, &ignored, &how);
    return how;
}

/* ------------------------------------------------------------------------------------ handlers */

outcome initiative_start (call *self, const initiative_t *in, initiative_t *out)
{
    outcome entered = call_enter (self, out);
    outcome how = entered == outcome_created ? check_draft (self, in, out) : entered;
    return how == outcome_done ? entered : how;
}

outcome initiative_put (call *self, const initiative_t *in, initiative_t *out)
{
    outcome how = call_step (self, out);
    return how == outcome_done ? check_draft (self, in, out) : how;
}

outcome initiative_submit (call *self, const ref_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = check_complete (self, out);
    return how == outcome_done ? take_in (self, out) : how;
}

outcome initiative_answer (call *self, const initiative_answer_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? take_in (self, out) : how;
}

outcome initiative_receipt (call *self, const ref_t *in, signed_receipt_t *out)
{
    (void) in;
    return receipt_answer (self, "initiative_receipt", application_receipt_schema (), form, out);
}

/* Only who applied has it: the programme reads the initiative itself. */
outcome initiative_content (call *self, const ref_t *in, application_content_t *out)
{
    initiative_t initiative = { 0 };
    outcome how = call_load (self, process_find ("initiative"), in->id, &initiative);
    if (how != outcome_done)
        return how;
    if (!self->org || !initiative.applicant_id || strcmp (initiative.applicant_id, self->org) != 0 || !initiative.submitted_at)
        return outcome_missing;
    write_content (&initiative, out);
    return outcome_done;
}
