/* route.h - from method and path to an operation, by the table of operations. */
#ifndef ROUTE_H
#define ROUTE_H
#include "../../common/vocabulary.h"
#include <event2/keyvalq_struct.h>

enum { ROUTE_PARAMS = 4 };

typedef struct {
    const operation *op;      /* NULL: no such path, or not with this method */
    bool             path_known;
    const char      *names [ROUTE_PARAMS + 1]; /* of path parameters, NULL-terminated */
    char             values [ROUTE_PARAMS][80];
    size_t           count;
} route;

/* `path` is what follows the host, as "/v1/needs/.../_publish", decoded. */
route route_find (method, const char *path);

/* Takes away the query keys that the operation does not know: a page's address may carry others' marks. */
void route_forget_unknown (const operation *, struct evkeyvalq *query);

/* Path, query and body as one MessagePack map, the operation's input. `body` is a MessagePack map, or size 0.
 * False with faults: a key twice, a query key that is no field.                                            */
bool route_merge (const route *, const struct evkeyvalq *query, const bytes *body, msgpack_packer *, faults *);
#endif
