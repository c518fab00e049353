// Offers that fit a need, best first, with the reason; and the buttons to invite.
import { useEffect, useState } from 'preact/hooks';
import type { Invitation, Match, MatchExclusion, MatchList, Need } from '../gen/api';
import { create, get, getAll, hasRole, me } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, link, moment, number, shared, word, type Lang } from '../lib/i18n';
import { Why } from '../lib/match';
import { Price, Thumb } from '../lib/offer';
import type { Meta, PageProps } from '../lib/page';
import { Rotation } from '../lib/rotation';
import { Runs } from '../lib/runs';
import { Done } from '../lib/step';
import { A, Alert, Badge, ButtonLink, Crumbs, Heading, Icon, State, Waiting } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Matches', en: 'Matches' },
  about: {
    nl: 'Aanbod dat bij uw vraag past, met de reden.',
    en: 'Offers that fit your need, with the reason.',
  },
  data: { operation: 'need_matches', path: '/needs/{id}/matches', patience: 8 },
};

const texts = dictionary(
  {
    intro: (count: string, seen: string) =>
      `${count} van de ${seen} bekeken aanbiedingen passen bij uw vraag. De beste staat ` +
      `bovenaan.`,
    rules: 'Zo werkt de matching',
    version: (rules: string, seq: string) =>
      `Berekend met regelset ${rules}, bijgewerkt tot en met gebeurtenis ${seq}.`,
    drawn: 'Gelijke scores zijn geloot. Zo is de loting na te rekenen',
    deadline: (when: string) => `Offertes tot ${when}`,
    deal: 'Naar de inkoop',
    invite: 'Uitnodigen voor een offerte',
    invited: 'Uitgenodigd',
    lastInvited: (when: string) => `Voor het laatst uitgenodigd, door wie dan ook: ${when}.`,
    neverInvited: 'Deze onderneming is nog nooit uitgenodigd.',
    sent: (name: string) => `De uitnodiging aan ${name} is verstuurd.`,
    none: 'Er past nu geen aanbod bij deze vraag. Nieuw aanbod komt hier vanzelf bij.',
    excluded: 'Afgevallen door een vaste regel',
    excludedText: 'Dit aanbod is niet gerangschikt. U ziet waarom.',
  },
  {
    intro: (count: string, seen: string) =>
      `${count} of the ${seen} offers looked at fit your need. The best comes first.`,
    rules: 'How matching works',
    version: (rules: string, seq: string) =>
      `Computed with rule set ${rules}, up to and including event ${seq}.`,
    drawn: 'Equal scores were drawn. How to compute the draw again',
    deadline: (when: string) => `Quotes until ${when}`,
    deal: 'To the purchase',
    invite: 'Invite to quote',
    invited: 'Invited',
    lastInvited: (when: string) => `Last invited, by anybody: ${when}.`,
    neverInvited: 'This enterprise was never invited.',
    sent: (name: string) => `The invitation to ${name} was sent.`,
    none: 'No offer fits this need now. New offers will appear here.',
    excluded: 'Kept out by a fixed rule',
    excludedText: 'These offers are not ranked. You see why.',
  },
);

interface MatchCardProps {
  match: Match;
  lang: Lang;
  open: boolean;
  invited: boolean;
  justNow: boolean; // the reader did it, just now
  invite?: () => Promise<unknown>; // absent when the reader may not
}

const MatchCard = ({ match, lang, open, invited, justNow, invite }: MatchCardProps) => {
  const t = texts(lang);
  return (
    <article class="mw-offer">
      <Thumb sector={match.sector} />
      <div class="mw-offer__body">
        <p class="mw-offer__sector">{word('sector', match.sector, lang)}</p>
        <Heading level={2} look={4} cls="mw-offer__title">
          <a href={`${link('/aanbod/', lang)}?id=${match.offer_id}`}>{match.title}</a>
        </Heading>
        <p class="mw-offer__by">
          {match.supplier_name} <span aria-hidden="true">·</span> <Icon n="map-pin" size={16} />{' '}
          {match.supplier_municipality_name}
        </p>
        {match.impact && (
          <p class="mw-offer__impact">
            <Icon n="heart-handshake" size={18} /> {match.impact}
          </p>
        )}
        <div class="mw-offer__facts">
          <Price offer={match} lang={lang} />
          {match.lead_days !== undefined && <span>{shared(lang).leadTime(match.lead_days)}</span>}
        </div>
        <Why match={match} lang={lang} open={open} />
        <p class="mw-quiet">
          {match.invited_at ? t.lastInvited(moment(match.invited_at, lang)) : t.neverInvited}
        </p>
        {invited && (
          <p class="mw-act">
            <Badge tone="good">{t.invited}</Badge>
          </p>
        )}
        {justNow && <Done text={t.sent(match.supplier_name)} />}
        {!invited && invite && (
          <Act
            lang={lang}
            kind="secondary"
            label={t.invite}
            about={match.supplier_name}
            act={invite}
          />
        )}
      </div>
    </article>
  );
};

const Excluded = ({ items, lang }: { items: MatchExclusion[]; lang: Lang }) => {
  const t = texts(lang);
  return (
    <section class="mw-section">
      <Heading level={2}>{t.excluded}</Heading>
      <p class="mw-quiet">{t.excludedText}</p>
      <ul class="mw-rows">
        {items.map((item) => (
          <li key={item.offer_id}>
            <span>
              <A href={`${link('/aanbod/', lang)}?id=${item.offer_id}`}>{item.title}</A>
              <br />
              {item.supplier_name}
            </span>
            <span>
              <Badge tone="warn">{word('hard_rule', item.rule, lang)}</Badge>{' '}
              {lang === 'en' ? item.why_en : item.why}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

// The need and who was invited for it come beside the ranking; only its buyer may invite.
const useNeed = (needId: string | undefined) => {
  const [need, setNeed] = useState<Need>();
  const [invitations, setInvitations] = useState<Invitation[]>([]);
  const [mayInvite, setMayInvite] = useState(false);
  const [mayKeep, setMayKeep] = useState(false);
  const [justNow, setJustNow] = useState(''); // the offer that an invitation was just sent for
  useEffect(() => {
    if (!needId) return;
    const load = async () => {
      const [found, caller] = await Promise.all([get<Need>(`/needs/${needId}`), me()]);
      setNeed(found);
      const own = caller.organisation_id !== undefined && caller.organisation_id === found.buyer_id;
      setMayInvite(own && found.state === 'open');
      setMayKeep(own && hasRole(caller, 'BUYER'));
      if (own) setInvitations(await getAll<Invitation>('/invitations', { needId }));
    };
    load().catch(() => undefined);
  }, [needId]);
  const invite = async (match: Match) => {
    const sent = await create<Invitation>('/invitations', {
      need_id: needId,
      supplier_id: match.supplier_id,
      offer_id: match.offer_id,
    });
    setInvitations((before) => [...before, sent]);
    setJustNow(match.offer_id);
  };
  return { need, invitations, mayInvite, mayKeep, justNow, invite };
};

export default function Matches({ lang, d, fault }: PageProps<MatchList>) {
  const t = texts(lang);
  const { need, invitations, mayInvite, mayKeep, justNow, invite } = useNeed(d?.need_id);
  if (!d) return <Waiting lang={lang} fault={fault} title={meta.title[lang]} />;
  const isInvited = (match: Match) =>
    invitations.some((one) => one.supplier_id === match.supplier_id);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[shared(lang).mine, '/mijn/'], [meta.title[lang]]]} />
      <div class="mw-section__head">
        <div>
          <Heading level={1}>{need ? need.title : meta.title[lang]}</Heading>
          {need && (
            <p class="mw-quiet">
              <State list="need_state" state={need.state} lang={lang} />{' '}
              {t.deadline(moment(need.quote_deadline, lang))} <span aria-hidden="true">·</span>{' '}
              {need.municipality_name}
            </p>
          )}
        </div>
        <ButtonLink href={`${link('/deal/', lang)}?id=${d.need_id}`} kind="secondary">
          {t.deal}
        </ButtonLink>
      </div>
      <Alert>
        <p>
          {t.intro(number(d.items.length, lang), number(d.considered, lang))}{' '}
          <A href={link('/matching/', lang)}>{t.rules}</A>
        </p>
      </Alert>
      {d.items.length === 0 && <p class="mw-empty">{t.none}</p>}
      <ul class="mw-matches">
        {d.items.map((match, at) => (
          <li key={match.offer_id}>
            <MatchCard
              match={match}
              lang={lang}
              open={at === 0}
              invited={isInvited(match)}
              justNow={justNow === match.offer_id}
              invite={mayInvite ? () => invite(match) : undefined}
            />
          </li>
        ))}
      </ul>
      <Rotation items={d.items} lang={lang} />
      {d.excluded.length > 0 && <Excluded items={d.excluded} lang={lang} />}
      {mayKeep && <Runs needId={d.need_id} lang={lang} />}
      <p class="mw-source">{t.version(d.rule_set, number(d.index_seq, lang))}</p>
      {d.draw && (
        <p class="mw-source">
          <A href={`${link('/matching/', lang)}#loting`}>{t.drawn}</A>: <code class="mw-hash">{d.draw.seed}</code>
        </p>
      )}
    </div>
  );
}
