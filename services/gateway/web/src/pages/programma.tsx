// Programmes with their partners and rounds.
import { useEffect, useState } from 'preact/hooks';
import { get, hasRole, me, type Stored } from '../lib/api';
import { FunnelList, type Stage } from '../lib/charts';
import { date, dictionary, link, number, word, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { ButtonLink, Crumbs, Fictional, Heading, Icon, P, State, Waiting } from '../lib/ui';
import type { Me, Programme, ProgrammePage, Round, RoundPage, Seat, SeatPage } from '../gen/api';
import { funnelOf } from '../round/stages';

export const meta: Meta = {
  title: { nl: 'Programma', en: 'Programme' },
  about: {
    nl: 'Programma’s waarin sociaal ondernemers groeien, met hun partners en rondes.',
    en: 'Programmes in which social entrepreneurs grow, with their partners and rounds.',
  },
  data: { operation: 'round_list', path: '/rounds' },
};

const texts = dictionary(
  {
    lead:
      'In een programma groeit een idee uit tot een onderneming: partners kiezen, mentoren en ' +
      'coaches helpen, en aan de financieringstafel ontmoeten plannen geld.',
    works: 'Werkt aan',
    jobsFor: 'Banen voor',
    partners: (count: string) => `Partners (${count})`,
    rounds: 'Rondes',
    round: (nth: string) => `Ronde ${nth}`,
    see: (nth: string) => `Bekijk ronde ${nth}`,
    apply: 'Bekijk de ronde en doe mee',
    window: (from: string, to: string) => `Open van ${from} tot ${to}`,
    none: 'Er zijn nog geen rondes.',
    write: 'Nieuwe ronde opstellen',
  },
  {
    lead:
      'In a programme an idea grows into an enterprise: partners choose, mentors and coaches ' +
      'help, and at the financing table plans meet money.',
    works: 'Works for',
    jobsFor: 'Jobs for',
    partners: (count: string) => `Partners (${count})`,
    rounds: 'Rounds',
    round: (nth: string) => `Round ${nth}`,
    see: (nth: string) => `See round ${nth}`,
    apply: 'See the round and take part',
    window: (from: string, to: string) => `Open from ${from} until ${to}`,
    none: 'There are no rounds yet.',
    write: 'Write a new round',
  },
);

// The counts that the round itself carries, in the shape of its report.
const stagesOf = (round: Stored<Round>, lang: Lang): Stage[] => {
  const counts = [
    ['submitted', round.submitted],
    ['presented', round.presented],
    ['selected', round.selected],
    ['at_table', round.at_table],
    ['realised', round.realised],
  ] as const;
  return funnelOf(
    {
      stages: counts.map(([name, count]) => ({ name, count: count ?? 0 })),
    },
    lang,
  );
};

const RoundCard = ({ round, lang }: { round: Stored<Round>; lang: Lang }) => {
  const t = texts(lang);
  const nth = String(round.number);
  return (
    <li class="mw-panel">
      <div class="mw-card__head">
        <Heading level={4} look={3}>
          {t.round(nth)}
        </Heading>
        <State list="round_state" state={round.state} lang={lang} />
      </div>
      <p class="mw-quiet">
        <Icon n="calendar" size={18} />{' '}
        {t.window(date(round.opens_at, lang), date(round.closes_at, lang))}
      </p>
      <FunnelList stages={stagesOf(round, lang)} />
      <div class="mw-actions">
        <ButtonLink
          kind={round.state === 'open' ? 'primary' : 'secondary'}
          href={`${link('/ronde/', lang)}?id=${round.id}`}
        >
          {round.state === 'open' ? t.apply : t.see(nth)}
        </ButtonLink>
      </div>
    </li>
  );
};

const Seats = ({ seats, lang }: { seats: Seat[]; lang: Lang }) => {
  const taken = seats.filter((seat) => seat.state === 'taken');
  if (taken.length === 0) return null;
  return (
    <>
      <Heading level={3}>{texts(lang).partners(number(taken.length, lang))}</Heading>
      <ul class="mw-seats">
        {taken.map((seat) => (
          <li key={seat.id}>
            <b>{seat.organisation_name}</b>
            <span>{word('seat_role', seat.role, lang)}</span>
          </li>
        ))}
      </ul>
    </>
  );
};

interface ProgrammeProps {
  programme: Programme | undefined;
  seats: Seat[];
  rounds: Stored<Round>[];
  lang: Lang;
}

const ProgrammeSection = ({ programme, seats, rounds, lang }: ProgrammeProps) => {
  const t = texts(lang);
  const list = (of: 'impact_goal' | 'target_group', keys: string[] | undefined) =>
    keys?.map((key) => word(of, key, lang)).join(', ');
  const goals = list('impact_goal', programme?.goals);
  const groups = list('target_group', programme?.target_groups);
  return (
    <section class="mw-section">
      <Heading level={2}>{programme?.name ?? rounds[0]?.programme_name}</Heading>
      {programme && (
        <ul class="mw-meta">
          <li>
            <Icon n="map-pin" size={18} /> {programme.region}
          </li>
          {goals && <li>{`${t.works}: ${goals}`}</li>}
          {groups && <li>{`${t.jobsFor}: ${groups}`}</li>}
          {programme.fictional && (
            <li>
              <Fictional on lang={lang} />
            </li>
          )}
        </ul>
      )}
      <Heading level={3} cls="mw-above">
        {t.rounds}
      </Heading>
      <ul class="mw-grid2">
        {rounds.map((round) => (
          <RoundCard key={round.id} round={round} lang={lang} />
        ))}
      </ul>
      <Seats seats={seats} lang={lang} />
    </section>
  );
};

const ProgrammeView = ({ rounds, lang }: { rounds: Stored<Round>[]; lang: Lang }) => {
  const t = texts(lang);
  const [programmes, setProgrammes] = useState<Programme[]>([]);
  const [seats, setSeats] = useState<Seat[]>([]);
  const [who, setWho] = useState<Me>({});
  const ids = [...new Set(rounds.map((round) => round.programme_id))];
  useEffect(() => {
    void me().then(setWho);
    get<ProgrammePage>('/programmes', { limit: 100 })
      .then((page) => setProgrammes(page.items))
      .catch(() => setProgrammes([]));
    Promise.all(ids.map((programmeId) => get<SeatPage>('/seats', { programmeId })))
      .then((pages) => setSeats(pages.flatMap((page) => page.items)))
      .catch(() => setSeats([]));
  }, [rounds]);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{t.lead}</P>
      {hasRole(who, 'MANAGER') && (
        <p class="mw-actions">
          <ButtonLink kind="secondary" href={link('/ronde-opstellen/', lang)}>
            {t.write}
          </ButtonLink>
        </p>
      )}
      {ids.length === 0 && <p class="mw-quiet">{t.none}</p>}
      {ids.map((id) => (
        <ProgrammeSection
          key={id}
          lang={lang}
          programme={programmes.find((programme) => programme.id === id)}
          seats={seats.filter((seat) => seat.programme_id === id)}
          rounds={rounds.filter((round) => round.programme_id === id)}
        />
      ))}
    </div>
  );
};

export default function ProgrammesPage({ lang, d, fault }: PageProps<RoundPage>) {
  return d ? (
    <ProgrammeView rounds={d.items as Stored<Round>[]} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
