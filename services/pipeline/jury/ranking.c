/* ranking.c - who stands where by the judgements that count: exact sums, rounded down once. */
#include "ranking.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const ranking_formula_nl =
    "Per criterium nemen we het gemiddelde of de mediaan van de punten van alle juryleden die meetellen, als deel van de schaal. "
    "Dat maal het gewicht, en alles bij elkaar opgeteld, is het totaal in miljoensten. We ronden alleen dat totaal af, naar beneden. "
    "Bij een even aantal juryleden is de mediaan het midden van de twee middelste. Wie evenveel heeft, staat op dezelfde plaats.";
const char *const ranking_formula_en =
    "For each criterion we take the mean or the median of the points of all jurors who count, as a part of the scale. "
    "That times the weight, all added up, is the total in millionths. We round only that total, down. "
    "With an even number of jurors the median is the middle of the two in the middle. The same total is the same rank.";

enum { POINTS = 101 };

/* Of one criterion of one initiative: how many gave how many points. */
typedef struct {
    int64_t of [POINTS], given;
} tally;

static int64_t scale_of (const rubric_criterion_t *criterion)
{
    return criterion->scale ? criterion->scale : RANKING_USUAL_SCALE;
}

int64_t ranking_multiple (const rubric_criterion_t *rubric, size_t count)
{
    int64_t all = 1;
    for (size_t i = 0; i < count && all <= RANKING_MULTIPLE_MOST; i++) {
        int64_t a = all, b = scale_of (&rubric [i]);
        while (b) {
            int64_t rest = a % b;
            a = b;
            b = rest;
        }
        all *= scale_of (&rubric [i]) / a;
    }
    return all <= RANKING_MULTIPLE_MOST ? all : 0;
}

static const counted_point_t *point_of (const counted_judgement_t *judgement, const char *code)
{
    for (size_t i = 0; i < judgement->scores.count; i++)
        if (strcmp (judgement->scores.at [i].code, code) == 0)
            return &judgement->scores.at [i];
    return NULL;
}

/* What one juror gave in all, in parts of `multiple` * a million; -1: not for everything that weighs. */
static int64_t weigh (const ranking_rules *rules, int64_t multiple, const counted_judgement_t *judgement)
{
    int64_t sum = 0;
    for (size_t i = 0; i < rules->criteria; i++) {
        const rubric_criterion_t *criterion = &rules->rubric [i];
        const counted_point_t *point = point_of (judgement, criterion->code);
        if (criterion->independent)
            continue;
        if (!point || point->points > scale_of (criterion))
            return -1;
        sum += criterion->weight_ppm * point->points * (multiple / scale_of (criterion));
    }
    return sum;
}

static int64_t middle (const tally *points, int64_t at)
{
    int64_t low = 0;
    for (int value = 0; value < POINTS; value++) {
        low += points->of [value];
        if (at < low)
            return value;
    }
    return 0;
}

/* Mean or median, as a fraction of points. */
static int64_t result_of (int method, const tally *points, int64_t *parts)
{
    int64_t sum = 0;
    if (method == score_method_median) {
        *parts = 2;
        return middle (points, (points->given - 1) / 2) + middle (points, points->given / 2);
    }
    *parts = points->given;
    for (int value = 0; value < POINTS; value++)
        sum += value * points->of [value];
    return sum;
}

static tally count_points (const char *id, const rubric_criterion_t *criterion, const ranking_rules *rules, int64_t multiple,
                           const counted_judgement_t *judgements, size_t count)
{
    tally points = { .given = 0 };
    for (size_t i = 0; i < count; i++) {
        const counted_point_t *point = point_of (&judgements [i], criterion->code);
        if (!point || point->points > scale_of (criterion) || strcmp (judgements [i].initiative_id, id) != 0
            || weigh (rules, multiple, &judgements [i]) < 0)
            continue;
        points.of [point->points]++;
        points.given++;
    }
    return points;
}

static void set (const schema *shape, void *record, const char *name, int64_t value)
{
    schema_set_int (shape, record, name, value);
}

static void write_criterion (const rubric_criterion_t *criterion, const tally *points, int64_t sum, int64_t parts,
                             ranked_criterion_t *out)
{
    const schema *shape = ranked_criterion_schema ();
    schema_set_text (shape, out, "code", criterion->code);
    set (shape, out, "weight_ppm", criterion->weight_ppm);
    if (criterion->independent)
        set (shape, out, "independent", true);
    set (shape, out, "judgements", points->given);
    set (shape, out, "scale", scale_of (criterion));
    if (!points->given)
        return;
    set (shape, out, "lowest", middle (points, 0));
    set (shape, out, "highest", middle (points, points->given - 1));
    set (shape, out, "result_ppm", MILLION * sum / (parts * scale_of (criterion)));
}

/* The rubric's criteria of one initiative, and its total: everything that weighs was given by the same jurors. */
static int64_t write_criteria (const ranking_rules *rules, int64_t multiple, const char *id, const counted_judgement_t *judgements,
                               size_t count, ranked_criterion_t *out)
{
    int64_t total = 0, total_parts = 1;
    for (size_t i = 0; i < rules->criteria; i++) {
        const rubric_criterion_t *criterion = &rules->rubric [i];
        tally points = count_points (id, criterion, rules, multiple, judgements, count);
        int64_t parts = 1, sum = points.given ? result_of (rules->method, &points, &parts) : 0;
        write_criterion (criterion, &points, sum, parts, &out [i]);
        if (criterion->independent || !points.given)
            continue;
        total += criterion->weight_ppm * sum * (multiple / scale_of (criterion));
        total_parts = parts;
    }
    return total / (total_parts * multiple);
}

static void write_initiative (const ranking_rules *rules, int64_t multiple, const char *id, const counted_judgement_t *judgements,
                              size_t count, ranked_initiative_t *out, ranked_criterion_t *criteria)
{
    const schema *shape = ranked_initiative_schema ();
    int64_t given = 0, low = INT64_MAX, high = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t own = strcmp (judgements [i].initiative_id, id) == 0 ? weigh (rules, multiple, &judgements [i]) : -1;
        if (own < 0)
            continue;
        given++;
        low = own < low ? own : low;
        high = own > high ? own : high;
    }
    int64_t total = write_criteria (rules, multiple, id, judgements, count, criteria);
    schema_set_text (shape, out, "initiative_id", id);
    set (shape, out, "judgements", given);
    set (shape, out, "enough", given >= rules->min_reviews);
    schema_set_list (shape, out, "criteria", rules->criteria, criteria);
    if (!given)
        return;
    set (shape, out, "total_ppm", total);
    set (shape, out, "spread_ppm", (high - low) / multiple);
}

static int by_total (const void *left, const void *right)
{
    const ranked_initiative_t *a = left, *b = right;
    int64_t left_total = a->judgements ? a->total_ppm : -1, right_total = b->judgements ? b->total_ppm : -1;
    return left_total != right_total ? (left_total < right_total) - (left_total > right_total)
                                     : strcmp (a->initiative_id, b->initiative_id);
}

void ranking_make (const ranking_rules *rules, const char *const ids [], size_t count, const counted_judgement_t *judgements,
                   size_t judged, ranked_initiative_t *ranked, ranked_criterion_t *criteria)
{
    int64_t multiple = ranking_multiple (rules->rubric, rules->criteria);
    assert (multiple || !rules->criteria); /* round.c refuses such a rubric */
    for (size_t i = 0; i < count; i++)
        write_initiative (rules, multiple, ids [i], judgements, judged, &ranked [i], criteria + i * rules->criteria);
    if (count)
        qsort (ranked, count, sizeof *ranked, by_total);
    for (size_t first = 0, next; first < count && ranked [first].judgements; first = next) {
        for (next = first + 1; next < count && ranked [next].judgements && ranked [next].total_ppm == ranked [first].total_ppm;)
            next++;
        for (size_t i = first; i < next; i++) {
            set (ranked_initiative_schema (), &ranked [i], "rank", (int64_t) first + 1);
            set (ranked_initiative_schema (), &ranked [i], "tied", (int64_t) (next - first) - 1);
        }
    }
}
