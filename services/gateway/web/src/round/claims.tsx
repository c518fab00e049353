// What others published of a round, beside what is counted here: each figure by its source, and none of them added up.
import { useEffect, useState } from 'preact/hooks';
import type { ClaimedFigure, Round } from '../gen/api';
import { command, create, getAll, may, type Stored } from '../lib/api';
import { Act, Check, TextField, type Faults } from '../lib/form';
import { date, dictionary, number, type Lang } from '../lib/i18n';
import { Done, StepForm, countOf, required } from '../lib/step';
import { A, Heading, Table } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Wat anderen over deze ronde meldden',
    says: 'Zoals de bron het schreef. Deze cijfers zijn niet geteld op dit platform, en niet samengevoegd.',
    counted: 'Geteld op dit platform',
    source: 'Bron',
    submitted: 'Ingediend',
    presented: 'Voorgelegd',
    selected: 'Geselecteerd',
    when: 'Gemeld op',
    more: (count: string) => `meer dan ${count}`,
    cite: 'Cijfers van een ander vermelden',
    url: 'Adres van de bron',
    urlHint: 'Het begint met https://',
    text: 'Waarover, of in welke woorden',
    atLeast: 'De bron noemt ‘meer dan’ dit aantal ingediend',
    whole: 'Vul een heel getal in.',
    cited: 'De cijfers staan nu op de pagina.',
    withdraw: 'Niet meer vermelden',
    withdrawn: 'De cijfers worden niet meer vermeld.',
  },
  {
    title: 'What others reported of this round',
    says: 'As the source wrote it. These figures were not counted on this platform, and are not merged.',
    counted: 'Counted on this platform',
    source: 'Source',
    submitted: 'Submitted',
    presented: 'Presented',
    selected: 'Selected',
    when: 'Reported on',
    more: (count: string) => `more than ${count}`,
    cite: 'Cite figures of somebody else',
    url: 'Address of the source',
    urlHint: 'It begins with https://',
    text: 'About what, or in which words',
    atLeast: 'The source says ‘more than’ this number submitted',
    whole: 'Give a whole number.',
    cited: 'The figures are on the page now.',
    withdraw: 'Cite no more',
    withdrawn: 'The figures are cited no more.',
  },
);

type Claim = Stored<ClaimedFigure>;
const figures = ['submitted', 'presented', 'selected'] as const;
type Figure = (typeof figures)[number];

const CiteForm = ({ round, lang, send }: { round: Stored<Round>; lang: Lang; send: (body: object) => Promise<unknown> }) => {
  const t = texts(lang);
  const [source, setSource] = useState('');
  const [url, setUrl] = useState('');
  const [on, setOn] = useState('');
  const [text, setText] = useState('');
  const [more, setMore] = useState(false);
  const [counts, setCounts] = useState<Record<Figure, string>>({ submitted: '', presented: '', selected: '' });
  const check = (): Faults => ({
    ...required({ source: [t.source, source] }, lang),
    ...Object.fromEntries(
      figures.filter((name) => counts[name].trim() && countOf(counts[name]) === undefined).map((name) => [name, t.whole]),
    ),
  });
  const body = {
    round_id: round.id,
    source: source.trim(),
    ...(url.trim() ? { url: url.trim() } : {}),
    ...(on ? { said_on: on } : {}),
    ...(text.trim() ? { text: text.trim() } : {}),
    ...Object.fromEntries(figures.flatMap((name) => (counts[name].trim() ? [[name, countOf(counts[name])]] : []))),
    ...(more ? { submitted_more: true } : {}),
    ...(round.fictional ? { fictional: true } : {}),
  };
  return (
    <StepForm id="cite" lang={lang} label={t.cite} check={check} send={() => send(body)}>
      {(slot) => (
        <>
          <TextField {...slot('source')} label={t.source} value={source} onValue={setSource} />
          <TextField {...slot('url')} label={t.url} hint={t.urlHint} optional value={url} onValue={setUrl} />
          <TextField {...slot('said_on')} label={t.when} type="date" short optional value={on} onValue={setOn} />
          <TextField {...slot('text')} label={t.text} optional value={text} onValue={setText} />
          {figures.map((name) => (
            <TextField
              key={name}
              {...slot(name)}
              label={t[name]}
              short
              optional
              value={counts[name]}
              onValue={(value) => setCounts({ ...counts, [name]: value })}
            />
          ))}
          <Check label={t.atLeast} on={more} set={setMore} />
        </>
      )}
    </StepForm>
  );
};

const Source = ({ claim }: { claim: Claim }) => (
  <>
    {claim.url ? <A href={claim.url}>{claim.source}</A> : claim.source}
    {claim.text && <p class="mw-quiet">{claim.text}</p>}
  </>
);

export const Claims = ({ round, manages, lang }: { round: Stored<Round>; manages: boolean; lang: Lang }) => {
  const t = texts(lang);
  const [claims, setClaims] = useState<Claim[]>([]);
  const [said, setSaid] = useState('');
  const load = () =>
    getAll<Claim>('/claimed-figures', { roundId: round.id }).then(
      (all) => setClaims(all.filter(({ state }) => state === 'cited')),
      () => setClaims([]),
    );
  useEffect(() => void load(), [round.id]);
  if (claims.length === 0 && !manages) return null;
  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    await load();
    setSaid(done);
  };
  const shown = (claim: Claim | undefined, name: Figure) => {
    const count = claim ? claim[name] : round[name];
    if (count === undefined) return '–';
    const text = number(count, lang);
    return claim?.submitted_more && name === 'submitted' ? t.more(text) : text;
  };
  const rows: (Claim | undefined)[] = [undefined, ...claims];
  return (
    <section class="mw-panel" aria-labelledby="claims">
      <Heading level={2} look={3} id="claims">
        {t.title}
      </Heading>
      <Done text={said} />
      {claims.length > 0 && (
        <>
          <p>{t.says}</p>
          <Table<Claim | undefined>
            caption={t.title}
            quiet
            rows={rows}
            columns={[
              { head: t.source, cell: (claim) => (claim ? <Source claim={claim} /> : <b>{t.counted}</b>) },
              ...figures.map((name) => ({
                head: t[name],
                number: true,
                cell: (claim: Claim | undefined) => shown(claim, name),
              })),
              { head: t.when, cell: (claim) => (claim?.said_on ? date(claim.said_on, lang) : '–') },
            ]}
          />
        </>
      )}
      {manages && (
        <div class="mw-steps">
          {claims
            .filter((claim) => may(claim, 'withdraw'))
            .map((claim) => (
              <Act
                key={claim.id}
                lang={lang}
                kind="subtle"
                label={`${t.withdraw}: ${claim.source}`}
                act={() => act(t.withdrawn, () => command('/claimed-figures', claim, 'withdraw'))}
              />
            ))}
          <CiteForm
            key={claims.length}
            round={round}
            lang={lang}
            send={(body) => act(t.cited, () => create('/claimed-figures', body))}
          />
        </div>
      )}
    </section>
  );
};
