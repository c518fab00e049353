/* attendance.c - who comes to a meeting and who was there: places, and checking in with the code on the screen. */
#include "../../../common/text.h"
#include "../pipeline.h"
#include "training.h"
#include <stdlib.h>
#include <string.h>

static bool goes_on (int64_t meeting_state)
{
    return meeting_state == meeting_state_planned || meeting_state == meeting_state_moved;
}

/* ------------------------------------------------------------------------------------- guards */

bool attendance_leads_this_meeting (const void *thing, const call *now)
{
    const attendance_t *attendance = thing;
    return attendance->host_id && now->org && strcmp (attendance->host_id, now->org) == 0;
}

bool attendance_this_meeting_begun (const void *thing, const call *now)
{
    const attendance_t *attendance = thing;
    return attendance->starts_at <= now->now;
}

bool attendance_meeting_ahead (const void *thing, const call *now)
{
    const attendance_t *attendance = thing;
    return goes_on (attendance->meeting_state) && now->now < attendance->starts_at;
}

bool attendance_place_at_meeting (const void *thing, const call *now)
{
    const attendance_t *attendance = thing;
    bool taken = attendance->state == attendance_state_signed_up;
    return goes_on (attendance->meeting_state) && now->now <= attendance->ends_at && attendance->places >= !taken;
}

bool attendance_takes_part (const void *thing, const call *now)
{
    const attendance_t *attendance = thing;
    (void) now;
    return attendance->initiative_state == initiative_state_in_programme;
}

bool attendance_check_in_early (const void *thing, const call *now)
{
    const attendance_t *attendance = thing;
    return check_window (attendance->starts_at, INT64_MAX, now->now) == always;
}

/* ------------------------------------------------------------------------------------ check-in */

static const char *column (const PGresult *rows, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, 0, at) ? NULL : PQgetvalue (rows, 0, at);
}

static int64_t moment_of (const PGresult *rows, const char *name)
{
    const char *text = column (rows, name);
    int64_t at = 0;
    return moment_read (text, strlen (text), &at) ? at : 0;
}

/* 0, or why they cannot come in now. */
static int refusal (call *self, const PGresult *rows, const char *code)
{
    int why = check_window (moment_of (rows, "starts_at"), moment_of (rows, "ends_at"), self->now);
    if (why == always && strcmp (column (rows, "state"), "cancelled") == 0)
        why = check_in_late;
    return why != always ? why : check_code_holds (self, column (rows, "secret"), code) ? always : code_current;
}

/* They come without having signed up: that is a place too, if there is one. */
static outcome sign_up (call *self, const char *initiative_id, const char *meeting_id, attendance_t *out)
{
    attendance_t fresh = { 0 };
    schema_set_text (attendance_schema (), &fresh, "meeting_id", meeting_id);
    schema_set_text (attendance_schema (), &fresh, "initiative_id", initiative_id);
    outcome how = call_enter_also (self, "attendance_create", &fresh, out);
    return how == outcome_created ? outcome_done : how;
}

outcome attendance_check (call *self, const attendance_code_t *in, attendance_t *out)
{
    const process *p = process_find ("attendance");
    attendance_code_t named = *in;
    PGresult *rows;
    outcome how;
    int found = call_run (self, "attendance_check_find", &rows, &how);
    if (found != 1)
        return found == 0 ? outcome_missing : how;
    const char *known = column (rows, "attendance_id"), *state = column (rows, "attendance");
    if (state && strcmp (state, "present") == 0)
        return call_load (self, p, known, out);
    int why = refusal (self, rows, in->code);
    if (why != always)
        return call_conflict (self, why);
    if (!known)
        how = sign_up (self, column (rows, "initiative_id"), in->meeting_id, out);
    schema_set_text (self->in_schema, &named, "initiative_id", column (rows, "initiative_id"));
    self->in = &named;
    if (how == outcome_done)
        how = call_consequence (self, "attendance_check_enter", "attendance", "enter");
    if (how == outcome_done)
        how = call_load (self, p, known ? known : out->id, out);
    self->in = in;
    return how;
}
