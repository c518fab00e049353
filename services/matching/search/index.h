/* index.h - the words of offers, as one block of bytes that is written once, mapped, and searched by many threads.
 *
 * Offers have numbers in the order of their keys: by CPV code and then by municipality, so that offers that share words
 * lie together. For each token it has the offers with it and how much it weighs there: BM25's term
 * frequency part in 63rds (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) against a length that is the same for all indexes, so
 * that it depends on the offer alone. How rare a token is comes in when searching: what a query scores is
 * sum (factor * weight), in whole numbers. Where a token is frequent it has the greatest weight in each block of 1,024
 * offers as well; search visits blocks by what they could give at most, and leaves the rest (block-max pruning; Mallia,
 * Suel, Tonellotto, SIGIR 2024). Its answers are those of looking at everything, ties by the offers' ids.             */
#ifndef INDEX_H
#define INDEX_H
#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { INDEX_BLOCK = 1024, INDEX_NONE = -1 };

/* An offer of the market, in eighths of a token: a title of five words, forty-five in its description. */
enum { INDEX_MEAN_WORDS = 50 * 8, INDEX_MEAN_GRAMS = 10 * 8 };

typedef struct { uint8_t bytes [16]; } offer_id;

/* As memcmp of their bytes. */
static inline int offer_id_compare (const offer_id *a, const offer_id *b)
{
    uint64_t x [2], y [2];
    memcpy (x, a, sizeof x);
    memcpy (y, b, sizeof y);
    int half = x [0] == y [0];
    uint64_t p = be64toh (x [half]), q = be64toh (y [half]);
    return (p > q) - (p < q);
}

/* A token is known by its hash of 64 bits alone: two with the same one would be one, for every process alike. Its first
 * byte is its kind (analyser.h).                                                                                    */
uint64_t index_hash (const char *token, size_t size);

/* ------------------------------------------------------------------------------------ making */

typedef struct index_builder index_builder;

index_builder *index_builder_new (void);
void index_builder_destroy (index_builder **self_p);
/* The next offer, by rising key and then id. Its tokens follow, each once or several times; `strength`: eighths of a word. */
void index_builder_offer (index_builder *, uint64_t key, const offer_id *);
void index_builder_token (index_builder *, const char *token, size_t size, unsigned strength);
/* The mean lengths of what is indexed, in eighths of a token, that weights are measured against. */
void index_builder_lengths (index_builder *, unsigned words, unsigned grams);
/* The block of bytes, for the caller to free; the builder begins anew. */
void *index_builder_finish (index_builder *, size_t *size);

typedef struct index index_t;

/* One index of several, without the offers that are gone: a bit for each of a part's, or NULL: none is. An offer may be in
 * one part only, but where it is gone. The bytes are those that a builder would have made of the same offers.            */
void *index_merge (const index_t *const parts [], const uint64_t *const gone [], size_t count, size_t *size);

/* ----------------------------------------------------------------------------------- reading */

/* Borrows bytes that were made here. */
index_t *index_on (const void *bytes);
/* Writes the checksum (BLAKE2b-256) into bytes that will be kept. */
void index_seal (void *bytes);
/* Borrows bytes that were kept. NULL: they are no index of this version, or damaged; *why says which. */
index_t *index_open (const void *bytes, size_t size, const char **why);
void index_close (index_t **self_p);
uint32_t index_offers (const index_t *);
const offer_id *index_id (const index_t *, uint32_t offer);
uint64_t index_key (const index_t *, uint32_t offer);
/* The number of a token, or INDEX_NONE; in how many offers it is. */
int64_t index_token (const index_t *, uint64_t hash);
/* The same of several at once, which takes less time: the memory is asked for all before any is waited for. */
void index_tokens (const index_t *, const uint64_t hashes [], size_t count, int64_t tokens []);
uint32_t index_frequency (const index_t *, int64_t token);
/* How much it weighs in an offer; 0: it is not in it. */
uint32_t index_weight (const index_t *, int64_t token, uint32_t offer);
/* The first offer whose key is not below this one, or the number of offers. */
uint32_t index_from (const index_t *, uint64_t key);

/* What a token weighs in an offer that has it with this strength, in all of this length: tf / (tf + k1 (1 - b + b length /
 * mean)), in 63rds; strength and lengths in eighths of a token. A gram weighs an eighth of a word. The most it can be.     */
uint8_t index_weigh (bool gram, uint32_t strength, uint32_t length, uint32_t mean);
uint32_t index_weight_most (bool gram);

/* --------------------------------------------------------------------------------- searching */

typedef struct { int64_t token; uint32_t factor; } wanted; /* each token once; factors sum to less than 2^24 */
typedef struct { uint32_t offer, score; } hit_t;

typedef struct finder finder; /* what a thread needs to search */
finder *finder_new (void);
void finder_destroy (finder **self_p);

/* The best `most` offers of those in `allowed` (a bit for each; NULL: all) with any of the tokens, best first, into
 * `best`. How many there are. Who has as many already tells the `least` that a score must be to count; else 1.        */
size_t index_find (const index_t *, finder *, const wanted *, size_t count, const uint64_t *allowed, uint32_t least,
                   hit_t *best, size_t most);
/* The same by looking at everything; what the other one is held to. */
size_t index_find_all (const index_t *, finder *, const wanted *, size_t count, const uint64_t *allowed, hit_t *best, size_t most);

/* Who judges offers by more than their words. What words score and what else an offer has are told in the same measure. */
typedef struct {
    void    *to;
    uint32_t least_words;  /* offers whose words score less do not matter, but where `besides` says so */
    /* What an offer with a key from `first` to `last` could have besides its words, 2^31 at most; `all`: those there matter
     * whatever their words score.                                                                                       */
    uint32_t (*besides) (void *to, uint64_t first, uint64_t last, bool *all);
    /* Offers that could matter. Answers what words and the rest have to come to for others to matter from now on.        */
    uint32_t (*take) (void *to, const hit_t *, size_t count);
} index_judge;

/* Shows the judge every allowed offer that could matter, in no order: all whose words and what is besides come to `least`,
 * which rises.                                                                                                          */
void index_visit (const index_t *, finder *, const wanted *, size_t count, const uint64_t *allowed, uint32_t least, const index_judge *);
#endif
