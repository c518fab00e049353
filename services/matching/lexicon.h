/* lexicon.h - the words of the offers on the market, and which offers have them. */
#ifndef LEXICON_H
#define LEXICON_H
#include "market.h"

/* Puts an offer on the market, or takes it off. */
void lexicon_add (market *, entry *offer);
void lexicon_remove (market *, entry *offer);
void lexicon_end (market *);
#endif
