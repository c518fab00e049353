// Drafting what a jury decides: who was there, what was said, and for each initiative what becomes of it and why.
import { useState } from 'preact/hooks';
import { create, may, replace } from '../lib/api';
import { AreaField, ChecksField, SelectField, optionsOf } from '../lib/form';
import { dictionary, link, number, word, type Lang } from '../lib/i18n';
import { StepForm, required, type Slot } from '../lib/step';
import { A, Badge } from '../lib/ui';
import type { Round, Selection, SelectionChoice, SelectionLine } from '../gen/api';
import { usual } from '../round/usual';
import { titleOf, type PartProps } from './deliberation';
import { score } from './result';

const texts = dictionary(
  {
    draft: 'Concept maken volgens de rangorde',
    redraft: 'Concept aanpassen',
    save: 'Concept bewaren',
    saved: 'Het concept is bewaard. Wie erbij was, ondertekent het.',
    minute: 'Verslag van het beraad',
    minuteHint:
      'Iedereen die erbij was, leest dit. Noem geen initiatief waarover iemand niet mocht oordelen; redenen per initiatief staan apart.',
    present: 'Wie was erbij, naast u als voorzitter?',
    presentHint: 'Iedereen die u aanvinkt, ondertekent zelf.',
    outcome: (title: string) => `Besluit over ${title}`,
    place: (title: string) => `Plaats op de wachtlijst van ${title}`,
    reason: (title: string) => `Reden voor ${title}`,
    reasonHint: 'Nodig bij een afwijking of een keuze bij gelijke stand. De aanvrager leest dit.',
    rank: (rank: string, total: string) => `plaats ${rank}, ${total} van 100`,
    unranked: 'niet beoordeeld',
    lacks: 'reden ontbreekt',
    quota: (selected: string, least: string, most: string, waits: string, wait: string) =>
      `Nu gekozen: ${selected} (${least} tot ${most}). Op de wachtlijst: ${waits} (hooguit ${wait}).`,
  },
  {
    draft: 'Draft as the ranking says',
    redraft: 'Change the draft',
    save: 'Keep the draft',
    saved: 'The draft is kept. Who was there signs it.',
    minute: 'Minute of the deliberation',
    minuteHint:
      'Everybody who was there reads this. Name no initiative that somebody was barred from; reasons per initiative have their own place.',
    present: 'Who was there, beside you in the chair?',
    presentHint: 'Everybody you tick signs for themselves.',
    outcome: (title: string) => `Decision on ${title}`,
    place: (title: string) => `Place on the waiting list of ${title}`,
    reason: (title: string) => `Reason for ${title}`,
    reasonHint: 'Needed where it goes against the ranking or decides a tie. The applicant reads this.',
    rank: (rank: string, total: string) => `rank ${rank}, ${total} of 100`,
    unranked: 'not judged',
    lacks: 'reason is missing',
    quota: (selected: string, least: string, most: string, waits: string, wait: string) =>
      `Selected now: ${selected} (${least} to ${most}). On the waiting list: ${waits} (at most ${wait}).`,
  },
);

type Choice = SelectionChoice & { reason: string };

const choiceOf = (line: SelectionLine): Choice => ({
  initiative_id: line.initiative_id ?? '',
  outcome: line.outcome,
  ...(line.place ? { place: line.place } : {}),
  reason: line.written ? (line.reason ?? '') : '',
});

// Whoever comes to the waiting list comes last; a place that somebody leaves is filled.
const withPlaces = (choices: Choice[]): Choice[] => {
  const waiting = choices
    .filter(({ outcome }) => outcome === 'waitlisted')
    .sort((a, b) => (a.place ?? choices.length) - (b.place ?? choices.length));
  return choices.map(({ place: _, ...one }) => {
    const at = waiting.findIndex(({ initiative_id }) => initiative_id === one.initiative_id);
    return at < 0 ? one : { ...one, place: at + 1 };
  });
};

// Who is given a place takes it, and the others make room.
const moved = (choices: Choice[], id: string, place: number): Choice[] =>
  withPlaces(
    choices.map((one) =>
      one.initiative_id === id
        ? { ...one, place: place + (place > (one.place ?? 0) ? 0.5 : -0.5) }
        : one,
    ),
  );

interface LineProps {
  line: SelectionLine;
  title: string;
  choice: Choice;
  waiting: number;
  slot: (part: string) => Slot;
  lang: Lang;
  onChange: (change: Partial<Choice>) => void;
}

const Line = ({ line, title, choice, waiting, slot, lang, onChange }: LineProps) => {
  const t = texts(lang);
  const goesAgainst = line.deviation !== 'none' && choice.outcome === line.outcome;
  const asks = goesAgainst || choice.outcome !== line.outcome || choice.reason !== '';
  const places = Array.from({ length: waiting }, (_, at) => [String(at + 1), number(at + 1, lang)] as const);
  return (
    <li class="mw-choice">
      <div class="mw-choice__what">
        <A href={`${link('/initiatief/', lang)}?id=${choice.initiative_id}`}>{title}</A>
        <small>
          {line.rank === undefined
            ? t.unranked
            : t.rank(number(line.rank, lang), score(line.total_ppm ?? 0, lang))}
        </small>
        {goesAgainst && (
          <p>
            <Badge tone={choice.reason ? 'plain' : 'warn'}>{word('selection_deviation', line.deviation, lang)}</Badge>{' '}
            {!choice.reason && <Badge tone="bad">{t.lacks}</Badge>}
          </p>
        )}
      </div>
      <SelectField
        {...slot('outcome')}
        label={t.outcome(title)}
        options={optionsOf('selection_outcome', lang)}
        value={choice.outcome}
        onValue={(value) => onChange({ outcome: (value || line.outcome) as Choice['outcome'] })}
      />
      {choice.outcome === 'waitlisted' && (
        <SelectField
          {...slot('place')}
          label={t.place(title)}
          options={places}
          value={String(choice.place ?? '')}
          onValue={(value) => onChange({ place: Number(value) })}
        />
      )}
      {asks && (
        <div class="mw-choice__why">
          <AreaField
            {...slot('reason')}
            label={t.reason(title)}
            hint={t.reasonHint}
            rows={2}
            value={choice.reason}
            onValue={(reason) => onChange({ reason })}
          />
        </div>
      )}
    </li>
  );
};

const bodyOf = (roundId: string, minute: string, jurors: string[], choices: Choice[]): Partial<Selection> => ({
  round_id: roundId,
  minute: minute.trim(),
  ...(jurors.length > 0 ? { jurors } : {}),
  ...(choices.length > 0
    ? { choices: choices.map(({ reason, ...one }) => ({ ...one, ...(reason.trim() ? { reason: reason.trim() } : {}) })) }
    : {}),
});

// How many are chosen of how many there may be, and what is wrong with that.
const Quota = ({ choices, round, slot: { name, fault }, lang }: { choices: Choice[]; round: Round; slot: Slot; lang: Lang }) => {
  const t = texts(lang);
  const count = (outcome: string) => choices.filter((one) => one.outcome === outcome).length;
  const n = (value: number) => number(value, lang);
  return (
    <div id={name} tabIndex={-1}>
      <p class={`mw-sum ${fault ? 'is-off' : ''}`} role="status">
        {t.quota(n(count('selected')), n(round.select_min), n(round.select_max), n(count('waitlisted')), n(round.waitlist ?? usual.waitlist))}
      </p>
      {fault && <p class="utrecht-form-field-error-message">{fault}</p>}
    </div>
  );
};

export const DraftForm = ({ of, lang, act }: PartProps) => {
  const t = texts(lang);
  const { round, selection, jurors, names } = of;
  const lines = selection?.lines ?? [];
  const [minute, setMinute] = useState(selection?.minute ?? '');
  const [present, setPresent] = useState<string[]>(selection?.jurors ?? []);
  const [choices, setChoices] = useState(() => lines.map(choiceOf));
  if (selection ? !may(selection, 'put') : round.state !== 'deliberation') return null;

  const change = (id: string, changes: Partial<Choice>) =>
    setChoices(
      changes.place
        ? moved(choices, id, changes.place)
        : withPlaces(choices.map((one) => (one.initiative_id === id ? { ...one, ...changes } : one))),
    );
  const waiting = choices.filter(({ outcome }) => outcome === 'waitlisted').length;
  const body = () => bodyOf(round.id, minute, present, choices);
  const send = () =>
    act(t.saved, () =>
      selection ? replace(`/selections/${selection.id}`, selection.version, body()) : create('/selections', body()),
    );
  const active = jurors.filter(({ state }) => state === 'active');
  return (
    <StepForm
      id="selection"
      lang={lang}
      label={selection ? t.redraft : t.draft}
      submit={t.save}
      open={!selection || (selection.unexplained ?? 0) > 0}
      check={() => required({ minute: [t.minute, minute] }, lang)}
      send={send}
    >
      {(slot) => (
        <>
          {active.length > 0 && (
            <ChecksField
              {...slot('jurors')}
              label={t.present}
              hint={t.presentHint}
              options={active.map(({ id }) => [id, names.get(id) ?? id])}
              values={present}
              onValues={setPresent}
            />
          )}
          <AreaField {...slot('minute')} label={t.minute} hint={t.minuteHint} rows={6} value={minute} onValue={setMinute} />
          {choices.length > 0 && (
            <>
              <Quota choices={choices} round={round} slot={slot('choices')} lang={lang} />
              <ol class="mw-choices" id="selection-choices">
                {choices.map((choice, at) => (
                  <Line
                    key={choice.initiative_id}
                    line={lines[at] as SelectionLine}
                    title={titleOf(of, choice.initiative_id)}
                    choice={choice}
                    waiting={waiting}
                    slot={(part) => slot(`choices[${at}].${part}`)}
                    lang={lang}
                    onChange={(changes) => change(choice.initiative_id, changes)}
                  />
                ))}
              </ol>
            </>
          )}
        </>
      )}
    </StepForm>
  );
};
