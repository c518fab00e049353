/* assignment.c - spreads what is presented in a round over its jury; what it says first, it does when asked. */
#include "../pipeline.h"
#include "assign.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    const PGresult *rows; /* initiative by initiative, the same jurors of each */
    size_t initiatives, jurors;
    int   *wanted;
    bool  *chosen;
} sheet;

static const char *cell (const sheet *self, size_t i, size_t j, const char *name)
{
    int row = (int) (i * (self->jurors ? self->jurors : 1) + j), at = PQfnumber (self->rows, name);
    return PQgetisnull (self->rows, row, at) ? NULL : PQgetvalue (self->rows, row, at);
}

static void measure (sheet *self)
{
    int rows = PQntuples (self->rows), at = PQfnumber (self->rows, "initiative_id"), who = PQfnumber (self->rows, "juror_id");
    size_t first = 0;
    while ((int) first < rows && strcmp (PQgetvalue (self->rows, (int) first, at), PQgetvalue (self->rows, 0, at)) == 0)
        first++;
    self->initiatives = first ? (size_t) rows / first : 0;
    self->jurors = rows && PQgetisnull (self->rows, 0, who) ? 0 : first;
}

/* What it costs to have them judge it: little beside an uneven load. */
static int cost_of (const sheet *of, size_t i, size_t j)
{
    const char *wish = cell (of, i, j, "wish");
    if (*cell (of, i, j, "never") == 't')
        return ASSIGN_NEVER;
    return !wish ? ASSIGN_DEAREST / 2 : strcmp (wish, "wants") == 0 ? 0 : strcmp (wish, "rather_not") == 0 ? ASSIGN_DEAREST : ASSIGN_DEAREST / 2;
}

static void solve (call *self, sheet *of)
{
    size_t pairs = of->initiatives * of->jurors;
    int *load = call_alloc (self, of->jurors * sizeof *load), *cost = call_alloc (self, pairs * sizeof *cost);
    of->wanted = call_alloc (self, of->initiatives * sizeof *of->wanted);
    of->chosen = call_alloc (self, pairs * sizeof *of->chosen);
    for (size_t i = 0; i < of->initiatives; i++)
        of->wanted [i] = atoi (cell (of, i, 0, "wanted"));
    for (size_t j = 0; j < of->jurors; j++)
        load [j] = atoi (cell (of, 0, j, "load"));
    for (size_t i = 0; i < of->initiatives; i++)
        for (size_t j = 0; j < of->jurors; j++)
            cost [i * of->jurors + j] = cost_of (of, i, j);
    assign_solve (&(assign_case) { of->initiatives, of->jurors, of->wanted, load, cost }, of->chosen);
}

static void describe (const schema *shape, void *record, const sheet *from, size_t i, size_t j)
{
    static const char *const names [] = { "initiative_id", "title", "juror_id", "organisation_name" };
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        if (schema_field (shape, names [n], &(size_t) { 0 }) && cell (from, i, j, names [n]))
            schema_set_text (shape, record, names [n], cell (from, i, j, names [n]));
    if (cell (from, i, j, "number"))
        schema_set_int (shape, record, "number", strtoll (cell (from, i, j, "number"), NULL, 10));
}

static void mark (assignment_plan_t *out, const char *name)
{
    size_t at;
    schema_field (assignment_plan_schema (), name, &at);
    schema_mark (out, at);
}

static void report (call *self, const sheet *from, assignment_plan_t *out)
{
    out->items.at = call_alloc (self, from->initiatives * from->jurors * sizeof *out->items.at);
    out->shortage.at = call_alloc (self, from->initiatives * sizeof *out->shortage.at);
    for (size_t i = 0; i < from->initiatives; i++) {
        int missing = from->wanted [i];
        for (size_t j = 0; j < from->jurors; j++)
            if (from->chosen [i * from->jurors + j]) {
                describe (assignment_schema (), &out->items.at [out->items.count++], from, i, j);
                missing--;
            }
        if (missing > 0) {
            assignment_shortage_t *lacks = &out->shortage.at [out->shortage.count++];
            describe (assignment_shortage_schema (), lacks, from, i, 0);
            schema_set_int (assignment_shortage_schema (), lacks, "missing", missing);
        }
    }
    mark (out, "items");
    mark (out, "shortage");
}

static outcome write_all (call *self, const assignment_plan_t *plan)
{
    outcome how = outcome_created;
    for (size_t i = 0; i < plan->items.count && how == outcome_created; i++) {
        judgement_assignment_t one = { 0 };
        judgement_t made = { 0 };
        schema_set_text (judgement_assignment_schema (), &one, "initiative_id", plan->items.at [i].initiative_id);
        schema_set_text (judgement_assignment_schema (), &one, "juror_id", plan->items.at [i].juror_id);
        how = call_enter_also (self, "judgement_assign", &one, &made);
    }
    return how == outcome_created ? outcome_done : how;
}

outcome round_assign (call *self, const assignment_request_t *in, assignment_plan_t *out)
{
    PGresult *rows;
    outcome how;
    sheet all = { 0 };
    int found = call_run (self, "round_assign", &rows, &how);
    if (found <= 0)
        return found < 0 ? how : outcome_missing;
    all.rows = rows;
    measure (&all);
    solve (self, &all);
    report (self, &all, out);
    out->written = in->write;
    mark (out, "written");
    return in->write ? write_all (self, out) : outcome_done;
}
