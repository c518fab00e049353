// What was done for accessibility, how it was tested, and what was not yet.
import type { Meta } from '../lib/page';
import { textPage } from '../lib/text-page';
import { Heading, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Toegankelijkheid', en: 'Accessibility' },
  about: {
    nl: 'Hoe toegankelijk Meerwaarde is en hoe dat is onderzocht.',
    en: 'How accessible Meerwaarde is, and how that was examined.',
  },
};

const Dutch = () => (
  <>
    <P lead>
      Iedereen moet Meerwaarde kunnen gebruiken. Wij werken volgens EN 301 549 en WCAG 2.2, niveau A
      en AA.
    </P>
    <Heading level={2}>Wat wij doen</Heading>
    <ul>
      <li>Alles werkt met het toetsenbord, en u ziet steeds waar u bent.</li>
      <li>De site is te gebruiken op een smal scherm en bij sterke vergroting.</li>
      <li>Bij elke grafiek staat een tabel met dezelfde cijfers.</li>
      <li>Kleur is nooit het enige verschil.</li>
      <li>Een fout in een formulier staat bovenaan en bij het veld, met wat u kunt doen.</li>
      <li>De teksten zijn in gewoon Nederlands, en er is een Engelse versie.</li>
    </ul>
    <Heading level={2}>Hoe het is getest</Heading>
    <P>
      Elke pagina wordt bij elke wijziging automatisch getest met axe-core, op een breed en op een
      smal scherm. De taken om te zoeken, een vraag te plaatsen en in te loggen zijn met het
      toetsenbord doorlopen.
    </P>
    <Heading level={2}>Wat nog niet is gedaan</Heading>
    <ul>
      <li>Een onderzoek door een onafhankelijke deskundige. Daarom is er nog geen status.</li>
      <li>Een test met schermlezers en met gebruikers met een beperking.</li>
      <li>Teksten die ondernemingen zelf schrijven, zijn er soms alleen in het Nederlands.</li>
    </ul>
    <Heading level={2}>Loopt u ergens tegenaan?</Heading>
    <P>
      Meld het bij de organisatie die deze installatie beheert. Die hoort binnen twee weken te
      antwoorden. Komt u er samen niet uit, dan kunt u naar de Nationale ombudsman.
    </P>
  </>
);

const English = () => (
  <>
    <P lead>
      Everybody must be able to use Meerwaarde. We work by EN 301 549 and WCAG 2.2, levels A and AA.
    </P>
    <Heading level={2}>What we do</Heading>
    <ul>
      <li>Everything works by keyboard, and you always see where you are.</li>
      <li>The site can be used on a narrow screen and with strong magnification.</li>
      <li>With each chart there is a table with the same numbers.</li>
      <li>Colour is never the only difference.</li>
      <li>A fault in a form stands on top and at the field, with what you can do.</li>
      <li>The texts are in plain Dutch, and there is an English version.</li>
    </ul>
    <Heading level={2}>How it was tested</Heading>
    <P>
      Every page is tested with axe-core at every change, on a wide and on a narrow screen.
      Searching, posting a need and logging in were done by keyboard.
    </P>
    <Heading level={2}>What was not done yet</Heading>
    <ul>
      <li>An examination by an independent expert. That is why there is no status yet.</li>
      <li>A test with screen readers and with users with a disability.</li>
      <li>Texts that enterprises write themselves are sometimes in Dutch only.</li>
    </ul>
    <Heading level={2}>Do you meet a problem?</Heading>
    <P>
      Report it to the organisation that runs this installation. It should answer within two weeks.
      If that does not help, you can go to the National Ombudsman.
    </P>
  </>
);

export default textPage(meta, Dutch, English);
