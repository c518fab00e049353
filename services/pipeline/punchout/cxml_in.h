/* cxml_in.h - a PunchOutSetupRequest or an OrderRequest as a purchasing system wrote it: hostile until read. */
#ifndef CXML_IN_H
#define CXML_IN_H
#include "../../../common/cxml.h"

typedef struct {
    const char *part, *auxiliary, *unit; /* the unit is NULL where it is not said */
    int64_t     quantity, price_cents;
} cxml_item;

/* What it says, as far as it is used here. Texts that it lacks are NULL. */
typedef struct {
    const char     *payload_id, *operation, *buyer_cookie, *return_url, *order_id;
    cxml_credential from, sender;
    int64_t         total_cents;
    cxml_item      *items;
    size_t          item_count;
} cxml_request;

/* Reads it into the zone. False: it is not such a document, or lacks something; every fault with its place. */
bool cxml_setup_read (const void *data, size_t size, msgpack_zone *, cxml_request *out, faults *wrong);
bool cxml_order_read (const void *data, size_t size, msgpack_zone *, cxml_request *out, faults *wrong);
/* Whether a return address is one that was registered: the same, or further along its path. */
bool cxml_goes_back (const char *registered, const char *url);
/* What is wrong with an address to register; NULL: nothing. Only https, or this machine itself. */
const char *cxml_address_fault (const char *url);
#endif
