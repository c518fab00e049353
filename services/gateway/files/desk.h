/* desk.h - threads that take files in and give them out, so that the gateway's loop waits for no disk and no database.
 *
 * The loop and a desk talk over the actor's pipe, in structs. What arrives lies in a nameless file until it is whole;
 * then it is looked at, and goes into the database in one transaction. So what is cut off leaves nothing.          */
#ifndef DESK_H
#define DESK_H
#include "kind.h"
#include "../../../common/text.h"
#include <czmq.h>

typedef enum { DESK_BEGIN, DESK_PIECE, DESK_END, DESK_DROP, DESK_FIND, DESK_CHUNK } desk_order;

typedef struct {
    desk_order what;
    int64_t    rid;
    char       org [UUID_TEXT], account [UUID_TEXT]; /* "": none */
    uint32_t   roles;
    int64_t    size;               /* BEGIN: of what comes; PIECE: of `bytes` */
    uint8_t   *bytes;              /* PIECE: the desk frees them */
    char       name [1025];        /* BEGIN: as given */
    char       hash [65];          /* FIND */
    char       file_id [UUID_TEXT]; /* CHUNK */
    int64_t    no;                 /* CHUNK */
} desk_ask;

typedef enum { DESK_TOOK, DESK_KEPT, DESK_FULL, DESK_REFUSED, DESK_OUT, DESK_FOUND, DESK_MISSING, DESK_BYTES } desk_outcome;

typedef struct {
    desk_outcome what; /* FULL: the organisation has no room; OUT: the database is not there */
    int64_t      rid;
    file_refusal why;   /* REFUSED */
    int64_t      size;  /* TOOK: bytes of a piece; KEPT, FOUND: of the file; BYTES: of `bytes` */
    uint8_t     *bytes; /* the receiver frees them */
    char         file_id [UUID_TEXT], hash [65], name [FILE_NAME_ROOM], media_type [101];
} desk_word;

typedef struct {
    const char *conninfo, *directory; /* of the nameless files */
    bool        sweeps;               /* throws away what nobody embedded for a day */
} desk_options;

enum { DESK_CHUNK_BYTES = 256 * 1024, DESK_PHOTO_BYTES = 10 << 20, DESK_DOCUMENT_BYTES = 25 << 20 };

/* The options must outlive the actor. */
zactor_t *desk_new (const desk_options *);
#endif
