// An application while it is written: what two people write together, what of it can be sent, and its receipt.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from '../src/lib/i18n';
import { merged, type Clash } from '../src/lib/autosave';
import { bodyOf, draftOf, faultsOf, unfinished } from '../src/round/draft';
import { localOf, momentOf } from '../src/lib/input';
import { blankQuestion, faultsOfRules, roundOf, rulesOf } from '../src/round/rules-draft';
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

test('the rules of a round go there and back', () => {
  const round = {
    ...{ programme_id: 'p', number: 2, opens_at: '2027-03-01T08:00:00.000Z', closes_at: '2027-07-01T21:59:00.000Z' },
    ...{ present_quota: 28, select_min: 9, select_max: 12, waitlist: 3 },
    questions: [{ code: 'a', text: 'Waarom werkt het?', required: true }],
    rubric: [
      { code: 'impact', name: 'Winst', weight_ppm: 625_000, scale: 5, independent: false },
      { code: 'team', name: 'Team', weight_ppm: 375_000, scale: 10, independent: false },
      { code: 'durf', name: 'Durf', weight_ppm: 0, scale: 5, independent: true },
    ],
  };
  const form = rulesOf(round);
  assert.ok(wordsOf('feedback_moment').includes(form.feedbackAt) && wordsOf('verifier_policy').includes(form.verifier));
  assert.deepEqual([form.dates.opens_at, form.dates.closes_at, form.rubric[0]?.weight], ['2027-03-01T09:00', '2027-07-01T23:59', '62,5']);
  assert.deepEqual(faultsOfRules(form, 'nl'), {});
  const back = roundOf(form, false);
  for (const [key, value] of Object.entries(round)) assert.deepEqual(back[key as keyof typeof back], value, key);
  const next = roundOf({ ...form, questions: [...form.questions, { ...blankQuestion(), text: 'Wát kost het?' }, { ...blankQuestion(), text: 'Wat kost het?' }] }, false);
  assert.deepEqual(next.questions?.map(({ code }) => code), ['a', 'wat_kost_het', 'wat_kost_het_2']);
  const wrong = faultsOfRules({ ...form, counts: { ...form.counts, present_quota: '0' }, rubric: form.rubric.slice(1) }, 'nl');
  assert.deepEqual(wrong, { present_quota: 'Vul een heel getal in van 1 tot 1000.', rubric: 'De gewichten moeten samen 100 % zijn; nu zijn ze 37,5 %.' });
});

test('a moment is one of the clock in the Netherlands, also on the day that it changes', () => {
  for (const local of ['2027-03-28T01:30', '2027-03-28T04:00', '2027-10-31T04:00', '2027-07-01T23:59'])
    assert.equal(localOf(momentOf(local)), local);
  assert.equal(momentOf(''), undefined);
});
