// What people type: days, deadlines, amounts; and what a budget means.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, fiveOn, ppmOf } from '../src/lib/input';
import { emptyCriterion, emptyLine, partFaults, partsOf, weighed } from '../src/lib/need-parts';
import { centsOf, countOf } from '../src/lib/step';
import { thresholdReached } from '../src/lib/threshold';

test('a day is read with dashes, dots, slashes and leading zeros', () => {
  for (const text of ['1-3-2027', '01-03-2027', '1.3.2027', ' 1/3/2027 '])
    assert.equal(dayOf(text), '2027-03-01');
});

test('a day that is not in the calendar is no day', () => {
  for (const text of ['31-2-2027', '0-1-2027', '1-13-2027', '2027-03-01', 'morgen', ''])
    assert.equal(dayOf(text), undefined);
});

test('five in the afternoon follows summer time', () => {
  assert.equal(fiveOn('2027-03-01'), '2027-03-01T16:00:00Z');
  assert.equal(fiveOn('2027-07-01'), '2027-07-01T15:00:00Z');
});

test('an amount is read with dots, comma, spaces and euro sign', () => {
  assert.equal(centsOf('25.000'), 2_500_000);
  assert.equal(centsOf('€ 1.250,50'), 125_050);
  assert.equal(centsOf('1250.5'), 125_050);
  assert.equal(centsOf('25,000'), 2_500_000);
  assert.equal(centsOf('1,250.50'), 125_050);
  assert.equal(centsOf('12,5'), 1_250);
  assert.equal(centsOf('duizend'), undefined);
});

test('a count is whole', () => {
  assert.equal(countOf('1.000'), 1000);
  assert.equal(countOf('1,000'), 1000);
  assert.equal(countOf('1,5'), undefined);
});

test('the European threshold counts by kind and by day', () => {
  assert.equal(thresholdReached(21_599_999, 'service', '2026-11-23'), undefined);
  assert.equal(thresholdReached(21_600_000, 'service', '2026-11-23')?.cents, 21_600_000);
  assert.equal(thresholdReached(21_600_000, 'work', '2026-11-23'), undefined);
  assert.equal(thresholdReached(21_600_000, 'service', '2025-12-31'), undefined);
});

test('a percentage is a part of a million, to four decimals', () => {
  for (const text of ['12,5', '12.5', ' 12,5 % ']) assert.equal(ppmOf(text), 125_000);
  assert.equal(ppmOf('33,3333'), 333_333);
  for (const text of ['', '-1', '101', '1,23456', 'half']) assert.equal(ppmOf(text), undefined);
});

test('weights of award criteria come to the whole, and lines are read one wish to a line', () => {
  const weighs = (...weights: string[]) =>
    weights.map((weight, at) => ({ ...emptyCriterion, code: `K${at}`, description: 'Prijs', weight }));
  const parts = { lines: [], criteria: weighs('60', '39'), shares: [] };
  assert.deepEqual(Object.keys(partFaults(parts, '', 'nl')), ['criteria']);
  assert.equal(weighed(weighs('33,3333', '66,6667')), 1_000_000);
  assert.deepEqual(partFaults({ ...parts, criteria: weighs('60', '40') }, '', 'nl'), {});
  const line = { ...emptyLine, description: 'Snoeien', quantity: '1.000', unit: 'uur', must: ' Elke week \n\nStil' };
  assert.deepEqual(partsOf({ lines: [line], criteria: [], shares: [] }).spec_lines?.[0]?.must, ['Elke week', 'Stil']);
  assert.equal(partsOf({ lines: [line], criteria: [], shares: [] }).spec_lines?.[0]?.quantity, 1000);
});
