/* tell.c - a made-up market as what the stream would have said of it: rows for COPY stream.log.
 *
 *   tell OFFERS.tsv QUERIES.tsv ENTERPRISES BUYER AFTER > rows
 *
 * First the enterprises, then the offers, each of the next enterprise, then for each query a need of the buyer, whose ids end
 * in its number; numbered from AFTER + 1 on. On standard error: the number of the last one.
 *
 * The hashes are none: what follows the stream does not look at them.                                       */
#include "../../../common/text.h"
#include "../../../common/vocabulary.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t         seq, moment;
    msgpack_sbuffer data, body;
} telling;

static void id_of (char out [37], int kind, uint32_t number)
{
    /* Random where a UUIDv7 is random. */
    snprintf (out, 37, "01900000-%04x-7%03x-8%03x-%012" PRIx64, number & 0xffff, number >> 16 & 0xfff, kind,
              (uint64_t) (number * UINT64_C (0x9e3779b97f4a7c15)) >> 16);
}

static void tell (telling *self, event_id what, const char *noun, const char *id, const void *record)
{
    const event_type *is = &event_types () [what];
    const schema *s = event_schema ();
    char type [80], subject [80], event_id [37];
    event_t e = { 0 };
    self->seq++;
    msgpack_sbuffer_clear (&self->data);
    msgpack_sbuffer_clear (&self->body);
    msgpack_packer packer = { &self->data, msgpack_sbuffer_write }, out = { &self->body, msgpack_sbuffer_write };
    schema_encode (is->record (), record, OWNER, NULL, &packer);
    id_of (event_id, 0xe, (uint32_t) self->seq);
    snprintf (type, sizeof type, "nl.meerwaarde.%s.v1", is->name);
    snprintf (subject, sizeof subject, "%s/%s", noun, id);
    schema_set_text (s, &e, "specversion", "1.0");
    schema_set_text (s, &e, "id", event_id);
    schema_set_text (s, &e, "source", "urn:nld:oin:00000099000000000000:systeem:meerwaarde");
    schema_set_text (s, &e, "type", type);
    schema_set_text (s, &e, "subject", subject);
    schema_set_int (s, &e, "time", self->moment);
    schema_set_text (s, &e, "datacontenttype", "application/msgpack");
    schema_set_int (s, &e, "ver", 1);
    size_t index;
    *(bytes *) schema_at (schema_field (s, "data", &index), &e) = (bytes) { self->data.size, self->data.data };
    schema_mark (&e, index);
    schema_encode (s, &e, OWNER, NULL, &out);
    printf ("%" PRId64 "\t%s\t%s\t%s\t1\t2026-11-29T00:00:00Z\t2026-11-29T00:00:00Z\t\\\\x", self->seq, event_id, type, subject);
    for (size_t i = 0; i < self->body.size; i++) {
        uint8_t byte = (uint8_t) self->body.data [i];
        putchar_unlocked ("0123456789abcdef" [byte >> 4]);
        putchar_unlocked ("0123456789abcdef" [byte & 15]);
    }
    printf ("\t\\\\x00\n");
}

static void tell_enterprise (telling *self, uint32_t number)
{
    const schema *s = organisation_schema ();
    char id [37], name [60], code [8];
    organisation_t o = { 0 };
    id_of (id, 1, number);
    snprintf (name, sizeof name, "Onderneming %" PRIu32 " (fictief)", number);
    snprintf (code, sizeof code, "GM%04" PRIu32, number % 20);
    schema_set_text (s, &o, "id", id);
    schema_set_text (s, &o, "name", name);
    schema_set_int (s, &o, "kind", org_kind_enterprise);
    schema_set_text (s, &o, "municipality", code);
    schema_set_text (s, &o, "municipality_name", "Daar");
    schema_set_int (s, &o, "state", organisation_state_admitted);
    schema_set_int (s, &o, "version", 1);
    tell (self, EVENT_organisation_admitted, "organisation", id, &o);
}

static void tell_offer (telling *self, char *line, uint32_t number, uint32_t enterprises)
{
    const schema *s = offer_schema ();
    char id [37], supplier [37], name [60], place [8], cpv [12], *column [5];
    offer_t o = { 0 };
    for (int i = 0; i < 5; i++)
        column [i] = strsep (&line, "\t\n");
    id_of (id, 2, number);
    id_of (supplier, 1, number % enterprises);
    snprintf (name, sizeof name, "Onderneming %" PRIu32 " (fictief)", number % enterprises);
    snprintf (place, sizeof place, "GM%04d", atoi (column [4]));
    snprintf (cpv, sizeof cpv, "%.8s-1", column [3]);
    schema_set_text (s, &o, "id", id);
    schema_set_text (s, &o, "supplier_id", supplier);
    schema_set_text (s, &o, "supplier_name", name);
    schema_set_text (s, &o, "supplier_municipality", place);
    schema_set_text (s, &o, "supplier_municipality_name", "Daar");
    schema_set_text (s, &o, "title", column [1]);
    schema_set_text (s, &o, "description", column [2]);
    schema_set_text (s, &o, "cpv", cpv);
    schema_set_text (s, &o, "unit", "uur");
    schema_set_int (s, &o, "kind", offer_kind_service);
    schema_set_int (s, &o, "sector", (int64_t) (number % 12));
    schema_set_int (s, &o, "vat", vat_rate_high);
    schema_set_int (s, &o, "price_cents", 1000 + (int64_t) (number % 9000));
    schema_set_int (s, &o, "lead_days", (int64_t) (number % 30));
    schema_set_int (s, &o, "state", offer_state_published);
    schema_set_int (s, &o, "version", 1);
    texts region = { 1, (const char *[]) { place } };
    schema_set_list (s, &o, "region", region.count, region.at);
    tell (self, EVENT_offer_published, "offer", id, &o);
}

static void tell_need (telling *self, char *line, uint32_t number, const char *buyer)
{
    const schema *s = need_schema ();
    char id [37];
    need_t n = { 0 };
    snprintf (id, sizeof id, "00000000-0000-7000-8000-%012" PRIu32, number);
    schema_set_text (s, &n, "id", id);
    schema_set_text (s, &n, "buyer_id", buyer);
    schema_set_text (s, &n, "buyer_name", "Koper (fictief)");
    schema_set_text (s, &n, "title", strsep (&line, "\t\n"));
    schema_set_text (s, &n, "description", "Het gaat om dit jaar en om het jaar daarna.");
    schema_set_text (s, &n, "municipality", "GM0007");
    schema_set_int (s, &n, "quote_deadline", self->moment + INT64_C (365) * 86400 * 1000000);
    schema_set_int (s, &n, "state", need_state_open);
    schema_set_int (s, &n, "version", 1);
    texts codes = { 1, (const char *[]) { "55520000-1" } };
    schema_set_list (s, &n, "cpv", codes.count, codes.at);
    tell (self, EVENT_need_published, "need", id, &n);
}

static FILE *lines_of (const char *path)
{
    FILE *file = fopen (path, "re");
    assert (file);
    return file;
}

int main (int argc, char *argv [])
{
    if (argc != 6) {
        fprintf (stderr, "usage: tell OFFERS.tsv QUERIES.tsv ENTERPRISES BUYER AFTER > rows\n");
        return 2;
    }
    FILE *offers = lines_of (argv [1]), *queries = lines_of (argv [2]);
    uint32_t enterprises = (uint32_t) atol (argv [3]), number = 0;
    char *line = NULL;
    size_t room = 0;
    assert (enterprises);
    telling self = { .seq = atol (argv [5]), .moment = INT64_C (1795910400000000) };
    msgpack_sbuffer_init (&self.data);
    msgpack_sbuffer_init (&self.body);
    for (uint32_t i = 0; i < enterprises; i++)
        tell_enterprise (&self, i);
    while (getline (&line, &room, offers) > 0)
        tell_offer (&self, line, number++, enterprises);
    for (number = 0; getline (&line, &room, queries) > 0; number++)
        tell_need (&self, line, number, argv [4]);
    free (line);
    fclose (offers);
    fclose (queries);
    fprintf (stderr, "%" PRId64 "\n", self.seq);
    return 0;
}
