// What the pages that belong to a round share: where one is, and for whom the page is.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { faultOf, loginAddress, me, type Fault, type Stored } from '../lib/api';
import { dictionary, shared, type Lang } from '../lib/i18n';
import { acts, useTitle } from '../lib/step';
import { A, Alert, Crumbs, FaultAlert, Fictional, Heading, State } from '../lib/ui';
import type { Me, Round } from '../gen/api';

const texts = dictionary(
  {
    programme: 'Programma',
    round: (nth: string) => `Ronde ${nth}`,
    title: (what: string, name: string, nth: string) => `${what}: ${name}, ronde ${nth}`,
  },
  {
    programme: 'Programme',
    round: (nth: string) => `Round ${nth}`,
    title: (what: string, name: string, nth: string) => `${what}: ${name}, round ${nth}`,
  },
);

interface FrameProps {
  round: Stored<Round>;
  what: string;
  lang: Lang;
  manager: (changed: (round: Stored<Round>) => void) => ComponentChildren; // for who runs the round, and may move it on
  juror?: (who: Me) => ComponentChildren;
  other: string; // told to anybody else
}

type InsideProps = Omit<FrameProps, 'what'> & { who: Me; changed: (round: Stored<Round>) => void };

const Inside = ({ who, round, lang, manager, juror, other, changed }: InsideProps) => {
  if (!who.account_id)
    return (
      <Alert title={shared(lang).loginFirst}>
        <A href={loginAddress(lang)}>{shared(lang).login}</A>
      </Alert>
    );
  if (acts(who, 'MANAGER') && who.organisation_id === round.manager_id) return <>{manager(changed)}</>;
  return <>{juror && acts(who, 'JUROR') ? juror(who) : <Alert>{other}</Alert>}</>;
};

export const Frame = ({ round: given, what, lang, ...inside }: FrameProps) => {
  const t = texts(lang);
  const [round, setRound] = useState(given);
  const [who, setWho] = useState<Me>();
  const [fault, setFault] = useState<Fault>();
  const nth = String(round.number);
  const title = t.title(what, round.programme_name ?? '', nth);
  useTitle(title, lang);
  useEffect(() => void me().then(setWho, (thrown: unknown) => setFault(faultOf(thrown))), []);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [t.round(nth), `/ronde/?id=${round.id}`], [what]]} />
      <Heading level={1}>{title}</Heading>
      <p class="mw-states">
        <State list="round_state" state={round.state} lang={lang} /> <Fictional on={round.fictional} lang={lang} />
      </p>
      {!who && !fault && <p role="status">{shared(lang).loading}</p>}
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {who && <Inside who={who} round={round} lang={lang} changed={setRound} {...inside} />}
    </div>
  );
};
