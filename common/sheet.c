/* sheet.c - the parts of a printed document, laid out twice: once to count the pages, once to draw them. */
#include "sheet.h"
#include "json.h"
#include "text.h"
#include <assert.h>
#include <cairo-pdf.h>
#include <inttypes.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

/* Points: 72 to an inch. */
enum { WIDTH = 595, HEIGHT = 842, SIDE = 62, TOP = 62, BOTTOM = 74, INNER = WIDTH - 2 * SIDE, GAP = 10, PAD = 5, COLUMNS_MOST = 12 };
#define FONT "Liberation Sans, DejaVu Sans, sans-serif"

typedef enum { TITLE, HEADING, PARAGRAPH, SIDES, FACTS, TABLE, SUMS } part_kind;

typedef struct part {
    part_kind           kind;
    const char *const  *texts;
    size_t              count;   /* of texts */
    const sheet_column *columns;
    size_t              column_count;
    struct part        *next;
} part;

struct sheet {
    call       *of;
    const char *title, *author, *date;
    part       *first, **last;
    /* while it is drawn */
    cairo_t      *to;
    PangoContext *context;
    bool          counting;
    int           page, pages;
    double        y;
};

/* -------------------------------------------------------------------------------------- parts */

sheet *sheet_new (call *of, const char *title, const char *author, const char *date)
{
    sheet *self = call_alloc (of, sizeof *self);
    *self = (sheet) { .of = of, .title = title, .author = author, .date = date };
    self->last = &self->first;
    return self;
}

static part *add (sheet *self, part_kind kind, const char *const texts [], size_t count)
{
    part *it = call_alloc (self->of, sizeof *it);
    const char **copy = call_alloc (self->of, (count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy [i] = texts [i];
    *it = (part) { .kind = kind, .texts = copy, .count = count };
    *self->last = it;
    self->last = &it->next;
    return it;
}

void sheet_title (sheet *self, const char *text)
{
    add (self, TITLE, &text, 1);
}

void sheet_heading (sheet *self, const char *text)
{
    add (self, HEADING, &text, 1);
}

void sheet_paragraph (sheet *self, const char *text)
{
    add (self, PARAGRAPH, &text, 1);
}

void sheet_sides (sheet *self, const char *left, const char *right)
{
    add (self, SIDES, (const char *const []) { left, right }, 2);
}

void sheet_facts (sheet *self, const char *const pairs [], size_t count)
{
    add (self, FACTS, pairs, 2 * count);
}

void sheet_sums (sheet *self, const char *const pairs [], size_t count)
{
    add (self, SUMS, pairs, 2 * count);
}

void sheet_table (sheet *self, const sheet_column columns [], size_t column_count, const char *const cells [], size_t row_count)
{
    assert (column_count && column_count <= COLUMNS_MOST);
    part *it = add (self, TABLE, cells, column_count * row_count);
    sheet_column *copy = call_alloc (self->of, column_count * sizeof *copy);
    memcpy (copy, columns, column_count * sizeof *copy);
    it->columns = copy;
    it->column_count = column_count;
}

/* --------------------------------------------------------------------------------------- text */

typedef struct {
    double size, width;
    bool   bold, right, grey;
    bool   first_bold; /* the first line only */
} style;

static PangoLayout *lay (sheet *self, const char *text, const style *as)
{
    PangoLayout *layout = pango_layout_new (self->context);
    PangoFontDescription *font = pango_font_description_from_string (FONT);
    pango_font_description_set_absolute_size (font, as->size * PANGO_SCALE);
    pango_font_description_set_weight (font, as->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description (layout, font);
    pango_font_description_free (font);
    pango_layout_set_width (layout, (int) (as->width * PANGO_SCALE));
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment (layout, as->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_spacing (layout, (int) (as->size * 0.25 * PANGO_SCALE));
    pango_layout_set_text (layout, text ? text : "", -1);
    if (as->first_bold && text) {
        PangoAttrList *list = pango_attr_list_new ();
        PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
        bold->end_index = (guint) strcspn (text, "\n");
        pango_attr_list_insert (list, bold);
        pango_layout_set_attributes (layout, list);
        pango_attr_list_unref (list);
    }
    return layout;
}

static double height_of (PangoLayout *layout)
{
    int height;
    pango_layout_get_size (layout, NULL, &height);
    return ceil ((double) height / PANGO_SCALE);
}

static double measure (sheet *self, const char *text, const style *as)
{
    PangoLayout *layout = lay (self, text, as);
    double height = height_of (layout);
    g_object_unref (layout);
    return height;
}

static void show_line (sheet *self, PangoLayoutLine *line, double x, double y, bool grey)
{
    if (self->counting)
        return;
    cairo_set_source_rgb (self->to, grey ? 0.35 : 0.1, grey ? 0.35 : 0.1, grey ? 0.35 : 0.12);
    cairo_move_to (self->to, x, y);
    pango_cairo_show_layout_line (self->to, line);
}

/* All of it at one place, however long; its height. */
static double put (sheet *self, double x, double y, const char *text, const style *as)
{
    PangoLayout *layout = lay (self, text, as);
    PangoLayoutIter *at = pango_layout_get_iter (layout);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents (at, NULL, &box);
        show_line (self, pango_layout_iter_get_line_readonly (at), x + (double) box.x / PANGO_SCALE,
                   y + (double) pango_layout_iter_get_baseline (at) / PANGO_SCALE, as->grey);
    } while (pango_layout_iter_next_line (at));
    pango_layout_iter_free (at);
    double height = height_of (layout);
    g_object_unref (layout);
    return height;
}

static void rule (sheet *self, double y, double from, double to)
{
    if (self->counting)
        return;
    cairo_set_source_rgb (self->to, 0.72, 0.72, 0.76);
    cairo_set_line_width (self->to, 0.6);
    cairo_move_to (self->to, from, y);
    cairo_line_to (self->to, to, y);
    cairo_stroke (self->to);
}

/* -------------------------------------------------------------------------------------- pages */

static void footer (sheet *self)
{
    char number [40];
    snprintf (number, sizeof number, "Pagina %d van %d", self->page, self->pages);
    rule (self, HEIGHT - BOTTOM + 22, SIDE, WIDTH - SIDE);
    put (self, SIDE, HEIGHT - BOTTOM + 28, self->title, &(style) { .size = 8, .width = INNER - 90, .grey = true });
    put (self, WIDTH - SIDE - 80, HEIGHT - BOTTOM + 28, number, &(style) { .size = 8, .width = 80, .right = true, .grey = true });
}

static void next_page (sheet *self)
{
    footer (self);
    if (!self->counting)
        cairo_show_page (self->to);
    self->page++;
    self->y = TOP;
}

/* So much has to fit, or it goes to the next page. True: it went there. */
static bool room_for (sheet *self, double height)
{
    if (self->y + height <= HEIGHT - BOTTOM || self->y <= TOP)
        return false;
    next_page (self);
    return true;
}

/* Text over the whole width, from page to page, line by line. */
static void flow (sheet *self, const char *text, const style *as)
{
    PangoLayout *layout = lay (self, text, as);
    PangoLayoutIter *at = pango_layout_get_iter (layout);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents (at, NULL, &box);
        double height = (double) box.height / PANGO_SCALE + as->size * 0.25;
        room_for (self, height);
        double ascent = (double) (pango_layout_iter_get_baseline (at) - box.y) / PANGO_SCALE;
        show_line (self, pango_layout_iter_get_line_readonly (at), SIDE + (double) box.x / PANGO_SCALE, self->y + ascent, as->grey);
        self->y += height;
    } while (pango_layout_iter_next_line (at));
    pango_layout_iter_free (at);
    g_object_unref (layout);
}

/* ------------------------------------------------------------------------------------- drawing */

static void draw_sides (sheet *self, const part *it)
{
    style as = { .size = 9.5, .width = (INNER - 24) / 2.0, .first_bold = true };
    double left = measure (self, it->texts [0], &as), right = measure (self, it->texts [1], &as);
    double height = left > right ? left : right;
    room_for (self, height);
    put (self, SIDE, self->y, it->texts [0], &as);
    put (self, SIDE + as.width + 24, self->y, it->texts [1], &as);
    self->y += height + GAP;
}

static void draw_pairs (sheet *self, const part *it, double x, double term_width, double value_width, bool sums)
{
    for (size_t i = 0; i + 1 < it->count; i += 2) {
        if (!it->texts [i + 1])
            continue;
        bool bold = sums && i + 2 >= it->count;
        style term = { .size = 9.5, .width = term_width, .grey = !bold, .bold = bold };
        style value = { .size = 9.5, .width = value_width, .right = sums, .bold = bold };
        double a = measure (self, it->texts [i], &term), b = measure (self, it->texts [i + 1], &value);
        room_for (self, a > b ? a : b);
        put (self, x, self->y, it->texts [i], &term);
        put (self, x + term_width, self->y, it->texts [i + 1], &value);
        self->y += (a > b ? a : b) + 3;
    }
    self->y += GAP;
}

static double share_width (const part *it, size_t column)
{
    int all = 0;
    for (size_t i = 0; i < it->column_count; i++)
        all += it->columns [i].share;
    return INNER * (double) it->columns [column].share / all;
}

/* One row; `cells` NULL: the head. */
static void draw_row (sheet *self, const part *it, const char *const cells [])
{
    double height = 0, x = SIDE;
    for (int drawing = 0; drawing < 2; drawing++) {
        for (size_t i = 0; i < it->column_count; i++) {
            double width = share_width (it, i);
            const char *text = cells ? cells [i] : it->columns [i].head;
            style as = { .size = 9, .width = width - PAD, .right = it->columns [i].number, .bold = !cells };
            double h = drawing ? put (self, x, self->y + PAD, text, &as) : measure (self, text, &as);
            height = h > height ? h : height;
            x += drawing ? width : 0;
        }
        if (!drawing && cells && room_for (self, height + 2 * PAD))
            draw_row (self, it, NULL);
    }
    self->y += height + 2 * PAD;
    rule (self, self->y, SIDE, WIDTH - SIDE);
}

static void draw_table (sheet *self, const part *it)
{
    room_for (self, 60);
    draw_row (self, it, NULL);
    for (size_t i = 0; i < it->count; i += it->column_count)
        draw_row (self, it, &it->texts [i]);
    self->y += GAP;
}

static void draw_part (sheet *self, const part *it)
{
    switch (it->kind) {
    case TITLE:
        flow (self, it->texts [0], &(style) { .size = 19, .width = INNER, .bold = true });
        self->y += 1.5 * GAP;
        break;
    case HEADING:
        room_for (self, 50); /* never alone at the foot of a page */
        self->y += GAP / 2.0;
        flow (self, it->texts [0], &(style) { .size = 12, .width = INNER, .bold = true });
        self->y += GAP / 2.0;
        break;
    case PARAGRAPH:
        flow (self, it->texts [0], &(style) { .size = 10, .width = INNER });
        self->y += GAP;
        break;
    case SIDES: draw_sides (self, it); break;
    case FACTS: draw_pairs (self, it, SIDE, 150, INNER - 150, false); break;
    case SUMS:  draw_pairs (self, it, SIDE + INNER - 290, 180, 105, true); break;
    case TABLE: draw_table (self, it); break;
    }
}

static void draw (sheet *self, bool counting)
{
    self->counting = counting;
    self->page = 1;
    self->y = TOP;
    for (const part *it = self->first; it; it = it->next)
        draw_part (self, it);
    footer (self);
    self->pages = self->page;
}

static cairo_status_t keep (void *to, const unsigned char *data, unsigned size)
{
    text_append (to, (const char *) data, size);
    return CAIRO_STATUS_SUCCESS;
}

bytes sheet_write (sheet *self)
{
    text_buffer out = { 0 };
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (keep, &out, WIDTH, HEIGHT);
    PangoFontMap *fonts = pango_cairo_font_map_new ();
    pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
    self->context = pango_font_map_create_context (fonts);
    pango_context_set_language (self->context, pango_language_from_string ("nl"));
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Meerwaarde");
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, call_print (self->of, "%sT00:00:00Z", self->date));
    self->to = cairo_create (surface);
    pango_cairo_update_context (self->to, self->context);
    draw (self, true);
    draw (self, false);
    cairo_show_page (self->to);
    cairo_destroy (self->to);
    cairo_surface_finish (surface);
    assert (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy (surface);
    g_object_unref (self->context);
    g_object_unref (fonts);
    bytes kept = { out.size, memcpy (call_alloc (self->of, out.size), out.at, out.size) };
    text_free (&out);
    return kept;
}

/* --------------------------------------------------------------------------------------- words */

const char *sheet_money (call *of, int64_t cents)
{
    char text [MONEY_TEXT];
    money_write (cents, '.', text);
    return call_print (of, "%s", text);
}

const char *sheet_date (call *of, const char *date)
{
    static const char *const months [] = { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                                           "september", "oktober", "november", "december" };
    int month = date ? atoi (date + 5) : 0;
    return month >= 1 && month <= 12 ? call_print (of, "%d %s %.4s", atoi (date + 8), months [month - 1], date) : NULL;
}
