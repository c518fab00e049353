/* handlers.h - prototypes, thunks and the table of a service's handlers, from its operations.
 * Define SERVICE_OPERATIONS (the file) before including this, in the service's main.c only;
 * other files include it with HANDLERS_PROTOTYPES_ONLY for the prototypes.                     */
#ifndef SERVICE_OPERATIONS
#error "define SERVICE_OPERATIONS before including this"
#endif
#include "service.h"

#define PROTOTYPE(name, in, out) outcome name (call *, const in##_t *, out##_t *);
#define NO_PROTOTYPE(name, in, out)
#define FETCH_AS     NO_PROTOTYPE
#define PAGE_AS      NO_PROTOTYPE
#define CREATE_AS    NO_PROTOTYPE
#define COMMAND_AS   NO_PROTOTYPE
#define LOCAL_AS     NO_PROTOTYPE
#define GIVE_AS      NO_PROTOTYPE
#define RECEIVE_AS   NO_PROTOTYPE
#define READ_AS      PROTOTYPE
#define FETCH_BY_AS  PROTOTYPE
#define CREATE_BY_AS PROTOTYPE
#define STEP_BY_AS   PROTOTYPE
#define WRITE_AS     PROTOTYPE
#define OPERATION(name, service, verb, in, out, who, method, path, doc) verb##_AS (name, in, out)
#include SERVICE_OPERATIONS
#undef OPERATION

#ifndef HANDLERS_PROTOTYPES_ONLY
#undef PROTOTYPE
#define PROTOTYPE(name, in, out) \
    static outcome name##_thunk (call *self, const void *from, void *to) { return name (self, from, to); }
#define OPERATION(name, service, verb, in, out, who, method, path, doc) verb##_AS (name, in, out)
#include SERVICE_OPERATIONS
#undef OPERATION
#undef PROTOTYPE
#undef NO_PROTOTYPE
#define PROTOTYPE(name, in, out)    { #name, name##_thunk },
#define NO_PROTOTYPE(name, in, out) { #name, NULL },
static const handler_entry service_handlers [] = {
#define OPERATION(name, service, verb, in, out, who, method, path, doc) verb##_AS (name, in, out)
#include SERVICE_OPERATIONS
#undef OPERATION
};
#endif

#undef PROTOTYPE
#undef NO_PROTOTYPE
#undef FETCH_AS
#undef PAGE_AS
#undef CREATE_AS
#undef COMMAND_AS
#undef LOCAL_AS
#undef GIVE_AS
#undef RECEIVE_AS
#undef READ_AS
#undef FETCH_BY_AS
#undef CREATE_BY_AS
#undef STEP_BY_AS
#undef WRITE_AS
