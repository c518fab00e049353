// Writing an offer, new or again: the fields, what must be in them, and sending them.
import { useEffect, useRef } from 'preact/hooks';
import type {
  CpvCode,
  CpvPage,
  Document as Attachment,
  ImpactGoal,
  Offer,
  OfferEdit,
  OfferKind,
  PriceMode,
  PriceTier,
  Sector,
  TargetGroup,
  VatRate,
} from '../gen/api';
import { create, get, replace, type Stored } from './api';
import { CpvField } from './cpv';
import { Restored, useDraft } from './draft';
import { AreaField, ChecksField, SelectField, TextField, type Faults, type Option } from './form';
import { dictionary, word, wordsOf, type Lang, type WordList } from './i18n';
import { centsOf, countOf, StepForm } from './step';
import { Upload } from './upload';

const texts = dictionary(
  {
    add: 'Nieuw aanbod schrijven',
    change: 'Wijzigen',
    save: 'Aanbod bewaren',
    title: 'Titel',
    titleEn: 'Titel in het Engels',
    description: 'Omschrijving',
    descriptionHint: 'Wat krijgt de koper? Minstens 20 tekens.',
    kind: 'Soort',
    sector: 'Thema',
    cpv: 'Kies het onderwerp',
    mode: 'Soort prijs',
    price: 'Prijs in euro’s, exclusief btw',
    tiers: 'Staffel',
    tiersHint: 'Eén stap per regel: vanaf welk aantal, en de prijs. Bijvoorbeeld: 100: 9,90',
    needTiers: 'Schrijf twee of meer stappen, het aantal steeds hoger, zoals 100: 9,90',
    needMode: 'Kies de soort prijs',
    validUntil: 'Laatste dag op de markt',
    inReview: 'Een moderator kijkt eerst naar deze wijziging. Tot dan blijft staan wat er nu staat.',
    unit: 'Eenheid',
    unitHint: 'Waarvoor de prijs geldt: uur, stuk of persoon.',
    vat: 'Btw',
    lead: 'Levertijd in dagen',
    capacity: 'Hoogste aantal per bestelling',
    where: 'Waar levert u?',
    national: 'In heel Nederland',
    cities: 'In deze steden',
    goals: 'Doelen',
    groups: 'Doelgroepen',
    impact: 'Impact in één zin',
    files: 'Foto’s en documenten',
    needTitle: 'Vul een titel in van minstens 3 tekens',
    needDescription: 'Beschrijf uw aanbod in minstens 20 tekens',
    needKind: 'Kies de soort',
    needSector: 'Kies het thema',
    needVat: 'Kies de btw',
    needCpv: 'Kies een onderwerp uit de lijst',
    needUnit: 'Vul de eenheid in',
    needPrice: 'Vul een bedrag in, bijvoorbeeld 12,50, of laat het veld leeg',
    needNumber: 'Vul een heel getal in',
    needWhere: 'Kies ‘heel Nederland’ of minstens één stad',
  },
  {
    add: 'Write a new offer',
    change: 'Change',
    save: 'Keep the offer',
    title: 'Title (in Dutch)',
    titleEn: 'Title in English',
    description: 'Description (in Dutch)',
    descriptionHint: 'What does the buyer get? At least 20 characters.',
    kind: 'Kind',
    sector: 'Theme',
    cpv: 'Choose the subject',
    mode: 'Kind of price',
    price: 'Price in euros, excluding VAT',
    tiers: 'Steps',
    tiersHint: 'One step a line: from which quantity, and the price. For example: 100: 9.90',
    needTiers: 'Write two steps or more, each from a higher quantity, as in 100: 9.90',
    needMode: 'Choose the kind of price',
    validUntil: 'Last day on the market',
    inReview: 'A moderator looks at this change first. Until then all stays as it is now.',
    unit: 'Unit',
    unitHint: 'What the price is for: hour, piece or person.',
    vat: 'VAT',
    lead: 'Lead time in days',
    capacity: 'Most units in one order',
    where: 'Where do you deliver?',
    national: 'In the whole country',
    cities: 'In these cities',
    goals: 'Goals',
    groups: 'Target groups',
    impact: 'The impact in one sentence',
    files: 'Photos and documents',
    needTitle: 'Fill in a title of at least 3 characters',
    needDescription: 'Describe your offer in at least 20 characters',
    needKind: 'Choose the kind',
    needSector: 'Choose the theme',
    needVat: 'Choose the VAT',
    needCpv: 'Choose a subject from the list',
    needUnit: 'Fill in the unit',
    needPrice: 'Fill in an amount, for example 12.50, or leave it empty',
    needNumber: 'Fill in a whole number',
    needWhere: 'Choose ‘the whole country’ or at least one city',
  },
);

interface Answers {
  title: string;
  titleEn: string;
  description: string;
  kind: string;
  sector: string;
  cpv: CpvCode[];
  mode: string;
  price: string;
  tiers: string;
  validUntil: string;
  unit: string;
  vat: string;
  lead: string;
  capacity: string;
  national: boolean;
  region: string[];
  goals: string[];
  groups: string[];
  impact: string;
  documents: Attachment[];
}

const text = (value: number | undefined) => (value === undefined ? '' : String(value));

const money = (cents: number) => (cents / 100).toFixed(2).replace('.', ',');

// Steps as people type them, "100: 9,90" a line; undefined when one is no such step.
const tiersOf = (typed: string): PriceTier[] | undefined => {
  const tiers = typed
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const [from = '', price = ''] = line.split(/[:;]/);
      return { from_quantity: countOf(from), price_cents: centsOf(price) };
    });
  const good = tiers.every((one, at) => {
    const before = tiers[at - 1]?.from_quantity ?? 0;
    return one.from_quantity && one.from_quantity > before && one.price_cents !== undefined;
  });
  return good ? (tiers as PriceTier[]) : undefined;
};

const answersOf = (offer: Offer | undefined): Answers => ({
  title: offer?.title ?? '',
  titleEn: offer?.title_en ?? '',
  description: offer?.description ?? '',
  kind: offer?.kind ?? '',
  sector: offer?.sector ?? '',
  cpv: offer ? [{ code: offer.cpv, name: offer.cpv, name_en: offer.cpv }] : [],
  price:
    offer?.price_cents === undefined ? '' : money(offer.price_cents),
  mode: offer?.price_mode ?? (offer?.price_cents === undefined && offer ? 'on_request' : 'from'),
  tiers: (offer?.tiers ?? [])
    .map((one) => `${one.from_quantity}: ${money(one.price_cents)}`)
    .join('\n'),
  validUntil: offer?.valid_until ?? '',
  unit: offer?.unit ?? '',
  vat: offer?.vat ?? 'high',
  lead: text(offer?.lead_days),
  capacity: text(offer?.capacity),
  national: offer?.national ?? false,
  region: offer?.region ?? [],
  goals: offer?.goals ?? [],
  groups: offer?.target_groups ?? [],
  impact: offer?.impact ?? '',
  documents: offer?.documents ?? [],
});

const check = (answers: Answers, lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  if (answers.title.trim().length < 3) faults.title = t.needTitle;
  if (answers.description.trim().length < 20) faults.description = t.needDescription;
  if (!answers.kind) faults.kind = t.needKind;
  if (!answers.sector) faults.sector = t.needSector;
  if (answers.cpv.length === 0) faults.cpv = t.needCpv;
  if (!answers.mode) faults.price_mode = t.needMode;
  if (answers.mode === 'tiered' && (tiersOf(answers.tiers)?.length ?? 0) < 2) faults.tiers = t.needTiers;
  if (['fixed', 'from'].includes(answers.mode) && centsOf(answers.price) === undefined)
    faults.price_cents = t.needPrice;
  if (!answers.unit.trim()) faults.unit = t.needUnit;
  if (!answers.vat) faults.vat = t.needVat;
  if (countOf(answers.lead) === undefined) faults.lead_days = t.needNumber;
  if (answers.capacity.trim() && !countOf(answers.capacity)) faults.capacity = t.needNumber;
  if (!answers.national && answers.region.length === 0) faults.region = t.needWhere;
  return faults;
};

const priceOf = (answers: Answers): number | undefined => {
  if (answers.mode === 'on_request') return undefined;
  return answers.mode === 'tiered' ? tiersOf(answers.tiers)?.[0]?.price_cents : centsOf(answers.price);
};

// What the form does not ask is kept as it was, since a replacement replaces everything.
const bodyOf = (answers: Answers, before: Offer | undefined): Partial<Offer> => ({
  title: answers.title.trim(),
  title_en: answers.titleEn.trim() || undefined,
  description: answers.description.trim(),
  description_en: before?.description_en,
  kind: answers.kind as OfferKind,
  sector: answers.sector as Sector,
  cpv: answers.cpv[0]?.code,
  price_mode: answers.mode as PriceMode,
  price_cents: priceOf(answers),
  tiers: answers.mode === 'tiered' ? tiersOf(answers.tiers) : undefined,
  documents: answers.documents,
  valid_until: answers.validUntil || undefined,
  unit: answers.unit.trim(),
  vat: answers.vat as VatRate,
  lead_days: countOf(answers.lead),
  capacity: countOf(answers.capacity),
  national: answers.national,
  region: answers.national ? [] : answers.region,
  goals: answers.goals as ImpactGoal[],
  target_groups: answers.groups as TargetGroup[],
  impact: answers.impact.trim() || undefined,
  fictional: before?.fictional,
});

interface OfferFormProps {
  lang: Lang;
  cities: readonly Option[];
  offer?: Stored<Offer>; // absent for a new one
  done: (word?: string) => Promise<void>; // with what to tell
}

export const OfferForm = ({ lang, cities, offer, done }: OfferFormProps) => {
  const t = texts(lang);
  const kept = useDraft(
    offer ? `offer-${offer.id}-${offer.version}` : 'offer-new',
    answersOf(offer),
  );
  const { form: answers, set } = kept;
  const files = useRef(answers.documents); // several may arrive between two drawings
  files.current = answers.documents;
  // An offer knows the code of its subject, not its name.
  useEffect(() => {
    if (!offer) return;
    get<CpvPage>('/cpv-codes', { q: offer.cpv, limit: 1 }).then(
      ({ items }) => kept.fill({ cpv: items }),
      () => undefined,
    );
  }, []);
  const options = (list: WordList): Option[] =>
    wordsOf(list).map((key) => [key, word(list, key, lang)]);

  const send = async () => {
    const body = bodyOf(answers, offer);
    if (offer?.state === 'published') {
      // What everybody sees stays until a moderator applies it; harmless fields change at once.
      const edit = await create<OfferEdit>('/offer-edits', { offer_id: offer.id, proposed: body });
      await done(edit.state === 'pending' ? t.inReview : undefined);
      return;
    }
    if (offer) await replace<Offer>(`/offers/${offer.id}`, offer.version, body);
    else await create<Offer>('/offers', body);
    kept.sent();
    await done();
  };

  return (
    <StepForm
      id={`offer-${offer?.id ?? 'new'}`}
      lang={lang}
      label={offer ? t.change : t.add}
      about={offer?.title}
      open
      submit={t.save}
      check={() => check(answers, lang)}
      send={send}
    >
      {(slot) => (
        <>
          <Restored draft={kept} lang={lang} />
          <TextField
            {...slot('title')}
            label={t.title}
            value={answers.title}
            onValue={(title) => set({ title })}
          />
          <TextField
            {...slot('title_en')}
            label={t.titleEn}
            optional
            value={answers.titleEn}
            onValue={(titleEn) => set({ titleEn })}
          />
          <AreaField
            {...slot('description')}
            label={t.description}
            hint={t.descriptionHint}
            value={answers.description}
            onValue={(description) => set({ description })}
          />
          <SelectField
            {...slot('kind')}
            label={t.kind}
            value={answers.kind}
            onValue={(kind) => set({ kind })}
            options={options('offer_kind')}
          />
          <SelectField
            {...slot('sector')}
            label={t.sector}
            value={answers.sector}
            onValue={(sector) => set({ sector })}
            options={options('sector')}
          />
          <CpvField
            {...slot('cpv')}
            label={t.cpv}
            most={1}
            chosen={answers.cpv}
            onChosen={(cpv) => set({ cpv })}
          />
          <SelectField
            {...slot('price_mode')}
            label={t.mode}
            value={answers.mode}
            onValue={(mode) => set({ mode })}
            options={options('price_mode')}
          />
          {['fixed', 'from'].includes(answers.mode) && (
            <TextField
              {...slot('price_cents')}
              label={t.price}
              short
              value={answers.price}
              onValue={(price) => set({ price })}
            />
          )}
          {answers.mode === 'tiered' && (
            <AreaField
              {...slot('tiers')}
              label={t.tiers}
              hint={t.tiersHint}
              value={answers.tiers}
              onValue={(tiers) => set({ tiers })}
            />
          )}
          <TextField
            {...slot('unit')}
            label={t.unit}
            hint={t.unitHint}
            short
            value={answers.unit}
            onValue={(unit) => set({ unit })}
          />
          <SelectField
            {...slot('vat')}
            label={t.vat}
            value={answers.vat}
            onValue={(vat) => set({ vat })}
            options={options('vat_rate')}
          />
          <TextField
            {...slot('lead_days')}
            label={t.lead}
            short
            value={answers.lead}
            onValue={(lead) => set({ lead })}
          />
          <TextField
            {...slot('capacity')}
            label={t.capacity}
            optional
            short
            value={answers.capacity}
            onValue={(capacity) => set({ capacity })}
          />
          <TextField
            {...slot('valid_until')}
            type="date"
            label={t.validUntil}
            optional
            value={answers.validUntil}
            onValue={(validUntil) => set({ validUntil })}
          />
          <ChecksField
            {...slot('national')}
            label={t.where}
            values={answers.national ? ['national'] : []}
            onValues={(values) => set({ national: values.length > 0 })}
            options={[['national', t.national]]}
          />
          {!answers.national && (
            <ChecksField
              {...slot('region')}
              label={t.cities}
              columns
              values={answers.region}
              onValues={(region) => set({ region })}
              options={cities}
            />
          )}
          <ChecksField
            {...slot('goals')}
            label={t.goals}
            optional
            columns
            values={answers.goals}
            onValues={(goals) => set({ goals })}
            options={options('impact_goal')}
          />
          <ChecksField
            {...slot('target_groups')}
            label={t.groups}
            optional
            values={answers.groups}
            onValues={(groups) => set({ groups })}
            options={options('target_group')}
          />
          <TextField
            {...slot('impact')}
            label={t.impact}
            optional
            value={answers.impact}
            onValue={(impact) => set({ impact })}
          />
          <Upload
            {...slot('documents')}
            label={t.files}
            documents={answers.documents}
            onDocuments={(change) => {
              files.current = change(files.current);
              set({ documents: files.current });
            }}
          />
        </>
      )}
    </StepForm>
  );
};
