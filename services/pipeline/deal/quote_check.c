/* quote_check.c - what a quote lacks of what its need asks for, line by line: every fault, with its path.
 * A line that has only wishes may be left out. Who offers something else says so at the line (`deviates`); the buyer weighs that. */
#include "deal.h"
#include <inttypes.h>
#include <string.h>

static bool answers (const quote_line_t *line, size_t asked)
{
    return line->spec_line == (int64_t) asked + 1;
}

static void check_lines_of (call *self, const quote_t *quote, const spec_line_t *asked, size_t at)
{
    int64_t offered = 0;
    bool deviates = false, foreign_unit = false;
    size_t first = quote->lines.count;
    for (size_t i = quote->lines.count; i-- > 0;)
        if (answers (&quote->lines.at [i], at)) {
            first = i;
            offered += quote->lines.at [i].quantity;
            deviates |= quote->lines.at [i].deviates != NULL;
            foreign_unit |= strcmp (quote->lines.at [i].unit, asked->unit) != 0;
        }
    if (deviates || (first == quote->lines.count && asked->wish.count && !asked->must.count))
        return;
    if (first == quote->lines.count)
        call_invalid (self, "lines", "must have one with spec_line %zu, or one that says how it deviates", at + 1);
    else if (foreign_unit)
        call_invalid (self, call_print (self, "lines[%zu].unit", first), "must be %s, unless the line says how it deviates", asked->unit);
    else if (offered != asked->quantity)
        call_invalid (self, call_print (self, "lines[%zu].quantity", first),
                      "must come to %" PRId64 " for spec_line %zu, unless the line says how it deviates", asked->quantity, at + 1);
}

outcome quote_check (call *self, const quote_t *quote, const quote_t *asked)
{
    for (size_t i = 0; i < quote->lines.count; i++)
        if (quote->lines.at [i].spec_line > (int64_t) asked->spec_lines.count)
            call_invalid (self, call_print (self, "lines[%zu].spec_line", i), "must be a line of the need");
    for (size_t at = 0; at < asked->spec_lines.count && quote->lines.count; at++)
        check_lines_of (self, quote, &asked->spec_lines.at [at], at);
    return self->faults.count ? outcome_invalid : outcome_done;
}
