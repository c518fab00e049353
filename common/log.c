/* log.c - log lines; whole lines are written at once, so that threads do not mix. */
#include "log.h"
#include "json.h"
#include "text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *service_name = "meerwaarde"; /* both set once, before any thread */
static bool as_json;

void log_open (const char *service, bool json)
{
    service_name = service;
    as_json = json;
}

static void begin (text_buffer *line, const char *level, const char *event)
{
    char now [MOMENT_TEXT];
    moment_write (clock_wall_us (), now);
    text_printf (line, as_json ? "{\"time\":\"%s\",\"level\":\"%s\",\"service\":\"%s\",\"event\":\"%s\""
                               : "time=%s level=%s service=%s event=%s", now, level, service_name, event);
}

static void finish (text_buffer *line)
{
    text_append (line, as_json ? "}\n" : "\n", as_json ? 2 : 1);
    for (size_t at = 0; at < line->size;) {
        ssize_t n = write (STDOUT_FILENO, line->at + at, line->size - at);
        if (n <= 0)
            break;
        at += (size_t) n;
    }
    text_free (line);
}

/* "a=1 b=x" as JSON members; values are texts. */
static void pairs_as_json (text_buffer *line, char *pairs)
{
    char *rest;
    for (char *pair = strtok_r (pairs, " ", &rest); pair; pair = strtok_r (NULL, " ", &rest)) {
        char *value = strchr (pair, '=');
        if (!value)
            continue;
        text_append (line, ",", 1);
        json_write_text (line, pair, (size_t) (value - pair));
        text_append (line, ":", 1);
        json_write_text (line, value + 1, strlen (value + 1));
    }
}

void log_line (const char *level, const char *event, const char *format, ...)
{
    text_buffer line = { 0 };
    char pairs [600];
    va_list args;
    va_start (args, format);
    vsnprintf (pairs, sizeof pairs, format, args);
    va_end (args);
    begin (&line, level, event);
    if (as_json)
        pairs_as_json (&line, pairs);
    else if (*pairs)
        text_printf (&line, " %s", pairs);
    finish (&line);
}

void log_text (const char *level, const char *event, const char *key, const char *text)
{
    text_buffer line = { 0 };
    size_t size = strlen (text);
    while (size && (text [size - 1] == '\n' || text [size - 1] == ' '))
        size--;
    begin (&line, level, event);
    text_printf (&line, as_json ? ",\"%s\":" : " %s=", key);
    json_write_text (&line, text, size);
    finish (&line);
}
