// How matching ranks, and how the published figures are counted.
import type { Meta } from '../lib/page';
import { textPage } from '../lib/text-page';
import { link } from '../lib/i18n';
import { A, Heading, P, Table } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Zo werkt het en zo tellen wij', en: 'How it works and how we count' },
  about: {
    nl: 'Hoe Meerwaarde aanbod rangschikt en hoe de cijfers worden geteld.',
    en: 'How Meerwaarde ranks offers and how its figures are counted.',
  },
};

const partsNl = [
  ['Omschrijving', 40, 'Hoe goed de woorden van uw vraag in titel en omschrijving voorkomen.'],
  ['Onderwerp (CPV)', 25, 'Of het aanbod dezelfde CPV-code heeft, of een code uit dezelfde groep.'],
  ['Afstand', 20, 'Hoe ver de onderneming van de plaats van levering zit.'],
  ['Impact', 15, 'Of de onderneming werkt aan de doelen en voor de groepen die u kiest.'],
] as const;

const partsEn = [
  ['Description', 40, 'How well the words of your need occur in title and description.'],
  ['Subject (CPV)', 25, 'Whether the offer has the same CPV code, or one of the same group.'],
  ['Distance', 20, 'How far the enterprise is from the place of delivery.'],
  ['Impact', 15, 'Whether the enterprise works on the goals and for the groups that you choose.'],
] as const;

const Dutch = () => (
  <>
    <Heading level={2}>Hoe de rangorde tot stand komt</Heading>
    <P>
      Bij elke vraag krijgt elk aanbod een score van 0 tot 100. De score is de som van vier
      onderdelen. Bij elk aanbod staat hoeveel punten het per onderdeel kreeg, hoeveel er te halen
      waren en waarom.
    </P>
    <Table
      caption="De onderdelen van de score"
      rows={partsNl}
      columns={[
        { head: 'Onderdeel', cell: ([name]) => name },
        { head: 'Punten', number: true, cell: ([, most]) => most },
        { head: 'Waar het om gaat', cell: ([, , text]) => text },
      ]}
    />
    <ul>
      <li>Een woord dat weinig aanbiedingen hebben, telt zwaarder. Woorden in de titel ook.</li>
      <li>Wie in heel Nederland levert, houdt altijd een derde van de punten voor afstand.</li>
      <li>Noemt u geen doel, dan krijgt elk aanbod dat er een noemt alle punten voor impact.</li>
      <li>Van één onderneming staan hoogstens drie aanbiedingen in de lijst.</li>
    </ul>
    <Heading level={3}>Vaste regels</Heading>
    <P>
      Sommig aanbod doet niet mee in de rangorde. Dat gebeurt alleen als de onderneming niet is
      toegelaten, als er niet wordt geleverd in uw gemeente, als de levertijd te lang is of als het
      gevraagde aantal te groot is. Dat aanbod staat onder de lijst, met de regel erbij.
    </P>
    <Heading level={3}>Steeds dezelfde uitkomst</Heading>
    <P>
      De berekening gebruikt alleen hele getallen. Dezelfde vraag geeft op hetzelfde moment overal
      dezelfde lijst. Onder de lijst staat met welke regelset en tot en met welke gebeurtenis is
      gerekend. Wie betaalt of adverteert, komt niet hoger: dat kan niet.
    </P>
    <P>De lijst beslist niets. De inkoper nodigt uit, vergelijkt en kiest, en legt uit waarom.</P>
    <Heading level={2}>Hoe wij tellen</Heading>
    <ul>
      <li>
        <b>Omzet</b> telt op de dag dat de koper een levering accepteert, zonder btw. Wat is besteld
        of gefactureerd maar niet geaccepteerd, telt niet mee.
      </li>
      <li>
        <b>Jaren en kwartalen</b> zijn kalenderperioden in Nederlandse tijd.
      </li>
      <li>
        <b>De stad</b> bij een bedrag is de gemeente waar geleverd is.
      </li>
      <li>
        <b>Inkopers</b> zijn organisaties waarvan in die periode een levering is geaccepteerd.
      </li>
      <li>
        <b>Een stap in het programma</b> telt elk initiatief dat zo ver kwam, ook als het later
        verder ging of afviel. Percentages zijn van de stap ervoor, met één decimaal.
      </li>
      <li>
        <b>Een niveau op de roadmap</b> is het hoogste niveau waarvan alle criteria zijn gehaald,
        ook die van de niveaus eronder. Niet gemeten is iets anders dan nul.
      </li>
    </ul>
    <P>
      Bij elk cijfer staat tot welk moment is geteld. Cijfers die anderen publiceerden staan apart,
      met bron en datum. Wij tellen ze nooit bij onze eigen cijfers op.
    </P>
    <P>
      <A href={link('/resultaten/', 'nl')}>Bekijk de resultaten</A>
    </P>
  </>
);

const English = () => (
  <>
    <Heading level={2}>How the ranking comes about</Heading>
    <P>
      For each need, every offer gets a score from 0 to 100. The score is the sum of four parts.
      With each offer you see how many points it got for each part, how many it could get, and why.
    </P>
    <Table
      caption="The parts of the score"
      rows={partsEn}
      columns={[
        { head: 'Part', cell: ([name]) => name },
        { head: 'Points', number: true, cell: ([, most]) => most },
        { head: 'What it is about', cell: ([, , text]) => text },
      ]}
    />
    <ul>
      <li>A word that few offers have counts for more. So do words in the title.</li>
      <li>Who delivers in the whole country always keeps a third of the points for distance.</li>
      <li>When you name no goal, every offer that names one gets all points for impact.</li>
      <li>A list has at most three offers of the same enterprise.</li>
    </ul>
    <Heading level={3}>Fixed rules</Heading>
    <P>
      Some offers do not take part in the ranking. That happens only when the enterprise is not
      admitted, when it does not deliver in your municipality, when the lead time is too long, or
      when the quantity is too large. These offers stand below the list, each with its rule.
    </P>
    <Heading level={3}>The same outcome every time</Heading>
    <P>
      The computation uses whole numbers only. The same need gives the same list everywhere at the
      same moment. Below the list you find the rule set, and the last event that was counted. Nobody
      can pay to stand higher.
    </P>
    <P>The list decides nothing. The buyer invites, compares and chooses, and explains why.</P>
    <Heading level={2}>How we count</Heading>
    <ul>
      <li>
        <b>Revenue</b> counts on the day that the buyer accepts a delivery, excluding VAT. What was
        ordered or invoiced but not accepted does not count.
      </li>
      <li>
        <b>Years and quarters</b> are calendar periods in Dutch time.
      </li>
      <li>
        <b>The city</b> of an amount is the municipality of delivery.
      </li>
      <li>
        <b>Buyers</b> are organisations of which a delivery was accepted in the period.
      </li>
      <li>
        <b>A stage of the programme</b> counts every initiative that came that far, also when it
        later went on or fell off. Percentages are of the stage before, with one decimal.
      </li>
      <li>
        <b>A level on the roadmap</b> is the highest level of which all criteria are met, and those
        of the levels below it. Not measured is not the same as zero.
      </li>
    </ul>
    <P>
      Each figure says up to which moment was counted. Figures that others published stand apart,
      with source and date. We never add them to our own.
    </P>
    <P>
      <A href={link('/resultaten/', 'en')}>See the results</A>
    </P>
  </>
);

export default textPage(meta, Dutch, English);
