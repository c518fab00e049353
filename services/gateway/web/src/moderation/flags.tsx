// Reports of users that wait for a moderator: taken up, and decided with a statement of reasons that both sides read.
import { useState } from 'preact/hooks';
import type { Flag } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { Act, AreaField } from '../lib/form';
import { date, dictionary, link, word, type Lang } from '../lib/i18n';
import { List, type Listing } from '../lib/lists';
import { StepForm, required } from '../lib/step';
import { A, Alert, State } from '../lib/ui';
import { HideReview } from './review';

const texts = dictionary(
  {
    title: 'Meldingen van gebruikers',
    none: 'Er wacht geen melding.',
    triage: 'In behandeling nemen',
    act: 'Maatregel genomen',
    dismiss: 'Geen maatregel',
    statement: 'Motivering',
    hint: 'Ten minste 10 tekens. Beide kanten lezen dit; wie gemeld is, leest niet wie meldde.',
    tied: 'U hoort bij een van beide kanten of doet er zaken mee. Een andere moderator beslist.',
  },
  {
    title: 'Reports by users',
    none: 'No report waits.',
    triage: 'Take up',
    act: 'Action taken',
    dismiss: 'No action',
    statement: 'Statement of reasons',
    hint: 'At least 10 characters. Both sides read this; who is reported does not read who reported.',
    tied: 'You belong to one of both sides or deal with it. Another moderator decides.',
  },
);

const hrefOf = (flag: Flag, lang: Lang) =>
  flag.offer_id
    ? `${link('/aanbod/', lang)}?id=${flag.offer_id}`
    : flag.organisation_id && `${link('/onderneming/', lang)}?id=${flag.organisation_id}`;

interface VerdictProps {
  flag: Stored<Flag>;
  step: 'act' | 'dismiss';
  lang: Lang;
  reload: () => Promise<void>;
}

const Verdict = ({ flag, step, lang, reload }: VerdictProps) => {
  const t = texts(lang);
  const [statement, setStatement] = useState('');
  return (
    <StepForm
      id={`${step}-${flag.id}`}
      lang={lang}
      label={t[step]}
      about={flag.subject ?? ''}
      check={() => required({ statement: [t.statement, statement] }, lang)}
      send={() => command('/flags', flag, step, { statement: statement.trim() }).then(reload)}
    >
      {(slot) => (
        <AreaField
          {...slot('statement')}
          label={t.statement}
          hint={t.hint}
          value={statement}
          onValue={setStatement}
        />
      )}
    </StepForm>
  );
};

export const FlagQueue = ({ listing, lang }: { listing: Listing<Stored<Flag>>; lang: Lang }) => {
  const t = texts(lang);
  return (
    <List
      id="flags"
      title={t.title}
      empty={t.none}
      lang={lang}
      listing={listing}
      three
      row={(flag) => {
        const href = hrefOf(flag, lang);
        return (
          <>
            <div>
              <b>{word('flag_ground', flag.ground, lang)}:</b>{' '}
              {href ? <A href={href}>{flag.subject}</A> : flag.subject}
              <p class="mw-long">{flag.text}</p>
              {flag.review_id && <HideReview id={flag.review_id} lang={lang} />}
            </div>
            <span class="mw-quiet">
              <State list="flag_state" state={flag.state} lang={lang} />
              <br />
              {date(flag.created_at, lang)}
            </span>
            {flag.commands?.length ? (
              <span class="mw-rows__acts">
                {may(flag, 'triage') && (
                  <Act
                    lang={lang}
                    label={t.triage}
                    about={flag.subject ?? ''}
                    act={() => command('/flags', flag, 'triage').then(listing.reload)}
                  />
                )}
                {(['act', 'dismiss'] as const).map(
                  (step) =>
                    may(flag, step) && (
                      <Verdict key={step} flag={flag} step={step} lang={lang} reload={listing.reload} />
                    ),
                )}
              </span>
            ) : (
              <Alert>
                <p>{t.tied}</p>
              </Alert>
            )}
          </>
        );
      }}
    />
  );
};
