/* receipt.h - receipts: what the platform signs of what somebody handed in (proto/PACK.md). */
#ifndef RECEIPT_H
#define RECEIPT_H
#include "../../common/call.h"

/* The one row of a statement, signed. Missing without a row; unavailable where nothing can be signed. */
outcome receipt_answer (call *, const char *statement, const schema *, const char *form, signed_receipt_t *out);
#endif
