/* round_choices.h - ranking, choosing and closing in a round of chance, as the platform does it, and what the model makes of it. */
#ifndef ROUND_CHOICES_H
#define ROUND_CHOICES_H

/* What an initiative gets by the judgements that count, told another way: each juror's points one by one, on the
 * whole of 2 * 12 * 100 parts; -1: nobody judged it. `without` is a juror to leave out, or JURORS.                */
static int64_t total_of_plan (const world *self, size_t i, size_t without)
{
    static const int64_t whole = 2 * 12 * 100;
    int64_t sum = 0, count = 0;
    for (size_t k = 0; k < self->round.rubric.count; k++) {
        int64_t sorted [JURORS], scale = self->rubric [k].scale ? self->rubric [k].scale : 5;
        count = 0;
        for (size_t j = 0; j < self->jurors; j++) {
            if (!counts (self, i, j) || j == without)
                continue;
            int64_t points = self->points [i][j][k].points, at = count++;
            for (; at && sorted [at - 1] > points; at--)
                sorted [at] = sorted [at - 1];
            sorted [at] = points;
        }
        int64_t mean = 0;
        for (int64_t at = 0; at < count; at++)
            mean += sorted [at] * whole;
        if (count && self->round.method == score_method_median)
            mean = (sorted [(count - 1) / 2] + sorted [count / 2]) * whole / 2;
        else if (count)
            mean /= count;
        if (!self->rubric [k].independent)
            sum += self->rubric [k].weight_ppm * mean / scale; /* scales go into 100, counts into 12 */
    }
    return count ? sum / whole : -1;
}

static size_t collect (const world *self, size_t without, counted_judgement_t out [])
{
    size_t count = 0;
    for (size_t i = 0; i < self->plans; i++)
        for (size_t j = 0; j < self->jurors; j++)
            if (is (self, i, initiative_state_presented) && counts (self, i, j) && j != without)
                out [count++] = (counted_judgement_t) { .initiative_id = plan_ids [i], .juror_id = people [j],
                    .scores = { self->round.rubric.count, (counted_point_t *) self->points [i][j] } };
    return count;
}

/* Ranks what is presented; answers how many that are. */
static size_t rank_plans (const world *self, size_t without, ranked_initiative_t ranked [])
{
    ranked_criterion_t criteria [MOST * CRITERIA] = { 0 };
    counted_judgement_t judgements [MOST * JURORS] = { { 0 } };
    const char *ids [MOST] = { 0 };
    size_t count = 0, given = collect (self, without, judgements);
    for (size_t i = 0; i < self->plans; i++)
        if (is (self, i, initiative_state_presented))
            ids [count++] = plan_ids [i];
    memset (ranked, 0, MOST * sizeof *ranked);
    ranking_make (&(ranking_rules) { self->rubric, self->round.rubric.count, self->round.method, self->round.min_reviews }, ids, count,
                  judgements, given, ranked, criteria);
    if (drunk && count && ranked [0].judgements)
        ranked [0].total_ppm /= 2;
    return count;
}

static size_t plan_at (const char *id)
{
    return (size_t) (id [1] - '0');
}

static void look_at_ranking (const world *self, const ranked_initiative_t ranked [], size_t count, size_t without, int law)
{
    for (size_t r = 0; r < count; r++) {
        int64_t total = total_of_plan (self, plan_at (ranked [r].initiative_id), without), better = 0;
        for (size_t o = 0; o < count; o++)
            better += total_of_plan (self, plan_at (ranked [o].initiative_id), without) > total;
        hold (law, total < 0 ? !ranked [r].judgements && !ranked [r].rank
                             : ranked [r].total_ppm == total && ranked [r].rank == better + 1);
    }
}

/* 0 is a place, then the waiting list, then nothing. */
static int64_t stands (const selection_line_t *line)
{
    return line->outcome == selection_outcome_selected ? 0 : line->outcome == selection_outcome_waitlisted ? line->place : MOST + 1;
}

/* Where a place of that rank stands. */
static int64_t stands_at (int64_t position, int64_t selected, int64_t waiting)
{
    return position < selected ? 0 : position < selected + waiting ? position - selected + 1 : MOST + 1;
}

/* Whoever stands where its points put it, and with it all who have as many, is told nothing; everybody else is. */
static void look_at_deviations (const world *self)
{
    int64_t selected = 0, waiting = 0;
    for (size_t i = 0; i < self->line_count; i++) {
        selected += self->lines [i].outcome == selection_outcome_selected;
        waiting += self->lines [i].outcome == selection_outcome_waitlisted;
    }
    for (size_t a = 0; a < self->line_count; a++) {
        const selection_line_t *one = &self->lines [a];
        int64_t better = 0, same = 0;
        for (size_t b = 0; b < self->line_count; b++) {
            const selection_line_t *other = &self->lines [b];
            int64_t more = (other->rank ? other->total_ppm : -1) - (one->rank ? one->total_ppm : -1);
            better += more > 0;
            same += more == 0;
        }
        int64_t best = stands_at (better, selected, waiting), worst = stands_at (better + same - 1, selected, waiting);
        hold (deviation, (one->deviation == selection_deviation_none) == (best == worst && stands (one) == best));
    }
}

static void look_at_order (const world *self, const ranked_initiative_t ranked [], size_t count)
{
    int64_t places = self->round.select_max, waits = 0;
    for (size_t i = 0; i < count; i++) {
        const selection_line_t *line = &self->lines [i];
        int64_t at = (int64_t) i;
        waits += line->outcome == selection_outcome_waitlisted;
        bool first = line->outcome != selection_outcome_selected || (at < places && ranked [i].judgements);
        bool next = line->outcome != selection_outcome_waitlisted || (line->place == waits && at == places + waits - 1);
        bool rest = line->outcome != selection_outcome_not_selected || !ranked [i].judgements || at >= places + self->round.waitlist;
        hold (in_order, first && next && rest && waits <= self->round.waitlist);
    }
}

static void choose (world *self, const ranked_initiative_t ranked [], size_t count, bool freely)
{
    const schema *shape = selection_line_schema ();
    int64_t waits = 0, selected = 0;
    memset (self->lines, 0, sizeof self->lines);
    self->line_count = count;
    for (size_t i = 0; i < count; i++) {
        schema_set_text (shape, &self->lines [i], "initiative_id", ranked [i].initiative_id);
        if (ranked [i].rank) {
            schema_set_int (shape, &self->lines [i], "rank", ranked [i].rank);
            schema_set_int (shape, &self->lines [i], "total_ppm", ranked [i].total_ppm);
        }
    }
    choosing_by_ranking (ranked, count, self->round.select_max, self->round.waitlist, self->lines);
    if (drunk && count > 1 && self->lines [0].outcome != self->lines [count - 1].outcome)
        schema_set_int (shape, &self->lines [0], "outcome", selection_outcome_not_selected);
    look_at_order (self, ranked, count);
    for (size_t i = 0; i < count && freely; i++) {
        int outcome = drunk ? (int) selection_outcome_selected : (int) below (3);
        if (outcome == selection_outcome_selected && selected >= self->round.select_max && !drunk)
            outcome = selection_outcome_not_selected;
        selected += outcome == selection_outcome_selected;
        schema_set_int (shape, &self->lines [i], "outcome", outcome);
        schema_set_int (shape, &self->lines [i], "place", outcome == selection_outcome_waitlisted ? ++waits : 0);
    }
    choosing_compare (self->lines, count);
    if (drunk && count)
        schema_set_int (shape, &self->lines [below (count)], "deviation", (int64_t) below (4));
    look_at_deviations (self);
    for (size_t i = 0; i < count; i++)
        schema_set_int (shape, &self->lines [i], "written", below (8) > 0);
}

/* What is drafted is what the judgements come to now; and without one of the jurors, what theirs were not in. */
static void draft (world *self)
{
    ranked_initiative_t ranked [MOST], fewer [MOST];
    size_t without = below (self->jurors + 1), count = rank_plans (self, JURORS, ranked);
    look_at_ranking (self, ranked, count, JURORS, the_formula);
    look_at_ranking (self, fewer, rank_plans (self, without, fewer), without, recomputed);
    choose (self, ranked, count, below (drunk ? 2 : 4) == 0);
    self->selection.too_few = 0;
    for (size_t i = 0; i < count; i++)
        self->selection.too_few += !ranked [i].enough;
    self->counted = counted_now (self);
    for (size_t j = 0; j <= JURORS; j++) {
        self->is_present [j] = j == JURORS || (self->in_jury [j] && below (2));
        self->signs [j] = false;
    }
}

/* Each round has its table: asks, and pledges that rest on each other in whatever way. */
static void make_table (closing_table *table, closing_condition conditions [][2])
{
    for (size_t i = 0; i < table->ask_count; i++)
        table->asks [i] = (closing_ask) { .least_cents = (int64_t) below (20) };
    for (size_t i = 0; i < table->count; i++) {
        table->pledges [i] = (closing_pledge) { .ask = below (table->ask_count), .financier = below (3), .kind = (int) below (3),
                                                .cents = (int64_t) below (12), .count = below (3), .conditions = conditions [i] };
        for (size_t k = 0; k < 2; k++)
            conditions [i][k] = (closing_condition) { (closing_wish) below (4), (int) below (4) - 1, (int64_t) below (9), below (table->count),
                                                      below (3) > 0 };
    }
}

/* Backwards: the last pledge first, and what names it names where it is now. */
static void turn (const closing_table *from, closing_table *to, closing_condition conditions [][2])
{
    for (size_t i = 0; i < from->ask_count; i++)
        to->asks [i] = (closing_ask) { .least_cents = from->asks [i].least_cents };
    for (size_t i = 0; i < from->count; i++) {
        size_t at = from->count - 1 - i;
        to->pledges [at] = from->pledges [i];
        to->pledges [at].conditions = conditions [at];
        for (size_t k = 0; k < 2; k++) {
            conditions [at][k] = from->pledges [i].conditions [k];
            conditions [at][k].pledge = from->count - 1 - conditions [at][k].pledge;
        }
    }
}

enum { PLEDGES = 8, ASKS = 2 };

static void sit_at_table (void)
{
    closing_ask asks [ASKS], other_asks [ASKS];
    closing_pledge pledges [PLEDGES], other_pledges [PLEDGES];
    closing_condition conditions [PLEDGES][2], other_conditions [PLEDGES][2];
    closing_table table = { .asks = asks, .ask_count = 1 + below (ASKS), .pledges = pledges, .count = 1 + below (PLEDGES) };
    closing_table other = { .asks = other_asks, .ask_count = table.ask_count, .pledges = other_pledges, .count = table.count };
    make_table (&table, conditions);
    turn (&table, &other, other_conditions);
    closing_solve (&table);
    closing_solve (&other);
    if (drunk)
        pledges [below (table.count)].holds ^= true;
    for (size_t a = 0; a < table.ask_count; a++) {
        int64_t bound = 0, any = 0;
        for (size_t i = 0; i < table.count; i++)
            if (pledges [i].holds && pledges [i].ask == a) {
                bound += pledges [i].cents;
                any++;
            }
        hold (all_or_none, !any || bound >= asks [a].least_cents);
    }
    for (size_t i = 0; i < table.count; i++)
        hold (any_order, pledges [i].holds == other_pledges [table.count - 1 - i].holds);
}
#endif
