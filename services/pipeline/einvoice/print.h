/* print.h - an invoice, credit note or order as people read it: in Dutch, on paper (PDF). */
#ifndef PRINT_H
#define PRINT_H
#include "paper.h"

bytes print_write (call *, const paper *);
#endif
