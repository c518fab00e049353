/* appointment.c - who handles complaints and keeps the escrow: its guard. */
#include "deal.h"
#include <string.h>

bool appointment_handler_is_other (const void *thing, const call *now)
{
    const appointment_t *appointment = thing;
    (void) now;
    return appointment->handler_admitted && appointment->handler_id && strcmp (appointment->handler_id, appointment->buyer_id) != 0;
}
