// Who decides for the caller's organisation up to which value, and from when.
import { useState } from 'preact/hooks';
import type { Mandate, Me, Member, MemberPage } from '../gen/api';
import { command, create, get, getAll, hasRole, may, type Stored } from '../lib/api';
import { useColleagues } from '../lib/colleagues';
import { Restored, useDraft } from '../lib/draft';
import { Act, SelectField, TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, link, word, type Lang } from '../lib/i18n';
import { dayOf } from '../lib/input';
import { List, useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { centsOf, Done, StepForm } from '../lib/step';
import { A, State } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Mandaten', en: 'Mandates' },
  about: {
    nl: 'Wie voor uw organisatie beslist, tot welk bedrag en vanaf wanneer.',
    en: 'Who decides for your organisation, up to which amount and from when.',
  },
};

const texts = dictionary(
  {
    title: 'Mandaten',
    empty: 'Er zijn nog geen mandaten. Zonder mandaat kan niemand een vraag goedkeuren of gunnen.',
    give: 'Mandaat geven',
    given: 'Het mandaat is gegeven.',
    end: 'Mandaat intrekken',
    ended: 'Het mandaat is ingetrokken. Wat al besloten is, verandert niet.',
    person: 'Wie',
    personHint: 'Uzelf kunt u geen mandaat geven.',
    unknown: 'Iemand die hier niet meer werkt',
    self: 'u zelf',
    upTo: (amount: string) => `tot en met ${amount}, exclusief btw`,
    max: 'Hoogste bedrag in euro’s, exclusief btw',
    from: 'Eerste dag',
    until: 'Laatste dag',
    dayHint: 'Dag-maand-jaar, bijvoorbeeld 1-3-2027',
    days: (from: string, until: string) => (until ? `van ${from} tot en met ${until}` : `vanaf ${from}`),
    noPerson: 'Kies wie het mandaat krijgt',
    noAmount: 'Vul een bedrag in, bijvoorbeeld 50.000',
    noDay: 'Vul de eerste dag in als dag-maand-jaar',
    noUntil: 'Vul de laatste dag in als dag-maand-jaar, niet voor de eerste, of laat het veld leeg',
    notYours: 'Alleen de beheerder van uw organisatie geeft mandaten.',
    policy: 'Inkoopbeleid',
  },
  {
    title: 'Mandates',
    empty: 'There are no mandates yet. Without a mandate nobody can approve or award a need.',
    give: 'Give a mandate',
    given: 'The mandate is given.',
    end: 'End the mandate',
    ended: 'The mandate is ended. What was decided does not change.',
    person: 'Who',
    personHint: 'You cannot give yourself a mandate.',
    unknown: 'Somebody who works here no more',
    self: 'yourself',
    upTo: (amount: string) => `up to ${amount}, excluding VAT`,
    max: 'Highest amount in euros, excluding VAT',
    from: 'First day',
    until: 'Last day',
    dayHint: 'Day-month-year, for example 1-3-2027',
    days: (from: string, until: string) => (until ? `from ${from} until ${until}` : `from ${from}`),
    noPerson: 'Choose who gets the mandate',
    noAmount: 'Fill in an amount, for example 50.000',
    noDay: 'Fill in the first day as day-month-year',
    noUntil: 'Fill in the last day as day-month-year, not before the first, or leave it empty',
    notYours: 'Only the administrator of your organisation gives mandates.',
    policy: 'Purchasing policy',
  },
);

const empty = { account: '', max: '', from: '', until: '' };

interface GiveProps {
  people: readonly Member[];
  nameOf: (account?: string) => string;
  lang: Lang;
  given: () => Promise<void>;
}

const Give = ({ people, nameOf, lang, given }: GiveProps) => {
  const t = texts(lang);
  const draft = useDraft('mandate', empty);
  const { account, max, from, until } = draft.form;
  const [first, last, cents] = [dayOf(from), dayOf(until), centsOf(max)];
  const check = (): Faults => ({
    ...(account ? {} : { account_id: t.noPerson }),
    ...(cents ? {} : { max_cents: t.noAmount }),
    ...(first ? {} : { valid_from: t.noDay }),
    ...(until.trim() && (!last || (first && last < first)) ? { valid_until: t.noUntil } : {}),
  });
  const send = async () => {
    await create<Mandate>('/mandates', { account_id: account, max_cents: cents, valid_from: first, valid_until: last });
    draft.drop();
    await given();
  };
  return (
    <StepForm id="mandate" lang={lang} label={t.give} open={draft.found} check={check} send={send}>
      {(slot) => (
        <>
          <Restored draft={draft} lang={lang} />
          <SelectField
            {...slot('account_id')}
            label={t.person}
            hint={t.personHint}
            value={account}
            onValue={(chosen) => draft.set({ account: chosen })}
            options={people.map((one) => [one.account_id ?? '', nameOf(one.account_id)] as const)}
          />
          <TextField {...slot('max_cents')} label={t.max} short value={max} onValue={(text) => draft.set({ max: text })} />
          <TextField
            {...slot('valid_from')}
            label={t.from}
            hint={t.dayHint}
            short
            value={from}
            onValue={(text) => draft.set({ from: text })}
          />
          <TextField
            {...slot('valid_until')}
            label={t.until}
            hint={t.dayHint}
            short
            optional
            value={until}
            onValue={(text) => draft.set({ until: text })}
          />
        </>
      )}
    </StepForm>
  );
};

const Mandates = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const admin = hasRole(who, 'ADMIN');
  const listing = useListing(() => getAll<Stored<Mandate>>('/mandates'));
  const members = useListing(async () =>
    admin ? (await get<MemberPage>(`/organisations/${who.organisation_id}/members`)).items : [],
  );
  const colleague = useColleagues();
  const nameOf = (account = '') => {
    if (account === who.account_id) return t.self;
    const roles = members.items?.find((one) => one.account_id === account)?.roles ?? [];
    const known = colleague(account) ?? t.unknown;
    return roles.length > 0 ? `${known} (${roles.map((role) => word('role', role, lang)).join(', ')})` : known;
  };
  const after = async (text: string) => {
    setSaid(text);
    await listing.reload();
  };
  return (
    <>
      <Done text={said} />
      <List
        id="mandates"
        title={t.title}
        empty={t.empty}
        lang={lang}
        listing={listing}
        row={(one) => (
          <>
            <div>
              <b>{nameOf(one.account_id)}</b>
              <br />
              {t.upTo(euro(one.max_cents ?? 0, lang))}
              <br />
              {t.days(date(one.valid_from ?? '', lang), one.valid_until ? date(one.valid_until, lang) : '')}
            </div>
            <div>
              <State list="mandate_state" state={one.state} lang={lang} />
              {may(one, 'end') && (
                <Act
                  lang={lang}
                  kind="secondary"
                  label={t.end}
                  about={nameOf(one.account_id)}
                  act={async () => {
                    await command('/mandates', one, 'end');
                    await after(t.ended);
                  }}
                />
              )}
            </div>
          </>
        )}
      >
        {admin ? (
          <Give
            people={(members.items ?? []).filter((one) => one.account_id !== who.account_id && one.roles?.length)}
            nameOf={nameOf}
            lang={lang}
            given={() => after(t.given)}
          />
        ) : (
          <p class="mw-quiet">{t.notYours}</p>
        )}
      </List>
      <p>
        <A href={link('/inkoopbeleid/', lang)}>{t.policy}</A>
      </p>
    </>
  );
};

export default function MandatesPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <Mandates who={who} lang={lang} />}
    </OwnPage>
  );
}
