// A simulation of a round that was decided: other rules, and who would be in and who out beside what was decided.
import { useEffect, useState } from 'preact/hooks';
import { command, faultOf, getAll, type Fault, type Stored } from '../lib/api';
import { ChecksField, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { dictionary, link, number, word, type Lang } from '../lib/i18n';
import { StepForm, countOf } from '../lib/step';
import { A, Alert, Badge, FaultAlert, Heading, Table } from '../lib/ui';
import type { Juror, ReplayLine, ReplayRequest, Round, RoundReplay } from '../gen/api';
import { namesOf } from './names';
import { score } from './result';

const texts = dictionary(
  {
    title: 'Simulatie: de ronde met andere regels',
    about: 'Dit rekent alleen. Er verandert niets aan wat is besloten, en niemand krijgt er bericht van.',
    change: 'Andere regels invullen',
    run: 'Doorrekenen',
    present: 'Aantal voorgelegd',
    places: 'Aantal plaatsen',
    waitlist: 'Aantal op de wachtlijst',
    asWas: 'Leeg is zoals het was.',
    unchanged: 'Zoals het was',
    method: 'Van de punten van de juryleden',
    blinding: 'Wat juryleden zien van wie aanvraagt',
    weight: (name: string) => `Gewicht van ${name}, in procenten`,
    without: 'Zonder deze juryleden',
    count: 'Vul een heel getal in, bijvoorbeeld 28.',
    weights: (sum: string) => `De gewichten zijn samen 100 procent; nu zijn ze ${sum}.`,
    result: 'Uitkomst van de simulatie',
    same: (presented: string, selected: string) =>
      `Met deze regels waren er ${presented} voorgelegd en ${selected} gekozen.`,
    was: (presented: string, selected: string) => `Toen waren dat er ${presented} en ${selected}.`,
    reproduced: 'Met de eigen regels van de ronde komt de berekening precies op de bewaarde rangorde uit.',
    judgements: (count: string) => `Gerekend met ${count} beoordelingen.`,
    table: 'Wie erin zou zitten en wie niet, naast wat is besloten',
    initiative: 'Initiatief',
    simulated: 'In de simulatie',
    decided: 'Besloten',
    place: 'Plaats',
    total: 'Totaal',
    placeWas: 'Plaats toen',
    totalWas: 'Totaal toen',
    difference: 'Verschil',
    absent: 'niet voorgelegd',
  },
  {
    title: 'Simulation: the round by other rules',
    about: 'This computes only. Nothing changes in what was decided, and nobody hears of it.',
    change: 'Give other rules',
    run: 'Compute',
    present: 'How many presented',
    places: 'How many places',
    waitlist: 'How many on the waiting list',
    asWas: 'Empty is as it was.',
    unchanged: 'As it was',
    method: 'Of the points of jurors',
    blinding: 'What jurors see of who applies',
    weight: (name: string) => `Weight of ${name}, in percent`,
    without: 'Without these jurors',
    count: 'Give a whole number, for example 28.',
    weights: (sum: string) => `The weights are 100 percent together; now they are ${sum}.`,
    result: 'What the simulation comes to',
    same: (presented: string, selected: string) => `By these rules ${presented} were presented and ${selected} selected.`,
    was: (presented: string, selected: string) => `Then it was ${presented} and ${selected}.`,
    reproduced: 'By the rules of the round itself, the computation comes to the very ranking that was kept.',
    judgements: (count: string) => `Computed from ${count} judgements.`,
    table: 'Who would be in and who out, beside what was decided',
    initiative: 'Initiative',
    simulated: 'In the simulation',
    decided: 'Decided',
    place: 'Rank',
    total: 'Total',
    placeWas: 'Rank then',
    totalWas: 'Total then',
    difference: 'Difference',
    absent: 'not presented',
  },
);

const tone = { same: 'plain', in: 'good', out: 'bad', other: 'warn' } as const;

const Outcome = ({ replay, lang }: { replay: RoundReplay; lang: Lang }) => {
  const t = texts(lang);
  const n = (value: number) => number(value, lang);
  const rank = (at: number | undefined) => (at === undefined ? '–' : n(at));
  const total = (ppm: number | undefined) => (ppm === undefined ? '–' : score(ppm, lang));
  const outcome = (key: string | undefined) => (key ? word('selection_outcome', key, lang) : t.absent);
  return (
    <>
      <Heading level={3} look={4} cls="mw-above">
        {t.result}
      </Heading>
      <p>
        {t.same(n(replay.presented), n(replay.selected))} {t.was(n(replay.was_presented), n(replay.was_selected))}{' '}
        {t.judgements(n(replay.judgements))}
      </p>
      {replay.reproduced && <p>{t.reproduced}</p>}
      {replay.notes.length > 0 && (
        <div class="mw-prose">
          <ul>
            {replay.notes.map((note) => (
              <li key={note}>{word('replay_note', note, lang)}</li>
            ))}
          </ul>
        </div>
      )}
      <Table<ReplayLine>
        caption={t.table}
        rows={replay.items}
        columns={[
          {
            head: t.initiative,
            cell: (one) => <A href={`${link('/initiatief/', lang)}?id=${one.initiative_id}`}>{one.title}</A>,
          },
          { head: t.difference, cell: (one) => <Badge tone={tone[one.change]}>{word('replay_change', one.change, lang)}</Badge> },
          { head: t.simulated, cell: (one) => outcome(one.outcome) },
          { head: t.decided, cell: (one) => outcome(one.was_outcome) },
          { head: t.place, number: true, cell: (one) => rank(one.rank) },
          { head: t.placeWas, number: true, cell: (one) => rank(one.was_rank) },
          { head: t.total, number: true, cell: (one) => total(one.total_ppm) },
          { head: t.totalWas, number: true, cell: (one) => total(one.was_total_ppm) },
        ]}
      />
    </>
  );
};

interface Rules {
  present_quota: string;
  places: string;
  waitlist: string;
  method: string;
  blinding: string;
  weights: Record<string, string>; // percent
  without: string[];
}

const counts = ['present_quota', 'places', 'waitlist'] as const;

const percent = (ppm: number) => ppm / 10_000;
const weightsOf = (round: Round, rules: Rules) =>
  (round.rubric ?? []).map(({ code, weight_ppm: own }) => ({
    code,
    weight_ppm: rules.weights[code]?.trim() ? Math.round(Number(rules.weights[code]?.replace(',', '.')) * 10_000) : own,
  }));
const changesWeights = (rules: Rules) => Object.values(rules.weights).some((text) => text.trim());

const requestOf = (round: Round, rules: Rules): Partial<ReplayRequest> => ({
  ...Object.fromEntries(counts.filter((key) => rules[key].trim()).map((key) => [key, countOf(rules[key])])),
  ...(rules.method ? { method: rules.method as ReplayRequest['method'] & string } : {}),
  ...(rules.blinding ? { blinding: rules.blinding as ReplayRequest['blinding'] & string } : {}),
  ...(changesWeights(rules) ? { weights: weightsOf(round, rules) } : {}),
  ...(rules.without.length > 0 ? { without_jurors: rules.without } : {}),
});

const faultsIn = (round: Round, rules: Rules, lang: Lang): Faults => {
  const t = texts(lang);
  const sum = weightsOf(round, rules).reduce((all, { weight_ppm: each }) => all + each, 0);
  const [first] = round.rubric ?? [];
  return {
    ...Object.fromEntries(
      counts.filter((key) => rules[key].trim() && !countOf(rules[key])).map((key) => [key, t.count]),
    ),
    ...(first && sum !== 1_000_000 ? { [`weight-${first.code}`]: t.weights(number(percent(sum), lang, 1)) } : {}),
  };
};

const RulesForm = ({ round, lang, send }: ReplayProps & { send: (request: object) => Promise<void> }) => {
  const t = texts(lang);
  const [jurors, setJurors] = useState<Stored<Juror>[]>([]);
  const [rules, setRules] = useState<Rules>({
    present_quota: '', places: '', waitlist: '', method: '', blinding: '', weights: {}, without: [],
  });
  useEffect(() => void getAll<Stored<Juror>>('/jurors', { roundId: round.id }).then(setJurors, () => setJurors([])), [round.id]);
  const set = (change: Partial<Rules>) => setRules({ ...rules, ...change });
  const names = namesOf(jurors, lang);
  const labels = { present_quota: t.present, places: t.places, waitlist: t.waitlist };
  return (
    <StepForm
      id="replay"
      lang={lang}
      label={t.change}
      submit={t.run}
      check={() => faultsIn(round, rules, lang)}
      send={() => send(requestOf(round, rules))}
    >
      {(slot) => (
        <>
          {counts.map((key) => (
            <TextField
              key={key}
              {...slot(key)}
              label={labels[key]}
              hint={t.asWas}
              optional
              short
              value={rules[key]}
              onValue={(value) => set({ [key]: value })}
            />
          ))}
          <SelectField {...slot('method')} label={t.method} optional none={t.unchanged} options={optionsOf('score_method', lang)} value={rules.method} onValue={(method) => set({ method })} />
          <SelectField {...slot('blinding')} label={t.blinding} optional none={t.unchanged} options={optionsOf('blinding', lang)} value={rules.blinding} onValue={(blinding) => set({ blinding })} />
          {round.rubric?.map(({ code, name, name_en, weight_ppm: own }) => (
            <TextField
              key={code}
              {...slot(`weight-${code}`)}
              label={t.weight((lang === 'en' && name_en) || name)}
              hint={`${number(percent(own), lang)} %. ${t.asWas}`}
              optional
              short
              value={rules.weights[code] ?? ''}
              onValue={(value) => set({ weights: { ...rules.weights, [code]: value } })}
            />
          ))}
          {jurors.length > 0 && (
            <ChecksField
              {...slot('without_jurors')}
              label={t.without}
              optional
              options={jurors.map(({ id }) => [id, names.get(id) ?? id])}
              values={rules.without}
              onValues={(without) => set({ without })}
            />
          )}
        </>
      )}
    </StepForm>
  );
};

interface ReplayProps {
  round: Stored<Round>;
  lang: Lang;
}

export const Replay = ({ round, lang }: ReplayProps) => {
  const t = texts(lang);
  const [replay, setReplay] = useState<RoundReplay>();
  const [fault, setFault] = useState<Fault>();
  const run = async (request: object) => setReplay(await command<RoundReplay>('/rounds', { id: round.id }, 'replay', request));
  useEffect(() => void run({}).catch((thrown: unknown) => setFault(faultOf(thrown))), [round.id]);
  return (
    <section class="mw-section--tight" aria-labelledby="replay-title">
      <Heading level={2} look={3} id="replay-title">
        {t.title}
      </Heading>
      <Alert>{t.about}</Alert>
      {fault ? (
        <FaultAlert fault={fault} lang={lang} />
      ) : (
        <>
          <RulesForm round={round} lang={lang} send={run} />
          {replay && <Outcome replay={replay} lang={lang} />}
        </>
      )}
    </section>
  );
};
