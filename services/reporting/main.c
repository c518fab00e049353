/* main.c - reporting: what it all yields, counted from the stream. */
#define SERVICE_OPERATIONS "../proto/reporting.operations.def"
#include "../../common/handlers.h"

static const statement statements [] = {
#include "reporting-sql.inc"
};

int main (int argc, char *argv [])
{
    return service_main (&(service) {
        .id = SERVICE_REPORTING,
        .doc = "Figures, each with its definition, its moment and the event it was counted up to.",
        .together = true,
        .handlers = service_handlers,
        .handler_count = sizeof service_handlers / sizeof *service_handlers,
        .statements = statements,
        .statement_count = sizeof statements / sizeof *statements,
    }, argc, argv);
}
