// The form in which a supplier writes a quote, or rewrites its draft.
import { command, create, may, replace } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { AreaField, SelectField, TextField, type Faults } from '../lib/form';
import { dictionary, word, wordsOf, type Lang } from '../lib/i18n';
import { StepForm, centsOf, countOf, required, type Slot } from '../lib/step';
import { Button } from '../lib/ui';
import type * as api from '../gen/api';
import type { Quote, QuoteLine } from './records';
import { keepContent, saltNew } from './sealed';
import type { PartProps } from './part';

const texts = dictionary(
  {
    write: 'Offerte maken',
    rewrite: 'Concept wijzigen',
    revise: 'Offerte vervangen',
    saveDraft: 'Concept bewaren',
    saved: 'De offerte is bewaard als concept. De inkoper ziet haar pas als u haar indient.',
    savedSealed:
      'De offerte is verzegeld bewaard. Dien haar nog in. Bewaar het bestand met de inhoud: de site kan die niet meer tonen.',
    replaced: 'De nieuwe versie is ingediend en verzegeld. Bewaar het bestand met de inhoud.',
    line: (at: number) => `Regel ${at}`,
    asked: (at: number) => `Voor regel ${at} van de vraag`,
    deviates: 'Wat u anders aanbiedt dan gevraagd',
    deviatesHint: 'Alleen invullen als deze regel afwijkt van de vraag, bijvoorbeeld in aantal of eenheid',
    what: 'Omschrijving',
    quantity: 'Aantal',
    unit: 'Eenheid',
    unitHint: 'Bijvoorbeeld uur, stuk of persoon',
    price: 'Prijs per eenheid in euro, exclusief btw',
    vat: 'Btw',
    addLine: 'Regel toevoegen',
    dropLine: 'Regel weghalen',
    message: 'Bericht aan de inkoper',
    validUntil: 'Geldig tot en met',
    notCount: 'vul een heel getal in, bijvoorbeeld 25.',
    notAmount: 'vul een bedrag in, bijvoorbeeld 1.250,50.',
  },
  {
    write: 'Write a quote',
    rewrite: 'Change the draft',
    revise: 'Replace the quote',
    saveDraft: 'Save draft',
    saved: 'The quote is kept as a draft. The buyer sees it only when you submit it.',
    savedSealed:
      'The quote is kept, sealed. Submit it as well. Keep the file with the content: the site cannot show it any more.',
    replaced: 'The new version is submitted and sealed. Keep the file with the content.',
    line: (at: number) => `Line ${at}`,
    asked: (at: number) => `For line ${at} of the need`,
    deviates: 'What you offer otherwise than asked',
    deviatesHint: 'Only when this line differs from the need, in quantity or unit for example',
    what: 'Description',
    quantity: 'Quantity',
    unit: 'Unit',
    unitHint: 'For example hour, piece or person',
    price: 'Price per unit in euros, excluding VAT',
    vat: 'VAT',
    addLine: 'Add a line',
    dropLine: 'Remove line',
    message: 'Message to the buyer',
    validUntil: 'Valid until',
    notCount: 'give a whole number, for example 25.',
    notAmount: 'give an amount, for example 1250.50.',
  },
);

export interface Typed {
  description: string;
  unit: string;
  quantity: string;
  price: string;
  vat: string;
  deviates?: string;
  asked?: number;
}

export const typed = (line: QuoteLine): Typed => ({
  description: line.description,
  unit: line.unit,
  quantity: String(line.quantity),
  price: (line.unit_price_cents / 100).toFixed(2).replace('.', ','),
  vat: line.vat,
  deviates: line.deviates ?? '',
  ...(line.spec_line ? { asked: line.spec_line } : {}),
});

export const checkLine = (line: Typed, at: number, lang: Lang): Faults => {
  const t = texts(lang);
  const path = `lines[${at}]`;
  const of = (label: string) => `${t.line(at + 1)}, ${label.toLowerCase()}`;
  return {
    ...(countOf(line.quantity) ? {} : { [`${path}.quantity`]: `${of(t.quantity)}: ${t.notCount}` }),
    ...(centsOf(line.price) === undefined
      ? { [`${path}.unit_price_cents`]: `${of(t.price)}: ${t.notAmount}` }
      : {}),
    ...required(
      {
        [`${path}.description`]: [of(t.what), line.description],
        [`${path}.unit`]: [of(t.unit), line.unit],
      },
      lang,
    ),
  };
};

export const sent = (line: Typed): QuoteLine => ({
  description: line.description.trim(),
  unit: line.unit.trim(),
  quantity: countOf(line.quantity) ?? 0,
  unit_price_cents: centsOf(line.price) ?? 0,
  vat: line.vat as api.VatRate,
  ...(line.asked ? { spec_line: line.asked } : {}),
  ...(line.deviates?.trim() ? { deviates: line.deviates.trim() } : {}),
});

interface LineProps {
  line: Typed;
  at: number;
  lang: Lang;
  slot: (path: string) => Slot;
  onLine: (line: Typed) => void;
  onDrop: (() => void) | undefined;
}

export const LineFields = ({ line, at, lang, slot, onLine, onDrop }: LineProps) => {
  const t = texts(lang);
  const field = (name: string, key: Exclude<keyof Typed, 'asked'>) => ({
    ...slot(`lines[${at}].${name}`),
    value: line[key] ?? '',
    onValue: (value: string) => onLine({ ...line, [key]: value }),
  });
  return (
    <fieldset class="mw-line">
      <legend>{t.line(at + 1)}</legend>
      {line.asked && <p>{t.asked(line.asked)}</p>}
      <TextField {...field('description', 'description')} label={t.what} />
      <div class="mw-line__row">
        <TextField {...field('quantity', 'quantity')} label={t.quantity} />
        <TextField {...field('unit', 'unit')} label={t.unit} hint={t.unitHint} />
        <TextField {...field('unit_price_cents', 'price')} label={t.price} />
        <SelectField
          {...field('vat', 'vat')}
          label={t.vat}
          options={wordsOf('vat_rate').map((rate) => [rate, word('vat_rate', rate, lang)])}
        />
      </div>
      {line.asked && (
        <TextField
          {...field('deviates', 'deviates')}
          label={t.deviates}
          hint={t.deviatesHint}
          optional
        />
      )}
      {onDrop && (
        <Button kind="subtle" onClick={onDrop}>
          {t.dropLine} {at + 1}
        </Button>
      )}
    </fieldset>
  );
};

export interface Terms {
  message: string;
  validUntil: string;
}

// What is said beside the lines, and how long all of it holds: of a quote, and of a proposal in its negotiation.
export const TermsFields = ({ slot, lang, label, hint, form, set }: {
  slot: (path: string) => Slot;
  lang: Lang;
  label: string;
  hint?: string;
  form: Terms;
  set: (changes: Partial<Terms>) => void;
}) => (
  <>
    <AreaField
      {...slot('message')}
      label={label}
      {...(hint ? { hint } : {})}
      optional
      value={form.message}
      onValue={(message) => set({ message })}
    />
    <TextField
      {...slot('valid_until')}
      label={texts(lang).validUntil}
      optional
      short
      type="date"
      value={form.validUntil}
      onValue={(validUntil) => set({ validUntil })}
    />
  </>
);

// As it is sent: what was left open is absent.
export const sentTerms = ({ message, validUntil }: Terms) => ({
  ...(message.trim() ? { message: message.trim() } : {}),
  ...(validUntil ? { valid_until: validUntil } : {}),
});

// With a draft it replaces that; else it begins one, filled with what the need asks for.
export const QuoteForm = ({ deal, lang, act, draft }: PartProps & { draft?: Quote }) => {
  const t = texts(lang);
  const { need } = deal;
  const asked: Typed = {
    description: need.title,
    unit: need.unit ?? '',
    quantity: String(need.quantity ?? ''),
    price: '',
    vat: 'high',
  };
  const askedLines: Typed[] = need.spec_lines?.length
    ? need.spec_lines.map((line, at) => ({
        description: line.description,
        unit: line.unit,
        quantity: String(line.quantity),
        price: '',
        vat: 'high',
        asked: at + 1,
      }))
    : [asked];
  const kept = useDraft(draft ? `quote-${draft.id}-${draft.version}` : `quote-of-${need.id}`, {
    lines: draft?.lines.length ? draft.lines.map(typed) : askedLines,
    message: draft?.message ?? '',
    validUntil: draft?.valid_until ?? '',
  });
  const { lines } = kept.form;
  const setLines = (changed: Typed[]) => kept.set({ lines: changed });

  const send = () => {
    const offer = draft?.offer_id ?? deal.invitations.find((one) => one.offer_id)?.offer_id;
    const salt = saltNew();
    const body: Partial<api.Quote> & { lines: QuoteLine[]; salt: string } = {
      need_id: need.id,
      salt,
      lines: lines.map(sent),
      ...(offer ? { offer_id: offer } : {}),
      ...sentTerms(kept.form),
    };
    const write = () => {
      if (!draft) return create<api.Quote>('/quotes', body);
      return may(draft, 'revise')
        ? command<api.Quote>('/quotes', draft, 'revise', body)
        : replace<api.Quote>(`/quotes/${draft.id}`, draft.version, body);
    };
    const said = !deal.seal ? t.saved : draft && may(draft, 'revise') ? t.replaced : t.savedSealed;
    return act(said, async () => {
      keepContent(await write(), body);
      kept.sent();
    });
  };
  const check = (): Faults =>
    Object.assign({}, ...lines.map((line, at) => checkLine(line, at, lang)));
  return (
    <StepForm
      id={draft ? `quote-${draft.id}` : 'quote'}
      lang={lang}
      label={!draft ? t.write : may(draft, 'revise') ? t.revise : t.rewrite}
      submit={draft && may(draft, 'revise') ? t.revise : t.saveDraft}
      open={kept.found}
      check={check}
      send={send}
    >
      {(slot) => (
        <>
          <Restored draft={kept} lang={lang} />
          {lines.map((line, at) => (
            <LineFields
              key={at}
              line={line}
              at={at}
              lang={lang}
              slot={slot}
              onLine={(changed) => setLines(lines.with(at, changed))}
              onDrop={
                lines.length > 1 ? () => setLines(lines.filter((_, nth) => nth !== at)) : undefined
              }
            />
          ))}
          <Button
            kind="secondary"
            onClick={() => setLines([...lines, { ...asked, description: '', quantity: '' }])}
          >
            {t.addLine}
          </Button>
          <TermsFields slot={slot} lang={lang} label={t.message} form={kept.form} set={kept.set} />
        </>
      )}
    </StepForm>
  );
};
