// Points of a match always add up; what validation says is said to people.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholePoints } from '../src/lib/match';
import { reasonInWords } from '../src/lib/reasons';

const sum = (points: readonly number[]) => points.reduce((all, one) => all + one, 0);

test('whole points add up to the whole score', () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const parts = [400_000, 250_000, 200_000, 150_000].map(
      (most, at) => (seed * 7919 * (at + 3)) % (most + 1),
    );
    const score = sum(parts);
    assert.equal(sum(wholePoints(parts, score)), Math.round(score / 10_000));
  }
});

test('a part that is full keeps its full points', () => {
  assert.deepEqual(wholePoints([400_000, 250_000, 173_333, 120_000], 943_333), [40, 25, 17, 12]);
});

test('faults of validation are sentences in the language of the page', () => {
  assert.equal(reasonInWords('is required', 'nl'), 'Vul dit in');
  assert.equal(
    reasonInWords('must be 3 to 120 characters, is 2', 'nl'),
    'Gebruik 3 tot 120 tekens; nu zijn het er 2',
  );
  assert.equal(reasonInWords('must be 1 to 100', 'en'), 'This must be 1 to 100');
  assert.equal(reasonInWords('Geef bij afwijzen een reden.', 'nl'), 'Geef bij afwijzen een reden.');
});
