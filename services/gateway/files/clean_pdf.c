/* clean_pdf.c - a PDF written anew by libqpdf: what its pages show, without information about it (ISO 32000-1). */
#include "clean.h"
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

enum { DEEP = 64, MOST_OBJECTS = 2000000 };

typedef struct {
    qpdf_data pdf;
    bool      fine;
    bool     *seen;             /* by number of the object */
    size_t    seen_room;
    qpdf_oh  *waits;            /* objects that something pointed at */
    size_t    wait_count, wait_room;
} document;

static bool is_name (document *self, qpdf_oh dict, const char *key, const char *wanted)
{
    qpdf_oh value = qpdf_oh_get_key_if_dict (self->pdf, dict, key);
    return qpdf_oh_is_name (self->pdf, value) && strcmp (qpdf_oh_get_name (self->pdf, value), wanted) == 0;
}

static void forget (document *self, qpdf_oh dict, const char *const names [])
{
    for (size_t i = 0; names [i]; i++)
        qpdf_oh_remove_key (self->pdf, dict, names [i]);
}

/* What may stand with any object: texts about it, its date, data of the program that made it, what it was associated with. */
static void clean_dict (document *self, qpdf_oh dict)
{
    static const char *const always [] = { "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OpenAction", "/AA", "/JavaScript",
                                           "/EmbeddedFiles", "/Collection", "/Perms", "/URI", "/Thumb", NULL },
                      *const remark [] = { "/T", "/M", "/CreationDate", "/NM", "/FS", "/Subj", NULL },
                      *const outward [] = { "/GoToR", "/GoToE", "/Launch", "/SubmitForm", "/ImportData", NULL },
                      *const whither [] = { "/F", "/T", "/Win", "/Mac", "/Unix", NULL },
                      *const signature [] = { "/Name", "/Location", "/Reason", "/ContactInfo", "/Cert", "/Contents", "/M", NULL };
    forget (self, dict, always);
    if (is_name (self, qpdf_oh_get_key_if_dict (self->pdf, dict, "/A"), "/S", "/URI"))
        qpdf_oh_remove_key (self->pdf, dict, "/A");
    for (size_t i = 0; outward [i]; i++)
        if (is_name (self, dict, "/S", outward [i]))
            forget (self, dict, whither);
    if (qpdf_oh_has_key (self->pdf, dict, "/Rect") && !is_name (self, dict, "/Subtype", "/Widget"))
        forget (self, dict, remark);
    if (is_name (self, dict, "/Type", "/Sig") || qpdf_oh_has_key (self->pdf, dict, "/ByteRange"))
        forget (self, dict, signature);
    if (is_name (self, dict, "/Type", "/Filespec") || is_name (self, dict, "/Type", "/F"))
        forget (self, dict, (const char *const []) { "/F", "/UF", "/EF", "/Desc", NULL });
}

static qpdf_oh only_filter (document *self, qpdf_oh dict)
{
    qpdf_oh filter = qpdf_oh_get_key (self->pdf, dict, "/Filter");
    bool one = qpdf_oh_is_array (self->pdf, filter) && qpdf_oh_get_array_n_items (self->pdf, filter) == 1;
    return one ? qpdf_oh_get_array_item (self->pdf, filter, 0) : filter;
}

/* A photo on a page tells as much as one by itself. */
static void clean_photo (document *self, qpdf_oh stream, qpdf_oh dict)
{
    qpdf_oh filter = only_filter (self, dict);
    bool coded = qpdf_oh_is_name (self->pdf, filter) && strcmp (qpdf_oh_get_name (self->pdf, filter), "/DCTDecode") == 0;
    unsigned char *bytes = NULL;
    size_t size = 0, left = 0;
    if (!coded)
        return;
    bool read = self->fine && !qpdf_oh_get_stream_data (self->pdf, stream, qpdf_dl_none, NULL, &bytes, &size);
    uint8_t *clean = read ? photo_clean (bytes, size, &left) : NULL;
    self->fine = clean;
    if (clean)
        qpdf_oh_replace_stream_data (self->pdf, stream, clean, left, filter, qpdf_oh_get_key (self->pdf, dict, "/DecodeParms"));
    free (clean);
    free (bytes);
}

/* More room, empty; false: there is none. */
static bool grow (void *list, size_t *room, size_t wanted, size_t size)
{
    void **at = list;
    size_t more = *room ? *room : 256;
    while (more <= wanted)
        more *= 2;
    char *made = realloc (*at, more * size);
    if (!made)
        return false;
    memset (made + *room * size, 0, (more - *room) * size);
    *at = made;
    *room = more;
    return true;
}

static void clean_object (document *self, qpdf_oh object, int depth);

/* What stands here is looked at now, what is pointed at waits: once, whoever points at it. */
static void visit (document *self, qpdf_oh object, int depth)
{
    if (!qpdf_oh_is_indirect (self->pdf, object)) {
        clean_object (self, object, depth + 1);
        return;
    }
    int id = qpdf_oh_get_object_id (self->pdf, object);
    self->fine = self->fine && id >= 0 && id < MOST_OBJECTS
              && ((size_t) id < self->seen_room || grow (&self->seen, &self->seen_room, (size_t) id, sizeof *self->seen))
              && (self->wait_count < self->wait_room || grow (&self->waits, &self->wait_room, self->wait_count, sizeof *self->waits));
    if (self->fine && !self->seen [id]) {
        self->seen [id] = true;
        self->waits [self->wait_count++] = object;
    }
}

static void clean_keys (document *self, qpdf_oh dict, int depth)
{
    clean_dict (self, dict);
    qpdf_oh_begin_dict_key_iter (self->pdf, dict);
    char **keys = NULL; /* there is one iterator, and children want it */
    size_t count = 0, room = 0;
    while (self->fine && qpdf_oh_dict_more_keys (self->pdf)) {
        self->fine = count < room || grow (&keys, &room, count, sizeof *keys);
        if (self->fine)
            keys [count++] = strdup (qpdf_oh_dict_next_key (self->pdf));
    }
    for (size_t i = 0; i < count; i++) {
        if (self->fine)
            visit (self, qpdf_oh_get_key (self->pdf, dict, keys [i]), depth);
        free (keys [i]);
    }
    free (keys);
}

static void clean_object (document *self, qpdf_oh object, int depth)
{
    if (depth > DEEP)
        self->fine = false;
    else if (qpdf_oh_is_stream (self->pdf, object)) {
        qpdf_oh dict = qpdf_oh_get_dict (self->pdf, object);
        clean_keys (self, dict, depth);
        clean_photo (self, object, dict);
    } else if (qpdf_oh_is_dictionary (self->pdf, object))
        clean_keys (self, object, depth);
    else if (qpdf_oh_is_array (self->pdf, object))
        for (int i = 0; i < qpdf_oh_get_array_n_items (self->pdf, object) && self->fine; i++)
            visit (self, qpdf_oh_get_array_item (self->pdf, object, i), depth);
}

static bool write_out (document *self, strip_take *take, void *to)
{
    qpdf_init_write_memory (self->pdf);
    qpdf_set_deterministic_ID (self->pdf, QPDF_TRUE);
    qpdf_set_stream_data_mode (self->pdf, qpdf_s_preserve);
    return !(qpdf_write (self->pdf) & QPDF_ERRORS) && take (to, qpdf_get_buffer (self->pdf), qpdf_get_buffer_length (self->pdf));
}

bool pdf_clean (const uint8_t *bytes, size_t size, strip_take *take, void *to)
{
    document self = { .pdf = qpdf_init (), .fine = true };
    qpdf_set_suppress_warnings (self.pdf, QPDF_TRUE);
    qpdf_silence_errors (self.pdf);
    self.fine = !(qpdf_read_memory (self.pdf, "document", (const char *) bytes, size, NULL) & QPDF_ERRORS) && !qpdf_is_encrypted (self.pdf);
    if (self.fine) {
        qpdf_oh trailer = qpdf_get_trailer (self.pdf);
        qpdf_oh_remove_key (self.pdf, trailer, "/Info");
        clean_object (&self, trailer, 0);
    }
    while (self.fine && self.wait_count)
        clean_object (&self, self.waits [--self.wait_count], 0);
    bool done = self.fine && !qpdf_has_error (self.pdf) && write_out (&self, take, to);
    free (self.seen);
    free (self.waits);
    qpdf_cleanup (&self.pdf);
    return done;
}
