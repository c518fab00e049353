/* shelf.h - the words of the offers on the market: a few parts that never change, the newest small ones, of which every
 * so many become one.
 *
 * One thread changes it; others may look while none does. What is asked of it is the same however its parts lie: offers
 * and statistics come from the stream alone.                                                                           */
#ifndef SHELF_H
#define SHELF_H
#include "row.h"
#include "../search/analyser.h"
#include "../search/wordlist.h"
#include "snapshot.h"

typedef struct shelf shelf;

/* An offer on the market. */
typedef struct {
    offer_id    id;
    uint64_t    key;          /* shelf_key */
    const char *title, *description;
    const char *area;         /* where it is delivered: codes of municipalities with spaces, or "*" */
    offer_row   row;          /* the shelf sets its area */
} shelf_offer;

/* CPV code first, so that offers that share words lie together. */
uint64_t shelf_key (uint32_t cpv, uint16_t place);
uint32_t shelf_key_cpv (uint64_t key);

/* Of texts in "dutch" or "english". Borrows the list of words and the name of the directory for its large parts; both may
 * be NULL.                                                                                                            */
shelf *shelf_new (const char *language, const wordlist *, const char *directory);
void shelf_destroy (shelf **self_p);
/* Texts of other mean lengths than those of offers (index_builder_lengths); before anything is put. */
void shelf_lengths (shelf *, unsigned words, unsigned grams);

/* Changes show from shelf_flush on. Who takes an offer away says its texts once more; what is given is copied. */
void shelf_put (shelf *, const shelf_offer *);
void shelf_remove (shelf *, const shelf_offer *);
void shelf_flush (shelf *);
/* What is said from this event on is measured against the statistics that hold there; before its own change. */
void shelf_advance (shelf *, int64_t seq);
/* For the thread that changes: an offer's row as it was put last, shown or not; NULL: it is not on the market. */
const offer_row *shelf_row (const shelf *, const offer_id *);

/* Parts that had better be one, taken without standing in anybody's way; NULL: none. Between the two calls the shelf
 * may be looked at, changed and flushed. The first call is of the thread that changes; the work may be done elsewhere;
 * the last is of the thread that changes, while nobody looks.                                                        */
typedef struct shelf_merge shelf_merge;
shelf_merge *shelf_merge_begin (shelf *);
/* The same of all indexes, for when the market has been read for the first time: while none is being merged. */
shelf_merge *shelf_merge_all (shelf *);
size_t shelf_merge_offers (const shelf_merge *);
void shelf_merge_work (shelf_merge *);
void shelf_merge_end (shelf *, shelf_merge **);

/* Into a snapshot: parts that have a file by its number, of the others the rows. */
void shelf_save (shelf *, snapshot *);
/* That snapshot is on the disk: files of parts that were merged before it are removed. */
void shelf_saved (shelf *);
/* Into an empty shelf: all that has a file, and then the newest offers, which `read` tells by their rows. NULL: done; else
 * why it cannot be.                                                                                                      */
typedef void shelf_read (void *from, const offer_row *, shelf_offer *out);
const char *shelf_load (shelf *, snapshot *);
const char *shelf_load_newest (shelf *, snapshot *, shelf_read *, void *from);

typedef struct { int64_t edition, offers, parts, newest /* offers in all parts but the largest */, bytes; } shelf_state;
shelf_state shelf_now (const shelf *);

/* ----------------------------------------------------------------------------------- looking */

typedef struct shelf_reader shelf_reader; /* for one thread at a time */
shelf_reader *shelf_borrow (const shelf *);
void shelf_return (const shelf *, shelf_reader *);
analyser *shelf_analyser (shelf_reader *);

/* A token that is asked for, its index_hash, and what it is worth. */
typedef struct { char token [TOKEN_BYTES]; size_t size; uint64_t hash; uint32_t factor; } shelf_wanted;
enum { SHELF_WANTED = 256 };

/* Where an offer is: in which part, and its number there; its id and row live as long as the shelf stands still. */
typedef struct { const offer_id *id; const offer_row *row; uint32_t score, part, offer; } shelf_found;

/* In how many offers a token was, of how many, when the edition was cut. */
int64_t shelf_frequency (const shelf *, const char *token, size_t size);
int64_t shelf_offers (const shelf *);
/* The word that was meant by one that offers of the edition hardly write, `with` of them, and that the list of words does
 * not have: of those a slip away, the one that is written most, and many times as often. Without case and accents; its
 * size, 0: there is none.                                                                                             */
size_t shelf_meant (const shelf *, const char *written, size_t size, int64_t with, char meant [TOKEN_BYTES]);

/* Offers that are delivered in a municipality, or those that are not (`away`); of NULL all. */
typedef struct { const char *municipality; bool away; } shelf_where;

/* The best `most` offers with any of the tokens, ties by id. */
size_t shelf_find (const shelf *, shelf_reader *, const shelf_wanted *, size_t count, shelf_where, shelf_found *best, size_t most);
/* The first `most` by id of those with a CPV code under the first `digits` of this one. */
size_t shelf_find_cpv (const shelf *, shelf_reader *, uint32_t cpv, int digits, shelf_where, shelf_found *found, size_t most);

enum { HEARD_AT_ONCE = 64 };

/* Who judges offers by more than their words, as an index_judge; `besides` is told which CPV codes there are. */
typedef struct {
    void    *to;
    uint32_t least_words;
    uint32_t (*besides) (void *to, uint32_t first, uint32_t last, bool *all);
    uint32_t (*take) (void *to, const shelf_found *, size_t count); /* HEARD_AT_ONCE at most */
} shelf_judge;
void shelf_visit (const shelf *, shelf_reader *, const shelf_wanted *, size_t count, shelf_where, const shelf_judge *);
/* Where an offer is that is on the market; its score is 0. False: it is not. */
bool shelf_place (const shelf *, const offer_id *, shelf_found *);
/* The area of a row, as a shelf_offer has it; whether an offer there is delivered in a municipality. */
const char *shelf_area_of (const shelf *, const offer_row *);
bool shelf_reaches (const shelf *, uint32_t area, const char *municipality);
/* How much a token weighs in an offer that was found; 0: it is not in it. */
uint32_t shelf_weight (const shelf *, const shelf_found *, const shelf_wanted *);

/* Every offer of an enterprise (by its number), in no order; the shelf stands still meanwhile. */
void shelf_each_of (const shelf *, uint32_t supplier, void (*found) (void *to, const offer_row *), void *to);
#endif
