// An initiative that found money goes on as an enterprise on the market: registered in one step, with concepts of offers.
import { useEffect, useState } from 'preact/hooks';
import type { CpvCode, Graduation, Initiative, Me } from '../gen/api';
import { create, getAll, type Stored } from '../lib/api';
import { CpvField } from '../lib/cpv';
import { AreaField, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { date, dictionary, link, type Lang } from '../lib/i18n';
import { StepForm, countOf, type Telling } from '../lib/step';
import { A, Button, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Naar de markt',
    become: 'Verder als onderneming',
    lead: 'Wij vullen in wat bekend is. Een moderator beoordeelt de aanmelding, zoals bij elke onderneming. Uw aanbod blijft een concept tot u het plaatst.',
    already: 'Uw organisatie is al een onderneming. Zij gaat hiermee verder; uw aanbod blijft een concept tot u het plaatst.',
    name: 'Naam van de onderneming',
    nameHint: 'Zoals in het handelsregister.',
    kvk: 'KvK-nummer',
    kvkHint: 'Acht cijfers. Nog geen nummer? Vul het later aan.',
    noKvk: 'Een KvK-nummer heeft acht cijfers.',
    form: 'Rechtsvorm',
    offer: (nth: number) => `Aanbod ${nth}`,
    what: 'Wat biedt u aan?',
    description: 'Omschrijving',
    descriptionHint: 'Wat krijgt de koper? Minstens 20 tekens.',
    kind: 'Soort',
    sector: 'Thema',
    cpv: 'Kies het onderwerp',
    unit: 'Eenheid',
    unitHint: 'Waarvoor de prijs geldt: uur, stuk of persoon.',
    vat: 'Btw',
    lead_days: 'Levertijd in dagen',
    more: 'Nog een aanbod',
    fewer: 'Dit aanbod weglaten',
    short: (field: string) => `${field}: vul dit in`,
    send: 'Onderneming aanmelden',
    done: 'De onderneming is aangemeld.',
    went: (name: string, day: string) => `Op ${day} verder gegaan als ${name}.`,
    page: 'Naar de pagina van de onderneming',
    logIn: 'Inloggen namens de onderneming',
  },
  {
    title: 'To the market',
    become: 'Go on as an enterprise',
    lead: 'We fill in what is known. A moderator judges the registration, as of every enterprise. Your offers stay concepts until you publish them.',
    already: 'Your organisation is an enterprise already. It goes on with this; your offers stay concepts until you publish them.',
    name: 'Name of the enterprise',
    nameHint: 'As in the trade register.',
    kvk: 'KvK number',
    kvkHint: 'Eight digits. No number yet? Add it later.',
    noKvk: 'A KvK number has eight digits.',
    form: 'Legal form',
    offer: (nth: number) => `Offer ${nth}`,
    what: 'What do you offer?',
    description: 'Description',
    descriptionHint: 'What does the buyer get? At least 20 characters.',
    kind: 'Kind',
    sector: 'Theme',
    cpv: 'Choose the subject',
    unit: 'Unit',
    unitHint: 'What the price is for: hour, piece or person.',
    vat: 'VAT',
    lead_days: 'Lead time in days',
    more: 'Another offer',
    fewer: 'Leave this offer out',
    short: (field: string) => `${field}: fill this in`,
    send: 'Register the enterprise',
    done: 'The enterprise is registered.',
    went: (name: string, day: string) => `Went on as ${name} on ${day}.`,
    page: 'To the page of the enterprise',
    logIn: 'Log in for the enterprise',
  },
);

interface Draft {
  title: string;
  description: string;
  kind: string;
  sector: string;
  cpv: CpvCode[];
  unit: string;
  vat: string;
  lead: string;
}

const empty: Draft = { title: '', description: '', kind: 'service', sector: '', cpv: [], unit: '', vat: 'high', lead: '7' };

const bodyOf = (one: Draft, from: Initiative) => ({
  title: one.title.trim(),
  description: one.description.trim(),
  kind: one.kind,
  sector: one.sector,
  cpv: one.cpv[0]?.code,
  unit: one.unit.trim(),
  vat: one.vat,
  lead_days: countOf(one.lead),
  region: [from.municipality],
  goals: from.goals,
  target_groups: from.target_groups,
  fictional: from.fictional,
});

const faultsOf = (one: Draft, at: number, lang: Lang): Faults => {
  const t = texts(lang);
  const needed: [string, string, boolean][] = [
    ['title', t.what, one.title.trim().length >= 3],
    ['description', t.description, one.description.trim().length >= 20],
    ['kind', t.kind, one.kind !== ''],
    ['sector', t.sector, one.sector !== ''],
    ['cpv', t.cpv, one.cpv.length > 0],
    ['unit', t.unit, one.unit.trim() !== ''],
    ['vat', t.vat, one.vat !== ''],
    ['lead_days', t.lead_days, countOf(one.lead) !== undefined],
  ];
  return Object.fromEntries(needed.filter(([, , good]) => !good).map(([path, label]) => [`offers[${at}].${path}`, t.short(label)]));
};

interface FormProps {
  initiative: Stored<Initiative>;
  enterprise: boolean; // the applicant is one already
  lang: Lang;
  send: (body: object) => Promise<unknown>;
}

const Become = ({ initiative, enterprise, lang, send }: FormProps) => {
  const t = texts(lang);
  const [name, setName] = useState(initiative.title);
  const [kvk, setKvk] = useState('');
  const [form, setForm] = useState('');
  const [offers, setOffers] = useState<Draft[]>([empty]);
  const set = (at: number, change: Partial<Draft>) => setOffers(offers.map((one, n) => (n === at ? { ...one, ...change } : one)));
  const check = (): Faults => ({
    ...(enterprise || name.trim().length >= 2 ? {} : { name: t.short(t.name) }),
    ...(kvk.trim() === '' || /^\d{8}$/.test(kvk.trim()) ? {} : { kvk_number: t.noKvk }),
    ...Object.assign({}, ...offers.map((one, at) => faultsOf(one, at, lang))),
  });
  const body = () => ({
    initiative_id: initiative.id,
    ...(enterprise ? {} : { name: name.trim(), ...(kvk.trim() ? { kvk_number: kvk.trim() } : {}), ...(form ? { legal_form: form } : {}) }),
    offers: offers.map((one) => bodyOf(one, initiative)),
  });
  return (
    <StepForm id="become" lang={lang} label={t.become} submit={t.send} check={check} send={() => send(body())}>
      {(slot) => (
        <>
          <p>{enterprise ? t.already : t.lead}</p>
          {!enterprise && (
            <>
              <TextField {...slot('name')} label={t.name} hint={t.nameHint} value={name} onValue={setName} />
              <TextField {...slot('kvk_number')} label={t.kvk} hint={t.kvkHint} optional short value={kvk} onValue={setKvk} />
              <SelectField {...slot('legal_form')} label={t.form} optional value={form} onValue={setForm} options={optionsOf('legal_form', lang)} />
            </>
          )}
          {offers.map((one, at) => {
            const of = (path: string) => slot(`offers[${at}].${path}`);
            return (
              <fieldset class="mw-fieldset" key={at}>
                <legend class="utrecht-form-label">{t.offer(at + 1)}</legend>
                <TextField {...of('title')} label={t.what} value={one.title} onValue={(title) => set(at, { title })} />
                <AreaField {...of('description')} label={t.description} hint={t.descriptionHint} value={one.description} onValue={(description) => set(at, { description })} />
                <SelectField {...of('kind')} label={t.kind} value={one.kind} onValue={(kind) => set(at, { kind })} options={optionsOf('offer_kind', lang)} />
                <SelectField {...of('sector')} label={t.sector} value={one.sector} onValue={(sector) => set(at, { sector })} options={optionsOf('sector', lang)} />
                <CpvField {...of('cpv')} label={t.cpv} most={1} chosen={one.cpv} onChosen={(cpv) => set(at, { cpv })} />
                <TextField {...of('unit')} label={t.unit} hint={t.unitHint} short value={one.unit} onValue={(unit) => set(at, { unit })} />
                <SelectField {...of('vat')} label={t.vat} value={one.vat} onValue={(vat) => set(at, { vat })} options={optionsOf('vat_rate', lang)} />
                <TextField {...of('lead_days')} label={t.lead_days} short value={one.lead} onValue={(lead) => set(at, { lead })} />
                <Button kind="subtle" onClick={() => setOffers(offers.filter((_, n) => n !== at))}>
                  {t.fewer}
                </Button>
              </fieldset>
            );
          })}
          {offers.length < 10 && (
            <p>
              <Button kind="secondary" onClick={() => setOffers([...offers, empty])}>
                {t.more}
              </Button>
            </p>
          )}
        </>
      )}
    </StepForm>
  );
};

const states = ['part_financed', 'financed', 'realised'];

interface Props {
  initiative: Stored<Initiative>;
  who: Me;
  lang: Lang;
  act: Telling;
}

export const Graduate = ({ initiative, who, lang, act }: Props) => {
  const t = texts(lang);
  const [found, setFound] = useState<Stored<Graduation>[]>();
  const look = async () => setFound(await getAll<Stored<Graduation>>('/graduations', { initiativeId: initiative.id }));
  useEffect(() => void look().catch(() => undefined), []);
  const [one] = found ?? [];
  const applies = who.organisation_id === initiative.applicant_id;
  if (!found || (!one && !(applies && states.includes(initiative.state)))) return null;
  const send = (body: object) =>
    act(t.done, async () => {
      await create('/graduations', body);
      await look();
    });
  return (
    <section class="mw-section mw-own" aria-labelledby="graduate">
      <Heading level={2} look={3} id="graduate">
        {t.title}
      </Heading>
      {one ? (
        <>
          <p>{t.went(one.name ?? '', date(one.created_at, lang))}</p>
          <p>
            {one.enterprise_id === who.organisation_id || !applies ? (
              <A href={`${link('/onderneming/', lang)}?id=${one.enterprise_id}`}>{t.page}</A>
            ) : (
              <A href={`${link('/inloggen/', lang)}?organisatie=${one.enterprise_id}`}>{t.logIn}</A>
            )}
          </p>
        </>
      ) : (
        <Become initiative={initiative} enterprise={who.roles?.includes('SUPPLIER') ?? false} lang={lang} send={send} />
      )}
    </section>
  );
};
