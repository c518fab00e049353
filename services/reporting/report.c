/* report.c - the reports: each is one statement, answered once enough of the stream has been counted. */
#define SERVICE_OPERATIONS "../proto/reporting.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../common/handlers.h"
#include "../../common/text.h"
#include <stdlib.h>
#include <time.h>

enum { PATIENCE_US = 500000, PAUSE_NS = 10000000 };

static outcome read_applied (call *self)
{
    PGresult *rows;
    outcome how = outcome_broken;
    if (call_run (self, "applied_seq", &rows, &how) < 1)
        return how;
    self->seq = strtoll (PQgetvalue (rows, 0, 0), NULL, 10);
    return outcome_done;
}

/* A caller who names an event gets figures that include it: they are counted within milliseconds, so
 * this waits a little, and asks to come back when it takes longer.                                   */
static outcome await_counted (call *self)
{
    int64_t patience = clock_steady_us () + PATIENCE_US;
    if (patience > self->deadline)
        patience = self->deadline;
    outcome how = read_applied (self);
    while (how == outcome_done && self->seq < self->min_seq) {
        if (clock_steady_us () >= patience)
            return outcome_index_behind;
        nanosleep (&(struct timespec) { .tv_nsec = PAUSE_NS }, NULL);
        how = read_applied (self);
    }
    return how;
}

static outcome report (call *self, const char *name, void *out)
{
    outcome how = await_counted (self);
    return how == outcome_done ? call_fetch (self, name, out) : how;
}

outcome report_market (call *self, const report_query_t *in, market_report_t *out)
{
    (void) in;
    return report (self, "report_market", out);
}

outcome report_revenue (call *self, const report_query_t *in, revenue_page_t *out)
{
    (void) in;
    return report (self, "report_revenue", out);
}

outcome report_impact (call *self, const impact_query_t *in, impact_report_t *out)
{
    (void) in;
    return report (self, "report_impact", out);
}

outcome report_liquidity (call *self, const nothing_t *in, liquidity_report_t *out)
{
    (void) in;
    return report (self, "report_liquidity", out);
}

outcome report_round (call *self, const ref_t *in, round_report_t *out)
{
    (void) in;
    return report (self, "report_round", out);
}

outcome report_city (call *self, const city_query_t *in, city_report_t *out)
{
    (void) in;
    return report (self, "report_city", out);
}
