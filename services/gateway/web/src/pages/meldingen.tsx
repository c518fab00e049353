// Alerts: what happened that concerns the caller, what fits and came on the market, how both are mailed, and kept searches.
import { useEffect, useState } from 'preact/hooks';
import { Letters } from '../alert/letters';
import { Profiles } from '../alert/profiles';
import { Setting } from '../alert/setting';
import type { Me } from '../gen/api';
import { hasRole, loginAddress, me } from '../lib/api';
import { dictionary, shared } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { A, Alert, Crumbs, Heading, P } from '../lib/ui';
import { NoticeMail, Notices } from '../task/notices';

export const meta: Meta = {
  title: { nl: 'Meldingen', en: 'Alerts' },
  about: {
    nl: 'Wat er gebeurde waar u bij betrokken bent, en wat er op de markt komt dat bij uw organisatie past.',
    en: 'What happened that concerns you, and what comes on the market that fits your organisation.',
  },
};

const texts = dictionary(
  { alone: 'Meldingen zijn er voor organisaties; uw account handelt nog voor geen.' },
  { alone: 'Alerts are for organisations; your account acts for none yet.' },
);

export default function Alerts({ lang }: PageProps) {
  const [caller, setCaller] = useState<Me>();
  useEffect(() => void me().then(setCaller), []);
  const organisation = caller?.organisation_id;
  const buysOrSells = hasRole(caller, 'BUYER', 'SUPPLIER');
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{meta.about[lang]}</P>
      {!caller && <p role="status">{shared(lang).loading}</p>}
      {caller && !caller.account_id && (
        <Alert title={shared(lang).loginFirst}>
          <A href={loginAddress(lang)}>{shared(lang).login}</A>
        </Alert>
      )}
      {caller?.account_id && !organisation && (
        <Alert>
          <p>{texts(lang).alone}</p>
        </Alert>
      )}
      {organisation && <Notices lang={lang} />}
      {organisation && <Letters lang={lang} />}
      {organisation && <NoticeMail lang={lang} />}
      {organisation && (buysOrSells || hasRole(caller, 'ADMIN')) && (
        <Setting lang={lang} organisation={organisation} />
      )}
      {organisation && buysOrSells && (
        <Profiles lang={lang} kind={hasRole(caller, 'BUYER') ? 'offers' : 'needs'} />
      )}
    </div>
  );
}
