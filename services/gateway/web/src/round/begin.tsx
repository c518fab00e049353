// Beginning an initiative in a round: the three things that even a draft has. All else is asked on its own page.
import type { Initiative } from '../gen/api';
import { create } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { AreaField, SelectField, TextField } from '../lib/form';
import { dictionary, link, type Lang } from '../lib/i18n';
import { useCities } from '../lib/lists';
import { StepForm } from '../lib/step';
import { draftOf, faultsOf } from './draft';

const texts = dictionary(
  {
    begin: 'Initiatief beginnen',
    start: 'Beginnen en verder invullen',
    title: 'Naam van het initiatief',
    summary: 'Samenvatting',
    summaryHint: 'Wat is het, in gewone woorden? Wie wordt gekozen, komt hiermee op de openbare pagina.',
    where: 'Gemeente',
  },
  {
    begin: 'Begin an initiative',
    start: 'Begin, and fill in the rest',
    title: 'Name of the initiative',
    summary: 'Summary',
    summaryHint: 'What is it, in plain words? Of those selected, everybody reads this.',
    where: 'Municipality',
  },
);

export const BeginForm = ({ roundId, fictional, lang }: { roundId: string; fictional: boolean; lang: Lang }) => {
  const t = texts(lang);
  const cities = useCities();
  const draft = useDraft(`initiatief-${roundId}`, { title: '', summary: '', municipality: '' });
  const { title, summary, municipality } = draft.form;
  const begin = async () => {
    const made = await create<Initiative>('/initiatives', {
      round_id: roundId,
      title: title.trim(),
      summary: summary.trim(),
      municipality,
      language: lang,
      ...(fictional ? { fictional } : {}),
    });
    draft.sent();
    location.assign(`${link('/initiatief/', lang)}?id=${made.id}`);
  };
  return (
    <StepForm
      id="initiative"
      lang={lang}
      label={t.begin}
      submit={t.start}
      open={draft.found}
      check={() => faultsOf({ ...draftOf({}), ...draft.form }, lang)}
      send={begin}
    >
      {(slot) => (
        <>
          <Restored draft={draft} lang={lang} />
          <TextField {...slot('title')} label={t.title} value={title} onValue={(value) => draft.set({ title: value })} />
          <AreaField
            {...slot('summary')}
            label={t.summary}
            hint={t.summaryHint}
            value={summary}
            onValue={(value) => draft.set({ summary: value })}
          />
          <SelectField
            {...slot('municipality')}
            label={t.where}
            options={cities}
            value={municipality}
            onValue={(value) => draft.set({ municipality: value })}
          />
        </>
      )}
    </StepForm>
  );
};
