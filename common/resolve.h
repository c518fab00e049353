/* resolve.h - every address behind a name: tcp://gateway:5550 as tcp://10.0.0.2:5550, tcp://10.0.0.3:5550. */
#ifndef RESOLVE_H
#define RESOLVE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ADDRESSES = 32, ENDPOINT_TEXT = 300 };

typedef struct {
    size_t count;
    char   at [ADDRESSES][ENDPOINT_TEXT]; /* each once */
} endpoints;

/* tcp://HOST:PORT in its parts; false: it is not. An address of IPv6 stands in brackets, and loses them. */
bool endpoint_split (const char *endpoint, char host [256], char port [6]);

/* How names are looked up; tests have their own. */
typedef struct {
    void *(*open) (const char *endpoint);
    /* Never waits. True: *found is what the name stands for now, none when it stands for nothing. False: there is no
     * new answer, or nobody who could tell.                                                                         */
    bool (*look) (void *self, int64_t now, endpoints *found);
    void (*close) (void **self_p);
} resolution;

/* As the system does it, anew every 2 s. Addresses of IPv4, and only where there is none, of IPv6: a gateway that has
 * both is one gateway.                                                                                               */
extern const resolution resolution_system;
/* The same, for a thread that may wait; false: nobody could tell. */
bool resolve_now (const char *endpoint, endpoints *found);
#endif
