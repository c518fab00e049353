/* clean.h - copies of documents without what they tell beyond their pages: who made them, when, with what, and where they lead.
 *
 * Somebody is to judge them without knowing whose they are. What cannot be cleaned is not copied. The work is done in a process of
 * its own, which has a time and an amount of memory and nothing else: other people's documents are read there by libraries.         */
#ifndef CLEAN_H
#define CLEAN_H
#include "desk.h"

/* True: the copy was written by `take`. The bytes passed file_check as what they are. */
bool pdf_clean (const uint8_t *, size_t, strip_take *take, void *to);
bool packed_clean (const uint8_t *, size_t, strip_take *take, void *to);
bool file_clean (const file_kind *, const uint8_t *, size_t, strip_take *take, void *to);

/* A photo that a document holds, stripped; free () it. NULL: it is no photo that can be. */
uint8_t *photo_clean (const uint8_t *, size_t size, size_t *left);

/* The process: reads a document from its standard input and writes its copy on its standard output. Answers its status: 0: done. */
int clean_main (void);

/* Lets that process, which is this program, make a copy of the file `from` in the file `to`, from their beginning, and waits for it.
 * It has no environment, in which passwords may stand, and can open nothing. Its status, 0: done; below 0: it could not begin.      */
int clean_run (int from, int to);

/* The thread that copies what is wanted, one after the other; the options must outlive it. */
zactor_t *cleaner_new (const desk_options *);
#endif
