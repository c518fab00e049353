/* claimed_figure.c - figures that others published of a round: somewhere, and at least one. */
#include "../pipeline.h"
#include <string.h>

outcome claimed_figure_create (call *self, const claimed_figure_t *in, claimed_figure_t *out)
{
    static const char scheme [] = "https://";
    bool any = false;
    for (size_t i = 0; i < 3; i++)
        any |= schema_int (claimed_figure_schema (), in, (const char *const []) { "submitted", "presented", "selected" } [i], -1) >= 0;
    if (!any)
        call_invalid (self, "submitted", "is required");
    if (in->url && strncmp (in->url, scheme, sizeof scheme - 1) != 0)
        call_invalid (self, "url", "must begin with https://");
    return self->faults.count ? outcome_invalid : call_enter (self, out);
}
