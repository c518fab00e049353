/* ctl.h - the commands of `meerwaarde`. Each takes the words from its own on; the exit status. */
#ifndef CTL_H
#define CTL_H

int ctl_status (int argc, char *argv []);
int ctl_call (int argc, char *argv []);
int ctl_demo (int argc, char *argv []);
int ctl_import (int argc, char *argv []);
int ctl_user (int argc, char *argv []);
int ctl_key (int argc, char *argv []);
int ctl_print (int argc, char *argv []);
#endif
