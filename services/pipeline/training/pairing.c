/* pairing.c - mentors and coaches: who may say yes, book and end, and who is advised to whom. */
#include "../pipeline.h"
#include "pair.h"
#include "training.h"
#include <stdlib.h>
#include <string.h>

enum { USUAL_HOURS = 12 };

static bool same (const char *a, const char *b)
{
    return a && b && strcmp (a, b) == 0;
}

/* ------------------------------------------------------------------------------------- guards */

bool mentor_mentor_has_seat (const void *thing, const call *now)
{
    const mentor_t *mentor = thing;
    (void) now;
    return mentor->seated;
}

bool mentor_own_mentor (const void *thing, const call *now)
{
    const mentor_t *mentor = thing;
    return same (mentor->account_id, now->account) && same (mentor->organisation_id, now->org);
}

bool pairing_mentor_has_room (const void *thing, const call *now)
{
    const pairing_t *pairing = thing;
    (void) now;
    return pairing->hours_left >= 0;
}

bool pairing_initiative_in_programme (const void *thing, const call *now)
{
    const pairing_t *pairing = thing;
    (void) now;
    return pairing->initiative_state == initiative_state_in_programme;
}

bool pairing_own_pairing (const void *thing, const call *now)
{
    const pairing_t *pairing = thing;
    return same (pairing->account_id, now->account) && same (pairing->organisation_id, now->org);
}

bool pairing_mentor_accepted (const void *thing, const call *now)
{
    const pairing_t *pairing = thing;
    (void) now;
    return same (pairing->accepted_by, pairing->organisation_id);
}

bool pairing_initiative_accepted_mentor (const void *thing, const call *now)
{
    const pairing_t *pairing = thing;
    return same (pairing->accepted_by, pairing->applicant_id) && pairing_own_pairing (thing, now);
}

/* ------------------------------------------------------------------------------------- advice */

static const char *cell (const PGresult *rows, int row, const char *name)
{
    int at = PQfnumber (rows, name);
    return PQgetisnull (rows, row, at) ? NULL : PQgetvalue (rows, row, at);
}

static int64_t number (const PGresult *rows, int row, const char *name)
{
    const char *text = cell (rows, row, name);
    return text ? strtoll (text, NULL, 10) : 0;
}

typedef struct {
    const PGresult *initiatives, *mentors;
    size_t          n, m;
    pair_fit       *fits;   /* row after row of initiatives */
    int64_t        *scores;
    int            *chosen; /* per initiative */
} advice;

/* Nobody goes along with an initiative of their own organisation. */
static bool is_own (const advice *a, size_t i, size_t m)
{
    const char *own = cell (a->mentors, (int) m, "own");
    return own && strstr (own, cell (a->initiatives, (int) i, "id"));
}

static void compare (const advice *a, size_t i, size_t m)
{
    const PGresult *p = a->initiatives, *q = a->mentors;
    int row = (int) i, other = (int) m;
    pair_initiative of = { cell (p, row, "words"), cell (p, row, "goals"), cell (p, row, "latitude_e5") != NULL,
                           number (p, row, "latitude_e5"), number (p, row, "longitude_e5") };
    pair_mentor mentor = { cell (q, other, "words"), cell (q, other, "goals"), cell (q, other, "latitude_e5") != NULL,
                           number (q, other, "latitude_e5"), number (q, other, "longitude_e5"), number (q, other, "hours"),
                           number (q, other, "free") };
    a->fits [i * a->m + m] = pair_fit_of (&of, &mentor);
    a->scores [i * a->m + m] = is_own (a, i, m) ? -1 : a->fits [i * a->m + m].score;
}

/* The mentors of an initiative: who is proposed first, then by score, then as they came. */
static void rank (const advice *a, size_t i, size_t order [])
{
    for (size_t k = 0; k < a->m; k++) {
        size_t at = k;
        int64_t key = (int) k == a->chosen [i] ? INT64_MAX : a->scores [i * a->m + k];
        for (; at > 0; at--) {
            size_t before = order [at - 1];
            int64_t other = (int) before == a->chosen [i] ? INT64_MAX : a->scores [i * a->m + before];
            if (other >= key)
                break;
            order [at] = before;
        }
        order [at] = k;
    }
}

static void write_fit (const advice *a, size_t i, size_t m, pairing_fit_t *out)
{
    const schema *s = pairing_fit_schema ();
    const pair_fit *fit = &a->fits [i * a->m + m];
    schema_set_text (s, out, "initiative_id", cell (a->initiatives, (int) i, "id"));
    schema_set_text (s, out, "title", cell (a->initiatives, (int) i, "title"));
    schema_set_text (s, out, "mentor_id", cell (a->mentors, (int) m, "id"));
    schema_set_text (s, out, "mentor_name", cell (a->mentors, (int) m, "name"));
    schema_set_int (s, out, "proposed", a->chosen [i] == (int) m);
    schema_set_int (s, out, "score", fit->score);
    schema_set_int (s, out, "skills", fit->skills);
    schema_set_int (s, out, "goals", fit->goals);
    schema_set_int (s, out, "region", fit->region);
    schema_set_int (s, out, "room", fit->room);
}

static void write_advice (call *self, const advice *a, pairing_advice_t *out)
{
    size_t index, count = 0, *order = call_alloc (self, a->m * sizeof *order);
    pairing_fit_t *items = call_alloc (self, a->n * a->m * sizeof *items);
    for (size_t i = 0; i < a->n; i++) {
        rank (a, i, order);
        for (size_t k = 0; k < a->m; k++)
            if (a->scores [i * a->m + order [k]] >= 0)
                write_fit (a, i, order [k], &items [count++]);
    }
    *(list *) schema_at (schema_field (pairing_advice_schema (), "items", &index), out) = (list) { count, items };
    schema_mark (out, index);
}

outcome pairing_advice (call *self, const pairing_advice_query_t *in, pairing_advice_t *out)
{
    PGresult *initiatives, *mentors;
    outcome how;
    int n = call_run (self, "pairing_advice_initiatives", &initiatives, &how);
    int m = n < 0 ? -1 : call_run (self, "pairing_advice_mentors", &mentors, &how);
    if (m < 0)
        return how;
    size_t pairs = (size_t) n * (size_t) m;
    advice a = { initiatives, mentors, (size_t) n, (size_t) m, call_alloc (self, pairs * sizeof *a.fits),
                 call_alloc (self, pairs * sizeof *a.scores), call_alloc (self, (size_t) n * sizeof *a.chosen) };
    int64_t *free = call_alloc (self, (size_t) m * sizeof *free);
    for (size_t k = 0; k < a.m; k++)
        free [k] = number (mentors, (int) k, "free");
    for (size_t i = 0; i < a.n; i++)
        for (size_t k = 0; k < a.m; k++)
            compare (&a, i, k);
    pair_assign (a.scores, a.n, free, a.m, schema_int (self->in_schema, in, "hours", USUAL_HOURS), a.chosen);
    write_advice (self, &a, out);
    return outcome_done;
}
