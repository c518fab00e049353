// Which personal data the platform keeps, and why.
import type { Meta } from '../lib/page';
import { textPage } from '../lib/text-page';
import { Heading, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Privacy', en: 'Privacy' },
  about: {
    nl: 'Welke persoonsgegevens Meerwaarde bewaart, en waarom.',
    en: 'Which personal data Meerwaarde keeps, and why.',
  },
};

const Dutch = () => (
  <>
    <P lead>Meerwaarde gaat over organisaties. Wij bewaren zo weinig mogelijk over mensen.</P>
    <Heading level={2}>Wat wij over u bewaren</Heading>
    <ul>
      <li>Uw naam en e-mailadres, om in te loggen. Collega’s van uw organisatie zien uw naam.</li>
      <li>
        Het e-mailadres waarop uw organisatie meldingen wil krijgen, tot zij het weghaalt.
      </li>
      <li>Uw wachtwoord, alleen als een onomkeerbare afdruk (argon2id).</li>
      <li>Voor welke organisatie u handelt en met welke rollen.</li>
      <li>Als u meedoet aan een ronde van een programma: wat in uw aanvraag staat, ook over uw team.</li>
      <li>Wat u deed en wanneer, als nummer zonder naam. Zo is elke stap later na te gaan.</li>
    </ul>
    <Heading level={2}>Wat wij niet bewaren</Heading>
    <ul>
      <li>
        Namen of gegevens van mensen uit een doelgroep. Ondernemingen geven alleen aantallen op.
      </li>
      <li>
        Bankgegevens. Het platform beheert geen geld; het legt alleen vast wat partijen melden.
      </li>
      <li>
        Uw gedrag op de site. Er zijn geen volgcookies en geen bezoekersmetingen door anderen.
      </li>
    </ul>
    <Heading level={2}>Cookies</Heading>
    <P>
      Er is één cookie, en alleen als u inlogt. Die onthoudt dat u het bent en verdwijnt als u
      uitlogt. Een inkoopvraag die u nog niet hebt geplaatst, blijft in uw eigen browser staan
      zolang het tabblad open is.
    </P>
    <Heading level={2}>Wat openbaar is</Heading>
    <P>
      Ondernemingen, hun aanbod, gepubliceerde inkoopvragen, initiatieven, verhalen en cijfers zijn
      openbaar. Offertes, bestellingen en facturen zien alleen de twee partijen. De geschatte waarde
      van een vraag ziet alleen de inkoper zelf.
    </P>
    <Heading level={2}>Uw rechten</Heading>
    <P>
      U mag uw gegevens inzien, verbeteren en laten verwijderen. De beheerder van uw organisatie
      regelt dat. Deed u mee aan een ronde en is dat voorbij? Op de pagina van het initiatief laat u
      wissen wie u bent en wat u schreef; alleen een regel zonder naam blijft meetellen. Komt u er niet uit, dan kunt u een klacht indienen bij de Autoriteit
      Persoonsgegevens.
    </P>
  </>
);

const English = () => (
  <>
    <P lead>Meerwaarde is about organisations. We keep as little as possible about people.</P>
    <Heading level={2}>What we keep about you</Heading>
    <ul>
      <li>Your name and e-mail address, to log in. Colleagues in your organisation see your name.</li>
      <li>The e-mail address at which your organisation wants alerts, until it takes it away.</li>
      <li>Your password, only as a print that cannot be turned back (argon2id).</li>
      <li>For which organisation you act, and in which roles.</li>
      <li>If you take part in a round of a programme: what your application says, also of your team.</li>
      <li>What you did and when, as a number without a name. So every step can be traced later.</li>
    </ul>
    <Heading level={2}>What we do not keep</Heading>
    <ul>
      <li>Names or data of people from a target group. Enterprises give only numbers.</li>
      <li>Bank details. The platform holds no money; it records what the parties report.</li>
      <li>What you look at. There are no tracking cookies and no visitor statistics by others.</li>
    </ul>
    <Heading level={2}>Cookies</Heading>
    <P>
      There is one cookie, and only when you log in. It remembers that it is you and goes when you
      log out. A need that you have not posted yet stays in your own browser as long as the tab is
      open.
    </P>
    <Heading level={2}>What is public</Heading>
    <P>
      Enterprises, their offers, published needs, initiatives, stories and figures are public.
      Quotes, orders and invoices are seen by the two parties only. The estimated value of a need is
      seen by the buyer alone.
    </P>
    <Heading level={2}>Your rights</Heading>
    <P>
      You may see, correct and remove your data. The administrator of your organisation arranges
      that. Did you take part in a round, and is that over? On the page of the initiative you have
      erased who you are and what you wrote; only a line without a name goes on counting. If that does not help, you can complain to the Dutch data protection authority.
    </P>
  </>
);

export default textPage(meta, Dutch, English);
