// The receipt of an application: when it came and its hash, as the platform signed them, and both files to keep.
import { useEffect, useState } from 'preact/hooks';
import type { SignedReceipt } from '../gen/api';
import { get } from '../lib/api';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { Facts, Heading } from '../lib/ui';
import { readPacked } from './packed';

const texts = dictionary(
  {
    title: 'Ontvangstbewijs',
    says: 'Het platform tekende hiervoor. Met beide bestanden kan iedereen nagaan wat u indiende, en wanneer.',
    received: 'Ontvangen op',
    answered: 'Laatst aangevuld op',
    closes: 'De ronde nam aanvragen aan tot',
    hash: 'SHA-256 van wat u indiende',
    rules: 'SHA-256 van de regels van de ronde',
    receipt: 'Ontvangstbewijs bewaren (JSON)',
    content: 'Bewaren wat u indiende (JSON)',
  },
  {
    title: 'Receipt',
    says: 'The platform signed for this. With both files anybody can check what you submitted, and when.',
    received: 'Received on',
    answered: 'Last added to on',
    closes: 'The round took applications until',
    hash: 'SHA-256 of what you submitted',
    rules: 'SHA-256 of the rules of the round',
    receipt: 'Keep the receipt (JSON)',
    content: 'Keep what you submitted (JSON)',
  },
);

// A moment is microseconds since 1970 in MessagePack.
const when = (micros: unknown, lang: Lang) =>
  typeof micros === 'number' ? moment(new Date(micros / 1000).toISOString(), lang) : undefined;

export const Receipt = ({ id, version, lang }: { id: string; version: number; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState<Record<string, unknown>>();
  useEffect(() => {
    get<SignedReceipt>(`/initiatives/${id}/receipt`).then(
      ({ payload }) => setSaid(readPacked(payload)),
      () => setSaid(undefined),
    );
  }, [id, version]);
  if (!said) return null;
  const hash = (value: unknown) => typeof value === 'string' && <code class="mw-hash">{value}</code>;
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby="receipt">
      <Heading level={2} look={3} id="receipt">
        {t.title}
      </Heading>
      <p>{t.says}</p>
      <Facts
        facts={[
          { term: t.received, value: when(said.received_at, lang) },
          { term: t.answered, value: when(said.answered_at, lang) },
          { term: t.closes, value: when(said.closes_at, lang) },
          { term: t.hash, value: hash(said.content_hash) },
          { term: t.rules, value: hash(said.rules_hash) },
        ]}
      />
      <p class="mw-actions">
        <a class="nl-button nl-button--secondary" href={`/v1/initiatives/${id}/receipt`} download={`ontvangstbewijs-${id}.json`}>
          {t.receipt}
        </a>
        <a class="nl-button nl-button--secondary" href={`/v1/initiatives/${id}/content`} download={`aanvraag-${id}.json`}>
          {t.content}
        </a>
      </p>
    </section>
  );
};
