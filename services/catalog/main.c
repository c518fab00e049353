/* main.c - catalog: who takes part, what they offer, the official lists, what cities tell. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#include "../../common/handlers.h"
#include "../../common/migrate.h"
#include "catalog.h"

static const statement statements [] = {
#include "catalog-sql.inc"
};

static guard *const guards [reason_count] = {
    [not_own] = organisation_not_own,
    [admit_at_once] = organisation_admit_at_once,
    [identity_known] = organisation_identity_known,
    [second_moderator] = organisation_second_moderator,
    [suspension_is_confirmed] = organisation_suspension_is_confirmed,
    [was_admitted] = organisation_was_admitted,
    [was_provisional] = organisation_was_provisional,
    [not_confirmed_admitted] = organisation_not_confirmed_admitted,
    [not_confirmed_provisional] = organisation_not_confirmed_provisional,
    [moment_come] = organisation_moment_come,
    [word_due] = organisation_word_due,
    [nothing_open] = organisation_nothing_open,
    [only_enterprises] = organisation_is_enterprise,
    [not_prompted] = organisation_can_be_prompted,
    [not_own_flag] = flag_not_own,
    [can_be_appealed] = appeal_can_be_made,
    [appeal_is_independent] = appeal_handler_is_independent,
    [supplier_admitted] = offer_supplier_admitted,
    [supplier_takes_part] = offer_supplier_takes_part,
    [not_own_supplier] = offer_not_own_supplier,
    [offer_is_over] = offer_is_over_now,
    [offer_is_published] = change_offer_is_published,
    [not_own_change] = change_not_own,
    [deal_delivered] = review_deal_delivered,
    [review_in_time] = review_can_be_written,
    [not_reviewed_often] = review_seldom_enough,
    [not_replied] = review_not_replied,
    [not_own_review] = review_not_own,
    [list_is_kept] = favourite_list_is_kept,
    [found_money] = graduation_found_money,
    [not_own_story] = adoption_not_own_story,
};

int main (int argc, char *argv [])
{
    if (argc > 1 && strcmp (argv [1], "migrate") == 0)
        return migrate_main (argc - 1, argv + 1);
    return service_main (&(service) {
        .id = SERVICE_CATALOG,
        .doc = "what is described: organisations, their people, offers, code lists and stories",
        .together = true,
        .handlers = service_handlers,
        .handler_count = sizeof service_handlers / sizeof *service_handlers,
        .statements = statements,
        .statement_count = sizeof statements / sizeof *statements,
        .guards = guards,
    }, argc, argv);
}
