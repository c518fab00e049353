/* openapi.h - what proto/ declares, written for others: OpenAPI 3.0, TypeScript types, lists of words. */
#ifndef OPENAPI_H
#define OPENAPI_H
#include "json.h"

void openapi_write (text_buffer *);
void typescript_types (text_buffer *);
void typescript_words (text_buffer *);
#endif
