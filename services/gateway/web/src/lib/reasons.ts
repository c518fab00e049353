// What validation says of a field, in the language of the page. The API speaks to programs, in
// English, by the bounds that are declared; people read a sentence that tells them what to do.
import type { Lang } from './i18n';

type Sentence = (parts: string[]) => string;

// Dates of a round, as validation names them.
const dates: Record<string, string> = {
  opens_at: 'de opening',
  closes_at: 'de sluiting',
  screened_by: 'het einde van de screening',
  scored_by: 'het einde van het beoordelen',
  decided_by: 'het besluit',
  starts_at: 'het begin',
};
const percent = (ppm: string | undefined) =>
  `${(Number(ppm) / 10_000).toLocaleString('nl', { maximumFractionDigits: 4 })} %`;

const dutch: [RegExp, Sentence][] = [
  [/^is required$/, () => 'Vul dit in'],
  [
    /^must be (\d+) to (\d+) characters, is (\d+)$/,
    ([least, most, now]) => `Gebruik ${least} tot ${most} tekens; nu zijn het er ${now}`,
  ],
  [/^must be (-?\d+) to (\d+)$/, ([least, most]) => `Vul een getal in van ${least} tot ${most}`],
  [/^must be an amount in euros/, () => 'Vul een bedrag in euro in, zoals 12,50'],
  [/^must be yes or no$/, () => 'Vul ja of nee in'],
  [/^must be a whole number$/, () => 'Vul een heel getal in'],
  [/^must be a date/, () => 'Vul een datum in'],
  [/^must be a moment/, () => 'Vul een datum en tijd in'],
  [/^must be a word of the list/, () => 'Maak een keuze uit de lijst'],
  [/^must look like (\S+),/, ([form]) => `Gebruik de vorm ${form}; een 9 staat voor een cijfer`],
  [/^must have at most (\d+) elements/, ([most]) => `Kies er hoogstens ${most}`],
  [/^must have (\d+) to (\d+) elements/, ([least, most]) => `Kies er ${least} tot ${most}`],
  [/^must be an IBAN/, () => 'Dit is geen IBAN; schrijf hem zonder spaties en controleer de cijfers'],
  [/^must be a VAT number/, () => 'Dit is geen btw-nummer, zoals NL123456782B01'],
  [/^must be a country/, () => 'Gebruik een land van twee letters, zoals NL'],
  [/^must be an e-mail address/, () => 'Gebruik een e-mailadres, zoals naam@voorbeeld.nl'],
  [/^is needed, unless no mail is wanted$/, () => 'Vul een e-mailadres in'],
  [
    /^has no word that can be looked for$/,
    () => 'Hier staat geen woord in waarop gezocht kan worden',
  ],
  [
    /^is not a column of the template/,
    () => 'Deze kolom staat niet in het sjabloon en wordt overgeslagen',
  ],
  [/^is no table/, () => 'Dit is geen tabel; stuur een CSV- of Excel-bestand (xlsx)'],
  [/^is larger than 5 MB/, () => 'De tabel is groter dan 5 MB; maak er meer tabellen van'],
  [/^has more than (\d+) rows/, ([most]) => `De tabel heeft meer dan ${most} rijen`],
  [/^has more than (\d+) columns/, ([most]) => `De tabel heeft meer dan ${most} kolommen`],
  [/^has the column (.+) twice/, ([name]) => `De kolom ${name} staat er twee keer`],
  [/^lacks the column Titel/, () => 'De eerste rij heeft geen kolom Titel'],
  [/^has no rows below/, () => 'Onder de koppen staat geen rij'],
  [
    /^has a quotation mark .* in row (\d+)/,
    ([row]) => `In rij ${row} staat een aanhalingsteken verkeerd, of een cel houdt niet op`,
  ],
  [
    /^(has a document type|has a cell|has too many shared|points at a shared)/,
    () => 'Dit Excel-bestand is niet te lezen; bewaar het opnieuw of stuur CSV',
  ],
  [/^must begin with https:/, () => 'Begin met https://'],
  [/^must have a host and a path/, () => 'Geef een adres met een pad, zoals https://inkoop.voorbeeld.nl/terug'],
  [/^has a character that no address has/, () => 'Er staat een teken in dat in een adres niet kan'],
  [/^is not an offer on the market$/, () => 'Dit aanbod staat niet meer op de markt'],
  [/^has no fixed price/, () => 'Dit aanbod heeft geen vaste prijs; vraag een offerte'],
  [/^is less than the offer has a price for$/, () => 'Voor zo weinig heeft dit aanbod geen prijs'],
  [/^is more than the supplier delivers in one order: (\d+)/, ([most]) => `De onderneming levert er per bestelling hoogstens ${most}`],
  [/^must be of an organisation that is registered$/, () => 'Geen organisatie heeft dit nummer of dit id'],
  [/^is (damaged|not a workbook)/, () => 'Dit bestand is beschadigd; bewaar het opnieuw'],
  [/^must be a whole number/, () => 'Vul een heel getal in, 1 of meer'],
  [/^must be an amount of cents/, () => 'Vul een bedrag in, met hoogstens twee cijfers achter de komma'],
  [/^must be the number of an offer here$/, () => 'Geef het nummer van een aanbod dat hier te koop is'],
  [/^must be (\d+)\.(\d+): the price of the offer now$/, ([euros, cents]) => `De prijs van dit aanbod is nu ${euros},${cents}`],
  [/^must be your organisation/, () => 'De koper is niet uw organisatie (KvK-nummer of OIN)'],
  [/^must be whose offers all lines are/, () => 'Niet alle regels zijn van deze leverancier (KvK-nummer of OIN)'],
  [/^must be the sum of the lines$/, () => 'Het totaal is niet de som van de regels'],
  [/^must be the quantity times the price$/, () => 'Het bedrag is niet het aantal maal de prijs'],
  [/^must be there a hundred times at most$/, () => 'Er zijn meer dan honderd regels'],
  [/^must be Peppol BIS Ordering 3$/, () => 'Dit is geen bestelling volgens Peppol BIS Ordering 3'],
  [/^must be EUR$/, () => 'De munt moet EUR zijn'],
  [/^must be an element (\S+) of/, ([name]) => `Dit is geen UBL-document van de soort ${name}`],
  [/^must (be XML|have no document type)/, () => 'Dit bestand is geen XML dat wij kunnen lezen'],
  [/^must be ([A-Z0-9]+)$/, ([value]) => `Hier hoort ${value} te staan`],
  [/^is not known here: an o/, () => 'Kortingen en toeslagen kunnen hier niet'],
  [/^is missing$/, () => 'Er ontbreekt iets'],
  [/^is too long$/, () => 'Dit is te lang'],
  [/^must be answered$/, () => 'Beantwoord deze vraag'],
  [/^must be given$/, () => 'Geef toestemming om te kunnen indienen'],
  [
    /^must be at most (\d+) words; it has (\d+)$/,
    ([most, now]) => `Gebruik hoogstens ${most} woorden; nu zijn het er ${now}`,
  ],
  [/^must be at most (\d+) MB$/, ([most]) => `Een bestand mag hoogstens ${most} MB zijn`],
  [/^must be at most (\d+)$/, ([most]) => `Er kunnen hoogstens ${most} bij`],
  [/^must be ask_cents or less$/, () => 'Dit moet hoogstens het gevraagde bedrag zijn'],
  [/^must be another, admitted organisation$/, () => 'Kies een andere organisatie, die is toegelaten'],
  [/^must be later than it was$/, () => 'Kies een later moment dan het was'],
  [
    /^must be later than (\w+)$/,
    ([date]) => `Dit moet later zijn dan ${dates[date ?? ''] ?? 'het vorige'}`,
  ],
  [/^must be select_min or more$/, () => 'Het meeste moet gelijk zijn aan het minste of meer'],
  [
    /^must be select_max or more$/,
    () => 'Er kunnen niet minder worden voorgelegd dan er geselecteerd worden',
  ],
  [/^must be there once$/, () => 'Dit staat er twee keer'],
  [/^must be 0, as it is independent$/, () => 'Wat niet meetelt, heeft gewicht 0'],
  [/^must be more than 0, or be independent$/, () => 'Geef een gewicht, of laat het niet meetellen'],
  [
    /^must have weights that are 1000000 together; they are (-?\d+)$/,
    ([sum]) => `De gewichten moeten samen 100 % zijn; nu zijn ze ${percent(sum)}`,
  ],
  [/^must have scales with a common multiple/, () => 'Deze schalen zijn samen niet precies te wegen; kies gelijke schalen'],
  [/^must select at most (\d+)$/, ([most]) => `Kies er hoogstens ${most}: zoveel plaatsen zijn er`],
  [/^must let at most (\d+) wait$/, ([most]) => `Zet er hoogstens ${most} op de wachtlijst`],
  [/^must be there on the waiting list only, from 1 to (\d+)$/, ([most]) => `Alleen op de wachtlijst is er een plaats, van 1 tot ${most}`],
  [/^must be jurors of this round/, () => 'Kies juryleden van deze ronde, zonder de voorzitter'],
  [/^must be (\d+) or more: so many places are taken$/, ([taken]) => `Er zijn al ${taken} plaatsen bezet`],
  [/^must stay as it is/, () => 'Dit wijzigt u met Bijeenkomst verplaatsen'],
  [/^must be (ahead|in the future)$/, () => 'Kies een moment dat nog komt'],
  [/^must not be before valid_from$/, () => 'Kies een dag na het begin'],
  [/^must be at most 100 for each job$/, () => 'Een baan is hoogstens 1 fte'],
  [/^must be given, or files$/, () => 'Geef een tekst of een bestand'],
  [/^must be there( with min_viable_cents)?$/, () => 'Vul dit in'],
  [/^must be amount_cents or less$/, () => 'Dit moet hoogstens het gevraagde bedrag zijn'],
  [/^must be another pledge on this ask$/, () => 'Kies een andere toezegging aan dit initiatief'],
  [/^must be absent when abstaining$/, () => 'Wie zich onthoudt, geeft geen punten'],
  [/^must be 1000000 together with the others; they are (-?\d+)$/, ([sum]) => `De gewichten moeten samen 100 % zijn; nu zijn ze ${percent(sum)}`],
  [/^must be met to be eligible$/, () => 'Hieraan moet zijn voldaan'],
  [/^must be a published criterion/, () => 'Kies een bekendgemaakt criterium waaraan niet is voldaan'],
  [/^(is|must) /, () => 'Dit klopt niet'],
];

// "is required" becomes "This is required"; a whole sentence stays as it is.
const english = (reason: string) => (/^(is|must|has) /.test(reason) ? `This ${reason}` : reason);

export const reasonInWords = (reason: string, lang: Lang): string => {
  if (lang === 'en') return english(reason);
  for (const [pattern, sentence] of dutch) {
    const found = pattern.exec(reason);
    if (found) return sentence(found.slice(1));
  }
  return reason;
};
