// What validation says of a field, in the language of the page. The API speaks to programs, in
// English, by the bounds that are declared; people read a sentence that tells them what to do.
import type { Lang } from './i18n';

type Sentence = (parts: string[]) => string;

const dutch: [RegExp, Sentence][] = [
  [/^is required$/, () => 'Vul dit in'],
  [
    /^must be (\d+) to (\d+) characters, is (\d+)$/,
    ([least, most, now]) => `Gebruik ${least} tot ${most} tekens; nu zijn het er ${now}`,
  ],
  [/^must be (-?\d+) to (\d+)$/, ([least, most]) => `Vul een getal in van ${least} tot ${most}`],
  [/^must be a whole number$/, () => 'Vul een heel getal in'],
  [/^must be a date/, () => 'Vul een datum in'],
  [/^must be a moment/, () => 'Vul een datum en tijd in'],
  [/^must be a word of the list/, () => 'Maak een keuze uit de lijst'],
  [/^must look like (\S+),/, ([form]) => `Gebruik de vorm ${form}; een 9 staat voor een cijfer`],
  [/^must have at most (\d+) elements/, ([most]) => `Kies er hoogstens ${most}`],
  [/^must have (\d+) to (\d+) elements/, ([least, most]) => `Kies er ${least} tot ${most}`],
  [/^must be an e-mail address/, () => 'Gebruik een e-mailadres, zoals naam@voorbeeld.nl'],
  [/^is needed, unless no mail is wanted$/, () => 'Vul een e-mailadres in'],
  [
    /^has no word that can be looked for$/,
    () => 'Hier staat geen woord in waarop gezocht kan worden',
  ],
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
