// A page about the caller, or about their organisation: it asks who is here before it shows anything.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../gen/api';
import { faultOf, loginAddress, me, type Fault } from './api';
import { dictionary, shared, type Lang } from './i18n';
import type { Meta } from './page';
import { A, Alert, Crumbs, FaultAlert, Heading, P } from './ui';

const texts = dictionary(
  { alone: 'Uw account handelt nog voor geen organisatie.' },
  { alone: 'Your account acts for no organisation yet.' },
);

interface OwnPageProps {
  lang: Lang;
  meta: Meta;
  children: (who: Me) => ComponentChildren;
}

export const PersonPage = ({ lang, meta, children }: OwnPageProps) => {
  const [who, setWho] = useState<Me>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => void me().then(setWho, (thrown: unknown) => setFault(faultOf(thrown))), []);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{meta.about[lang]}</P>
      {!who && !fault && <p role="status">{shared(lang).loading}</p>}
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {who && !who.account_id && (
        <Alert title={shared(lang).loginFirst}>
          <A href={loginAddress(lang)}>{shared(lang).login}</A>
        </Alert>
      )}
      {who?.account_id && children(who)}
    </div>
  );
};

export const OwnPage = ({ lang, meta, children }: OwnPageProps) => (
  <PersonPage lang={lang} meta={meta}>
    {(who) => (who.organisation_id ? children(who) : <Alert>{texts(lang).alone}</Alert>)}
  </PersonPage>
);
