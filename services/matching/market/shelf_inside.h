/* shelf_inside.h - what a shelf is made of: for shelf.c, shelf_merge.c, shelf_snapshot.c and shelf_find.c only. */
#ifndef SHELF_INSIDE_H
#define SHELF_INSIDE_H
#include "../search/grow.h"
#include "map.h"
#include "part.h"
#include "shelf.h"
#include "statistics.h"
#include "typos.h"
#include <pthread.h>

enum { PARTS = 64, READERS = 64 };

struct shelf {
    const char     *language;
    const wordlist *words;
    const char     *directory;        /* NULL: everything in memory */
    part           *parts [PARTS];    /* the greatest first */
    size_t          count;
    shelf_offer    *coming, *going;
    size_t          coming_count, coming_room, going_count, going_room;
    map            *pending;          /* by id, of those: which one of `coming`, plus one; `coming` itself for one that goes */
    msgpack_zone   *texts;            /* theirs */
    statistics     *statistics;
    typos          *typos;            /* of the words that offers are written with */
    int64_t         edition;
    map            *area_numbers;     /* by text: its number, plus one */
    char          **areas;
    size_t          area_count, area_room;
    analyser       *analyser;         /* of the thread that changes */
    index_builder  *builder;          /* of parts, one after the other */
    int             counted_by;       /* what a word that it reads counts for in `typos` */
    uint32_t        last_file;
    uint32_t       *stale, *saved_stale; /* files of parts that were merged; those before the snapshot at hand */
    size_t          stale_count, stale_room, saved_stale_count, saved_stale_room;
    pthread_mutex_t mutex;            /* over readers and what was asked of areas */
    shelf_reader   *readers [READERS];
    size_t          reader_count;
};

uint32_t shelf_area (shelf *, const char *text);
/* A part of these offers, which it sorts. Their words are counted: they come (`by` 1), leave (-1), or were counted (0). */
part *shelf_part_of (shelf *, shelf_offer *, size_t count, int by);
/* Puts a part in its place, the greatest first. */
void shelf_stand (shelf *, part *);
void shelf_reader_destroy (shelf_reader *);
#endif
