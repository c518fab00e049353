// Judgements that are locked: one's own, and then those of the others.
import type { Judgement } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { dictionary, moment, number, type Lang } from '../lib/i18n';
import { ReasonForm } from '../lib/step';
import { Alert, Facts, Heading, State } from '../lib/ui';
import { juryLink } from './address';
import { nameOf, scaleOf } from './score-field';

const texts = dictionary(
  {
    locked: (when: string) => `U zette dit vast op ${when}.`,
    recused: 'U gaf deze beoordeling terug.',
    confidence: 'Zekerheid',
    remark: 'Opmerking',
    abstains: 'Onthoudt zich',
    of: (points: string, most: string) => `${points} van ${most}`,
    others: 'Wat anderen gaven',
    juror: 'Jurylid',
    ask: 'Vragen om heropening',
    asked: 'U vroeg om heropening',
    recuse: 'Ik ben niet onpartijdig: teruggeven',
    manager: 'Wie de ronde uitvoert leest dit.',
  },
  {
    locked: (when: string) => `You locked this on ${when}.`,
    recused: 'You gave this judgement back.',
    confidence: 'Confidence',
    remark: 'Remark',
    abstains: 'Abstains',
    of: (points: string, most: string) => `${points} of ${most}`,
    others: 'What others gave',
    juror: 'Juror',
    ask: 'Ask to reopen',
    asked: 'You asked to reopen it',
    recuse: 'I am not impartial: give it back',
    manager: 'Who runs the round reads this.',
  },
);

// What a judgement says, criterion by criterion.
export const Points = ({ one, lang }: { one: Judgement; lang: Lang }) => {
  const t = texts(lang);
  const rows = (one.rubric ?? []).flatMap((criterion) => {
    const points = one.scores?.find(({ code }) => code === criterion.code)?.points;
    return points === undefined
      ? []
      : [{ term: nameOf(criterion, lang), value: t.of(number(points, lang), number(scaleOf(criterion), lang)) }];
  });
  return (
    <>
      {one.abstain && <p>{t.abstains}</p>}
      <Facts
        facts={[
          ...rows,
          { term: t.confidence, value: one.confidence && t.of(number(one.confidence, lang), '5') },
          { term: t.remark, value: one.remark },
        ]}
      />
    </>
  );
};

interface OwnProps {
  own: Stored<Judgement>;
  lang: Lang;
  reload: () => Promise<void>;
}

export const OwnLocked = ({ own, lang, reload }: OwnProps) => {
  const t = texts(lang);
  const send = (name: string) => async (reason: string) => {
    await command('/judgements', own, name, { reason });
    if (name === 'recuse') location.assign(juryLink(own.round_id ?? '', lang));
    else await reload();
  };
  return (
    <>
      <Alert kind="ok">
        <p>{own.state === 'locked' && own.locked_at ? t.locked(moment(own.locked_at, lang)) : t.recused}</p>
      </Alert>
      <Points one={own} lang={lang} />
      {own.asked && <p>{`${t.asked}: ${own.asked}`}</p>}
      {may(own, 'ask') && !own.asked && <ReasonForm id="ask" lang={lang} label={t.ask} hint={t.manager} send={send('ask')} />}
      {may(own, 'recuse') && <ReasonForm id="recuse" lang={lang} label={t.recuse} hint={t.manager} send={send('recuse')} />}
    </>
  );
};

export const Others = ({ judgements, lang }: { judgements: Stored<Judgement>[]; lang: Lang }) => {
  const t = texts(lang);
  if (judgements.length === 0) return null;
  return (
    <>
      <Heading level={3} look={4}>
        {t.others}
      </Heading>
      <ul class="mw-plainlist">
        {judgements.map((one) => (
          <li key={one.id} class="mw-section--tight">
            <b>{one.organisation_name ?? t.juror}</b>{' '}
            {one.state !== 'locked' && <State list="judgement_state" state={one.state} lang={lang} />}
            <Points one={one} lang={lang} />
          </li>
        ))}
      </ul>
    </>
  );
};
