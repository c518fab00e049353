// The rules of a round as everybody reads them: dates, places, criteria, how the jury scores; and the hash by which they are fixed.
import type { Round } from '../gen/api';
import { dictionary, moment, number, word, type Lang } from '../lib/i18n';
import { A, Facts, Heading, type Fact } from '../lib/ui';
import { inPercent } from './rules-draft';
import { usual } from './usual';

const texts = dictionary(
  {
    title: 'De regels van deze ronde',
    calendar: 'Datums in uw agenda zetten (ICS)',
    opens_at: 'Opening',
    closes_at: 'Inschrijving sluit',
    screened_by: 'Screening klaar',
    scored_by: 'Beoordelen klaar',
    decided_by: 'Besluit',
    starts_at: 'Start van het programma',
    table_at: 'Financieringstafel',
    extended: (from: string, why: string) => `Verlengd voor iedereen; de inschrijving zou sluiten op ${from}. ${why}`,
    extensions: (count: string) => `Persoonlijk uitstel: ${count} keer gegeven, met een reden.`,
    present: 'Wordt voorgelegd',
    atMost: (count: string) => `hoogstens ${count}`,
    select: 'Wordt geselecteerd',
    between: (least: string, most: string) => `${least} tot ${most}`,
    waitlist: 'Wachtlijst',
    noWaitlist: 'geen',
    places: (count: string) => `${count} plaatsen`,
    reviews: 'Beoordelingen per initiatief',
    atLeast: (count: string) => `minstens ${count}`,
    method: 'Van meer juryleden telt',
    blinding: 'Wat juryleden zien van de aanvrager',
    conflict: 'Een partner die zelf aanvraagt, beoordeelt',
    feedback: 'Wat u na het besluit leest',
    rank: 'uw plaats in de rangorde',
    verifier: 'Wie vaststelt wat een initiatief bereikt',
    terms: 'Termijnen',
    days: (answer: string, object: string, offer: string) =>
      `${answer} dagen om een vraag te beantwoorden, ${object} om bezwaar te maken, ${offer} om een plaats aan te nemen`,
    documents: 'Documenten',
    files: (count: string, megabytes: string) => `hoogstens ${count} van ${megabytes} MB`,
    certificate: 'Certificaat',
    modules: (count: string) => `${count} modules gevolgd`,
    pause: 'Pauze',
    weeks: (count: string) => `hoogstens ${count} weken`,
    talks: 'Gesprekken na de tafel',
    months: (count: string) => (count === '1' ? '1 maand' : `${count} maanden`),
    criteria: 'Ontvankelijk is een plan dat',
    asked: 'Wat een aanvrager wordt gevraagd',
    words: (most: string) => `hoogstens ${most} woorden`,
    needed: 'verplicht',
    scored: 'Waarop de jury beoordeelt',
    weight: (part: string, scale: string) => `telt voor ${part}, score 0 tot ${scale}`,
    apart: (scale: string) => `telt niet mee in het totaal, score 0 tot ${scale}`,
    dates: 'Data',
    how: 'Plaatsen en beoordelen',
    frozen: (when: string) => `De regels liggen vast sinds ${when}. SHA-256:`,
    loose: 'De regels kunnen nog wijzigen tot de ronde opengaat.',
  },
  {
    title: 'The rules of this round',
    calendar: 'Put the dates in your calendar (ICS)',
    opens_at: 'Opens',
    closes_at: 'Entry closes',
    screened_by: 'Screening done',
    scored_by: 'Scoring done',
    decided_by: 'Decision',
    starts_at: 'Start of the programme',
    table_at: 'Financing table',
    extended: (from: string, why: string) => `Extended for everybody; entry would have closed on ${from}. ${why}`,
    extensions: (count: string) => `Personal extensions: ${count}, each with a reason.`,
    present: 'Presented',
    atMost: (count: string) => `at most ${count}`,
    select: 'Selected',
    between: (least: string, most: string) => `${least} to ${most}`,
    waitlist: 'Waiting list',
    noWaitlist: 'none',
    places: (count: string) => `${count} places`,
    reviews: 'Judgements per initiative',
    atLeast: (count: string) => `at least ${count}`,
    method: 'Of several jurors counts',
    blinding: 'What jurors see of the applicant',
    conflict: 'A partner that applies itself judges',
    feedback: 'What you read after the decision',
    rank: 'your place in the ranking',
    verifier: 'Who verifies what an initiative reaches',
    terms: 'Terms',
    days: (answer: string, object: string, offer: string) =>
      `${answer} days to answer a question, ${object} to object, ${offer} to take a place`,
    documents: 'Documents',
    files: (count: string, megabytes: string) => `at most ${count} of ${megabytes} MB`,
    certificate: 'Certificate',
    modules: (count: string) => `${count} modules attended`,
    pause: 'Pause',
    weeks: (count: string) => `at most ${count} weeks`,
    talks: 'Talks after the table',
    months: (count: string) => (count === '1' ? '1 month' : `${count} months`),
    criteria: 'Eligible is a plan of which holds',
    asked: 'What an applicant is asked',
    words: (most: string) => `at most ${most} words`,
    needed: 'required',
    scored: 'By what the jury scores',
    weight: (part: string, scale: string) => `counts for ${part}, score 0 to ${scale}`,
    apart: (scale: string) => `does not count in the total, score 0 to ${scale}`,
    dates: 'Dates',
    how: 'Places and judging',
    frozen: (when: string) => `The rules are fixed since ${when}. SHA-256:`,
    loose: 'The rules may still change until the round opens.',
  },
);

const dateFacts = (round: Round, lang: Lang): Fact[] => {
  const t = texts(lang);
  const names = ['opens_at', 'closes_at', 'screened_by', 'scored_by', 'decided_by', 'starts_at', 'table_at'] as const;
  return names.map((name) => ({ term: t[name], value: round[name] && moment(round[name], lang) }));
};

const feedbackOf = (round: Round, lang: Lang) =>
  [
    word('feedback', round.feedback ?? 'remarks', lang),
    round.rank_shown && texts(lang).rank,
    word('feedback_moment', round.feedback_at ?? 'decided', lang).toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');

const howFacts = (round: Round, lang: Lang): Fact[] => {
  const t = texts(lang);
  const n = (name: keyof typeof usual & keyof Round) => number(round[name] ?? usual[name], lang);
  const needs = [
    round.certificate_modules && t.modules(n('certificate_modules')),
    ...(round.certificate_needs ?? []).map((one) => word('deliverable_kind', one, lang)),
  ].filter(Boolean);
  return [
    { term: t.present, value: t.atMost(number(round.present_quota, lang)) },
    { term: t.select, value: t.between(number(round.select_min, lang), number(round.select_max, lang)) },
    { term: t.waitlist, value: round.waitlist ? t.places(n('waitlist')) : t.noWaitlist },
    { term: t.reviews, value: t.atLeast(n('min_reviews')) },
    { term: t.method, value: word('score_method', round.method ?? 'mean', lang).toLowerCase() },
    { term: t.blinding, value: word('blinding', round.blinding ?? 'until_locked', lang) },
    { term: t.conflict, value: word('conflict_policy', round.conflict_policy ?? 'no_vote', lang) },
    { term: t.feedback, value: feedbackOf(round, lang) },
    { term: t.verifier, value: word('verifier_policy', round.verifier_policy ?? 'not_financier', lang) },
    { term: t.terms, value: t.days(n('answer_days'), n('object_days'), n('offer_days')) },
    {
      term: t.documents,
      value: t.files(n('max_documents'), n('document_megabytes')),
    },
    { term: t.certificate, value: needs.length > 0 && needs.join(', ') },
    { term: t.pause, value: t.weeks(n('pause_weeks')) },
    { term: t.talks, value: t.months(n('follow_months')) },
  ];
};

const said = (lang: Lang, nl: string, en: string | undefined) => (lang === 'en' && en) || nl;

const RuleLists = ({ round, lang }: { round: Round; lang: Lang }) => {
  const t = texts(lang);
  const lists = [
    [t.criteria, round.eligibility?.map((one) => said(lang, one.text, one.text_en))],
    [
      t.asked,
      round.questions?.map((one) => {
        const bounds = t.words(number(one.max_words ?? usual.words, lang));
        return `${said(lang, one.text, one.text_en)} (${bounds}${one.required ? `, ${t.needed}` : ''})`;
      }),
    ],
    [
      t.scored,
      round.rubric?.map((one) => {
        const scale = number(one.scale ?? usual.scale, lang);
        return `${said(lang, one.name, one.name_en)}: ${one.independent ? t.apart(scale) : t.weight(inPercent(one.weight_ppm, lang), scale)}`;
      }),
    ],
  ] as const;
  return (
    <>
      {lists.map(
        ([head, items]) =>
          items &&
          items.length > 0 && (
            <div key={head} class="mw-prose">
              <Heading level={3} look={4}>
                {head}
              </Heading>
              <ul>
                {items.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </div>
          ),
      )}
    </>
  );
};

export const Rules = ({ round, lang }: { round: Round; lang: Lang }) => {
  const t = texts(lang);
  return (
    <section class="mw-panel" aria-labelledby="rules">
      <Heading level={2} look={3} id="rules">
        {t.title}
      </Heading>
      {round.extended_from && <p>{t.extended(moment(round.extended_from, lang), round.extend_reason ?? '')}</p>}
      {(round.extensions ?? 0) > 0 && <p>{t.extensions(number(round.extensions ?? 0, lang))}</p>}
      <div class="mw-rules">
        <div>
          <Heading level={3} look={4}>
            {t.dates}
          </Heading>
          <Facts facts={dateFacts(round, lang)} />
          {round.id && (
            <p>
              <A href={`/v1/rounds/${round.id}/calendar.ics`}>{t.calendar}</A>
            </p>
          )}
        </div>
        <div>
          <Heading level={3} look={4}>
            {t.how}
          </Heading>
          <Facts facts={howFacts(round, lang)} />
        </div>
      </div>
      <RuleLists round={round} lang={lang} />
      <p class="mw-source">
        {round.frozen_at && round.rules_hash ? (
          <>
            {t.frozen(moment(round.frozen_at, lang))} <code class="mw-hash">{round.rules_hash}</code>
          </>
        ) : (
          t.loose
        )}
      </p>
    </section>
  );
};
