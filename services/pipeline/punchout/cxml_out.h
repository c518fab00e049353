/* cxml_out.h - what goes back to a purchasing system. */
#ifndef CXML_OUT_H
#define CXML_OUT_H
#include "../../../common/cxml.h"
#include "../../../common/vocabulary.h"

/* The PunchOutOrderMessage of a basket; one without lines says that nothing was chosen. */
void cxml_message (text_buffer *to, int64_t now, const basket_t *, const basket_head_t *);
/* What follows the Status of a PunchOutSetupResponse. */
void cxml_start_page (text_buffer *to, const char *site, const char *token);
#endif
