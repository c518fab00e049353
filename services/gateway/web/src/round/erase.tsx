// Erasing an applicant: what goes, what stays, and that it cannot be undone.
import type { Initiative } from '../gen/api';
import type { Stored } from '../lib/api';
import { dictionary, type Lang } from '../lib/i18n';
import { StepForm } from '../lib/step';

const texts = dictionary(
  {
    erase: 'Gegevens laten wissen',
    goes: 'Wij wissen wie u bent en alles wat u schreef en instuurde: naam, plan, antwoorden, bestanden, berichten van en aan u.',
    stays: 'Wat blijft is een regel zonder naam: hoever de aanvraag kwam, in welke ronde, de gemeente, de doelen en het bedrag. Zo blijven de aantallen van de ronde kloppen.',
    forEver: 'Dit kan niemand terugdraaien, ook wij niet.',
    submit: 'Wis de gegevens voorgoed',
  },
  {
    erase: 'Have data erased',
    goes: 'We erase who you are and all that you wrote and sent: name, plan, answers, files, messages to and from you.',
    stays: 'What stays is a line without a name: how far the application came, in which round, the municipality, the goals and the amount. So the numbers of the round stay right.',
    forEver: 'Nobody can undo this, nor can we.',
    submit: 'Erase the data for good',
  },
);

interface Props {
  initiative: Stored<Initiative>;
  lang: Lang;
  erase: () => Promise<unknown>;
}

export const EraseForm = ({ initiative, lang, erase }: Props) => {
  const t = texts(lang);
  return (
    <StepForm id={`erase-${initiative.id}`} lang={lang} label={t.erase} about={initiative.title} submit={t.submit} send={erase}>
      {() => (
        <>
          <p>{t.goes}</p>
          <p>{t.stays}</p>
          <p>
            <strong>{t.forEver}</strong>
          </p>
        </>
      )}
    </StepForm>
  );
};
