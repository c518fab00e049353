// The first parts of a deal: what is asked for, and who was invited to quote.
import { command, may } from '../lib/api';
import { date, dictionary, euro, link, moment, number, word } from '../lib/i18n';
import { ReasonForm, acts } from '../lib/step';
import { ButtonLink, Facts, State } from '../lib/ui';
import { isBuyer, isSupplier } from './deal';
import { NeedDetails } from './need-details';
import { NeedSteps } from './need-steps';
import { Part, Quiet, type PartProps } from './part';
import { Questions } from './questions';
import type { Need } from './records';
import { WhyNotMe } from './why-not';

const texts = dictionary(
  {
    buyer: 'Inkoper',
    where: 'Plaats',
    route: 'Inkooproute',
    kind: 'Soort',
    sector: 'Sector',
    cpv: 'CPV-code',
    quantity: 'Hoeveelheid',
    budget: 'Raming',
    budgetNote: 'exclusief btw; leveranciers zien dit niet',
    start: 'Begin',
    deadline: 'Offertes tot en met',
    quotes: 'Offertes',
    sealed: 'Verzegeld, tot twee mensen van de inkoper ze samen openen',
    goals: 'Doelen',
    groups: 'Doelgroepen',
    matches: 'Bekijk passend aanbod en nodig uit',
    noInvitations: 'Er is nog niemand uitgenodigd.',
    noneInvited: 'Er is niemand uitgenodigd.',
    openRoute: 'Uitnodigen hoeft niet: bij deze route mag iedere toegelaten onderneming een offerte maken.',
    openToAll: 'U bent niet uitgenodigd. Zolang de vraag open is, mag u wel een offerte maken.',
    notInvited: 'U was niet uitgenodigd.',
    sentOn: 'Verstuurd op',
    message: 'Bericht',
    outside: 'Waarom, buiten de matches om',
    why: 'Reden',
    decline: 'Geen offerte maken',
    declined: 'De inkoper weet dat u geen offerte maakt.',
  },
  {
    buyer: 'Buyer',
    where: 'Place',
    route: 'Route',
    kind: 'Kind',
    sector: 'Sector',
    cpv: 'CPV code',
    quantity: 'Quantity',
    budget: 'Estimate',
    budgetNote: 'excluding VAT; suppliers do not see this',
    start: 'Start',
    deadline: 'Quotes until',
    quotes: 'Quotes',
    sealed: 'Sealed, until two people of the buyer open them together',
    goals: 'Goals',
    groups: 'Target groups',
    matches: 'See fitting offers and invite',
    noInvitations: 'Nobody has been invited yet.',
    noneInvited: 'Nobody was invited.',
    openRoute: 'Inviting is not needed: on this route every admitted enterprise may quote.',
    openToAll: 'You were not invited. While the need is open you may still quote.',
    notInvited: 'You were not invited.',
    sentOn: 'Sent on',
    message: 'Message',
    outside: 'Why, outside the matches',
    why: 'Reason',
    decline: 'Do not quote',
    declined: 'The buyer knows that you will not quote.',
  },
);

const isSealed = ({ route, state }: Need) => (route === 'invited' || route === 'open') && ['open', 'sealed_closed'].includes(state);

export const NeedPart = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const { need } = deal;
  const list = (words: string[] | undefined, of: 'impact_goal' | 'target_group') =>
    words?.map((one) => word(of, one, lang)).join(', ');
  return (
    <Part step="need" deal={deal} lang={lang}>
      <p class="mw-prose">{need.description}</p>
      <Facts
        facts={[
          { term: t.buyer, value: need.buyer_name },
          { term: t.where, value: need.municipality_name ?? need.municipality },
          { term: t.route, value: word('need_route', need.route, lang) },
          { term: t.kind, value: word('offer_kind', need.kind, lang) },
          { term: t.sector, value: word('sector', need.sector, lang) },
          { term: t.cpv, value: need.cpv.join(', ') },
          {
            term: t.quantity,
            value: need.quantity && `${number(need.quantity, lang)} ${need.unit ?? ''}`,
          },
          {
            term: t.budget,
            value: need.budget_cents && `${euro(need.budget_cents, lang)} (${t.budgetNote})`,
          },
          { term: t.start, value: need.start_on && date(need.start_on, lang) },
          { term: t.deadline, value: moment(need.quote_deadline, lang) },
          { term: t.quotes, value: isSealed(need) && t.sealed },
          { term: t.goals, value: list(need.goals, 'impact_goal') },
          { term: t.groups, value: list(need.target_groups, 'target_group') },
        ]}
      />
      <NeedDetails deal={deal} lang={lang} act={act} />
      <Questions key={need.version} deal={deal} lang={lang} act={act} />
      <NeedSteps deal={deal} lang={lang} act={act} />
    </Part>
  );
};

// States in which somebody can still be invited, now or later.
const awaited = ['draft', 'approval', 'ready', 'open'];

export const InvitationsPart = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const { need, invitations } = deal;
  const quoted = deal.quotes.some((one) => one.supplier_id === deal.me.organisation_id && one.state === 'submitted');
  const hint = need.route === 'open' ? 'openRoute' : awaited.includes(need.state) ? 'noInvitations' : 'noneInvited';
  const mayInvite = isBuyer(deal) && acts(deal.me, 'BUYER') && need.state === 'open';
  return (
    <Part step="invitations" deal={deal} lang={lang}>
      {invitations.length === 0 && (
        <Quiet>
          {isBuyer(deal) ? t[hint] : need.state === 'open' ? t.openToAll : t.notInvited}
        </Quiet>
      )}
      <ul class="mw-cards">
        {invitations.map((invitation) => (
          <li key={invitation.id} class="mw-card">
            <p class="mw-card__head">
              <b>{isBuyer(deal) ? invitation.supplier_name : invitation.buyer_name}</b>
              <State list="invitation_state" state={invitation.state} lang={lang} />
            </p>
            <Facts
              facts={[
                { term: t.sentOn, value: moment(invitation.created_at, lang) },
                { term: t.message, value: invitation.message },
                { term: t.outside, value: invitation.outside_reason },
                { term: t.why, value: invitation.decline_reason },
              ]}
            />
            {may(invitation, 'decline') && !quoted && (
              <ReasonForm
                id={`decline-${invitation.id}`}
                lang={lang}
                label={t.decline}
                send={(reason) =>
                  act(t.declined, () => command('/invitations', invitation, 'decline', { reason }))
                }
              />
            )}
          </li>
        ))}
      </ul>
      {isSupplier(deal) && need.state === 'open' && deal.me.organisation_id && (
        <WhyNotMe need={need} supplier={deal.me.organisation_id} lang={lang} />
      )}
      {mayInvite && (
        <div class="mw-actions">
          <ButtonLink kind="secondary" href={`${link('/matches/', lang)}?id=${need.id}`}>
            {t.matches}
          </ButtonLink>
        </div>
      )}
    </Part>
  );
};
