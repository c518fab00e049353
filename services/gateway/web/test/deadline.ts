// How long there is still time: by the calendar of Amsterdam, also where its clock jumps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysLeft, deadlineOf, urgencyOf } from '../src/lib/deadline';

const at = (iso: string) => Date.parse(iso);

test('days are those of the calendar in Amsterdam', () => {
  const evening = at('2026-11-29T22:30:00Z'); // 23:30 there
  assert.equal(daysLeft({ due_at: '2026-11-29T22:45:00Z' }, evening), 0);
  assert.equal(daysLeft({ due_at: '2026-11-29T23:15:00Z' }, evening), 1); // after midnight
  assert.equal(daysLeft({ due_at: '2026-12-01T16:00:00Z' }, evening), 2);
  assert.equal(daysLeft({ due_at: '2027-03-28T22:30:00Z' }, at('2027-03-27T12:00:00Z')), 2);
});

test('a day holds until it ends, a moment until it comes', () => {
  const now = at('2026-11-30T12:00:00Z');
  assert.equal(urgencyOf({ due_on: '2026-11-30' }, now), 'today');
  assert.equal(urgencyOf({ due_on: '2026-11-29' }, now), 'late');
  assert.equal(urgencyOf({ due_at: '2026-11-30T12:00:00Z' }, now), 'late');
  assert.equal(urgencyOf({ due_at: '2026-11-30T12:00:01Z' }, now), 'today');
  assert.equal(urgencyOf({ due_on: '2026-12-07' }, now), 'week');
  assert.equal(urgencyOf({ due_on: '2026-12-08' }, now), 'later');
  assert.equal(urgencyOf({}, now), 'open');
});

test('it is said in both languages', () => {
  const now = at('2026-11-29T10:00:00Z');
  assert.equal(deadlineOf({ due_on: '2026-12-01' }, now, 'nl'), 'nog 2 dagen, tot en met 1 december 2026');
  assert.match(deadlineOf({ due_at: '2026-11-30T16:00:00Z' }, now, 'nl'), /^nog tot morgen, tot 30 november 2026/);
  assert.equal(deadlineOf({ due_on: '2026-11-01' }, now, 'en'), 'too late, up to and including 1 November 2026');
  assert.equal(deadlineOf({}, now, 'nl'), '');
});
