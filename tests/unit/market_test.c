/* market_test.c - a market that is kept and taken up again is the market that it was; one that is damaged is told.
 *
 * MATCH_SEED=n repeats a run.                                                                                    */
#include "../../services/matching/market/day.h"
#include "../../services/matching/rank.h"
#include "../../common/text.h"
#include "match_world.h"
#include <dirent.h>
#include <inttypes.h>
#include <unistd.h>

enum { ENTERPRISES = 20, OFFERS = 24000 /* so that there are parts with files */, PATH_BYTES = 400 };

static uint64_t seed_used;

static unsigned below (uint64_t *seed, unsigned most)
{
    *seed = *seed * UINT64_C (6364136223846793005) + UINT64_C (1442695040888963407);
    return (unsigned) (*seed >> 33) % most;
}

typedef struct {
    char   directory [PATH_BYTES];
    world *kept, *plain; /* told the same; `plain` is never put down */
} pair;

static void open_kept (pair *self)
{
    const char *why;
    market_destroy (&self->kept->market);
    self->kept->market = market_new (self->kept->words, self->directory, self->kept->epoch, &why);
    assert_non_null (self->kept->market);
    if (why)
        fail_msg ("%s", why);
}

static int open_pair (void **state)
{
    pair *self = calloc (1, sizeof *self);
    strcpy (self->directory, "/tmp/market-test-XXXXXX");
    assert_non_null (mkdtemp (self->directory));
    open_world ((void **) &self->kept);
    open_world ((void **) &self->plain);
    open_kept (self);
    *state = self;
    return 0;
}

static size_t each_file (const pair *self, void (*found) (const char *path, void *to), void *to)
{
    char path [2 * PATH_BYTES];
    size_t count = 0;
    DIR *all = opendir (self->directory);
    for (const struct dirent *each; (each = readdir (all)); )
        if (each->d_name [0] != '.') {
            snprintf (path, sizeof path, "%s/%s", self->directory, each->d_name);
            count++;
            if (found)
                found (path, to);
        }
    closedir (all);
    return count;
}

static void remove_file (const char *path, void *to)
{
    (void) to;
    unlink (path);
}

static int close_pair (void **state)
{
    pair *self = *state;
    close_world ((void **) &self->kept);
    close_world ((void **) &self->plain);
    each_file (self, remove_file, NULL);
    rmdir (self->directory);
    free (self);
    return 0;
}

static void tell_both (pair *self, event_id what, const void *record)
{
    tell (self->kept, what, record);
    tell (self->plain, what, record);
}

static void tell_enterprise (pair *self, int number, const char *municipality)
{
    add_enterprise (self->kept, number, municipality, "admitted");
    add_enterprise (self->plain, number, municipality, "admitted");
}

static void tell_offer (pair *self, uint64_t *seed, int number)
{
    static const char *const titles [] = { "Tuinonderhoud", "Lunch op locatie", "Schoonmaak van kantoren", "Drukwerk en post" };
    static const char *const codes [] = { "77310000-6", "55520000-1", "90910000-9", "79800000-2" };
    unsigned which = below (seed, 4);
    char more [200];
    snprintf (more, sizeof more, ",\"lead_days\":%u,\"price_cents\":%u,\"region\":[\"GM0%u\"]", below (seed, 60), below (seed, 9000),
              100 + below (seed, 90));
    tell_both (self, EVENT_offer_changed, make_offer (self->plain, number, (int) below (seed, ENTERPRISES), titles [which], codes [which],
               below (seed, 6) ? "published" : "retired", more));
    msgpack_zone_clear (self->plain->zone);
}

static void keep (world *self)
{
    market_show (self->market, self->seq);
    market_keep *now = market_keep_begin (self->market, self->epoch);
    assert_true (market_keep_work (now));
    market_keep_end (self->market, &now);
}

static void merge_all (world *self)
{
    shelf *which = market_shelf_to_merge (self->market);
    market_show (self->market, self->seq);
    for (shelf_merge *merge; (merge = shelf_merge_begin (which)); ) {
        shelf_merge_work (merge);
        shelf_merge_end (which, &merge);
    }
}

static void assert_same (pair *self, const char *title, const char *cpv)
{
    const need_t *need = make_need (self->plain, title, cpv, "");
    market_show (self->kept->market, self->kept->seq);
    market_show (self->plain->market, self->plain->seq);
    ranking *a = rank (self->kept->market, need, day_of_date ("2026-12-20"), 20, 20, self->kept->zone);
    ranking *b = rank (self->plain->market, need, day_of_date ("2026-12-20"), 20, 20, self->plain->zone);
    assert_int_equal (a->considered, b->considered);
    assert_int_equal (a->item_count, b->item_count);
    assert_int_equal (a->excluded_count, b->excluded_count);
    assert_true (a->item_count > 0);
    assert_string_equal (a->query.words [0].meant, b->query.words [0].meant);
    assert_int_equal (a->query.branch_count, b->query.branch_count);
    for (size_t i = 0; i < a->item_count; i++) {
        rank_tell (a, self->kept->market, a->items [i], self->kept->zone);
        rank_tell (b, self->plain->market, b->items [i], self->plain->zone);
        assert_string_equal (a->items [i]->is.offer_id, b->items [i]->is.offer_id);
        assert_string_equal (a->items [i]->is.supplier_name, b->items [i]->is.supplier_name);
        assert_memory_equal (a->items [i]->points, b->items [i]->points, sizeof a->items [i]->points);
    }
    msgpack_zone_clear (self->kept->zone);
    msgpack_zone_clear (self->plain->zone);
}

static void tell_code (pair *self, const char *name)
{
    char json [300];
    snprintf (json, sizeof json, "{\"items\":[{\"code\":\"55520000-1\",\"name\":\"%s\",\"name_en\":\"Catering services\",\"words\":[\"borrel\"]}]}", name);
    tell_both (self, EVENT_cpv_listed, record_of (self->plain, cpv_page_schema (), json));
}

/* What a word leads to beside itself is kept too. */
static void assert_words_kept (pair *self, const char *name)
{
    query q;
    const market *from = self->kept->market;
    shelf_reader *reader = shelf_borrow (market_shelf (from));
    query_read (&q, market_shelf (from), market_names (from), reader, "tuinonderhuod borrel", NULL);
    shelf_return (market_shelf (from), reader);
    assert_string_equal (q.words [0].meant, "tuinonderhoud");
    assert_int_equal (q.branch_count, 1);
    assert_string_equal (q.branches [0].name, name);
    assert_same (self, "Tuinonderhuod", "79000000-4");
    assert_same (self, "Borrel", "79000000-4");
}

static void fill (pair *self, uint64_t *seed)
{
    tell_code (self, "Catering");
    for (int i = 0; i < ENTERPRISES; i++)
        tell_enterprise (self, i, i % 2 ? "GM0153" : "GM0193");
    for (int i = 0; i < OFFERS; i++)
        tell_offer (self, seed, i);
}

/* A need comes on the market, and enterprise 4 is invited. */
static void tell_need (pair *self)
{
    static const uint8_t hash [EVS_HASH] = { 1, 2, 3 };
    char id [37], sent [300];
    const need_t *need = make_need (self->plain, "Lunch", "55520000-1", "");
    snprintf (sent, sizeof sent, "{\"id\":\"%s\",\"need_id\":\"%s\",\"supplier_id\":\"%s\",\"supplier_name\":\"Onderneming 4\"}",
              id_of (id, 5, 1), need->id, id_of ((char [37]) { 0 }, 1, 4));
    const void *invitation = record_of (self->plain, invitation_schema (), sent);
    world *both [] = { self->kept, self->plain };
    for (int i = 0; i < 2; i++) {
        market_apply (both [i]->market, &(stream_event) { .seq = ++both [i]->seq, .hash = hash, .time = 1000, .record = need,
                                                          .type = &event_types () [EVENT_need_published] });
        market_apply (both [i]->market, &(stream_event) { .seq = ++both [i]->seq, .hash = hash, .time = 2000, .record = invitation,
                                                          .type = &event_types () [EVENT_invitation_sent] });
    }
}

static void assert_same_ledger (pair *self)
{
    const char *need = "00000000-0000-7000-8003-000000000001";
    const ledger *a = market_ledger (self->kept->market), *b = market_ledger (self->plain->market);
    const pack_invitation_t *sent, *other;
    assert_memory_equal (ledger_publication (a, need), ledger_publication (b, need), sizeof (publication));
    assert_int_equal (ledger_invitations (a, need, &sent), 1);
    assert_int_equal (ledger_invitations (b, need, &other), 1);
    assert_string_equal (sent->supplier_id, other->supplier_id);
    assert_int_equal (sent->sent_at, other->sent_at);
    assert_string_equal (market_need (self->kept->market, need)->title, "Lunch");
    assert_int_equal (market_enterprise_of (self->kept->market, sent->supplier_id)->invited_at, 2000);
}

/* Put down at any moment, and taken up: what was not kept is told again, as the stream does. */
static void test_taken_up (void **state)
{
    pair *self = *state;
    uint64_t seed = seed_used;
    fill (self, &seed);
    tell_need (self);
    for (int round = 0; round < 12; round++) {
        if (below (&seed, 2))
            merge_all (self->kept);
        keep (self->kept);
        if (round == 5) {
            tell_enterprise (self, 3, "GM0034");
            tell_code (self, "Cateringdiensten");
        }
        for (int i = 0; i < 40; i++)
            tell_offer (self, &seed, (int) below (&seed, OFFERS));
        keep (self->kept);
        open_kept (self);
        assert_int_equal (market_seq (self->kept->market), self->kept->seq);
        assert_same (self, "Tuinonderhoud", "77310000-6");
        assert_same (self, "Lunch op het stadhuis", "55520000-1");
        assert_same_ledger (self);
        assert_words_kept (self, round < 5 ? "Catering" : "Cateringdiensten");
    }
    assert_true (each_file (self, NULL, NULL) < 8); /* of parts that were merged nothing is left */
}

static void flip (const char *path, void *to)
{
    const size_t *where = to;
    FILE *file = fopen (path, "r+b");
    fseek (file, 0, SEEK_END);
    long at = (long) ((size_t) ftell (file) * *where / 100), c;
    fseek (file, at, SEEK_SET);
    c = fgetc (file);
    fseek (file, at, SEEK_SET);
    fputc ((int) c ^ 1, file);
    fclose (file);
}

static void flip_one (const char *path, void *to)
{
    const void **what = to;
    if (strstr (path, what [0]))
        flip (path, (void *) (uintptr_t) what [1]);
}

/* The files as they are now, put away, or back in their place. */
static void copy_files (const pair *self, bool back)
{
    char command [4 * PATH_BYTES];
    const char *at = self->directory;
    snprintf (command, sizeof command, back ? "rm -rf %s && cp -a %s.kept %s" : "rm -rf %s.kept && cp -a %s %s.kept", at, at, at);
    assert_int_equal (system (command), 0);
}

static void assert_begins_anew (pair *self, const char *file, size_t where)
{
    const char *why;
    const void *what [] = { file, &where };
    copy_files (self, true);
    each_file (self, flip_one, what);
    market *anew = market_new (self->kept->words, self->directory, self->kept->epoch, &why);
    assert_non_null (anew);
    assert_non_null (why);
    assert_int_equal (market_seq (anew), 0);
    market_destroy (&anew);
}

/* A byte that is not as it was written, in any of the files: told, and the market begins anew. */
static void test_damaged (void **state)
{
    pair *self = *state;
    char command [2 * PATH_BYTES];
    uint64_t seed = seed_used;
    static const char *const files [] = { "/snapshot", "/records", "/part-" };
    fill (self, &seed);
    merge_all (self->kept);
    keep (self->kept);
    market_destroy (&self->kept->market);
    copy_files (self, false);
    for (size_t f = 0; f < 3; f++)
        for (size_t where = 10; where < 80; where += 30) /* what is behind the last record was never said */
            assert_begins_anew (self, files [f], where);
    copy_files (self, true);
    open_kept (self);
    assert_same (self, "Schoonmaak", "90910000-9");
    snprintf (command, sizeof command, "rm -rf %s.kept", self->directory);
    assert_int_equal (system (command), 0);
}

int main (void)
{
    const char *given = getenv ("MATCH_SEED");
    seed_used = given ? strtoull (given, NULL, 10) : (uint64_t) clock_wall_us ();
    print_message ("# MATCH_SEED=%" PRIu64 "\n", seed_used);
    const struct CMUnitTest tests [] = {
        cmocka_unit_test_setup_teardown (test_taken_up, open_pair, close_pair),
        cmocka_unit_test_setup_teardown (test_damaged, open_pair, close_pair),
    };
    return cmocka_run_group_tests_name ("market", tests, NULL, NULL);
}
