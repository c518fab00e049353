/* table.h - what the nouns of the table give to guards.c; closing it: from its rows to what binds, and what follows from that. */
#ifndef TABLE_H
#define TABLE_H
#include "../../../common/call.h"

guard ask_ready_to_ask;
guard ask_talks_over;
guard pledge_table_is_open;
guard pledge_has_financier_seat;
guard pledge_form_is_wanted;
guard pledge_pledge_within_ask;
guard pledge_room_on_ask;
guard pledge_interest_declared;
guard pledge_pledge_in_time;
guard pledge_pledge_overdue;

typedef enum {
    TABLE_SETTLE,   /* the manager closes it: what holds binds, about the rest talks go on */
    TABLE_CONCLUDE, /* the months of talks are over: what holds binds, and that is it      */
    TABLE_RECHECK,  /* an agreement ended: what of all that binds still holds              */
} table_end;

/* What closing would do, of the ask or the round that the call's input names in `id`. */
outcome table_look (call *, closing_t *out);
/* Does it; all pledges are locked. */
outcome table_close (call *, table_end);
#endif
