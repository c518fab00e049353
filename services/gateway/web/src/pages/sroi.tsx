// Social return: what is owed by a public contract, which purchases count for it, and by which tariff.
import { useState } from 'preact/hooks';
import type { Me } from '../gen/api';
import { getAll, hasRole } from '../lib/api';
import { dictionary, type Lang } from '../lib/i18n';
import { useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done } from '../lib/step';
import { FaultAlert, P } from '../lib/ui';
import { Obligations } from '../sroi/obligations';
import type { Credit, Invoice, Obligation, Tariff } from '../sroi/records';
import { Tariffs } from '../sroi/tariffs';

export const meta: Meta = {
  title: { nl: 'Social return', en: 'Social return' },
  about: {
    nl: 'Wat u door een opdracht van een gemeente verschuldigd bent, en welke inkoop bij sociale ondernemingen daarvoor meetelt.',
    en: 'What you owe by a contract of a municipality, and which purchases from social enterprises count for it.',
  },
};

const texts = dictionary(
  {
    how: 'Wat van een factuurregel meetelt, volgt uit de levering: geaccepteerd, niet gecrediteerd, niet teruggestuurd en niet in geschil, zonder btw. Verandert daar iets aan, dan verandert de telling vanzelf. Een regel telt voor één verplichting.',
  },
  {
    how: 'What counts of an invoice line follows from the delivery: accepted, not credited, not sent back and not in dispute, without VAT. If that changes, the count changes by itself. A line counts for one obligation.',
  },
);

const SocialReturn = ({ who, lang }: { who: Me; lang: Lang }) => {
  const [said, setSaid] = useState('');
  const buys = hasRole(who, 'BUYER');
  const tariffs = useListing(() => getAll<Tariff>('/sroi-tariffs'));
  const obligations = useListing(() => getAll<Obligation>('/sroi-obligations'));
  const credits = useListing(() => getAll<Credit>('/sroi-credits'));
  const invoices = useListing(() => (buys ? getAll<Invoice>('/invoices') : Promise.resolve([])));
  const act = async (text: string, work: () => Promise<unknown>) => {
    await work();
    await Promise.all([tariffs.reload(), obligations.reload(), credits.reload(), invoices.reload()]);
    setSaid(text);
  };
  const part = { who, lang, act };
  return (
    <>
      <Done text={said} />
      <P>{texts(lang).how}</P>
      {credits.fault && <FaultAlert fault={credits.fault} lang={lang} />}
      <Obligations
        {...part}
        listing={obligations}
        credits={credits.items ?? []}
        tariffs={tariffs.items ?? []}
        invoices={(invoices.items ?? []).filter(
          (one) => one.state === 'approved' && one.buyer_id === who.organisation_id,
        )}
      />
      <Tariffs {...part} listing={tariffs} />
    </>
  );
};

export default function SocialReturnPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <SocialReturn who={who} lang={lang} />}
    </OwnPage>
  );
}
