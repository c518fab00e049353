// The minute of a deliberation: what was said, who was there and who signed, and signing it oneself.
import { command, may, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, moment, number, type Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';
import { Badge, Heading } from '../lib/ui';
import type { Selection } from '../gen/api';

const texts = dictionary(
  {
    title: 'Verslag en ondertekening',
    chair: 'Voorzitter',
    juror: 'Jurylid',
    signed: (when: string) => `ondertekend op ${when}`,
    unsigned: 'nog niet ondertekend',
    sign: 'Verslag ondertekenen',
    didSign: 'U hebt het verslag ondertekend.',
    decide: 'Besluit vastleggen',
    decides: 'Daarna hoort iedere aanvrager de uitslag, en is er niets meer aan te passen.',
    decided: 'Het besluit ligt vast. De aanvragers horen de uitslag.',
    lacks: 'Wat er nog moet gebeuren',
    stale: 'Sinds dit concept zijn beoordelingen veranderd. Bewaar het concept opnieuw.',
    unexplained: (count: string) => `Geef de reden bij ${count} keuzes die afwijken of een gelijke stand beslissen.`,
    few: (count: string) => `${count} initiatieven hebben te weinig beoordelingen.`,
    quota: (now: string, least: string, most: string) => `Kies er ${least} tot ${most}; nu zijn het er ${now}.`,
    signatures: (count: string) => `${count} van wie erbij was, moeten nog ondertekenen.`,
  },
  {
    title: 'Minute and signatures',
    chair: 'Chair',
    juror: 'Juror',
    signed: (when: string) => `signed on ${when}`,
    unsigned: 'not signed yet',
    sign: 'Sign the minute',
    didSign: 'You signed the minute.',
    decide: 'Fix the decision',
    decides: 'Every applicant then hears the result, and nothing can be changed any more.',
    decided: 'The decision is fixed. The applicants hear the result.',
    lacks: 'What is still to be done',
    stale: 'Judgements changed since this was drafted. Keep the draft again.',
    unexplained: (count: string) => `Give the reason of ${count} choices that go against the ranking or decide a tie.`,
    few: (count: string) => `${count} initiatives have too few judgements.`,
    quota: (now: string, least: string, most: string) => `Select ${least} to ${most}; now there are ${now}.`,
    signatures: (count: string) => `${count} of who was there have yet to sign.`,
  },
);

interface MinuteProps {
  selection: Stored<Selection>;
  quota?: [least: number, most: number];
  names?: Map<string, string>;
  lang: Lang;
  act: Telling;
}

const lacksOf = (selection: Selection, quota: MinuteProps['quota'], lang: Lang): string[] => {
  const t = texts(lang);
  const [least, most] = quota ?? [0, Infinity];
  const { unexplained = 0, too_few: few = 0, selected = 0, not_signed: unsigned = 0 } = selection;
  return [
    selection.current === false && t.stale,
    unexplained > 0 && t.unexplained(number(unexplained, lang)),
    few > 0 && t.few(number(few, lang)),
    (selected < least || selected > most) &&
      t.quota(number(selected, lang), number(least, lang), number(most, lang)),
    unsigned > 0 && t.signatures(number(unsigned, lang)),
  ].filter((text): text is string => text !== false);
};

const Lacks = ({ items, lang }: { items: string[]; lang: Lang }) =>
  items.length === 0 ? null : (
    <div class="mw-prose">
      <Heading level={3} look={4}>
        {texts(lang).lacks}
      </Heading>
      <ul>
        {items.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );

export const Minute = ({ selection, quota, names, lang, act }: MinuteProps) => {
  const t = texts(lang);
  const step = (name: string, said: string) => () => act(said, () => command('/selections', selection, name));
  const open = selection.state === 'drafted';
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby="minute">
      <Heading level={2} look={3} id="minute">
        {t.title}
      </Heading>
      <p class="mw-long">{selection.minute}</p>
      <ul class="mw-signers">
        {selection.present?.map(({ account_id: account, juror_id: juror, organisation_name: of, signed_at: at }) => (
          <li key={account}>
            <b>{juror ? (names?.get(juror) ?? of ?? t.juror) : t.chair}</b>{' '}
            {at ? <span>{t.signed(moment(at, lang))}</span> : <Badge tone="warn">{t.unsigned}</Badge>}
          </li>
        ))}
      </ul>
      {open && <Lacks items={lacksOf(selection, quota, lang)} lang={lang} />}
      {may(selection, 'sign') && <Act lang={lang} label={t.sign} act={step('sign', t.didSign)} />}
      {may(selection, 'decide') && (
        <>
          <p class="mw-quiet">{t.decides}</p>
          <Act lang={lang} label={t.decide} act={step('decide', t.decided)} />
        </>
      )}
    </section>
  );
};
