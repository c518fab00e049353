// My things: for each role that the caller has, the lists that belong to it, with the way on.
import { useEffect, useState } from 'preact/hooks';
import type { Me, Organisation } from '../gen/api';
import { get, hasRole, loginAddress, me } from '../lib/api';
import { History } from '../lib/history';
import { dictionary, link, shared, word, type Lang } from '../lib/i18n';
import {
  Applications,
  Invitations,
  Needs,
  OpenNeeds,
  Orders,
  Quotes,
  Rounds,
  Stories,
} from '../lib/mine';
import { AppealQueue, OwnCase, OwnFlags } from '../moderation/appeals';
import { Desk } from '../moderation/desk';
import { MyOffers } from '../lib/mine-offers';
import type { Meta, PageProps } from '../lib/page';
import { A, Alert, ButtonLink, Crumbs, Heading, State } from '../lib/ui';
import { Escrow } from '../task/escrow';
import { LabelEnd } from '../task/label-end';
import { Tasks } from '../task/tasks';

export const meta: Meta = {
  title: { nl: 'Mijn overzicht', en: 'My overview' },
  about: {
    nl: 'Wat u nu moet doen, en uw vragen, offertes, bestellingen en aanbod op een rij.',
    en: 'What you have to do now, and your needs, quotes, orders and offers in one place.',
  },
};

const texts = dictionary(
  {
    acts: (name: string, organisation: string) => `${name}, voor ${organisation}`,
    roles: 'Uw rollen:',
    account: 'Uw account',
    invoicing: 'Factuurgegevens van uw organisatie',
    mandates: 'Mandaten',
    lists: 'Lijsten',
    page: 'Uw openbare pagina',
    sroi: 'Social return',
    complaints: 'Klachten',
    mentor: 'Mentor en coach',
    basket: 'Mandje',
    policy: 'Inkoopbeleid',
    nothing: 'Uw account heeft nog geen rol. Vraag de beheerder van uw organisatie om een rol.',
    post: 'Vraag plaatsen',
  },
  {
    acts: (name: string, organisation: string) => `${name}, for ${organisation}`,
    roles: 'Your roles:',
    account: 'Your account',
    invoicing: 'Invoicing details of your organisation',
    mandates: 'Mandates',
    lists: 'Lists',
    page: 'Your public page',
    sroi: 'Social return',
    complaints: 'Complaints',
    mentor: 'Mentor and coach',
    basket: 'Basket',
    policy: 'Purchasing policy',
    nothing: 'Your account has no role yet. Ask the administrator of your organisation for one.',
    post: 'Post a need',
  },
);

const useCaller = () => {
  const [caller, setCaller] = useState<Me>();
  const [organisation, setOrganisation] = useState<Organisation>();
  useEffect(() => {
    const load = async () => {
      const who = await me();
      setCaller(who);
      if (who.organisation_id)
        setOrganisation(await get<Organisation>(`/organisations/${who.organisation_id}`));
    };
    load().catch(() => undefined);
  }, []);
  return { caller, organisation };
};

interface WhoProps {
  caller: Me;
  organisation: Organisation | undefined;
  lang: Lang;
}

// What is kept of the caller's organisation: its invoicing, and of who buys who decides and by which policy.
const Kept = ({ organisation, lang }: Pick<WhoProps, 'lang'> & { organisation: Organisation }) => {
  const t = texts(lang);
  const city = organisation.kind === 'municipality';
  return (
    <>
      {' · '}
      <A href={link('/factuurgegevens/', lang)}>{t.invoicing}</A>
      {' · '}
      <A href={link('/lijsten/', lang)}>{t.lists}</A>
      {' · '}
      <A href={`${link('/onderneming/', lang)}?id=${organisation.id}`}>{t.page}</A>
      {(city || organisation.kind === 'company') && (
        <>
          {' · '}
          <A href={link('/mandaten/', lang)}>{t.mandates}</A>
          {' · '}
          <A href={link('/sroi/', lang)}>{t.sroi}</A>
          {' · '}
          <A href={link('/klachten/', lang)}>{t.complaints}</A>
          {' · '}
          <A href={link('/mandje/', lang)}>{t.basket}</A>
        </>
      )}
      {organisation.kind === 'partner' && (
        <>
          {' · '}
          <A href={link('/mentor/', lang)}>{t.mentor}</A>
        </>
      )}
      {city && (
        <>
          {' · '}
          <A href={link('/inkoopbeleid/', lang)}>{t.policy}</A>
        </>
      )}
    </>
  );
};

const Who = ({ caller, organisation, lang }: WhoProps) => {
  const t = texts(lang);
  const name = caller.name ?? '';
  return (
    <p class="mw-quiet">
      {caller.organisation_name ? t.acts(name, caller.organisation_name) : name}{' '}
      {organisation && <State list="organisation_state" state={organisation.state} lang={lang} />}
      <br />
      {t.roles} {caller.roles?.map((role) => word('role', role, lang)).join(', ')}
      <br />
      <A href={link('/account/', lang)}>{t.account}</A>
      {organisation && <Kept organisation={organisation} lang={lang} />}
    </p>
  );
};

const Lists = ({ caller, organisation, lang }: WhoProps) => {
  const has = (...roles: string[]) => hasRole(caller, ...roles);
  const own = caller.organisation_id ?? '';
  return (
    <>
      {has('HANDLER') && <Escrow lang={lang} />}
      {has('HANDLER') && <AppealQueue lang={lang} />}
      {has('MODERATOR') && <Desk lang={lang} />}
      {organisation && <OwnCase own={organisation} admin={has('ADMIN')} lang={lang} />}
      {has('BUYER', 'APPROVER', 'FINANCE') && <Needs lang={lang} />}
      {has('SUPPLIER') && <Invitations lang={lang} />}
      {has('SUPPLIER') && <Quotes lang={lang} />}
      {has('BUYER', 'APPROVER', 'FINANCE', 'SUPPLIER') && <Orders lang={lang} />}
      {has('SUPPLIER') && own && <MyOffers lang={lang} supplierId={own} />}
      {has('SUPPLIER') && <OpenNeeds lang={lang} />}
      {has('APPLICANT') && <Applications lang={lang} />}
      {has('MANAGER', 'JUROR') && <Rounds lang={lang} />}
      {has('POLICY', 'ALDERMAN') && organisation && (
        <Stories lang={lang} municipality={organisation.municipality} />
      )}
      {own && <OwnFlags own={own} lang={lang} />}
    </>
  );
};

export default function Mine({ lang }: PageProps) {
  const t = texts(lang);
  const { caller, organisation } = useCaller();
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <div class="mw-section__head">
        <div>
          <Heading level={1}>{meta.title[lang]}</Heading>
          {caller?.account_id && <Who caller={caller} organisation={organisation} lang={lang} />}
        </div>
        {hasRole(caller, 'BUYER') && (
          <ButtonLink href={link('/vraag-plaatsen/', lang)}>{t.post}</ButtonLink>
        )}
      </div>
      {!caller && <p role="status">{shared(lang).loading}</p>}
      {caller && !caller.account_id && (
        <Alert title={shared(lang).loginFirst}>
          <A href={loginAddress(lang)}>{shared(lang).login}</A>
        </Alert>
      )}
      {caller?.account_id && !caller.roles?.length && (
        <Alert>
          <p>{t.nothing}</p>
        </Alert>
      )}
      {organisation && <LabelEnd organisation={organisation} lang={lang} />}
      {caller?.organisation_id && <Tasks lang={lang} />}
      {caller?.account_id && <Lists caller={caller} organisation={organisation} lang={lang} />}
      {organisation && <History lang={lang} noun="organisation" thing={organisation} />}
    </div>
  );
}
