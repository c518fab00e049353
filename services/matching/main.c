/* main.c - matching: which offers fit a need, and why. */
#define SERVICE_OPERATIONS "../proto/matching.operations.def"
#include "../../common/handlers.h"
#include "replica.h"
#include "alerts/alerts.h"

static const statement statements [] = {
#include "matching-sql.inc"
};

static guard *const guards [reason_count] = {
    [place_for_profile] = profile_place,
};

int main (int argc, char *argv [])
{
    static const projection market = {
        .open = replica_open,
        .apply = replica_apply,
        .caught_up = replica_caught_up,
        .astray = replica_astray,
        .tell = replica_tell,
        .close = replica_close,
    };
    return service_main (&(service) {
        .id = SERVICE_MATCHING,
        .doc = "Ranks the offers on the market for a need, from the stream alone, and says why.",
        .handlers = service_handlers,
        .handler_count = sizeof service_handlers / sizeof *service_handlers,
        .statements = statements,
        .statement_count = sizeof statements / sizeof *statements,
        .guards = guards,
        .signs = true,
        .projection = &market,
        .duty = &alerts_duty,
    }, argc, argv);
}
