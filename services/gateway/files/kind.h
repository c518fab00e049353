/* kind.h - what a file is, by its bytes and their structure; never by its name or by what its sender says. */
#ifndef KIND_H
#define KIND_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a file is not taken. */
typedef enum {
    FILE_TAKEN,
    FILE_TOO_LARGE,  /* of any kind */
    PHOTO_TOO_LARGE,
    FILE_EMPTY,
    FILE_UNKNOWN,    /* none of the kinds that are taken */
    FILE_DAMAGED,    /* begins as one of them, and is not one */
    FILE_SCRIPT,     /* SVG, HTML, a document with macros: things that run */
    FILE_TWOFOLD,    /* several kinds at once, depending on who reads */
    FILE_BOMB,       /* unpacks to far more than it is */
    FILE_NESTED,     /* a packed file within a packed file */
    FILE_LOCKED,     /* needs a password */
    FILE_ENTITIES,   /* XML with a document type, which can fetch things */
    FILE_REFUSALS
} file_refusal;

typedef struct {
    int         status;
    const char *nl, *en;
} refusal_words;
const refusal_words *file_refusal_words (file_refusal);

typedef struct {
    const char *media_type;
    bool        photo;
} file_kind;

/* All kinds that are taken, with commas, for people and for the header Accept. */
const char *file_kinds_taken (void);
/* Does it begin as a photo? The first 12 bytes are enough. */
bool file_begins_as_photo (const uint8_t *, size_t);
/* Looks at all of it. *kind is set for FILE_TAKEN. */
file_refusal file_check (const uint8_t *, size_t, file_kind *kind);
/* Whether the file could be read as a zip from its end on, whatever it begins with. */
bool zip_ends (const uint8_t *, size_t);
/* A packed document: .docx, .xlsx, .odt. */
file_refusal zip_check (const uint8_t *, size_t, const char **media_type);
/* UTF-8 without control characters but for white space. */
bool text_is_utf8 (const uint8_t *, size_t);

/* Writes a photo without what it tells beyond the picture (where, when, by which camera). What is left of how to hold
 * it is its orientation. The photo has passed file_check. False: `take` said so.                                    */
typedef bool strip_take (void *to, const void *bytes, size_t);
bool photo_strip (const file_kind *, const uint8_t *, size_t, strip_take *take, void *to);

enum { FILE_NAME_ROOM = 481, FILE_NAME_POINTS = 120 };
/* The last part of a name, without what is not for names, with an ending that says what the file is. */
void file_name_clean (const char *given, const char *media_type, char out [FILE_NAME_ROOM]);
#endif
