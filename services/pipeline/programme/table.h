/* table.h - closing a financing table: from its rows to what binds, and what follows from that. */
#ifndef TABLE_H
#define TABLE_H
#include "../../../common/call.h"

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
