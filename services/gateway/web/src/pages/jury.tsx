// The jury of a round: for a juror their seat and their dossiers, for who runs the round who judges what and how far that is.
import { useEffect, useState } from 'preact/hooks';
import type { Me, Round } from '../gen/api';
import { faultOf, loginAddress, me, type Fault, type Stored } from '../lib/api';
import { dictionary, shared, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { acts, useTitle } from '../lib/step';
import { A, Alert, Crumbs, FaultAlert, Fictional, Heading, State, Waiting } from '../lib/ui';
import { Board } from '../jury/board';
import { JurorView } from '../jury/juror';

export const meta: Meta = {
  title: { nl: 'Jury', en: 'Jury' },
  about: {
    nl: 'De jury van een ronde: wie beoordeelt, wat er te beoordelen is, en hoe ver dat is.',
    en: 'The jury of a round: who judges, what there is to judge, and how far that is.',
  },
  data: { operation: 'round_get', path: '/rounds/{id}' },
};

const texts = dictionary(
  {
    jury: (name: string, nth: string) => `Jury van ${name}, ronde ${nth}`,
    programme: 'Programma',
    round: (nth: string) => `Ronde ${nth}`,
    crumb: 'Jury',
    other: 'Deze pagina is voor juryleden van deze ronde, en voor wie haar uitvoert.',
  },
  {
    jury: (name: string, nth: string) => `Jury of ${name}, round ${nth}`,
    programme: 'Programme',
    round: (nth: string) => `Round ${nth}`,
    crumb: 'Jury',
    other: 'This page is for jurors of this round, and for who runs it.',
  },
);

const Inside = ({ who, round, lang }: { who: Me; round: Stored<Round>; lang: Lang }) => {
  if (!who.account_id)
    return (
      <Alert title={shared(lang).loginFirst}>
        <A href={loginAddress(lang)}>{shared(lang).login}</A>
      </Alert>
    );
  if (acts(who, 'MANAGER') && who.organisation_id === round.manager_id)
    return <Board round={round} lang={lang} />;
  if (acts(who, 'JUROR')) return <JurorView round={round} who={who} lang={lang} />;
  return <Alert>{texts(lang).other}</Alert>;
};

const JuryView = ({ round, lang }: { round: Stored<Round>; lang: Lang }) => {
  const t = texts(lang);
  const [who, setWho] = useState<Me>();
  const [fault, setFault] = useState<Fault>();
  const nth = String(round.number);
  const title = t.jury(round.programme_name ?? '', nth);
  useTitle(title, lang);
  useEffect(() => void me().then(setWho, (thrown: unknown) => setFault(faultOf(thrown))), []);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs
        lang={lang}
        trail={[[t.programme, '/programma/'], [t.round(nth), `/ronde/?id=${round.id}`], [t.crumb]]}
      />
      <Heading level={1}>{title}</Heading>
      <p class="mw-states">
        <State list="round_state" state={round.state} lang={lang} /> <Fictional on={round.fictional} lang={lang} />
      </p>
      {!who && !fault && <p role="status">{shared(lang).loading}</p>}
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {who && <Inside who={who} round={round} lang={lang} />}
    </div>
  );
};

export default function JuryPage({ lang, d, fault }: PageProps<Stored<Round>>) {
  return d ? <JuryView round={d} lang={lang} /> : <Waiting lang={lang} title={meta.title[lang]} fault={fault} />;
}

