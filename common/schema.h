/* schema.h - what a record looks like, as data that code can walk. */
#ifndef SCHEMA_H
#define SCHEMA_H
#include "form.h"
#include <msgpack.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Values a field can have, and how a struct keeps them. */
typedef enum {
    KIND_ID,      /* const char *  UUID, 36 lower-case characters                       */
    KIND_TEXT,    /* const char *  UTF-8; min and max count code points                 */
    KIND_CODE,    /* const char *  a text of a pattern: 9 stands for a digit            */
    KIND_DATE,    /* const char *  2026-11-23                                           */
    KIND_CHOICE,  /* int           index in a closed list of words                      */
    KIND_INT,     /* int64_t                                                            */
    KIND_MONEY,   /* int64_t       euro cents                                           */
    KIND_BOOL,    /* bool                                                               */
    KIND_MOMENT,  /* int64_t       microseconds since 1970 UTC; ISO 8601 in JSON        */
    KIND_TEXTS,   /* texts         min to max, each at most `each` code points, or a pattern */
    KIND_CHOICES, /* texts         each a word of a closed list                         */
    KIND_OBJECT,  /* struct *                                                           */
    KIND_LIST,    /* list                                                               */
    KIND_ANY,     /* bytes         one MessagePack value, passed on as it is            */
} field_kind;

typedef enum { OPTIONAL, REQUIRED, KEPT } field_need;      /* KEPT: the server sets it */
typedef enum { PUBLIC, PARTY, OWNER, HIDDEN } field_sight; /* who may read it; HIDDEN never leaves */
typedef enum { SIDE_NONE, SIDE_PARTY, SIDE_OWNER } field_side;

typedef struct {
    const char *word, *nl, *en;
} word;

typedef struct {
    const char *name, *doc;
    const word *words;
    int         count;
} words;

typedef struct schema schema;

typedef struct {
    const char *name;
    size_t      name_size;
    const char *doc;
    field_kind  kind;
    field_need  need;
    field_sight sight;
    field_side  side;  /* the organisation in this field owns the record, or is a party to it */
    int64_t     min, max, each;
    const char *pattern;
    const text_form *form;  /* of a text that carries a check of its own */
    size_t      offset;
    const schema *(*of) (void);
    const words *(*choice) (void);
} field;

struct schema {
    const char  *name, *doc;
    size_t       size;  /* bytes of the struct; its first member is the mask of present fields */
    size_t       count; /* fields, at most 64 */
    const field *fields;
};

typedef struct {
    size_t count;
    void  *at;
} list; /* how every LIST is stored: `at` is an array of structs */

typedef struct {
    size_t       count;
    const char **at;
} texts;

typedef struct {
    size_t      size;
    const void *at;
} bytes;

/* "path: reason" pairs, the first sixteen. */
typedef struct {
    size_t count;
    struct {
        char path [100], reason [120];
    } at [16];
} faults;

typedef enum {
    FROM_CLIENT,  /* unknown fields are refused, KEPT ones too; REQUIRED ones must be there        */
    FROM_GATEWAY, /* unknown fields are ignored; REQUIRED ones must be there                       */
    FROM_PEER,    /* unknown fields are ignored, absent ones are fine: another service wrote it    */
} schema_origin;

#define SCHEMA_DEPTH 16

/* Presence. `f` must be a field of the record's schema. */
static inline bool schema_has (const void *record, size_t index)
{
    return *(const uint64_t *) record >> index & 1;
}
static inline void schema_mark (void *record, size_t index)
{
    *(uint64_t *) record |= UINT64_C (1) << index;
}

/* The field of that name and its index, or NULL. */
const field *schema_field (const schema *, const char *name, size_t *index);
/* Where the field lives in the record. */
void *schema_at (const field *, const void *record);
/* A text field's value; NULL when the record lacks it, or the schema. */
const char *schema_text (const schema *, const void *record, const char *name);
/* An integer, moment, choice or bool; `otherwise` when the record lacks it. */
int64_t schema_int (const schema *, const void *record, const char *name, int64_t otherwise);
/* Sets a field by name: a text, an integer, a record, a list. The schema must have it; what is set is borrowed. */
void schema_set_text (const schema *, void *record, const char *name, const char *value);
void schema_set_int (const schema *, void *record, const char *name, int64_t value);
void schema_set_object (const schema *, void *record, const char *name, void *value);
void schema_set_list (const schema *, void *record, const char *name, size_t count, void *entries);

/* Index of a word in its list, or -1. */
int words_find (const words *, const char *text, size_t length);
bool texts_have (const texts *, const char *text);

/* Fills `record` from a MessagePack value that wire_check has passed. Texts are copied into the zone.
 * False when faults were added. `given` names a KEPT field that a client may set nonetheless (a path
 * parameter), or is NULL-terminated list of such.                                                   */
bool schema_decode (const schema *, const msgpack_object *, void *record, msgpack_zone *,
                    schema_origin, const char *const *given, faults *);

/* Writes the fields that are present and that `sight` may read, in the order of declaration. With
 * `as`, only fields that `as` has too.                                                             */
void schema_encode (const schema *, const void *record, field_sight sight, const schema *as,
                    msgpack_packer *);

/* What the organisation may read of this record: OWNER, PARTY or PUBLIC by its sides. `org` may be NULL. */
field_sight schema_sight (const schema *, const void *record, const char *org);

/* Takes away, in place and in everything inside, the fields that the organisation may not read. */
void schema_redact (const schema *, void *record, const char *org);

/* Appends a fault; false, so that a caller can return it. */
bool faults_add (faults *, const char *path, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
#endif
