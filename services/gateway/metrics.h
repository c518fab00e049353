/* metrics.h - figures in the text format of Prometheus, version 0.0.4. */
#ifndef METRICS_H
#define METRICS_H
#include "../../common/histogram.h"
#include "../../common/json.h"
#include "../../common/vocabulary.h"

/* Every family is declared once, in the table of metrics.c. */
void metrics_write (const platform_status_t *, const gateway_status_t *, const histogram *answer_times, text_buffer *);
#endif
