/* main.c - pipeline: what moves through stages. */
#define SERVICE_OPERATIONS "../proto/pipeline.operations.def"
#include "../../common/handlers.h"
#include "guards.h"
#include "einvoice/outgoing.h"

static const statement statements [] = {
#include "pipeline-sql.inc"
};

int main (int argc, char *argv [])
{
    static const service self = {
        .id = SERVICE_PIPELINE,
        .doc = "Moves needs, deals, initiatives and assessments through their stages.",
        .handlers = service_handlers,
        .handler_count = sizeof service_handlers / sizeof *service_handlers,
        .statements = statements,
        .statement_count = sizeof statements / sizeof *statements,
        .guards = pipeline_guards,
        .signs = true,
        .seals = true,
        .duty = &outgoing_duty,
        .workers = "8", /* writes wait for the disk, and eight can wait together */
    };
    return service_main (&self, argc, argv);
}
