// Moving a meeting to another moment or place, with a reason; who takes part is told.
import { useState } from 'preact/hooks';
import type { Meeting } from '../gen/api';
import { command, type Stored } from '../lib/api';
import { AreaField, TextField, type Faults } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { localOf, momentOf } from '../lib/input';
import { StepForm, required, type Acting } from '../lib/step';

const texts = dictionary(
  {
    move: 'Bijeenkomst verplaatsen',
    begins: 'Begint nu',
    ends: 'Eindigt nu',
    place: 'Plaats',
    placeHint: 'Laat leeg als de plaats blijft.',
    reason: 'Waarom',
    reasonHint: 'Wie meedoet leest dit.',
    order: 'Het einde komt na het begin.',
  },
  {
    move: 'Move the meeting',
    begins: 'Begins now',
    ends: 'Ends now',
    place: 'Place',
    placeHint: 'Leave empty if it stays.',
    reason: 'Why',
    reasonHint: 'Who takes part reads this.',
    order: 'The end comes after the beginning.',
  },
);

export const Reschedule = ({ one, lang, act }: { one: Stored<Meeting>; lang: Lang; act: Acting }) => {
  const t = texts(lang);
  const [begins, setBegins] = useState(localOf(one.starts_at));
  const [ends, setEnds] = useState(localOf(one.ends_at));
  const [place, setPlace] = useState('');
  const [reason, setReason] = useState('');
  const check = (): Faults => ({
    ...required({ starts_at: [t.begins, begins], ends_at: [t.ends, ends], reason: [t.reason, reason] }, lang),
    ...(begins && ends && ends <= begins ? { ends_at: t.order } : {}),
  });
  const body = () => ({
    starts_at: momentOf(begins),
    ends_at: momentOf(ends),
    ...(place.trim() ? { place: place.trim() } : {}),
    reason: reason.trim(),
  });
  return (
    <StepForm id="move" lang={lang} label={t.move} check={check} send={() => act(() => command('/meetings', one, 'reschedule', body()))}>
      {(slot) => (
        <>
          <TextField {...slot('starts_at')} label={t.begins} type="datetime-local" short value={begins} onValue={setBegins} />
          <TextField {...slot('ends_at')} label={t.ends} type="datetime-local" short value={ends} onValue={setEnds} />
          <TextField {...slot('place')} label={t.place} hint={t.placeHint} optional value={place} onValue={setPlace} />
          <AreaField {...slot('reason')} label={t.reason} hint={t.reasonHint} rows={2} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};
