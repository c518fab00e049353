/* xlsx.c - the first sheet of a workbook (ECMA-376 part 1, 18.3), read as a stream; nothing outside it is fetched. */
#include "sheet.h"
#include "../../../common/zip.h"
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PART_BYTES = 32 << 20, /* of one part, unpacked */
    SHARED = 50000,        /* texts that cells share */
    SHARED_BYTES = 8 << 20,
    LAST_ROW = 5000,       /* rows may be left open, but not so many */
};

/* A buffer of texts, one after another, each ended by a zero. */
typedef struct {
    char  *at;
    size_t size, room;
} heap;

typedef struct {
    zip       *packed;
    heap       shared, cells;
    size_t    *begins;   /* of each shared text in `shared` */
    size_t     count;
    sheet_take *take;
    void      *to;
    char      *why;
} workbook;

static bool refuse (workbook *self, const char *reason)
{
    if (!*self->why)
        snprintf (self->why, SHEET_WHY, "%s", reason);
    return false;
}

static bool heap_add (heap *self, const char *text, size_t size, size_t most)
{
    if (self->size + size + 1 > most)
        return false;
    if (self->size + size + 1 > self->room) {
        size_t room = 2 * (self->size + size + 1);
        char *at = realloc (self->at, room);
        if (!at)
            return false;
        self->at = at;
        self->room = room;
    }
    memcpy (self->at + self->size, text, size);
    self->size += size;
    self->at [self->size] = 0;
    return true;
}

/* ------------------------------------------------------------------------------------- parts */

/* A part of the workbook, unpacked; the caller frees it. NULL: it is not there, or too large (then `why` says so). */
static char *part (workbook *self, const zip_entry *e, size_t *size)
{
    if (!e)
        return NULL;
    if (e->unpacked > PART_BYTES) {
        refuse (self, "is too large when unpacked");
        return NULL;
    }
    char *out = malloc ((size_t) e->unpacked + 1);
    if (!out || !zip_unpack (self->packed, e, (uint8_t *) out)) {
        free (out);
        refuse (self, "is damaged");
        return NULL;
    }
    *size = e->unpacked;
    return out;
}

static xmlTextReaderPtr open_part (const char *text, size_t size)
{
    return xmlReaderForMemory (text, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
}

/* The next node. False: the end, or what is not taken (a document type, and so entities), or not XML. */
static bool next (workbook *self, xmlTextReaderPtr in)
{
    int how = xmlTextReaderRead (in);
    if (how < 0)
        return refuse (self, "is not a workbook: its XML is damaged");
    int type = how ? xmlTextReaderNodeType (in) : 0;
    if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE || type == XML_READER_TYPE_ENTITY)
        return refuse (self, "has a document type or entities, which are not taken");
    return how;
}

static bool is (xmlTextReaderPtr in, int type, const char *name)
{
    return xmlTextReaderNodeType (in) == type && strcmp ((const char *) xmlTextReaderConstLocalName (in), name) == 0;
}

static bool is_text (xmlTextReaderPtr in)
{
    int type = xmlTextReaderNodeType (in);
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_CDATA;
}

/* Appends the text of the element that begins here, but not of phonetic guides; leaves the reader at its end. */
static bool add_text (workbook *self, xmlTextReaderPtr in, heap *to, size_t most)
{
    int depth = xmlTextReaderDepth (in);
    bool fine = true;
    if (xmlTextReaderIsEmptyElement (in))
        return true;
    while (fine && next (self, in) && xmlTextReaderDepth (in) > depth)
        if (is_text (in)) {
            const char *text = (const char *) xmlTextReaderConstValue (in);
            fine = heap_add (to, text, strlen (text), most) || refuse (self, "has a cell, or shared texts, that are too long");
        }
    return fine && !*self->why;
}

static bool read_shared (workbook *self)
{
    size_t size;
    const zip_entry *e = zip_find (self->packed, "xl/sharedStrings.xml");
    char *text = part (self, e, &size);
    if (!text)
        return !e;
    xmlTextReaderPtr in = open_part (text, size);
    self->begins = calloc (SHARED, sizeof *self->begins);
    bool fine = in && self->begins;
    while (fine && next (self, in))
        if (is (in, XML_READER_TYPE_ELEMENT, "si")) {
            fine = self->count < SHARED || refuse (self, "has too many shared texts");
            if (!fine)
                break;
            self->begins [self->count++] = self->shared.size;
            fine = heap_add (&self->shared, "", 0, SHARED_BYTES) && add_text (self, in, &self->shared, SHARED_BYTES);
            self->shared.size++; /* the zero */
        }
    xmlFreeTextReader (in);
    free (text);
    return fine && !*self->why;
}

/* ------------------------------------------------------------------------------------- cells */

/* "C12" is column 2; SIZE_MAX: no such thing. */
static size_t column_of (const char *place)
{
    size_t column = 0;
    if (*place < 'A' || *place > 'Z')
        return SIZE_MAX;
    for (; *place >= 'A' && *place <= 'Z'; place++)
        if ((column = column * 26 + (size_t) (*place - 'A' + 1)) > 20000)
            return SIZE_MAX;
    return column - 1;
}

/* A number as people write it: 12.5, not 1.25E1. */
static void plain_number (heap *cells, size_t from)
{
    char *end, text [40];
    const char *written = cells->at + from;
    double value = strtod (written, &end);
    if (end == written || *end || !strpbrk (written, "eE") || value > 1e15 || value < -1e15)
        return;
    int size = snprintf (text, sizeof text, "%.6f", value);
    while (size && text [size - 1] == '0')
        size--;
    size -= size && text [size - 1] == '.';
    cells->size = from;
    heap_add (cells, text, (size_t) size, SIZE_MAX);
}

/* The cell that begins here, into the row's heap at *begin. */
static bool read_cell (workbook *self, xmlTextReaderPtr in, size_t *begin)
{
    xmlChar *type = xmlTextReaderGetAttribute (in, BAD_CAST "t");
    bool shared = type && strcmp ((char *) type, "s") == 0, number = !type || strcmp ((char *) type, "n") == 0, fine = true;
    int depth = xmlTextReaderDepth (in);
    xmlFree (type);
    *begin = self->cells.size;
    fine = heap_add (&self->cells, "", 0, SIZE_MAX);
    if (!xmlTextReaderIsEmptyElement (in))
        while (fine && next (self, in) && xmlTextReaderDepth (in) > depth)
            if (is (in, XML_READER_TYPE_ELEMENT, "v") || is (in, XML_READER_TYPE_ELEMENT, "t"))
                fine = add_text (self, in, &self->cells, *begin + SHEET_CELL_BYTES);
    if (fine && shared) {
        char *end;
        unsigned long index = strtoul (self->cells.at + *begin, &end, 10);
        if (*end || end == self->cells.at + *begin || index >= self->count)
            return refuse (self, "points at a shared text that is not there");
        const char *text = self->shared.at + self->begins [index];
        self->cells.size = *begin;
        fine = heap_add (&self->cells, text, strlen (text), *begin + SHEET_CELL_BYTES) || refuse (self, "has a cell that is too long");
    } else if (fine && number)
        plain_number (&self->cells, *begin);
    self->cells.size++;
    return fine && !*self->why;
}

static char *trimmed (char *text)
{
    size_t size = strlen (text);
    while (size && strchr (" \t\r\n", text [size - 1]))
        text [--size] = 0;
    return text + strspn (text, " \t\r\n");
}

/* The row that begins here, to whoever takes rows. */
static bool read_row (workbook *self, xmlTextReaderPtr in, int64_t *last)
{
    size_t begins [SHEET_COLUMNS], count = 0;
    int depth = xmlTextReaderDepth (in);
    xmlChar *number = xmlTextReaderGetAttribute (in, BAD_CAST "r");
    int64_t given = number ? strtoll ((char *) number, NULL, 10) : *last + 1;
    xmlFree (number);
    if (given <= *last || given > LAST_ROW)
        return refuse (self, given > LAST_ROW ? "has more than 500 rows" : "is damaged: its rows are not in order");
    *last = given;
    self->cells.size = 0;
    if (!heap_add (&self->cells, "", 0, SIZE_MAX))
        return false;
    self->cells.size++; /* text 0 is the empty one */
    bool fine = true, empty = xmlTextReaderIsEmptyElement (in);
    while (fine && !empty && next (self, in) && xmlTextReaderDepth (in) > depth) {
        if (!is (in, XML_READER_TYPE_ELEMENT, "c"))
            continue;
        xmlChar *place = xmlTextReaderGetAttribute (in, BAD_CAST "r");
        size_t column = place ? column_of ((char *) place) : count, begin;
        xmlFree (place);
        if (column < count || column == SIZE_MAX)
            return refuse (self, "is damaged: its cells are not in order");
        fine = read_cell (self, in, &begin);
        bool said = fine && self->cells.at [begin];
        if (column >= SHEET_COLUMNS && said)
            return refuse (self, "has more than 40 columns");
        while (fine && column < SHEET_COLUMNS && count <= column)
            begins [count++] = 0;
        if (fine && column < SHEET_COLUMNS)
            begins [column] = begin;
    }
    sheet_row row = { .number = given, .count = count };
    for (size_t i = 0; i < count; i++)
        row.cells [i] = trimmed (self->cells.at + begins [i]);
    return fine && !*self->why && self->take (self->to, &row);
}

static const zip_entry *first_sheet (const zip *packed)
{
    const zip_entry *e = zip_find (packed, "xl/worksheets/sheet1.xml");
    for (size_t i = 0; !e && i < packed->count; i++)
        if (packed->all [i].name_size > 20 && memcmp (packed->all [i].name, "xl/worksheets/sheet", 19) == 0)
            e = &packed->all [i];
    return e;
}

static bool read_sheet (workbook *self)
{
    size_t size;
    int64_t last = 0;
    char *text = part (self, first_sheet (self->packed), &size);
    if (!text)
        return refuse (self, "has no sheet");
    xmlTextReaderPtr in = open_part (text, size);
    bool fine = in;
    while (fine && next (self, in))
        if (is (in, XML_READER_TYPE_ELEMENT, "row"))
            fine = read_row (self, in, &last);
    xmlFreeTextReader (in);
    free (text);
    return fine && !*self->why;
}

bool xlsx_read (const uint8_t *bytes, size_t size, sheet_take *take, void *to, char why [SHEET_WHY])
{
    workbook self = { .packed = calloc (1, sizeof (zip)), .take = take, .to = to, .why = why };
    *why = 0;
    bool fine = self.packed && (zip_read (self.packed, bytes, size) == ZIP_FINE || refuse (&self, "is damaged"))
             && read_shared (&self) && read_sheet (&self);
    free (self.packed);
    free (self.shared.at);
    free (self.cells.at);
    free (self.begins);
    return fine;
}
