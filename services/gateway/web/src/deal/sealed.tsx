// Sealed quotes: what a supplier keeps of one, and what two openers and a handler do.
import { useState } from 'preact/hooks';
import { command, create, get, may } from '../lib/api';
import { useColleagues } from '../lib/colleagues';
import { Act, AreaField, TextField, type Faults } from '../lib/form';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { StepForm, acts } from '../lib/step';
import { Alert, Button, Facts, Heading, State } from '../lib/ui';
import type * as api from '../gen/api';
import { isBuyer, isSupplier } from './deal';
import { Quiet, type PartProps } from './part';
import type { Opener, Quote, QuoteLine } from './records';

const texts = dictionary(
  {
    sealedTitle: 'Deze offertes zijn verzegeld',
    sealedWhy:
      'Uw prijs wordt versleuteld voordat hij wordt bewaard. Tot de opening kan niemand hem lezen: ' +
      'de inkoper niet, de beheerder van de site niet, en u zelf ook niet meer. Na de uiterste ' +
      'datum openen twee mensen van de inkoper alle offertes tegelijk. De inkoper ziet tot dan ' +
      'zelfs niet dat u een offerte hebt ingediend.',
    sealedNot: 'Dit beschermt niet als iemand in de site inbreekt op het moment dat u typt.',
    received: 'Ontvangen',
    revision: 'Versie',
    hash: 'Kenmerk van de inhoud (SHA-256)',
    receipt: 'Ontvangstbewijs bewaren',
    content: 'Inhoud bewaren als bestand',
    openers: 'Openers',
    openersWhy:
      'Twee mensen openen de offertes samen. Ieder krijgt één keer een eigen code te zien. Schrijf ' +
      'uw code op en bewaar hem; de site bewaart hem niet.',
    openersFirst: 'Neem nu allebei een code. Daarna kan de vraag op de markt.',
    take: 'Word opener en toon mijn code',
    taken: 'Hieronder staat uw code. Schrijf hem op en typ hem daarna over.',
    yourCode: 'Uw openingscode. U ziet hem alleen nu.',
    renew: 'Toon een nieuwe code',
    confirm: 'Code overtypen',
    confirmed: 'U hebt uw code. Bewaar hem goed.',
    give: 'Openen met mijn code',
    gave: 'Uw code is gegeven.',
    code: 'Openingscode',
    codeHint: 'Zes groepen van vijf tekens. Hoofdletters en streepjes maken niet uit.',
    codeLost: 'De noodsleutel is vrijgegeven. Bent u uw code kwijt, laat het veld dan leeg.',
    codeNeeded: 'Vul uw openingscode in.',
    you: 'U',
    colleague: 'Een collega',
    openFrom: 'Openen kan vanaf',
    release: 'Noodsleutel vrijgeven',
    released: 'De noodsleutel is vrijgegeven.',
    releaseWhy: 'Reden',
    releaseHint: 'Alle partijen lezen dit. Minstens 10 tekens.',
    minute: 'Verslag van de opening',
    openedAt: 'Geopend',
    quotes: 'Aantal offertes',
    handler: 'Klachtbehandelaar',
    reason: 'Reden van de noodsleutel',
  },
  {
    sealedTitle: 'These quotes are sealed',
    sealedWhy:
      'Your price is encrypted before it is kept. Until the opening nobody can read it: not the ' +
      'buyer, not who runs the site, and you neither. After the deadline two people of the buyer ' +
      'open all quotes at once. Until then the buyer does not even see that you submitted one.',
    sealedNot: 'This does not protect you if somebody breaks into the site while you type.',
    received: 'Received',
    revision: 'Version',
    hash: 'Mark of the content (SHA-256)',
    receipt: 'Keep the receipt',
    content: 'Keep the content as a file',
    openers: 'Openers',
    openersWhy:
      'Two people open the quotes together. Each is shown a code of their own, once. Write your ' +
      'code down and keep it; the site does not.',
    openersFirst: 'Take a code each now. After that the need can go on the market.',
    take: 'Become an opener and show my code',
    taken: 'Your code is below. Write it down, then type it back.',
    yourCode: 'Your code for opening. You see it only now.',
    renew: 'Show another code',
    confirm: 'Type the code back',
    confirmed: 'You have your code. Keep it well.',
    give: 'Open with my code',
    gave: 'Your code is given.',
    code: 'Code for opening',
    codeHint: 'Six groups of five characters. Capitals and dashes do not matter.',
    codeLost: 'The escrow is released. If you lost your code, leave this empty.',
    codeNeeded: 'Give your code for opening.',
    you: 'You',
    colleague: 'A colleague',
    openFrom: 'Opening is possible from',
    release: 'Release the escrow',
    released: 'The escrow is released.',
    releaseWhy: 'Reason',
    releaseHint: 'All sides read this. At least 10 characters.',
    minute: 'Minute of the opening',
    openedAt: 'Opened',
    quotes: 'Number of quotes',
    handler: 'Complaint handler',
    reason: 'Why the escrow was released',
  },
);

// ---- What a supplier keeps ----

export const saltNew = () =>
  [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

// The contents that were written since this page was opened: the platform cannot show them again.
const contents = new Map<string, object>();

interface Written {
  lines: QuoteLine[];
  salt: string;
  message?: string;
  valid_until?: string;
}

export const keepContent = (quote: api.Quote, { lines, salt, message, valid_until }: Written) => {
  const { id, need_id, supplier_id, revision, content_hash } = quote;
  const total_cents = lines.reduce((sum, one) => sum + one.quantity * one.unit_price_cents, 0);
  const form = 'meerwaarde-quote/1';
  const head = { form, quote_id: id, need_id, supplier_id, revision, salt };
  contents.set(`${content_hash}`, { ...head, lines, total_cents, message, valid_until });
};

const save = (name: string, what: object) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(what)], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

export const Receipt = ({ quote, lang }: { quote: Quote; lang: Lang }) => {
  const t = texts(lang);
  const content = contents.get(`${quote.content_hash}`);
  if (!quote.content_hash) return null;
  const keep = async () =>
    save(`ontvangstbewijs-${quote.id}.json`, await get<object>(`/quotes/${quote.id}/receipt`));
  return (
    <>
      <Facts
        facts={[
          { term: t.received, value: quote.received_at && moment(quote.received_at, lang) },
          { term: t.revision, value: quote.revision },
          { term: t.hash, value: <code class="mw-hash">{quote.content_hash}</code> },
        ]}
      />
      <div class="mw-actions">
        <Act lang={lang} kind="secondary" label={t.receipt} act={keep} />
        {content && (
          <Button kind="secondary" onClick={() => save(`offerte-${quote.id}.json`, content)}>
            {t.content}
          </Button>
        )}
      </div>
    </>
  );
};

// ---- Openers ----

interface CodeProps extends PartProps {
  opener: Opener;
  name: 'confirm' | 'give';
  optional?: boolean;
}

const CodeForm = ({ opener, name, optional, lang, act }: CodeProps) => {
  const t = texts(lang);
  const [code, setCode] = useState('');
  const check = (): Faults => (code.trim() || optional ? {} : { code: t.codeNeeded });
  const body = code.trim() ? { code: code.trim() } : {};
  const said = name === 'give' ? t.gave : t.confirmed;
  return (
    <StepForm
      id={`opener-${name}`}
      lang={lang}
      label={t[name]}
      open
      check={check}
      send={() => act(said, () => command('/openers', opener, name, body))}
    >
      {(slot) => (
        <TextField
          {...slot('code')}
          label={t.code}
          hint={optional ? t.codeLost : t.codeHint}
          value={code}
          onValue={setCode}
        />
      )}
    </StepForm>
  );
};

const Openers = (part: PartProps) => {
  const { deal, lang, act } = part;
  const t = texts(lang);
  const [code, setCode] = useState('');
  const colleague = useColleagues();
  const own = deal.openers.find((one) => one.account_id === deal.me.account_id);
  const show = async (work: Promise<Opener>) => setCode((await work).code ?? '');
  const take = () => show(create<api.Opener>('/openers', { need_id: deal.need.id }));
  return (
    <article class="mw-card">
      <Heading level={3} look={4}>
        {t.openers}
      </Heading>
      <Quiet>{t.openersWhy}</Quiet>
      {deal.need.state === 'ready' && !deal.seal && <Quiet>{t.openersFirst}</Quiet>}
      <ul>
        {deal.openers.map((one) => (
          <li key={one.id}>
            {one.id === own?.id ? t.you : (colleague(one.account_id) ?? t.colleague)}:{' '}
            <State list="opener_state" state={one.state} lang={lang} />
          </li>
        ))}
      </ul>
      {own && own.state === 'confirmed' && (
        <Facts facts={[{ term: t.openFrom, value: moment(own.opening_at ?? '', lang) }]} />
      )}
      {code && own?.state === 'taken' && (
        <Alert title={t.yourCode}>
          <p>
            <code class="mw-code">{code}</code>
          </p>
        </Alert>
      )}
      <div class="mw-actions">
        {!own && deal.need.state === 'ready' && deal.openers.length < 2 && (
          <Act lang={lang} label={t.take} act={() => act(t.taken, take)} />
        )}
        {own && may(own, 'confirm') && <CodeForm {...part} opener={own} name="confirm" />}
        {own && may(own, 'renew') && (
          <Act
            lang={lang}
            kind="secondary"
            label={t.renew}
            act={() => act(t.taken, () => show(command<Opener>('/openers', own, 'renew')))}
          />
        )}
        {own && may(own, 'give') && (
          <CodeForm {...part} opener={own} name="give" optional={deal.seal?.state === 'released'} />
        )}
      </div>
    </article>
  );
};

const ReleaseForm = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const [code, setCode] = useState('');
  const [reason, setReason] = useState('');
  const check = (): Faults => ({
    ...(code.trim() ? {} : { code: t.codeNeeded }),
    ...(reason.trim().length < 10 ? { reason: t.releaseHint } : {}),
  });
  const body = { code: code.trim(), reason: reason.trim() };
  return (
    <StepForm
      id="release"
      lang={lang}
      label={t.release}
      check={check}
      send={() => act(t.released, () => command('/seals', deal.seal!, 'release', body))}
    >
      {(slot) => (
        <>
          <TextField
            {...slot('code')}
            label={t.code}
            hint={t.codeHint}
            value={code}
            onValue={setCode}
          />
          <AreaField
            {...slot('reason')}
            label={t.releaseWhy}
            hint={t.releaseHint}
            value={reason}
            onValue={setReason}
          />
        </>
      )}
    </StepForm>
  );
};

export const SealedPart = (part: PartProps) => {
  const { deal, lang } = part;
  const t = texts(lang);
  const { seal, need } = deal;
  const sealed = need.route === 'invited' || need.route === 'open';
  const before = !seal || seal.state === 'closed' || seal.state === 'released';
  const mayOpen = acts(deal.me, 'BUYER') || acts(deal.me, 'APPROVER');
  if (!sealed) return null;
  return (
    <>
      {isSupplier(deal) && before && (
        <Alert title={t.sealedTitle}>
          <p>{t.sealedWhy}</p>
          <p>{t.sealedNot}</p>
        </Alert>
      )}
      {isBuyer(deal) && mayOpen && before && need.state !== 'draft' && need.state !== 'approval' && (
        <Openers {...part} />
      )}
      {seal && !before && (
        <Facts
          facts={[
            { term: t.minute, value: <State list="seal_state" state={seal.state} lang={lang} /> },
            { term: t.openedAt, value: seal.opened_at && moment(seal.opened_at, lang) },
            { term: t.quotes, value: seal.quotes },
            { term: t.handler, value: seal.handler_name },
            { term: t.reason, value: seal.release_reason },
          ]}
        />
      )}
      {seal && may(seal, 'release') && <ReleaseForm {...part} />}
    </>
  );
};
