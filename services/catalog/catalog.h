/* catalog.h - what the files of catalog share: guards of its nouns, and lists by statement. */
#ifndef CATALOG_H
#define CATALOG_H
#include "../../common/call.h"

guard organisation_not_own, organisation_admit_at_once, organisation_identity_known, organisation_second_moderator;
guard organisation_suspension_is_confirmed, organisation_was_admitted, organisation_was_provisional;
guard organisation_not_confirmed_admitted, organisation_not_confirmed_provisional, organisation_moment_come, organisation_word_due;
guard organisation_nothing_open, organisation_is_enterprise, organisation_can_be_prompted;
guard offer_supplier_admitted, offer_supplier_takes_part, offer_not_own_supplier, offer_is_over_now;
guard flag_not_own, appeal_can_be_made, appeal_handler_is_independent;
guard change_offer_is_published, change_not_own;
guard review_deal_delivered, review_can_be_written, review_seldom_enough, review_not_replied, review_not_own;
guard favourite_list_is_kept;
guard adoption_not_own_story;
guard graduation_found_money;

/* What the types of an offer's fields cannot say; `before` is where it stands in the input, as in "proposed.". */
outcome offer_check (call *, const offer_t *, const char *before);

/* Fills the list `name` of `page` (of schema `of`) with the rows of a statement. Done, or how it
 * failed.                                                                                        */
outcome catalog_list (call *, const char *query, const schema *of, void *page, const char *name);
/* The one row of a statement, run with the fields of `with` (of schema `given`), into a record (of
 * schema `of`). Missing when there is none, or how it failed.                                      */
outcome catalog_row (call *, const char *query, const schema *given, const void *with,
                     const schema *of, void *record);
#endif
