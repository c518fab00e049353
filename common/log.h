/* log.h - one line per call, per start and stop, per trouble; on standard output, as logfmt or JSON.
 * A line is an event name and pairs of key and value; values are formatted, quoted where needed.     */
#ifndef LOG_H
#define LOG_H
#include <stdbool.h>

void log_open (const char *service, bool json);

/* log_line ("info", "ready", "workers=%d", 4): pairs are separated by spaces; a value that may hold
 * spaces comes last and is written as it is, quoted.                                               */
void log_line (const char *level, const char *event, const char *format, ...) __attribute__ ((format (printf, 3, 4)));
/* The same with a text that may hold anything, as the last pair. */
void log_text (const char *level, const char *event, const char *key, const char *text);
#endif
