/* files.h - files over HTTP: bytes stream from a request to a desk, and from a desk to an answer. */
#ifndef FILES_H
#define FILES_H
#include "../gateway.h"
#include "desk.h"

/* `spool`: the directory in which files lie while they arrive. */
void files_open (gateway *, const char *conninfo, const char *spool);
void files_close (gateway *);

/* POST /files and GET /files/{file}, once it is known who calls. */
void files_receive (gateway *, exchange *);
void files_give (gateway *, exchange *);
/* Whose browser left, or whose time is over: the desk forgets it. To be called before an exchange ends. */
void files_forget (gateway *, exchange *);
/* True: bytes of an answer are on the way, so nothing else can be answered. */
bool files_is_giving (const exchange *);
/* True: part of it is still to come. */
bool files_is_arriving (const exchange *);

/* mask.c - evhttp says nothing of a request before it has all of it in memory. So the first line of an upload is made
 * to say HEAD, of which it reads the head alone; its body is then left to us.                                        */
struct bufferevent *mask_new_connection (struct event_base *, void *);
/* First thing with a request: an upload is a POST again. True: its body has not been read. */
bool mask_take_off (struct evhttp_request *);
/* Its body has not been read to the end. */
bool mask_is_open (struct evhttp_request *);
/* It has. */
void mask_done (struct evhttp_request *);
/* A request was answered; the next one on its connection is looked at. */
void mask_next (struct evhttp_request *);
/* Before an answer to a request of which a body is still to come: the connection will end, but only when the sender has
 * had time to read why.                                                                                               */
void mask_break_off (struct evhttp_request *);
#endif
