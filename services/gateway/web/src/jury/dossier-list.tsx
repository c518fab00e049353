// The dossiers of a juror: those that they judge, with how far that is, and the others that they may read.
import { useState } from 'preact/hooks';
import type { Dossier, Juror, Round } from '../gen/api';
import { set, type Stored } from '../lib/api';
import { SelectField, optionsOf, useDoing } from '../lib/form';
import { dictionary, moment, number, type Lang } from '../lib/i18n';
import { A, FaultAlert, Heading, Hidden, Meter, State } from '../lib/ui';
import { juryLink } from './address';
import { Masked } from './masked';

const texts = dictionary(
  {
    own: 'Uw dossiers',
    progress: (done: string, all: string) => `${done} van ${all} beoordeeld`,
    until: (when: string) => `De jury beoordeelt tot ${when}.`,
    blind: 'U leest niet van wie een plan is. Namen, adressen en bestandsnamen zijn weggelaten.',
    none: 'Er is u nog niets toegewezen.',
    dossier: (nth: string) => `Dossier ${nth}`,
    judge: 'Beoordelen',
    goOn: 'Verder beoordelen',
    look: 'Bekijken',
    others: 'Wat u verder kunt lezen',
    otherAbout: 'Deze dossiers zijn u niet toegewezen. U kunt zeggen of u ze wilt beoordelen; bij het toewijzen telt dat mee.',
    wish: (name: string) => `Wilt u ${name.toLowerCase()} beoordelen?`,
  },
  {
    own: 'Your dossiers',
    progress: (done: string, all: string) => `${done} of ${all} judged`,
    until: (when: string) => `The jury scores until ${when}.`,
    blind: 'You do not read whose plan it is. Names, addresses and file names are left out.',
    none: 'Nothing has been assigned to you yet.',
    dossier: (nth: string) => `Dossier ${nth}`,
    judge: 'Judge',
    goOn: 'Go on judging',
    look: 'Look at it',
    others: 'What else you can read',
    otherAbout: 'These dossiers are not assigned to you. You can say whether you want to judge them; that counts when they are assigned.',
    wish: (name: string) => `Do you want to judge ${name.toLowerCase()}?`,
  },
);

// Whether a juror wants to judge it; kept as soon as it is chosen.
const Wish = ({ one, name, lang }: { one: Stored<Dossier>; name: string; lang: Lang }) => {
  const t = texts(lang);
  const [wish, setWish] = useState<string>(one.wish ?? '');
  const doing = useDoing();
  const choose = (chosen: string) => {
    if (!chosen) return;
    setWish(chosen);
    void doing.run(() => set(`/dossiers/${one.id}/wish`, { wish: chosen }));
  };
  return (
    <>
      <SelectField
        name={`wish-${one.id}`}
        lang={lang}
        label={t.wish(name)}
        options={optionsOf('jury_wish', lang)}
        value={wish}
        onValue={choose}
      />
      {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
    </>
  );
};

const canJudge = ['assigned', 'started', 'reopened'];

interface RowProps {
  one: Stored<Dossier>;
  round: Stored<Round>;
  lang: Lang;
}

const Row = ({ one, round, lang }: RowProps) => {
  const t = texts(lang);
  const name = t.dossier(number(one.number ?? 0, lang));
  const state = one.judgement_state;
  const step = state === 'assigned' ? t.judge : state && canJudge.includes(state) ? t.goOn : t.look;
  return (
    <li>
      <div>
        <b>{name}</b> {one.title && <span>{one.title}</span>} {state && <State list="judgement_state" state={state} lang={lang} />}
        <div class="mw-quiet mw-clip">
          <Masked text={one.summary ?? ''} lang={lang} />
        </div>
      </div>
      <div>
        <A href={juryLink(round.id, lang, one.id)}>
          {step}
          <Hidden>: {name}</Hidden>
        </A>
        {!state && round.state === 'scoring' && <Wish one={one} name={name} lang={lang} />}
      </div>
    </li>
  );
};

interface ListProps {
  round: Stored<Round>;
  juror: Stored<Juror>;
  dossiers: Stored<Dossier>[];
  lang: Lang;
}

export const isMine = (one: Dossier) => one.judgement_state !== undefined && one.judgement_state !== 'recused';

export const DossierList = ({ round, juror, dossiers, lang }: ListProps) => {
  const t = texts(lang);
  const byNumber = [...dossiers].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const mine = byNumber.filter(isMine);
  const others = byNumber.filter((one) => !isMine(one));
  const locked = mine.filter(({ judgement_state }) => judgement_state === 'locked').length;
  return (
    <>
      <section class="mw-section mw-own" aria-labelledby="own">
        <Heading level={2} look={3} id="own">
          {t.own}
        </Heading>
        <p>
          <b>{t.progress(number(locked, lang), number(mine.length, lang))}</b>
          <Meter part={locked} of={mine.length} />
        </p>
        {juror.scored_by && round.state === 'scoring' && <p>{t.until(moment(juror.scored_by, lang))}</p>}
        {round.blinding !== 'open' && <p class="mw-quiet">{t.blind}</p>}
        {mine.length === 0 && <p class="mw-quiet">{t.none}</p>}
        <ul class="mw-rows">
          {mine.map((one) => (
            <Row key={one.id} one={one} round={round} lang={lang} />
          ))}
        </ul>
      </section>
      {others.length > 0 && (
        <section class="mw-section mw-own" aria-labelledby="others">
          <Heading level={2} look={3} id="others">
            {t.others}
          </Heading>
          <p class="mw-quiet">{t.otherAbout}</p>
          <ul class="mw-rows">
            {others.map((one) => (
              <Row key={one.id} one={one} round={round} lang={lang} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
