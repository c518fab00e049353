// The story of an enterprise in its own words, which its own people write here.
import { useState } from 'preact/hooks';
import type { Organisation } from '../gen/api';
import { may, replace } from './api';
import { AreaField } from './form';
import { dictionary, type Lang } from './i18n';
import { asWritten } from './organisation';
import { Done, StepForm } from './step';
import { Heading } from './ui';

const texts = dictionary(
  {
    title: 'Ons verhaal',
    write: 'Verhaal schrijven',
    change: 'Verhaal aanpassen',
    text: 'Het verhaal van uw onderneming',
    hint: 'Gewone tekst, zonder namen van mensen die daar niet om vroegen. Leeg: er staat geen verhaal.',
    save: 'Bewaren',
    saved: 'Het verhaal is bewaard.',
  },
  {
    title: 'Our story',
    write: 'Write the story',
    change: 'Change the story',
    text: 'The story of your enterprise',
    hint: 'Plain text, without names of people who did not ask for it. Empty: there is no story.',
    save: 'Save',
    saved: 'The story is saved.',
  },
);

export const Story = ({ organisation, lang }: { organisation: Organisation; lang: Lang }) => {
  const t = texts(lang);
  const [own, setOwn] = useState(organisation);
  const [text, setText] = useState(organisation.story ?? '');
  const [said, setSaid] = useState('');
  const send = async () => {
    const page = { ...asWritten(own), story: text.trim() || undefined };
    setOwn(await replace<Organisation>(`/organisations/${own.id}`, own.version ?? 0, page));
    setSaid(t.saved);
  };
  if (!own.story && !may(own, 'put')) return null;
  return (
    <section class="mw-section" aria-labelledby="story">
      <Heading level={2} look={3} id="story">
        {t.title}
      </Heading>
      {own.story && (
        <p class="mw-long" lang={lang === 'en' ? 'nl' : undefined}>
          {own.story}
        </p>
      )}
      {may(own, 'put') && (
        <StepForm
          id="story-form"
          lang={lang}
          label={own.story ? t.change : t.write}
          submit={t.save}
          send={send}
        >
          {(slot) => (
            <AreaField
              {...slot('story')}
              label={t.text}
              hint={t.hint}
              optional
              rows={10}
              value={text}
              onValue={setText}
            />
          )}
        </StepForm>
      )}
      <Done text={said} />
    </section>
  );
};
