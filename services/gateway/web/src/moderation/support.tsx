// A moderator looks along as a user who asked for help: for a quarter of an hour, changing nothing, and the user is told.
import { useState } from 'preact/hooks';
import type { Support } from '../gen/api';
import { create } from '../lib/api';
import { AreaField, TextField } from '../lib/form';
import { dictionary, link, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Meekijken om te helpen',
    about:
      'U ziet 15 minuten lang wat de gebruiker ziet, en kunt niets wijzigen. De gebruiker krijgt meteen bericht, met uw reden.',
    start: 'Meekijken met een gebruiker',
    email: 'E-mailadres van de gebruiker',
    reason: 'Waarom?',
    hint: 'Ten minste 10 tekens. De gebruiker leest dit.',
    send: 'Begin met meekijken',
  },
  {
    title: 'Look along to help',
    about:
      'For 15 minutes you see what the user sees, and you cannot change anything. The user is told at once, with your reason.',
    start: 'Look along with a user',
    email: 'E-mail address of the user',
    reason: 'Why?',
    hint: 'At least 10 characters. The user reads this.',
    send: 'Begin to look along',
  },
);

export const SupportForm = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [email, setEmail] = useState('');
  const [reason, setReason] = useState('');
  const send = async () => {
    await create<Support>('/support-sessions', { email: email.trim(), reason: reason.trim() });
    location.assign(link('/mijn/', lang));
  };
  return (
    <section class="mw-section" aria-labelledby="support">
      <Heading level={2} look={3} id="support">
        {t.title}
      </Heading>
      <p>{t.about}</p>
      <StepForm
        id="support-begin"
        lang={lang}
        label={t.start}
        submit={t.send}
        check={() => required({ email: [t.email, email], reason: [t.reason, reason] }, lang)}
        send={send}
      >
        {(slot) => (
          <>
            <TextField {...slot('email')} type="email" label={t.email} value={email} onValue={setEmail} />
            <AreaField {...slot('reason')} label={t.reason} hint={t.hint} rows={2} value={reason} onValue={setReason} />
          </>
        )}
      </StepForm>
    </section>
  );
};
