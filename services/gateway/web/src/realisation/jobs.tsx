// The jobs that an initiative gives: counts by kind in a period, which somebody outside the team confirms. No person is named here.
import { useState } from 'preact/hooks';
import type { Initiative, JobOutcome, Me } from '../gen/api';
import { command, create, may, replace, type Stored } from '../lib/api';
import { Act, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { date, dictionary, number, word, type Lang } from '../lib/i18n';
import { List, type Listing } from '../lib/lists';
import { ReasonForm, StepForm, countOf, required, type Telling } from '../lib/step';
import { State } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Banen',
    none: 'Er zijn nog geen banen opgegeven.',
    report: 'Banen opgeven',
    change: 'Aantal aanpassen',
    kind: 'Soort',
    count: 'Hoeveel',
    countHint: 'Alleen een aantal, nooit namen.',
    fte: 'Samen hoeveel fte',
    fteHint: 'Voltijdbanen, bijvoorbeeld 2,5.',
    from: 'Vanaf',
    until: 'Tot en met',
    untilHint: 'Laat leeg als het nog zo is.',
    noCount: 'Vul een heel getal in, bijvoorbeeld 4.',
    noFte: 'Vul een getal in, bijvoorbeeld 2,5: hoogstens 1 per baan.',
    line: (count: string, fte: string) => `${count} (${fte} fte)`,
    since: (day: string) => `sinds ${day}`,
    period: (from: string, until: string) => `${from} tot en met ${until}`,
    confirm: 'Bevestigen',
    return: 'Teruggeven met een vraag',
    withdraw: 'Intrekken',
    reads: 'De aanvrager leest dit.',
    bothRead: 'De aanvrager en het programma lezen dit. De banen tellen dan niet meer mee.',
    reported: 'De banen zijn opgegeven. Ze tellen mee zodra het programma ze bevestigt.',
    done: 'Het aantal is bijgewerkt.',
  },
  {
    title: 'Jobs',
    none: 'No jobs are reported yet.',
    report: 'Report jobs',
    change: 'Change the count',
    kind: 'Kind',
    count: 'How many',
    countHint: 'A number only, never names.',
    fte: 'Together how many fte',
    fteHint: 'Full-time jobs, for example 2.5.',
    from: 'From',
    until: 'Until',
    untilHint: 'Leave empty while it is so.',
    noCount: 'Give a whole number, for example 4.',
    noFte: 'Give a number, for example 2.5: at most 1 for each job.',
    line: (count: string, fte: string) => `${count} (${fte} fte)`,
    since: (day: string) => `since ${day}`,
    period: (from: string, until: string) => `${from} until ${until}`,
    confirm: 'Confirm',
    return: 'Return with a question',
    withdraw: 'Withdraw',
    reads: 'The applicant reads this.',
    bothRead: 'The applicant and the programme read this. The jobs count no more then.',
    reported: 'The jobs are reported. They count once the programme confirms them.',
    done: 'The count is updated.',
  },
);

// Hundredths of what people type: 2,5 and 2.5 are 250.
const hundredthsOf = (text: string): number | undefined =>
  /^\d{1,5}([.,]\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text.trim().replace(',', '.')) * 100) : undefined;

interface CountProps {
  lang: Lang;
  initiative: string;
  old?: Stored<JobOutcome>;
  send: (body: object) => Promise<unknown>;
}

const Count = ({ lang, initiative, old, send }: CountProps) => {
  const t = texts(lang);
  const [form, setForm] = useState({
    kind: old?.kind as string ?? '',
    count: old ? String(old.count) : '',
    fte: old ? number(old.fte_hundredths / 100, lang, 2) : '',
    from: old?.valid_from ?? '',
    until: old?.valid_until ?? '',
  });
  const field = (path: keyof typeof form) => ({ value: form[path], onValue: (value: string) => setForm({ ...form, [path]: value }) });
  const count = countOf(form.count), fte = hundredthsOf(form.fte);
  const check = (): Faults => ({
    ...required({ kind: [t.kind, form.kind], valid_from: [t.from, form.from] }, lang),
    ...(count ? {} : { count: t.noCount }),
    ...(fte && (!count || fte <= count * 100) ? {} : { fte_hundredths: t.noFte }),
  });
  const body = () => ({
    initiative_id: initiative,
    kind: form.kind,
    count,
    fte_hundredths: fte,
    valid_from: form.from,
    ...(form.until ? { valid_until: form.until } : {}),
  });
  return (
    <StepForm id={`jobs-${old?.id ?? 'new'}`} lang={lang} label={old ? t.change : t.report} about={old && word('job_kind', old.kind, lang)} check={check} send={() => send(body())}>
      {(slot) => (
        <>
          <SelectField {...slot('kind')} label={t.kind} options={optionsOf('job_kind', lang)} {...field('kind')} />
          <TextField {...slot('count')} label={t.count} hint={t.countHint} short {...field('count')} />
          <TextField {...slot('fte_hundredths')} label={t.fte} hint={t.fteHint} short {...field('fte')} />
          <TextField {...slot('valid_from')} label={t.from} type="date" short {...field('from')} />
          <TextField {...slot('valid_until')} label={t.until} hint={t.untilHint} type="date" optional short {...field('until')} />
        </>
      )}
    </StepForm>
  );
};

const Row = ({ one, lang, act }: { one: Stored<JobOutcome>; lang: Lang; act: Telling }) => {
  const t = texts(lang);
  const kind = word('job_kind', one.kind, lang);
  return (
    <>
      <div>
        <b>{kind}</b>: {t.line(number(one.count, lang), number(one.fte_hundredths / 100, lang, 2))}{' '}
        <State list="job_outcome_state" state={one.state} lang={lang} />
        <div class="mw-quiet">
          {one.valid_until ? t.period(date(one.valid_from, lang), date(one.valid_until, lang)) : t.since(date(one.valid_from, lang))}
        </div>
        {one.reason && <p>“{one.reason}”</p>}
      </div>
      <div>
        {may(one, 'confirm') && <Act lang={lang} label={t.confirm} about={kind} act={() => act(t.done, () => command('/job-outcomes', one, 'confirm'))} />}
        {may(one, 'return') && (
          <ReasonForm id={`return-${one.id}`} lang={lang} label={t.return} about={kind} hint={t.reads} send={(reason) => act(t.done, () => command('/job-outcomes', one, 'return', { reason }))} />
        )}
        {may(one, 'put') && (
          <Count lang={lang} initiative={one.initiative_id} old={one} send={(body) => act(t.done, () => replace(`/job-outcomes/${one.id}`, one.version, body))} />
        )}
        {may(one, 'withdraw') && (
          <ReasonForm id={`withdraw-${one.id}`} lang={lang} label={t.withdraw} about={kind} hint={t.bothRead} send={(reason) => act(t.done, () => command('/job-outcomes', one, 'withdraw', { reason }))} />
        )}
      </div>
    </>
  );
};

const giving = ['part_financed', 'financed', 'realised'];

interface Props {
  initiative: Stored<Initiative>;
  who: Me;
  lang: Lang;
  act: Telling;
  listing: Listing<Stored<JobOutcome>>;
}

export const Jobs = ({ initiative, who, lang, act, listing }: Props) => {
  const t = texts(lang);
  return (
    <>
      <List id="jobs" title={t.title} empty={t.none} lang={lang} listing={listing} row={(one) => <Row one={one} lang={lang} act={act} />} />
      {listing.items && who.organisation_id === initiative.applicant_id && giving.includes(initiative.state) && (
        <Count
          key={listing.items.length}
          lang={lang}
          initiative={initiative.id}
          send={(body) => act(t.reported, () => create('/job-outcomes', body))}
        />
      )}
    </>
  );
};
