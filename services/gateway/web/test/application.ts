// An application while it is written: what two people write together, what of it can be sent, and its receipt.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged, type Clash } from '../src/lib/autosave';
import { bodyOf, draftOf, faultsOf, unfinished } from '../src/round/draft';
import { readPacked } from '../src/round/packed';

test('two who write in different fields both keep their words; in one field the other’s are told', () => {
  const base = { title: 'a', plan: 'b', answers: { one: '1', two: '2' } };
  const mine = { title: 'mine', plan: 'mine too', answers: { one: '1 mine', two: '2' } };
  const theirs = { title: 'a', plan: 'theirs', answers: { one: '1', two: '2 theirs' } };
  const clashes: Clash[] = [];
  assert.deepEqual(merged(base, mine, theirs, (one) => clashes.push(one)), {
    title: 'mine',
    plan: 'mine too',
    answers: { one: '1 mine', two: '2 theirs' },
  });
  assert.deepEqual(clashes, [{ path: 'plan', theirs: 'theirs' }]);
});

const one = {
  id: 'x',
  version: 1,
  state: 'draft',
  created_at: '',
  commands: [],
  round_id: 'r',
  title: 'De buurtoven',
  summary: 'Een oven die werk geeft aan mensen.',
  municipality: 'GM0153',
  plan: 'Een plan van meer dan twintig tekens.',
} as const;

test('what is not right yet is sent as it was, and all else is sent', () => {
  const base = draftOf({ ...one, commands: [] });
  const form = { ...base, title: 'ab', plan: 'kort', ask: '1.000', team: [{ name: '', email: 'a@b.nl', part: '' }] };
  assert.deepEqual(Object.keys(faultsOf(form, 'nl')), ['title', 'plan', 'team[0].name']);
  const body = bodyOf(form, base, { ...one, commands: [] });
  assert.deepEqual([body.title, body.plan, body.ask_cents, body.team], [one.title, one.plan, 100_000, []]);
});

test('before it is handed in, questions are answered in so many words', () => {
  const questions = [
    { code: 'a', text: 'Waarom zou het werken?', max_words: 2, required: true },
    { code: 'b', text: 'Welke hulp is er nodig?', required: true },
  ];
  const round = { programme_id: '', number: 1, opens_at: '', closes_at: '', present_quota: 1, select_min: 1, select_max: 1, questions };
  const form = { ...draftOf({ ...one, commands: [] }), answers: { a: 'een twee drie' }, ask: '10', least: '20' };
  assert.deepEqual(Object.keys(unfinished(form, round, 'nl')).sort(), [
    'answers[a].text',
    'answers[b].text',
    'consent',
    'min_viable_cents',
  ]);
});

test('a receipt is read as it was packed', () => {
  const packed = [0x83, 0xa1, 97, 0xcf, 0, 6, 0x2b, 0x1d, 0, 0, 0, 0, 0xa1, 98, 0xd9, 2, 104, 105, 0xa1, 99, 7];
  assert.deepEqual(readPacked(btoa(String.fromCharCode(...packed))), { a: 1736253414309888, b: 'hi', c: 7 });
  assert.throws(() => readPacked(btoa('\x81\xa1a\x91\x01')), RangeError);
});
