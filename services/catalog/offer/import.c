/* import.c - a table of offers, as people make one: looked at cell by cell, and its good rows made into concepts. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../../../common/plain.h"
#include "../../../common/wire.h"
#include "sheet.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FAULTS = 1000, VALUE_POINTS = 80 };

/* Headings that people use; the first is that of the template. The field's own name will do as well. */
static const struct {
    const char *field, *headings [3];
} columns [] = {
    { "title", { "Titel" } },
    { "title_en", { "Titel (Engels)" } },
    { "description", { "Omschrijving" } },
    { "description_en", { "Omschrijving (Engels)" } },
    { "kind", { "Soort" } },
    { "sector", { "Sector" } },
    { "cpv", { "CPV-code", "CPV" } },
    { "price_cents", { "Prijs vanaf", "Prijs" } },
    { "unit", { "Eenheid" } },
    { "vat", { "Btw" } },
    { "lead_days", { "Levertijd in dagen", "Levertijd" } },
    { "capacity", { "Hoogstens per bestelling", "Capaciteit" } },
    { "national", { "Landelijk" } },
    { "region", { "Gemeenten" } },
    { "goals", { "Doelen" } },
    { "target_groups", { "Doelgroepen" } },
    { "impact", { "Impact" } },
    { "fictional", { "Fictief" } },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

typedef struct {
    call           *of;
    bool            headed;
    const field    *fields [SHEET_COLUMNS]; /* of each column; NULL: left alone */
    const char     *headings [SHEET_COLUMNS];
    size_t          count;
    int64_t         rows;
    sheet_fault_t  *faults;
    size_t          fault_count, bad;
    offer_t        *offers [SHEET_ROWS];
    int64_t         numbers [SHEET_ROWS];
    size_t          good;
    char           *why;
} import;

/* ----------------------------------------------------------------------------------- faults */

/* At most so many characters of it. */
static const char *cut (call *of, const char *text, size_t most)
{
    size_t size = 0;
    for (size_t points = 0; text [size]; size++)
        if (((unsigned char) text [size] & 0xc0) != 0x80 && ++points > most)
            break;
    return call_print (of, "%.*s", (int) size, text);
}

static void fault (import *self, int64_t row, const char *heading, const char *value, const char *reason)
{
    const schema *s = sheet_fault_schema ();
    if (self->fault_count == FAULTS)
        return;
    sheet_fault_t *f = &self->faults [self->fault_count++];
    schema_set_int (s, f, "row", row);
    if (heading && *heading)
        schema_set_text (s, f, "column", cut (self->of, heading, VALUE_POINTS));
    if (value && *value)
        schema_set_text (s, f, "value", cut (self->of, value, VALUE_POINTS));
    schema_set_text (s, f, "reason", cut (self->of, reason, 200));
}

/* ----------------------------------------------------------------------------------- cells */

/* "1.234,56", "1234.56", "€ 12", as cents; false: it is no amount. */
static bool read_amount (const char *text, int64_t *cents)
{
    char digits [24] = "";
    size_t size = 0, after = 0;
    const char *comma = strrchr (text, ','), *dot = strrchr (text, '.'), *mark = comma > dot ? comma : dot;
    if (strncmp (text, "€", 3) == 0)
        text += 3;
    for (text += strspn (text, " "); *text; text++) {
        if (isdigit ((unsigned char) *text) && size < 15) {
            digits [size++] = *text;
            after += mark && text > mark;
        } else if ((*text != '.' && *text != ',') || !size)
            return false;
    }
    if (size == 0 || after > 3 || (after == 0 && mark))
        return false;
    if (mark && after == 3) /* "1.234": the mark is between thousands */
        after = 0;
    *cents = strtoll (digits, NULL, 10) * (after == 0 ? 100 : after == 1 ? 10 : 1);
    return true;
}

static bool is_any (const char *text, const char *const *of)
{
    for (; *of; of++)
        if (strcasecmp (text, *of) == 0)
            return true;
    return false;
}

/* A word of the list, by itself or as people read it; what is none stays as it is, which validation refuses. */
static const char *word_of (const words *of, const char *text)
{
    for (int i = 0; i < of->count; i++)
        if (is_any (text, (const char *const []) { of->words [i].word, of->words [i].nl, of->words [i].en, NULL }))
            return of->words [i].word;
    return text;
}

/* "een; twee | drie" */
static void pack_list (import *self, const field *f, const char *text, msgpack_packer *out)
{
    const char *parts [100];
    size_t count = 0;
    char *save, *copy = call_alloc (self->of, strlen (text) + 1);
    strcpy (copy, text);
    for (char *part = strtok_r (copy, ";|\n", &save); part && count < 100; part = strtok_r (NULL, ";|\n", &save)) {
        part += strspn (part, " \t\r");
        size_t size = strlen (part);
        while (size && strchr (" \t\r", part [size - 1]))
            part [--size] = 0;
        if (*part)
            parts [count++] = f->choice ? word_of (f->choice (), part) : part;
    }
    msgpack_pack_array (out, count);
    for (size_t i = 0; i < count; i++)
        pack_text (out, parts [i]);
}

static void pack_cell (import *self, const field *f, const char *text, msgpack_packer *out)
{
    static const char *const yes [] = { "ja", "yes", "true", "waar", "x", "1", NULL }, *const no [] = { "nee", "no", "false", "onwaar", "0", NULL };
    int64_t cents;
    char *end;
    pack_text (out, f->name);
    if (f->kind == KIND_MONEY && read_amount (text, &cents))
        msgpack_pack_int64 (out, cents);
    else if (f->kind == KIND_INT && strtoll (text, &end, 10) >= 0 && !*end)
        msgpack_pack_int64 (out, strtoll (text, NULL, 10));
    else if (f->kind == KIND_BOOL && is_any (text, yes))
        msgpack_pack_true (out);
    else if (f->kind == KIND_BOOL && is_any (text, no))
        msgpack_pack_false (out);
    else if (f->kind == KIND_TEXTS || f->kind == KIND_CHOICES)
        pack_list (self, f, text, out);
    else
        pack_text (out, f->kind == KIND_CHOICE ? word_of (f->choice (), text) : text);
}

/* ------------------------------------------------------------------------------------ rows */

static const field *field_of (const char *heading)
{
    size_t index;
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *const *h = columns [i].headings;
        if (is_any (heading, (const char *const []) { columns [i].field, h [0], h [1] ? h [1] : h [0], NULL }))
            return schema_field (offer_schema (), columns [i].field, &index);
    }
    return NULL;
}

static bool take_headings (import *self, const sheet_row *row)
{
    self->headed = true;
    self->count = row->count;
    for (size_t i = 0; i < row->count; i++) {
        self->headings [i] = call_text (self->of, row->cells [i]);
        self->fields [i] = field_of (row->cells [i]);
        if (*row->cells [i] && !self->fields [i])
            fault (self, row->number, row->cells [i], NULL, "is not a column of the template; it is left alone");
        for (size_t k = 0; k < i; k++)
            if (self->fields [i] && self->fields [i] == self->fields [k]) {
                snprintf (self->why, SHEET_WHY, "has the column %.40s twice", row->cells [i]);
                return false;
            }
    }
    for (size_t i = 0; i < row->count; i++)
        if (self->fields [i] && strcmp (self->fields [i]->name, "title") == 0)
            return true;
    snprintf (self->why, SHEET_WHY, "lacks the column Titel in its first row");
    return false;
}

static bool says_nothing (const sheet_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*row->cells [i])
            return *row->cells [0] == '#'; /* an explanation of the template */
    return true;
}

/* Where a fault of a field stands: "region[2]" is in the column of region. */
static void fault_of_field (import *self, const sheet_row *row, const char *path, const char *reason)
{
    size_t length = strcspn (path, "[.");
    for (size_t i = 0; i < self->count && i < row->count; i++)
        if (self->fields [i] && strlen (self->fields [i]->name) == length && strncmp (path, self->fields [i]->name, length) == 0) {
            bool money = self->fields [i]->kind == KIND_MONEY, yes_or_no = self->fields [i]->kind == KIND_BOOL;
            fault (self, row->number, self->headings [i], row->cells [i],
                   money ? "must be an amount in euros, as 12,50" : yes_or_no ? "must be yes or no" : reason);
            return;
        }
    const char *heading = path;
    for (size_t i = 0; i < COLUMNS; i++)
        if (strlen (columns [i].field) == length && strncmp (path, columns [i].field, length) == 0)
            heading = columns [i].headings [0];
    fault (self, row->number, heading, NULL, reason);
}

/* A row as the input of offer_create: as if a client had sent it. */
static bool take_offer (import *self, const sheet_row *row)
{
    call *of = self->of;
    msgpack_sbuffer *packed = msgpack_sbuffer_new ();
    msgpack_packer packer = { packed, msgpack_sbuffer_write };
    msgpack_object object;
    faults wrong = { 0 };
    offer_t *offer = call_alloc (of, sizeof *offer);
    uint32_t cells = 0;
    msgpack_zone_push_finalizer (of->zone, (void (*) (void *)) msgpack_sbuffer_free, packed);
    for (size_t i = 0; i < row->count && i < self->count; i++)
        cells += self->fields [i] && *row->cells [i];
    msgpack_pack_map (&packer, cells);
    for (size_t i = 0; i < row->count && i < self->count; i++)
        if (self->fields [i] && *row->cells [i])
            pack_cell (self, self->fields [i], row->cells [i], &packer);
    const char *why = wire_unpack (packed->data, packed->size, of->zone, &object);
    if (why)
        faults_add (&wrong, "", "%s", why);
    else if (schema_decode (offer_schema (), &object, offer, of->zone, FROM_CLIENT, NULL, &wrong)
        &&  plain_record (of, offer_schema (), offer, &wrong)) {
        self->numbers [self->good] = row->number;
        self->offers [self->good++] = offer;
        return true;
    }
    for (size_t i = 0; i < wrong.count; i++)
        fault_of_field (self, row, wrong.at [i].path, wrong.at [i].reason);
    self->bad++;
    return true;
}

static bool take_row (void *to, const sheet_row *row)
{
    import *self = to;
    if (says_nothing (row))
        return true;
    if (!self->headed)
        return take_headings (self, row);
    if (self->rows == SHEET_ROWS) {
        snprintf (self->why, SHEET_WHY, "has more than %d rows", SHEET_ROWS);
        return false;
    }
    self->rows++;
    return take_offer (self, row);
}

/* ------------------------------------------------------------------------------------- file */

static outcome read_sheet (call *self, import *into)
{
    PGresult *rows;
    outcome how;
    char why [SHEET_WHY] = "";
    size_t size;
    *into = (import) { .of = self, .faults = call_alloc (self, FAULTS * sizeof (sheet_fault_t)), .why = why };
    int count = call_run (self, "sheet_read", &rows, &how);
    if (count <= 0)
        return count < 0 ? how : outcome_missing;
    if (PQgetisnull (rows, 0, 1))
        return call_invalid (self, "file", "is larger than 5 MB; make several tables of it");
    const char *type = PQgetvalue (rows, 0, 0);
    unsigned char *bytes = PQunescapeBytea ((const unsigned char *) PQgetvalue (rows, 0, 1), &size);
    msgpack_zone_push_finalizer (self->zone, PQfreemem, bytes);
    bool workbook = strcmp (type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") == 0;
    bool text = strcmp (type, "text/csv") == 0 || strcmp (type, "text/plain") == 0;
    if (!workbook && !text)
        return call_invalid (self, "file", "is no table; send CSV or XLSX");
    bool read = workbook ? xlsx_read (bytes, size, take_row, into, why) : csv_read ((const char *) bytes, size, take_row, into, why);
    into->why = NULL;
    if (!read)
        return call_invalid (self, "file", "%s", *why ? why : "cannot be read");
    if (into->rows == 0)
        return call_invalid (self, "file", "has no rows below its headings");
    return outcome_done;
}

static void show_offer (const import *from, size_t i, sheet_offer_t *to)
{
    const schema *s = sheet_offer_schema (), *o = offer_schema ();
    const offer_t *offer = from->offers [i];
    int64_t cents = schema_int (o, offer, "price_cents", -1);
    schema_set_int (s, to, "row", from->numbers [i]);
    schema_set_text (s, to, "title", offer->title);
    schema_set_int (s, to, "kind", offer->kind);
    schema_set_int (s, to, "sector", offer->sector);
    schema_set_text (s, to, "unit", offer->unit);
    if (cents >= 0)
        schema_set_int (s, to, "price_cents", cents);
}

outcome offer_preview (call *self, const offer_sheet_t *in, offer_preview_t *out)
{
    const schema *s = offer_preview_schema ();
    import *from = call_alloc (self, sizeof *from);
    (void) in;
    outcome how = read_sheet (self, from);
    if (how != outcome_done)
        return how;
    sheet_offer_t *offers = call_alloc (self, (from->good + 1) * sizeof *offers);
    for (size_t i = 0; i < from->good; i++)
        show_offer (from, i, &offers [i]);
    schema_set_int (s, out, "rows", from->rows);
    schema_set_list (s, out, "offers", from->good, offers);
    schema_set_list (s, out, "faults", from->fault_count, from->faults);
    return outcome_done;
}

outcome offer_import (call *self, const offer_sheet_t *in, offer_import_t *out)
{
    const schema *s = offer_import_schema ();
    import *from = call_alloc (self, sizeof *from);
    offer_t *made = call_alloc (self, sizeof *made);
    (void) in;
    outcome how = read_sheet (self, from);
    for (size_t i = 0; i < from->good && (how == outcome_done || how == outcome_created); i++)
        how = call_enter_also (self, "offer_create", from->offers [i], made);
    if (how != outcome_done && how != outcome_created)
        return how;
    schema_set_int (s, out, "made", (int64_t) from->good);
    schema_set_int (s, out, "left", (int64_t) from->bad);
    return outcome_done;
}
