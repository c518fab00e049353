/* ctl.h - the commands of `meerwaarde`. Each takes the words from its own on; the exit status. */
#ifndef CTL_H
#define CTL_H
#include "../../common/config.h"

int ctl_status (int argc, char *argv []);
int ctl_top (int argc, char *argv []);
int ctl_health (int argc, char *argv []);
int ctl_drain (int argc, char *argv []);
int ctl_scale (int argc, char *argv []);
int ctl_call (int argc, char *argv []);
int ctl_match (int argc, char *argv []);
int ctl_why (int argc, char *argv []);
int ctl_rules (int argc, char *argv []);
int ctl_verify_pack (int argc, char *argv []);
int ctl_verify_receipt (int argc, char *argv []);
int ctl_demo (int argc, char *argv []);
int ctl_import (int argc, char *argv []);
int ctl_user (int argc, char *argv []);
int ctl_key (int argc, char *argv []);
int ctl_print (int argc, char *argv []);

/* config_read for a command that takes so many words, none or one, which is left in *word. */
bool ctl_read (option *, size_t count, size_t words, const char *about, int argc, char *argv [], const char **word, int *status);
/* An option in seconds within bounds; false after a fault, which has been told. */
bool ctl_seconds (const option *, size_t count, const char *name, double least, double most, double *seconds);
/* Takes a word without a value out of the arguments; whether it was there. */
bool ctl_flag (int *argc, char *argv [], const char *flag);
/* Was the option given as yes? */
bool ctl_yes (const option *, size_t count, const char *name);
#endif
