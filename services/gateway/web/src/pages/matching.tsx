// How matching ranks: the weights as the service has them, and the rules in words.
import type { RuleSetList, ScorePart } from '../gen/api';
import { date, dictionary, link, number, word, type Lang } from '../lib/i18n';
import { pointsOf } from '../lib/match';
import type { Meta, PageProps } from '../lib/page';
import { A, Crumbs, FaultAlert, Heading, P, Table } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Zo werkt de matching', en: 'How matching works' },
  about: {
    nl: 'Hoe aanbod bij een inkoopvraag wordt gerangschikt: de onderdelen, de punten en de vaste regels.',
    en: 'How offers are ranked for a need: the parts, the points and the fixed rules.',
  },
  data: { operation: 'rule_set_list', path: '/matching/rules' },
};

const texts = dictionary(
  {
    parts: 'De onderdelen van de score',
    part: 'Onderdeel',
    points: 'Punten',
    about: 'Waar het om gaat',
    set: (version: string, owner: string, since: string) =>
      `Dit is regelset ${version}. Die geldt vanaf ${since}; ${owner} is ervoor verantwoordelijk.`,
    before: 'Eerdere regelsets',
    version: 'Regelset',
    since: 'Geldt vanaf',
    text: 'Hoe goed de woorden van de vraag in titel en omschrijving voorkomen.',
    cpv: 'Of het aanbod dezelfde CPV-code heeft, of een code uit dezelfde groep.',
    distance: 'Hoe ver de onderneming van de plaats van levering zit.',
    impact: 'Of het aanbod werkt aan de doelen en voor de groepen die de inkoper kiest.',
    capacity: 'Of de onderneming het gevraagde aantal aankan.',
    price: 'Of de prijs binnen de raming past. Alleen de inkoper ziet de raming.',
    freshness: 'Of de onderneming een keurmerk heeft dat nog een half jaar geldt.',
  },
  {
    parts: 'The parts of the score',
    part: 'Part',
    points: 'Points',
    about: 'What it is about',
    set: (version: string, owner: string, since: string) =>
      `This is rule set ${version}. It holds from ${since}; ${owner} answers for it.`,
    before: 'Earlier rule sets',
    version: 'Rule set',
    since: 'Holds from',
    text: 'How well the words of the need occur in title and description.',
    cpv: 'Whether the offer has the same CPV code, or one of the same group.',
    distance: 'How far the enterprise is from the place of delivery.',
    impact: 'Whether the offer works on the goals and for the groups that the buyer chooses.',
    capacity: 'Whether the enterprise can handle the quantity.',
    price: 'Whether the price fits the estimate. Only the buyer sees the estimate.',
    freshness: 'Whether the enterprise has a label that holds for another half year.',
  },
);

const Dutch = () => (
  <>
    <ul>
      <li>Een woord dat weinig aanbiedingen hebben, telt zwaarder. Woorden in de titel ook.</li>
      <li>
        Lijkt een woord verkeerd getypt, dan zoeken wij ook op het woord dat bedoeld lijkt. Dat telt
        voor minder, en wij zeggen het erbij.
      </li>
      <li>
        Past de titel van de vraag bij de naam van een CPV-groep, dan krijgt aanbod uit die groep
        punten, hoogstens een kwart van wat het woord zelf in een titel oplevert. Dat mag een
        alledaags of een Engels woord zijn: met “lunch” vindt u catering.
      </li>
      <li>Wie in heel Nederland levert, houdt altijd een derde van de punten voor afstand.</li>
      <li>Noemt de vraag geen doel, dan krijgt elk aanbod dat er een noemt alle punten voor impact.</li>
      <li>
        Wat niet te vergelijken is, zoals een prijs op aanvraag of een ander soort aantal, krijgt de
        helft van de punten. Dat geldt voor iedereen.
      </li>
      <li>Van één onderneming staan hoogstens drie aanbiedingen in de lijst.</li>
      <li>
        Bij gelijke scores staat de onderneming bovenaan die het langst op een uitnodiging wacht.
        Wachten zij even lang, dan wordt er geloot.
      </li>
    </ul>
    <Heading level={2} id="loting">
      De loting
    </Heading>
    <P>
      Bij elke vraag hoort een geheim getal. Het wordt gemaakt als de inkoper de vraag schrijft, en
      niemand kan het dan lezen, ook de inkoper niet. Wel staat meteen vast welk getal het is: bij
      de vraag staat er een vingerafdruk van. Als de vraag op de markt komt, wordt het getal
      openbaar. Samen met de stand van het logboek op dat moment bepaalt het de volgorde. Niemand
      kan de uitkomst dus vooraf kiezen.
    </P>
    <P>
      Elke onderneming heeft één lot, hoeveel aanbod zij ook heeft. Bij elke vraag wordt opnieuw
      geloot. Iedereen kan de loting narekenen: de getallen staan bij de vraag in de API, onder
      “draw”.
    </P>
    <Heading level={2}>Bewaren en bewijzen</Heading>
    <P>
      De inkoper kan een rangschikking bewaren. Dan ligt vast wat er meetelde en wat eruit kwam, met
      een controlegetal. Jaren later komt uit dezelfde gegevens dezelfde lijst. Het dossier van een
      vraag bevat de uitnodigingen, de rangschikkingen, de regels en de loting. Het platform
      ondertekent het, zodat een ander kan nagaan dat er niets aan veranderd is.
    </P>
    <Heading level={2}>Vaste regels</Heading>
    <P>
      Sommig aanbod doet niet mee in de rangorde. Dat gebeurt alleen als de onderneming niet is
      toegelaten, als er niet wordt geleverd in de gemeente van de vraag, als de levertijd te lang
      is of als het gevraagde aantal te groot is. De inkoper ziet dat aanbod onder de lijst, met de
      regel erbij.
    </P>
    <Heading level={2}>Waarom ik niet?</Heading>
    <P>
      Staat uw aanbod niet bij de eerste tien? Open de vraag en kies “Waarom ik niet?”. U ziet dan
      met welke kleinste verandering uw aanbod er wel bij staat. Wij proberen die verandering eerst
      uit op een kopie. Over aanbod van anderen leest u niets. Verander alleen wat klopt.
    </P>
    <Heading level={2}>Steeds dezelfde uitkomst</Heading>
    <P>
      De berekening gebruikt alleen hele getallen. Dezelfde vraag geeft op hetzelfde moment overal
      dezelfde lijst. Onder de lijst staat met welke regelset en tot en met welke gebeurtenis is
      gerekend. Na de sluiting van de vraag verandert de rangorde niet meer door de tijd. Wie
      betaalt of adverteert, komt niet hoger: dat kan niet.
    </P>
    <P>De lijst beslist niets. De inkoper nodigt uit, vergelijkt en kiest, en legt uit waarom.</P>
  </>
);

const English = () => (
  <>
    <ul>
      <li>A word that few offers have counts for more. So do words in the title.</li>
      <li>
        When a word seems to be mistyped, we also look for the word that seems to be meant. That
        counts for less, and we say so.
      </li>
      <li>
        When the title of the need says the name of a CPV group, offers in that group get points, a
        quarter at most of what the word itself gives in a title. An everyday or an English word
        will do: “lunch” finds catering.
      </li>
      <li>Who delivers in the whole country always keeps a third of the points for distance.</li>
      <li>When the need names no goal, every offer that names one gets all points for impact.</li>
      <li>
        What cannot be compared, such as a price on request or another kind of quantity, gets half
        of the points. That holds for everybody.
      </li>
      <li>A list has at most three offers of the same enterprise.</li>
      <li>
        Of equal scores, the enterprise that waits longest for an invitation comes first. When they
        wait equally long, lots are drawn.
      </li>
    </ul>
    <Heading level={2} id="loting">
      The draw
    </Heading>
    <P>
      Every need has a secret number. It is made when the buyer writes the need, and nobody can read
      it then, nor can the buyer. Which number it is, is fixed at once: the need shows its
      fingerprint. When the need comes on the market, the number becomes public. Together with the
      state of the log at that moment it decides the order. So nobody can choose the outcome
      beforehand.
    </P>
    <P>
      Every enterprise has one lot, however many offers it has. Each need is drawn anew. Everybody
      can compute the draw again: the numbers are with the need in the API, under “draw”.
    </P>
    <Heading level={2}>Keeping and proving</Heading>
    <P>
      The buyer can keep a ranking. Then it is on record what counted and what came out, with a
      check number. Years later the same data gives the same list. The pack of a need has the
      invitations, the rankings, the rules and the draw. The platform signs it, so that others can
      see that nothing in it was changed.
    </P>
    <Heading level={2}>Fixed rules</Heading>
    <P>
      Some offers do not take part in the ranking. That happens only when the enterprise is not
      admitted, when it does not deliver in the municipality of the need, when the lead time is too
      long, or when the quantity is too large. The buyer sees these offers below the list, each with
      its rule.
    </P>
    <Heading level={2}>Why not me?</Heading>
    <P>
      Is your offer not among the first ten? Open the need and choose “Why not me?”. You then see
      the smallest change that would bring your offer there. We try that change on a copy first. You
      read nothing about offers of others. Only change what is true.
    </P>
    <Heading level={2}>The same outcome every time</Heading>
    <P>
      The computation uses whole numbers only. The same need gives the same list everywhere at the
      same moment. Below the list you find the rule set, and the last event that was counted. After
      the deadline of the need the ranking no longer changes by time. Nobody can pay to stand
      higher.
    </P>
    <P>The list decides nothing. The buyer invites, compares and chooses, and explains why.</P>
  </>
);

const Weights = ({ d, lang }: { d: RuleSetList; lang: Lang }) => {
  const t = texts(lang);
  const now = d.items.find((one) => one.version === d.in_force);
  const before = d.items.filter((one) => one.version < d.in_force);
  if (!now) return null;
  return (
    <>
      <Table
        caption={t.parts}
        rows={now.parts}
        columns={[
          { head: t.part, cell: (part) => word('score_part', part.name, lang) },
          { head: t.points, number: true, cell: (part) => number(pointsOf(part.most_ppm), lang) },
          { head: t.about, cell: (part) => t[part.name as ScorePart] },
        ]}
      />
      <P>{t.set(now.version, now.owner, date(now.since, lang))}</P>
      {before.length > 0 && (
        <details>
          <summary>{t.before}</summary>
          {before.map((set) => (
            <Table
              key={set.version}
              caption={`${t.version} ${set.version}, ${t.since.toLowerCase()} ${date(set.since, lang)}`}
              rows={set.parts.filter((part) => part.most_ppm > 0)}
              columns={[
                { head: t.part, cell: (part) => word('score_part', part.name, lang) },
                { head: t.points, number: true, cell: (part) => number(pointsOf(part.most_ppm), lang) },
              ]}
            />
          ))}
        </details>
      )}
    </>
  );
};

export default function Matching({ lang, d, fault }: PageProps<RuleSetList>) {
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <div class="mw-prose">
        <Heading level={1}>{meta.title[lang]}</Heading>
        <P lead>
          {lang === 'nl'
            ? 'Bij elke vraag krijgt elk aanbod een score van 0 tot 100. De score is de som van de onderdelen hieronder. De inkoper ziet bij elk aanbod hoeveel punten het per onderdeel kreeg, hoeveel er te halen waren en waarom.'
            : 'For each need, every offer gets a score from 0 to 100. The score is the sum of the parts below. With each offer the buyer sees how many points it got for each part, how many it could get, and why.'}
        </P>
        {d && <Weights d={d} lang={lang} />}
        {fault && <FaultAlert fault={fault} lang={lang} />}
        {lang === 'nl' ? <Dutch /> : <English />}
        <P>
          <A href={link('/uitleg/', lang)}>
            {lang === 'nl' ? 'Zo tellen wij de cijfers' : 'How we count the figures'}
          </A>
        </P>
      </div>
    </div>
  );
}
