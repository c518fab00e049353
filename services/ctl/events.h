/* events.h - the commands of `meerwaarde` that look at the stream. */
#ifndef EVENTS_H
#define EVENTS_H

/* Each takes the words from its own on, and returns the exit status. */
int ctl_events (int argc, char *argv []); /* events tail */
int ctl_verify (int argc, char *argv []); /* verify: 1 when something was tampered with */
#endif
