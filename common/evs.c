/* evs.c - EVS/1 on the wire: topics, the header of a live message, and the chain. */
#include "evs.h"
#include "text.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char prefix [] = "ev1/";

static void put32 (uint8_t *out, uint32_t value)
{
    for (int i = 3; i >= 0; i--, value >>= 8)
        out [i] = (uint8_t) value;
}

void evs_put64 (uint8_t *out, uint64_t value)
{
    put32 (out, (uint32_t) (value >> 32));
    put32 (out + 4, (uint32_t) value);
}

int64_t evs_get64 (const void *from)
{
    const uint8_t *bytes = from;
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | bytes [i];
    return (int64_t) value;
}

void evs_write (const evs_header *self, uint8_t out [EVS_HEADER])
{
    memset (out, 0, EVS_HEADER);
    out [0] = 1;
    out [1] = (uint8_t) self->kind;
    put32 (out + 4, self->term);
    evs_put64 (out + 8, (uint64_t) self->tseq);
    evs_put64 (out + 16, (uint64_t) self->seq);
}

bool evs_read (const void *data, size_t size, evs_header *out)
{
    const uint8_t *from = data;
    if (size != EVS_HEADER || from [0] != 1)
        return false;
    out->kind = from [1];
    out->term = (uint32_t) (evs_get64 (from) & UINT32_MAX);
    out->tseq = evs_get64 (from + 8);
    out->seq = evs_get64 (from + 16);
    return out->tseq >= 0 && out->seq >= 0;
}

bool evs_is_audience (const char *name)
{
    char id [UUID_TEXT];
    if (strcmp (name, "public") == 0 || strcmp (name, "all") == 0)
        return true;
    return strncmp (name, "org/", 4) == 0 && uuid_read (name + 4, strlen (name + 4), id)
           && strcmp (name + 4, id) == 0;
}

void evs_topic (const char *audience, char out [EVS_TOPIC])
{
    snprintf (out, EVS_TOPIC, "%s%s/", prefix, audience);
}

bool evs_topic_audience (const char *topic, size_t size, char out [EVS_AUDIENCE])
{
    size_t before = sizeof prefix - 1;
    if (size <= before + 1 || size - before > EVS_AUDIENCE || memcmp (topic, prefix, before) != 0
        || topic [size - 1] != '/')
        return false;
    memcpy (out, topic + before, size - before - 1);
    out [size - before - 1] = '\0';
    return evs_is_audience (out);
}

void evs_chain (uint8_t hash [EVS_HASH], int64_t seq, const void *body, size_t size)
{
    uint8_t number [8];
    crypto_hash_sha256_state state;
    evs_put64 (number, (uint64_t) seq);
    crypto_hash_sha256_init (&state);
    crypto_hash_sha256_update (&state, hash, EVS_HASH);
    crypto_hash_sha256_update (&state, number, sizeof number);
    crypto_hash_sha256_update (&state, body, size);
    crypto_hash_sha256_final (&state, hash);
}
