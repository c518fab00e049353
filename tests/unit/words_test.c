/* words_test.c - what a query's words lead to beside themselves: what was meant by a slip, and CPV codes by their names. */
#include "../../services/matching/market/day.h"
#include "../../services/matching/explain.h"
#include "match_world.h"

static void list_codes (world *self, const char *json)
{
    tell (self, EVENT_cpv_listed, record_of (self, cpv_page_schema (), json));
}

static const char codes [] =
    "{\"items\":["
    "{\"code\":\"55000000-0\",\"name\":\"Hotel-, restaurant- en detailhandelsdiensten\",\"name_en\":\"Hotel, restaurant and retail trade services\"},"
    "{\"code\":\"55520000-1\",\"name\":\"Cateringdiensten\",\"name_en\":\"Catering services\",\"words\":[\"lunch\",\"borrel\"]},"
    "{\"code\":\"77300000-3\",\"name\":\"Tuinbouwdiensten\",\"name_en\":\"Horticultural services\",\"words\":[\"tuin\"]},"
    "{\"code\":\"64110000-0\",\"name\":\"Postdiensten\",\"name_en\":\"Postal services\"},"
    "{\"code\":\"66510000-8\",\"name\":\"Verzekeringsdiensten\",\"name_en\":\"Insurance services\"},"
    "{\"code\":\"79530000-8\",\"name\":\"Vertaaldiensten\",\"name_en\":\"Translation services\"},"
    "{\"code\":\"79710000-4\",\"name\":\"Beveiligingsdiensten\",\"name_en\":\"Security services\"},"
    "{\"code\":\"39142000-9\",\"name\":\"Tuinmeubilair\",\"name_en\":\"Garden furniture\"},"
    "{\"code\":\"90910000-9\",\"name\":\"Reinigingsdiensten\",\"name_en\":\"Cleaning services\",\"words\":[\"schoonmaak\"]}]}";

static void read_query (world *self, query *q, const char *text)
{
    shelf_reader *reader = shelf_borrow (market_shelf (self->market));
    query_read (q, market_shelf (self->market), market_names (self->market), reader, text, NULL);
    shelf_return (market_shelf (self->market), reader);
}

/* One more event, so that the edition has what was told before. */
static void settle (world *self)
{
    add_enterprise (self, 9, "GM0153", "admitted");
    market_show (self->market, self->seq);
}

/* The titles found, best first, each with a semicolon. */
static const char *found_by (world *self, const char *text)
{
    static char titles [2000];
    query q;
    shelf_found found [20];
    settle (self);
    read_query (self, &q, text);
    shelf_reader *reader = shelf_borrow (market_shelf (self->market));
    size_t count = query_find (&q, market_shelf (self->market), reader, (shelf_where) { NULL, false }, found, 20);
    shelf_return (market_shelf (self->market), reader);
    titles [0] = 0;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal (found [i].score, query_score (&q, market_shelf (self->market), &found [i]));
        strcat (strcat (titles, market_offer (self->market, found [i].row, self->zone)->title), ";");
    }
    return titles;
}

static const char *meant_by (world *self, const char *text)
{
    static query q;
    settle (self);
    read_query (self, &q, text);
    return q.word_count ? q.words [0].meant : "";
}

/* ---- slips ---- */

static void test_slips (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Tuinonderhoud", "77310000-6", "");
    add_offer (self, 2, 1, "Bedrijfskantine", "55510000-8", "");
    static const struct { const char *written, *meant; } table [] = {
        { "tuinonderhuod", "tuinonderhoud" },   /* two changed places */
        { "tuinonderhou", "tuinonderhoud" },    /* one left out */
        { "tuinonnderhoud", "tuinonderhoud" },  /* one put in */
        { "tuimonderhoud", "tuinonderhoud" },   /* one changed */
        { "TUINONDERHUOD", "tuinonderhoud" },
        { "tuinonderhoud", "" },                /* as it is */
        { "tuimonderhuod", "" },                /* two slips */
        { "tuin", "" }, { "xyzzyq", "" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal (meant_by (self, table [i].written), table [i].meant);
    assert_string_equal (found_by (self, "tuimonderhoud"), "Tuinonderhoud;");
}

/* A word of the dictionary is meant as it is, though nobody offers it and a slip away lies what somebody does. */
static void test_dictionary (void **state)
{
    world *self = *state;
    assert_true (wordlist_has (self->words, "taart", 5) && wordlist_has (self->words, "kaart", 5));
    assert_false (wordlist_has (self->words, "kaarrt", 6));
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Kaart van de stad", "22114300-5", "");
    assert_string_equal (meant_by (self, "taart"), "");
    assert_string_equal (meant_by (self, "kaarrt"), "kaart");
}

/* A slip that an offer has itself is found as it is; what sixteen times as many have is looked for beside it. */
static void test_rare (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Cateirng", "55520000-1", "");
    for (int i = 2; i <= 16; i++)
        add_offer (self, i, 1, "Catering", "55520000-1", "");
    assert_string_equal (meant_by (self, "cateirng"), "");
    add_offer (self, 17, 1, "Catering", "55520000-1", "");
    assert_string_equal (meant_by (self, "cateirng"), "catering");
    assert_memory_equal (found_by (self, "cateirng"), "Cateirng;Catering;", 18);
    assert_string_equal (meant_by (self, "catering"), "");
}

static int64_t text_points (world *self, const char *title, const char *saying)
{
    char why [WHY_BYTES];
    settle (self);
    ranking *r = rank (self->market, make_need (self, title, "79000000-4", ""), day_of_date ("2026-11-23"), 20, 20, self->zone);
    assert_int_equal (r->item_count, 1);
    rank_tell (r, self->market, r->items [0], self->zone);
    explain_part (r, r->items [0], score_part_text, DUTCH, why);
    if (!strstr (why, saying))
        fail_msg ("%s: %s", title, why);
    return r->items [0]->points [score_part_text];
}

/* As written earns most, a part less, a slip less than that; and the explanation says so. */
static void test_slip_in_a_need (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Tuinonderhoud", "77310000-6", "");
    int64_t written = text_points (self, "Tuinonderhoud", "heel of deels in het aanbod staan: Tuinonderhoud.");
    int64_t slip = text_points (self, "Tuinonderhuod", "Geen woord uit de vraag staat in het aanbod. Wij zochten ook op: tuinonderhoud.");
    print_message ("# %d as written, %d with a slip\n", (int) written, (int) slip);
    assert_true (slip > 0 && slip < written);
}

/* What the market lost is meant no more, whatever is still in its indexes; and history leaves no trace. */
static void test_history (void **state)
{
    world *self = *state, *other;
    open_world ((void **) &other);
    for (world **w = (world *[]) { self, other, NULL }; *w; w++)
        add_enterprise (*w, 1, "GM0153", "admitted");
    for (int i = 1; i <= 8; i++) {
        add_offer (self, i, 1, i % 2 ? "Groenvoorziening" : "Bloembakken", "77310000-6", "");
        market_show (self->market, self->seq);
        add_offer (other, i, 1, i % 2 ? "Groenvoorziening" : "Bloembakken", "77310000-6", "");
    }
    for (int i = 1; i <= 7; i += 2)
        for (world **w = (world *[]) { self, other, NULL }; *w; w++)
            tell (*w, EVENT_offer_retired, make_offer (*w, i, 1, "Groenvoorziening", "77310000-6", "retired", ""));
    for (world **w = (world *[]) { self, other, NULL }; *w; w++) {
        assert_string_equal (meant_by (*w, "groenvoorzieninh"), "");
        assert_string_equal (meant_by (*w, "bloembakkenn"), "bloembakken");
        assert_string_equal (found_by (*w, "bloembakkenn"), "Bloembakken;Bloembakken;Bloembakken;Bloembakken;");
    }
    close_world ((void **) &other);
}

/* ---- names of codes ---- */

static void test_names (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Broodjes en soep", "55520000-1", "");
    add_offer (self, 2, 1, "Ramen lappen", "90911300-9", "");
    add_offer (self, 3, 1, "Lunch", "15894210-6", "");
    add_offer (self, 4, 1, "Banken en parasols", "39142000-9", "");
    add_offer (self, 5, 1, "Snoeien en wieden", "77310000-6", "");
    assert_string_equal (found_by (self, "lunch"), "Lunch;");
    list_codes (self, codes);
    assert_string_equal (found_by (self, "lunch"), "Lunch;Broodjes en soep;");
    assert_string_equal (found_by (self, "lunch voor 40 personen"), "Lunch;Broodjes en soep;");
    assert_string_equal (found_by (self, "catering"), "Broodjes en soep;");
    assert_string_equal (found_by (self, "cleaning services"), "Ramen lappen;"); /* under 90910000 */
    assert_string_equal (found_by (self, "diensten"), "");                       /* says too little of any name */
    assert_string_equal (found_by (self, "restaurant"), "");                     /* as little of that one */
    assert_string_equal (found_by (self, "tuinen"), "Snoeien en wieden;");       /* that is not about furniture */
    assert_string_equal (found_by (self, "meubilair voor de tuin"), "Banken en parasols;Snoeien en wieden;");
}

/* An own word earns more than the name of a code; the explanation says which name. */
static void test_names_in_a_need (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Broodjes en soep", "55520000-1", "");
    list_codes (self, codes);
    int64_t own = text_points (self, "Soep", "heel of deels in het aanbod staan: Soep.");
    int64_t name = text_points (self, "Lunch", "De titel hoort bij de CPV-groep van het aanbod: Cateringdiensten.");
    assert_true (name > 0 && name <= own / 4);
}

/* The newest name counts, and only that. */
static void test_names_change (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Broodjes en soep", "55520000-1", "");
    list_codes (self, codes);
    list_codes (self, "{\"items\":[{\"code\":\"55520000-1\",\"name\":\"Maaltijddiensten\",\"name_en\":\"Meal services\"}]}");
    assert_string_equal (found_by (self, "lunch"), "");
    assert_string_equal (found_by (self, "catering"), "");
    assert_string_equal (found_by (self, "maaltijden"), "Broodjes en soep;");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown (test, open_world, close_world)

int main (void)
{
    const struct CMUnitTest tests [] = {
        IN_A_WORLD (test_slips), IN_A_WORLD (test_dictionary), IN_A_WORLD (test_rare), IN_A_WORLD (test_slip_in_a_need),
        IN_A_WORLD (test_history), IN_A_WORLD (test_names), IN_A_WORLD (test_names_in_a_need), IN_A_WORLD (test_names_change),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
