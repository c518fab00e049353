/* delivery.c - what a supplier brings in one go: its guards, and the buyer's judgement. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

bool delivery_order_in_force (const void *thing, const call *now)
{
    const delivery_t *delivery = thing;
    (void) now;
    return delivery->order_state == order_state_confirmed;
}

/* Where silence does not count there is no such moment. */
bool delivery_judgement_overdue (const void *thing, const call *now)
{
    const delivery_t *delivery = thing;
    return delivery->judge_by && now->now > delivery->judge_by;
}

static bool came (const delivery_t *delivery, const char *order_line_id)
{
    for (size_t i = 0; i < delivery->lines.count; i++)
        if (strcmp (delivery->lines.at [i].order_line_id, order_line_id) == 0)
            return true;
    return false;
}

static bool judged_before (const delivery_judgement_t *judgement, size_t line)
{
    const judged_line_t *lines = judgement->lines.at;
    for (size_t i = 0; i < line; i++)
        if (strcmp (lines [i].order_line_id, lines [line].order_line_id) == 0)
            return true;
    return false;
}

int delivery_stray_line (const delivery_t *delivery, const delivery_judgement_t *judgement)
{
    const judged_line_t *lines = judgement->lines.at;
    for (size_t i = 0; i < judgement->lines.count; i++)
        if (!came (delivery, lines [i].order_line_id) || judged_before (judgement, i))
            return (int) i;
    return -1;
}

/* Photos are of what was rejected. */
static int needless_photos (const delivery_judgement_t *judgement)
{
    for (size_t i = 0; i < judgement->lines.count; i++)
        if (judgement->lines.at [i].photos.count && !judgement->lines.at [i].rejected)
            return (int) i;
    return -1;
}

/* What a delivery brings is fixed when it is announced, so lines are compared before the step. */
outcome delivery_accept (call *self, const delivery_judgement_t *in, delivery_t *out)
{
    delivery_t announced = { 0 };
    outcome how = call_load (self, process_find ("delivery"), in->id, &announced);
    if (how != outcome_done)
        return how;
    int stray = delivery_stray_line (&announced, in);
    if (stray >= 0)
        return call_invalid (self, call_print (self, "lines[%d].order_line_id", stray),
                             "must be a line of this delivery, once");
    int needless = needless_photos (in);
    if (needless >= 0)
        return call_invalid (self, call_print (self, "lines[%d].photos", needless), "must be given with rejected units only");
    return call_step (self, out);
}
