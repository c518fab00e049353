/* code.c - official lists: searching them, and loading them. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include <stdlib.h>

outcome cpv_list (call *self, const cpv_query_t *in, cpv_page_t *out)
{
    (void) in;
    return catalog_list (self, "cpv_list", cpv_page_schema (), out, "items");
}

/* One event for all codes of an import. */
static outcome cpv_tell (call *self, const cpv_page_t *changed)
{
    PGresult *rows = NULL;
    outcome how = outcome_done;
    if (call_run (self, "cpv_tell", &rows, &how) == 1)
        call_emit (self, EVENT_cpv_listed, "cpv", "2008", strtoll (PQgetvalue (rows, 0, 0), NULL, 10), cpv_page_schema (), changed);
    return how;
}

static void count_changes (import_result_t *out, size_t given, size_t changed)
{
    schema_set_int (import_result_schema (), out, "changed", (int64_t) changed);
    schema_set_int (import_result_schema (), out, "same", (int64_t) (given - changed));
}

outcome cpv_import (call *self, const cpv_page_t *in, import_result_t *out)
{
    cpv_page_t changed = { 0 };
    outcome how = catalog_list (self, "cpv_import", cpv_page_schema (), &changed, "items");
    if (how == outcome_done && changed.items.count)
        how = cpv_tell (self, &changed);
    count_changes (out, in->items.count, changed.items.count);
    return how;
}

outcome municipality_list (call *self, const municipality_query_t *in, municipality_page_t *out)
{
    const schema *page = municipality_page_schema (), *query = municipality_query_schema ();
    outcome how = outcome_done;
    if (in->member_on)
        how = catalog_row (self, "municipality_network", query, in, page, out);
    return how == outcome_done ? catalog_list (self, "municipality_list", page, out, "items") : how;
}

/* The number of the event is the row's version: corrections of one municipality are in order. */
static outcome municipality_tell (call *self, const municipality_t *changed)
{
    const schema *shape = municipality_schema ();
    PGresult *rows = NULL;
    outcome how = outcome_done;
    if (call_run_with (self, "municipality_version", shape, changed, &rows, &how) == 1)
        call_emit (self, EVENT_municipality_listed, "municipality", changed->code,
                   strtoll (PQgetvalue (rows, 0, 0), NULL, 10), shape, changed);
    return how;
}

outcome municipality_import (call *self, const municipality_page_t *in, import_result_t *out)
{
    municipality_page_t changed = { 0 };
    outcome how = catalog_list (self, "municipality_import", municipality_page_schema (), &changed, "items");
    for (size_t i = 0; i < changed.items.count && how == outcome_done; i++)
        how = municipality_tell (self, &changed.items.at [i]);
    count_changes (out, in->items.count, changed.items.count);
    return how;
}
