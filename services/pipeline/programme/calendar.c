/* calendar.c - the dates of a round in iCalendar (RFC 5545): lines of 75 octets, CRLF, times in UTC, texts escaped. */
#include "../pipeline.h"
#include "calendar.h"
#include "../../../common/file_body.h"
#include "../../../common/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MOST = 75 };

/* One content line; what is longer goes on in the next one, after a space, and never in the middle of a character (3.1). */
static void put_line (text_buffer *out, const text_buffer *of)
{
    const char *line = of->at;
    size_t left = of->size, room = LINE_MOST;
    while (left > room) {
        size_t part = room;
        while (((unsigned char) line [part] & 0xc0) == 0x80)
            part--;
        text_append (out, line, part);
        text_append (out, "\r\n ", 3);
        line += part;
        left -= part;
        room = LINE_MOST - 1;
    }
    text_append (out, line, left);
    text_append (out, "\r\n", 2);
}

static void put_plain (text_buffer *out, const char *name, const char *value)
{
    text_buffer line = { 0 };
    text_printf (&line, "%s:%s", name, value);
    put_line (out, &line);
    text_free (&line);
}

/* A value of type TEXT: backslash, semicolon, comma and the end of a line are escaped (3.3.11). */
static void put_text (text_buffer *out, const char *name, const char *value)
{
    text_buffer line = { 0 };
    text_printf (&line, "%s:", name);
    for (const char *at = value; *at; at++) {
        if (strchr ("\\;,", *at))
            text_append (&line, "\\", 1);
        if (*at == '\n')
            text_append (&line, "\\n", 2);
        else if (*at != '\r')
            text_append (&line, at, 1);
    }
    put_line (out, &line);
    text_free (&line);
}

/* 2026-11-23T17:00:00.123456Z is 20261123T170000Z here: to the second, in UTC. */
static void put_moment (text_buffer *out, const char *name, int64_t at)
{
    char long_one [MOMENT_TEXT], short_one [20];
    size_t length = 0;
    moment_write (at, long_one);
    for (const char *c = long_one; *c && length < 15; c++)
        if (*c != '-' && *c != ':')
            short_one [length++] = *c;
    strcpy (short_one + length, "Z");
    put_plain (out, name, short_one);
}

typedef struct {
    const char *code;         /* what it is in the round: of its UID */
    const char *what, *what_en;
    int64_t     starts_at, ends_at; /* 0: a moment */
    int64_t     version;
    const char *place;
    bool        cancelled;
} entry;

static void put_event (const round_t *round, const entry *of, int64_t now, text_buffer *out)
{
    char number [24], uid [120];
    text_buffer text = { 0 };
    snprintf (number, sizeof number, "%" PRId64, of->version);
    snprintf (uid, sizeof uid, "ronde-%s-%s@meerwaarde", round->id, of->code);
    put_plain (out, "BEGIN", "VEVENT");
    put_plain (out, "UID", uid);
    put_moment (out, "DTSTAMP", now);
    put_moment (out, "DTSTART", of->starts_at);
    if (of->ends_at)
        put_moment (out, "DTEND", of->ends_at);
    put_plain (out, "SEQUENCE", number);
    text_printf (&text, "%s – %s, ronde %" PRId64, of->what, round->programme_name, round->number);
    put_text (out, "SUMMARY", text.at);
    text.size = 0;
    text_printf (&text, "%s – %s, round %" PRId64 "%s", of->what_en, round->programme_name, round->number,
                 round->fictional ? "\nFictief voorbeeld / fictional example" : "");
    put_text (out, "DESCRIPTION", text.at);
    text_free (&text);
    if (of->place)
        put_text (out, "LOCATION", of->place);
    put_plain (out, "STATUS", of->cancelled ? "CANCELLED" : "CONFIRMED");
    put_plain (out, "END", "VEVENT");
}

static void put_meeting (const round_t *round, const meeting_t *meeting, int64_t now, text_buffer *out)
{
    const word *kind = &meeting_kind_words ()->words [meeting->kind];
    text_buffer what = { 0 }, what_en = { 0 };
    char nth [24] = "";
    if (meeting->number)
        snprintf (nth, sizeof nth, " %" PRId64, meeting->number);
    text_printf (&what, "%s%s: %s", kind->nl, nth, meeting->title);
    text_printf (&what_en, "%s%s: %s", kind->en, nth, meeting->title);
    put_event (round, &(entry) { meeting->id, what.at, what_en.at, meeting->starts_at, meeting->ends_at, meeting->version, meeting->place,
                                 meeting->state == meeting_state_cancelled }, now, out);
    text_free (&what);
    text_free (&what_en);
}

void calendar_write (const round_t *round, const meeting_t *meetings, size_t count, int64_t now, text_buffer *out)
{
    const struct { const char *code, *nl, *en; int64_t at; } dates [] = {
        { "opent", "Inschrijving opent", "Entry opens", round->opens_at },
        { "sluit", "Inschrijving sluit", "Entry closes", round->closes_at },
        { "screening", "Screening klaar", "Screening done", round->screened_by },
        { "jury", "Jury klaar met beoordelen", "Jury done scoring", round->scored_by },
        { "besluit", "Bekend wie meedoet", "Known who takes part", round->decided_by },
        { "programma", "Programma begint", "Programme starts", round->starts_at },
        { "tafel", "Financieringstafel", "Financing table", round->table_at },
    };
    put_plain (out, "BEGIN", "VCALENDAR");
    put_plain (out, "VERSION", "2.0");
    put_plain (out, "PRODID", "-//Meerwaarde//Programma//NL");
    put_plain (out, "CALSCALE", "GREGORIAN");
    put_plain (out, "METHOD", "PUBLISH");
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (dates [i].at)
            put_event (round, &(entry) { dates [i].code, dates [i].nl, dates [i].en, dates [i].at, 0, round->version, NULL,
                                         round->state == round_state_cancelled }, now, out);
    for (size_t i = 0; i < count; i++)
        put_meeting (round, &meetings [i], now, out);
    put_plain (out, "END", "VCALENDAR");
}

/* As far as the caller may see them: nobody else learns where people meet. */
static outcome read_meetings (call *self, meeting_t **meetings, size_t *found)
{
    PGresult *rows;
    outcome how;
    int count = call_run (self, "round_meetings", &rows, &how);
    *found = count > 0 ? (size_t) count : 0;
    *meetings = call_alloc (self, *found * sizeof **meetings);
    for (int i = 0; i < count; i++)
        if (!db_row (rows, i, meeting_schema (), &(*meetings) [i], self->zone))
            return outcome_broken;
    return how;
}

outcome round_calendar (call *self, const ref_t *in, ics_file_t *out)
{
    const schema *shape = ics_file_schema ();
    round_t round = { 0 };
    text_buffer text = { 0 };
    meeting_t *meetings;
    size_t index, count;
    outcome how = call_load (self, process_find ("round"), in->id, &round);
    if (how == outcome_done)
        how = read_meetings (self, &meetings, &count);
    if (how != outcome_done)
        return how;
    calendar_write (&round, meetings, count, self->now, &text);
    schema_set_text (shape, out, "file_name", call_print (self, "ronde-%" PRId64 ".ics", round.number));
    *(bytes *) schema_at (schema_field (shape, "content", &index), out) = file_content (self, text.at, text.size);
    schema_mark (out, index);
    text_free (&text);
    return outcome_done;
}
