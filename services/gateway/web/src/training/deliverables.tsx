// What an initiative hands in: its versions, handing in a new one, and what is said of it.
import { useState } from 'preact/hooks';
import type { Deliverable } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { Files } from '../lib/files';
import { Act, AreaField, type Faults } from '../lib/form';
import { HandIn } from '../lib/hand-in';
import { date, dictionary, link, moment, word, type Lang } from '../lib/i18n';
import { StepForm, type Acting } from '../lib/step';
import { A, State } from '../lib/ui';

const texts = dictionary(
  {
    due: (when: string) => `Inleveren tot en met ${when}`,
    hand: 'Inleveren',
    text: 'Tekst',
    textHint: 'Tekst, een bestand, of allebei.',
    version: (nth: string, when: string) => `Versie ${nth}, ingeleverd ${when}`,
    remarks: 'Opmerkingen',
    accept: 'Goedkeuren',
    return: 'Teruggeven met opmerkingen',
    needRemarks: 'Schrijf op wat er beter moet.',
    drop: 'Niet meer nodig',
    of: 'van',
  },
  {
    due: (when: string) => `Hand in by ${when}`,
    hand: 'Hand in',
    text: 'Text',
    textHint: 'Text, a file, or both.',
    version: (nth: string, when: string) => `Version ${nth}, handed in ${when}`,
    remarks: 'Remarks',
    accept: 'Accept',
    return: 'Return with remarks',
    needRemarks: 'Write down what has to be better.',
    drop: 'Not needed any more',
    of: 'of',
  },
);

interface OneProps {
  one: Stored<Deliverable>;
  lang: Lang;
  act: Acting;
}

const Judge = ({ one, lang, act }: OneProps) => {
  const t = texts(lang);
  const [remarks, setRemarks] = useState('');
  return (
    <>
      <Act lang={lang} label={t.accept} about={word('deliverable_kind', one.kind, lang)} act={() => act(() => command('/deliverables', one, 'accept'))} />
      <StepForm
        id={`return-${one.id}`}
        lang={lang}
        label={t.return}
        about={word('deliverable_kind', one.kind, lang)}
        check={(): Faults => (remarks.trim().length < 3 ? { remarks: t.needRemarks } : {})}
        send={() => act(() => command('/deliverables', one, 'return', { remarks: remarks.trim() }))}
      >
        {(slot) => <AreaField {...slot('remarks')} label={t.remarks} value={remarks} onValue={setRemarks} />}
      </StepForm>
    </>
  );
};

export const DeliverableRow = ({ one, lang, act, named }: OneProps & { named?: boolean }) => {
  const t = texts(lang);
  return (
    <>
      <div>
        <b>{word('deliverable_kind', one.kind, lang)}</b>{' '}
        {named && (
          <>
            {t.of} <A href={`${link('/traject/', lang)}?id=${one.initiative_id}`}>{one.title}</A>{' '}
          </>
        )}
        <State list="deliverable_state" state={one.state} lang={lang} />
        {one.due_at && <div class="mw-quiet">{t.due(date(one.due_at, lang))}</div>}
        {one.versions?.map((version) => (
          <details key={version.number} open={version.number === one.versions?.[0]?.number}>
            <summary>{t.version(String(version.number), moment(version.handed_in_at ?? '', lang))}</summary>
            {version.text && <p class="mw-long">{version.text}</p>}
            <Files documents={version.documents} lang={lang} />
            {version.remarks && (
              <p>
                <b>{t.remarks}:</b> {version.remarks}
              </p>
            )}
          </details>
        ))}
      </div>
      <div>
        {may(one, 'hand') && (
          <HandIn
            id={one.id}
            lang={lang}
            label={t.hand}
            about={word('deliverable_kind', one.kind, lang)}
            text="text"
            ask={t.text}
            hint={t.textHint}
            send={(body) => act(() => command('/deliverables', one, 'hand', body))}
          />
        )}
        {may(one, 'accept') && <Judge one={one} lang={lang} act={act} />}
        {may(one, 'drop') && <Act lang={lang} kind="subtle" label={t.drop} about={word('deliverable_kind', one.kind, lang)} act={() => act(() => command('/deliverables', one, 'drop'))} />}
      </div>
    </>
  );
};
