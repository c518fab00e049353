// How the published figures are counted.
import type { Meta } from '../lib/page';
import { textPage } from '../lib/text-page';
import { link } from '../lib/i18n';
import { A, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Zo tellen wij', en: 'How we count' },
  about: {
    nl: 'Hoe de cijfers van Meerwaarde worden geteld.',
    en: 'How the figures of Meerwaarde are counted.',
  },
};

const Dutch = () => (
  <>
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
      <A href={link('/resultaten/', 'nl')}>Bekijk de resultaten</A> <span aria-hidden="true">·</span>{' '}
      <A href={link('/matching/', 'nl')}>Zo werkt de matching</A>
    </P>
  </>
);

const English = () => (
  <>
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
      <A href={link('/resultaten/', 'en')}>See the results</A> <span aria-hidden="true">·</span>{' '}
      <A href={link('/matching/', 'en')}>How matching works</A>
    </P>
  </>
);

export default textPage(meta, Dutch, English);
