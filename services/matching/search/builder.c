/* builder.c - from offers and their tokens to the bytes of an index. */
#include "format.h"
#include "analyser.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint32_t offer; uint8_t weight; } entry;

typedef struct {
    uint32_t text, size;
    entry   *entries;
    uint32_t count, room;
    uint32_t strength;   /* in the offer at hand */
} token;

struct index_builder {
    offer_id *ids;
    uint64_t *keys;
    size_t    offers, id_room, key_room;
    token    *tokens;
    size_t    count, room;
    uint32_t *slots;     /* which token, plus one */
    size_t    mask;
    char     *text;
    size_t    text_size, text_room;
    uint32_t *present;   /* tokens of the offer at hand */
    size_t    present_count, present_room;
    uint32_t  length [2], mean [2]; /* words, grams: of the offer at hand; of all, on average */
};

static void *grow (void *at, size_t needed, size_t *room, size_t size)
{
    if (needed <= *room)
        return at;
    while (*room < needed)
        *room = *room ? *room * 2 : 64;
    at = realloc (at, *room * size);
    assert (at);
    return at;
}

index_builder *index_builder_new (void)
{
    index_builder *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = (1 << 12) - 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    index_builder_lengths (self, INDEX_MEAN_WORDS, INDEX_MEAN_GRAMS);
    return self;
}

void index_builder_destroy (index_builder **self_p)
{
    index_builder *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->count; i++)
        free (self->tokens [i].entries);
    free (self->ids);
    free (self->keys);
    free (self->tokens);
    free (self->slots);
    free (self->text);
    free (self->present);
    free (self);
    *self_p = NULL;
}

void index_builder_lengths (index_builder *self, unsigned words, unsigned grams)
{
    self->mean [0] = words ? words : 1;
    self->mean [1] = grams ? grams : 1;
}

/* ------------------------------------------------------------------------------------ tokens */

static uint32_t *slot_of (const index_builder *self, const char *at, size_t size)
{
    size_t i = index_hash (at, size) & self->mask;
    for (; self->slots [i]; i = (i + 1) & self->mask) {
        const token *t = &self->tokens [self->slots [i] - 1];
        if (t->size == size && memcmp (self->text + t->text, at, size) == 0)
            break;
    }
    return &self->slots [i];
}

static void spread (index_builder *self)
{
    free (self->slots);
    self->mask = 2 * self->mask + 1;
    self->slots = calloc (self->mask + 1, sizeof *self->slots);
    assert (self->slots);
    for (size_t i = 0; i < self->count; i++)
        *slot_of (self, self->text + self->tokens [i].text, self->tokens [i].size) = (uint32_t) i + 1;
}

static uint32_t number_of (index_builder *self, const char *at, size_t size)
{
    uint32_t *slot = slot_of (self, at, size);
    if (*slot)
        return *slot - 1;
    self->tokens = grow (self->tokens, self->count + 1, &self->room, sizeof *self->tokens);
    self->text = grow (self->text, self->text_size + size, &self->text_room, 1);
    self->tokens [self->count] = (token) { .text = (uint32_t) self->text_size, .size = (uint32_t) size };
    memcpy (self->text + self->text_size, at, size);
    self->text_size += size;
    *slot = (uint32_t) ++self->count;
    if (2 * self->count > self->mask)
        spread (self);
    return (uint32_t) self->count - 1;
}

/* ------------------------------------------------------------------------------------ offers */

static bool is_gram (const index_builder *self, const token *t)
{
    return self->text [t->text] == TOKEN_GRAM;
}

static uint8_t weigh (const index_builder *self, const token *t)
{
    bool gram = is_gram (self, t);
    return index_weigh (gram, t->strength, self->length [gram], self->mean [gram]);
}

static void enter (token *t, uint32_t offer, uint8_t weight)
{
    size_t room = t->room;
    t->entries = grow (t->entries, t->count + 1, &room, sizeof *t->entries);
    t->room = (uint32_t) room;
    t->entries [t->count++] = (entry) { offer, weight };
}

static void end_offer (index_builder *self)
{
    for (size_t i = 0; i < self->present_count; i++) {
        token *t = &self->tokens [self->present [i]];
        enter (t, (uint32_t) self->offers - 1, weigh (self, t));
        t->strength = 0;
    }
    self->present_count = 0;
    self->length [0] = self->length [1] = 0;
}

void index_builder_offer (index_builder *self, uint64_t key, const offer_id *id)
{
    end_offer (self);
    self->ids = grow (self->ids, self->offers + 1, &self->id_room, sizeof *self->ids);
    self->keys = grow (self->keys, self->offers + 1, &self->key_room, sizeof *self->keys);
    self->ids [self->offers] = *id;
    self->keys [self->offers++] = key;
}

void index_builder_token (index_builder *self, const char *at, size_t size, unsigned strength)
{
    uint32_t number = number_of (self, at, size);
    token *t = &self->tokens [number];
    if (!t->strength) {
        self->present = grow (self->present, self->present_count + 1, &self->present_room, sizeof *self->present);
        self->present [self->present_count++] = number;
    }
    t->strength += strength;
    self->length [is_gram (self, t)] += strength;
}

/* -------------------------------------------------------------------------------------- bytes */

typedef struct {
    index_head *head;
    char       *base;
} writing;

static void *table_at (const writing *self, table which)
{
    return self->base + self->head->tables [which].at;
}

static bool is_long (const token *t)
{
    return t->count >= INDEX_LONG;
}

typedef struct { const char *text; token token; } named;

static int by_name (const void *a, const void *b)
{
    const named *x = a, *y = b;
    size_t least = x->token.size < y->token.size ? x->token.size : y->token.size;
    int order = memcmp (x->text + x->token.text, y->text + y->token.text, least);
    return order ? order : (x->token.size > y->token.size) - (x->token.size < y->token.size);
}

/* By their bytes, so that the same offers give the same index however they came together; those of no offer go. Nothing
 * can be looked up in the builder after this.                                                                          */
static void order_tokens (index_builder *self)
{
    size_t count = 0, at = 0;
    named *all = malloc ((self->count + 1) * sizeof *all);
    char *text = malloc (self->text_size + 1);
    assert (all && text);
    for (size_t i = 0; i < self->count; i++)
        if (self->tokens [i].count)
            all [count++] = (named) { self->text, self->tokens [i] };
        else
            free (self->tokens [i].entries);
    qsort (all, count, sizeof *all, by_name);
    for (size_t i = 0; i < count; i++) {
        memcpy (text + at, self->text + all [i].token.text, all [i].token.size);
        self->tokens [i] = all [i].token;
        self->tokens [i].text = (uint32_t) at;
        at += all [i].token.size;
    }
    free (all);
    free (self->text);
    self->text = text;
    self->text_size = at;
    self->count = count;
}

static writing lay_out (const index_builder *self)
{
    uint64_t far = 0, near = 0, longs = 0;
    for (size_t i = 0; i < self->count; i++) {
        *(is_long (&self->tokens [i]) ? &near : &far) += self->tokens [i].count;
        longs += is_long (&self->tokens [i]);
    }
    uint64_t slots = 1, blocks = (self->offers + INDEX_BLOCK - 1) / INDEX_BLOCK;
    while (slots < 2 * self->count + 1)
        slots *= 2;
    const uint64_t sizes [TABLE_COUNT] = {
        [TABLE_IDS] = self->offers * sizeof *self->ids, [TABLE_KEYS] = self->offers * sizeof *self->keys, [TABLE_SLOTS] = slots * 4,
        [TABLE_TOKENS] = (self->count + 1) * sizeof (index_token_t), [TABLE_TEXT] = self->text_size,
        [TABLE_FAR] = far * 4, [TABLE_NEAR] = near * 2, [TABLE_BASES] = longs * index_bases ((uint32_t) blocks) * 4,
        [TABLE_STARTS] = longs * (blocks + 1) * 2, [TABLE_BOUNDS] = longs * blocks,
    };
    index_head head = { .magic = INDEX_MAGIC, .offers = (uint32_t) self->offers, .tokens = (uint32_t) self->count,
                        .slots = (uint32_t) slots, .blocks = (uint32_t) blocks };
    uint64_t at = (sizeof head + 63) / 64 * 64;
    for (int i = 0; i < TABLE_COUNT; i++) {
        head.tables [i].at = at;
        head.tables [i].size = sizes [i];
        at = (at + sizes [i] + 63) / 64 * 64;
    }
    head.size = at;
    writing to = { .base = calloc (1, at) };
    assert (to.base);
    memcpy (to.base, &head, sizeof head);
    to.head = (index_head *) to.base;
    return to;
}

static void write_long (const writing *to, const token *t, index_token_t *as, uint32_t number)
{
    uint32_t blocks = to->head->blocks, i = 0;
    uint16_t *near = (uint16_t *) table_at (to, TABLE_NEAR) + as->list;
    uint32_t *bases = (uint32_t *) table_at (to, TABLE_BASES) + number * index_bases (blocks);
    uint16_t *starts = (uint16_t *) table_at (to, TABLE_STARTS) + (uint64_t) number * (blocks + 1);
    uint8_t *bounds = (uint8_t *) table_at (to, TABLE_BOUNDS) + (uint64_t) number * blocks;
    as->bounds = number;
    for (uint32_t b = 0; b <= blocks; b++) {
        if (b % BASE_BLOCKS == 0)
            bases [b / BASE_BLOCKS] = i;
        starts [b] = (uint16_t) (i - bases [b / BASE_BLOCKS]);
        for (; i < t->count && t->entries [i].offer / INDEX_BLOCK == b; i++) {
            uint8_t weight = t->entries [i].weight;
            near [i] = (uint16_t) (t->entries [i].offer % INDEX_BLOCK | (unsigned) weight << NEAR_BITS);
            bounds [b] = weight > bounds [b] ? weight : bounds [b];
        }
    }
}

static void write_short (const writing *to, const token *t, index_token_t *as)
{
    uint32_t *far = (uint32_t *) table_at (to, TABLE_FAR) + as->list;
    as->bounds = UINT32_MAX;
    for (uint32_t i = 0; i < t->count; i++)
        far [i] = t->entries [i].offer << WEIGHT_BITS | t->entries [i].weight;
}

void *index_builder_finish (index_builder *self, size_t *size)
{
    end_offer (self);
    order_tokens (self);
    writing to = lay_out (self);
    index_token_t *tokens = table_at (&to, TABLE_TOKENS);
    uint32_t *slots = table_at (&to, TABLE_SLOTS), far = 0, near = 0, longs = 0;
    memcpy (table_at (&to, TABLE_TEXT), self->text, self->text_size);
    if (self->offers) {
        memcpy (table_at (&to, TABLE_IDS), self->ids, self->offers * sizeof *self->ids);
        memcpy (table_at (&to, TABLE_KEYS), self->keys, self->offers * sizeof *self->keys);
    }
    for (size_t i = 0; i < self->count; i++) {
        const token *t = &self->tokens [i];
        uint32_t *list = is_long (t) ? &near : &far;
        tokens [i] = (index_token_t) { .text = t->text, .frequency = t->count, .list = *list };
        is_long (t) ? write_long (&to, t, &tokens [i], longs++) : write_short (&to, t, &tokens [i]);
        *list += t->count;
        size_t slot = index_hash (self->text + t->text, t->size) & (to.head->slots - 1);
        while (slots [slot])
            slot = (slot + 1) & (to.head->slots - 1);
        slots [slot] = (uint32_t) i + 1;
    }
    tokens [self->count].text = (uint32_t) self->text_size;
    index_checksum (to.head, to.base, to.head->size, to.head->checksum);
    *size = to.head->size;
    return to.base;
}

/* ------------------------------------------------------------------------------------- merging */

typedef struct {
    const index_t  *index;
    const uint64_t *gone;
    uint32_t        next, *numbers; /* the offer to be taken next; what each is called in the whole, or UINT32_MAX */
} part;

static bool is_gone (const part *self, uint32_t offer)
{
    return self->gone && self->gone [offer / 64] >> offer % 64 & 1;
}

/* Whose next offer is the first of all; NULL: none has any. */
static part *first_of (part parts [], size_t count)
{
    part *first = NULL;
    for (part *p = parts; p < parts + count; p++) {
        while (p->next < p->index->head.offers && is_gone (p, p->next))
            p->numbers [p->next++] = UINT32_MAX;
        if (p->next == p->index->head.offers)
            continue;
        uint64_t key = p->index->keys [p->next], other = first ? first->index->keys [first->next] : 0;
        if (!first || key < other
        ||  (key == other && memcmp (&p->index->ids [p->next], &first->index->ids [first->next], sizeof (offer_id)) < 0))
            first = p;
    }
    return first;
}

static void number_offers (index_builder *self, part parts [], size_t count)
{
    for (part *p; (p = first_of (parts, count)); p->next++) {
        p->numbers [p->next] = (uint32_t) self->offers;
        index_builder_offer (self, p->index->keys [p->next], &p->index->ids [p->next]);
    }
}

static void take_run (token *to, const part *from, index_run r)
{
    for (uint32_t i = 0; i < r.count; i++) {
        uint32_t offer = r.far ? r.far [i] >> WEIGHT_BITS : r.first + r.near [i] % INDEX_BLOCK;
        if (from->numbers [offer] != UINT32_MAX)
            enter (to, from->numbers [offer], (uint8_t) (r.far ? r.far [i] & WEIGHT_MOST : r.near [i] >> NEAR_BITS));
    }
}

static int by_offer (const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return (x->offer > y->offer) - (x->offer < y->offer);
}

/* Each part's entries of a token in turn, and then those of all parts in order. */
static void take_tokens (index_builder *self, const part parts [], size_t count)
{
    for (const part *p = parts; p < parts + count; p++)
        for (const index_token_t *t = p->index->tokens; t < p->index->tokens + p->index->head.tokens; t++) {
            uint32_t number = number_of (self, p->index->text + t->text, t [1].text - t->text);
            token *to = &self->tokens [number];
            if (t->bounds == UINT32_MAX)
                take_run (to, p, index_run_of_few (p->index, t));
            else
                for (uint32_t b = 0; b < p->index->head.blocks; b++)
                    take_run (to, p, index_run_of_many (p->index, t, b));
        }
    for (token *t = self->tokens; t < self->tokens + self->count; t++)
        qsort (t->entries, t->count, sizeof *t->entries, by_offer);
}

void *index_merge (const index_t *const from [], const uint64_t *const gone [], size_t count, size_t *size)
{
    index_builder *self = index_builder_new ();
    part *parts = calloc (count + !count, sizeof *parts);
    assert (parts);
    for (size_t i = 0; i < count; i++) {
        parts [i] = (part) { .index = from [i], .gone = gone [i], .numbers = calloc (from [i]->head.offers + 1, 4) };
        assert (parts [i].numbers);
    }
    number_offers (self, parts, count);
    take_tokens (self, parts, count);
    void *bytes = index_builder_finish (self, size);
    for (size_t i = 0; i < count; i++)
        free (parts [i].numbers);
    free (parts);
    index_builder_destroy (&self);
    return bytes;
}
