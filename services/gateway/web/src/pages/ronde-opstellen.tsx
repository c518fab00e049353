// Writing the rules of a round: new, after an earlier one, or changed until it opens; then they are shown as they are fixed.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Me, Programme, Round } from '../gen/api';
import { command, create, faultOf, get, getAll, may, replace, type Fault, type Stored } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { Act, FaultSummary, SelectField, useDoing, type Faults } from '../lib/form';
import { dictionary, link, moment, number, shared, type Lang } from '../lib/i18n';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done } from '../lib/step';
import { A, Alert, Button, FaultAlert, State } from '../lib/ui';
import { Rules } from '../round/rules';
import { followed, faultsOfRules, roundOf, rulesOf, type RulesDraft } from '../round/rules-draft';
import { RulesFields } from '../round/rules-form';
import { labelOf } from '../round/rules-words';

export const meta: Meta = {
  title: { nl: 'Ronde opstellen', en: 'Write a round' },
  about: {
    nl: 'De regels van een ronde: wanneer, hoeveel plaatsen, wat u vraagt en hoe de jury beoordeelt.',
    en: 'The rules of a round: when, how many places, what you ask and how the jury judges.',
  },
};

const texts = dictionary(
  {
    programme: 'Programma',
    template: 'Overnemen van',
    templateHint: 'Alle regels van die ronde komen in het formulier; de data vult u zelf in.',
    round: (name: string, nth: string) => `${name}, ronde ${nth}`,
    save: 'Concept bewaren',
    saved: 'De regels zijn bewaard.',
    announce: 'Ronde bekendmaken',
    announced: 'De ronde is bekendgemaakt. Tot de opening kunt u de regels nog wijzigen.',
    toRound: 'Naar de pagina van de ronde',
    freezes: 'Zodra de ronde opengaat, liggen de regels vast en krijgt iedereen hun SHA-256 te zien.',
    frozen: (when: string) => `Deze ronde is opengegaan op ${when}. De regels liggen vast en kunnen niet meer wijzigen.`,
    closed: 'Deze ronde gaat niet door. De regels kunnen niet meer wijzigen.',
    none: 'U hebt nog geen programma.',
    other: 'Alleen wie het programma leidt, kan de regels van een ronde opstellen.',
  },
  {
    programme: 'Programme',
    template: 'Take over from',
    templateHint: 'All rules of that round come into the form; you fill in the dates.',
    round: (name: string, nth: string) => `${name}, round ${nth}`,
    save: 'Save draft',
    saved: 'The rules are saved.',
    announce: 'Make the round known',
    announced: 'The round is known. Until it opens you can still change the rules.',
    toRound: 'To the page of the round',
    freezes: 'As soon as the round opens, its rules are fixed and everybody sees their SHA-256.',
    frozen: (when: string) => `This round opened on ${when}. The rules are fixed and cannot change any more.`,
    closed: 'This round does not take place. The rules cannot change any more.',
    none: 'You have no programme yet.',
    other: 'Only who runs the programme can write the rules of a round.',
  },
);

const prefix = 'rules';

interface WriterProps {
  round: Stored<Round> | undefined;
  earlier: Stored<Round>[];
  programmes: Programme[];
  lang: Lang;
  kept: (round: Stored<Round>, said: string) => void;
  stale: () => Promise<void>; // it changed meanwhile
}

const Writer = ({ round, earlier, programmes, lang, kept, stale }: WriterProps) => {
  const t = texts(lang);
  const from = earlier.find(({ id }) => id === new URLSearchParams(location.search).get('van'));
  const anew = from ? followed(from) : { ...rulesOf({}), programme: programmes[0]?.id ?? '' };
  const start = round ? rulesOf(round) : anew;
  const draft = useDraft<RulesDraft>(`ronde-${round?.id ?? 'nieuw'}-${round?.version ?? 0}`, start);
  const [found, setFound] = useState<Faults>({});
  const doing = useDoing();
  const { form, set } = draft;
  const faults = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(found).map(([path, text]) => {
          const label = labelOf(path, lang);
          return [`${prefix}-${path}`, label ? `${label}: ${text}` : text];
        }),
      ),
    [found],
  );
  const slot = (path: string) => ({ name: `${prefix}-${path}`, lang, fault: found[path] });
  const chosen = programmes.find(({ id }) => id === form.programme);

  const send = async () => {
    const body = roundOf(form, round?.fictional ?? chosen?.fictional ?? false);
    const answer = round
      ? await replace<Round>(`/rounds/${round.id}`, round.version, body)
      : await create<Round>('/rounds', body);
    draft.sent();
    kept(answer, t.saved);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const own = faultsOfRules(form, lang);
    setFound(own);
    if (Object.keys(own).length === 0) await doing.run(send);
  };
  useEffect(() => {
    if (!doing.fault) return;
    setFound(Object.fromEntries(doing.fault.errors.map(({ path, reason }) => [path, reason])));
    if (doing.fault.status === 409 || doing.fault.status === 412) void stale();
  }, [doing.fault]);

  return (
    <form class="mw-application" noValidate aria-label={meta.title[lang]} onSubmit={(event) => void save(event)}>
      <FaultSummary faults={faults} lang={lang} />
      {doing.fault && doing.fault.errors.length === 0 && <FaultAlert fault={doing.fault} lang={lang} />}
      <Restored draft={draft} lang={lang} />
      {!round && (
        <div class="mw-pair">
          <SelectField
            {...slot('programme_id')}
            label={t.programme}
            options={programmes.map(({ id, name }) => [id ?? '', name] as const)}
            value={form.programme}
            onValue={(programme) => set({ programme })}
          />
          <SelectField
            {...slot('template_id')}
            label={t.template}
            hint={t.templateHint}
            optional
            options={earlier.map((one) => [one.id, t.round(one.programme_name ?? '', number(one.number, lang))] as const)}
            value={form.template}
            onValue={(id) => {
              const one = earlier.find((each) => each.id === id);
              set(one ? { ...followed(one), dates: form.dates } : { template: '' });
            }}
          />
        </div>
      )}
      <RulesFields form={form} set={set} slot={slot} lang={lang} />
      <div class="mw-finish">
        <p class="mw-saving">{t.freezes}</p>
        <Button submit disabled={doing.busy}>
          {t.save}
        </Button>
      </div>
    </form>
  );
};

interface Loaded {
  round: Stored<Round> | undefined;
  earlier: Stored<Round>[];
  programmes: Programme[];
}

const load = async (who: Me): Promise<Loaded> => {
  const id = new URLSearchParams(location.search).get('id');
  const [rounds, programmes, round] = await Promise.all([
    getAll<Stored<Round>>('/rounds'),
    getAll<Programme>('/programmes'),
    id ? get<Stored<Round>>(`/rounds/${id}`) : undefined,
  ]);
  const own = ({ manager_id }: { manager_id?: string }) => manager_id === who.organisation_id;
  return { round, earlier: rounds.filter(own), programmes: programmes.filter((one) => own(one) && one.state === 'active') };
};

const WriteView = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [loaded, setLoaded] = useState<Loaded>();
  const [said, setSaid] = useState('');
  const [saves, setSaves] = useState(0); // after each the form is as it was saved
  const [fault, setFault] = useState<Fault>();
  const reload = async () => {
    setSaid('');
    await load(who).then(setLoaded, (thrown: unknown) => setFault(faultOf(thrown)));
  };
  useEffect(() => void reload(), []);
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!loaded) return <p role="status">{shared(lang).loading}</p>;
  const { round } = loaded;
  const kept = (answer: Stored<Round>, text: string) => {
    history.replaceState(null, '', `${link('/ronde-opstellen/', lang)}?id=${answer.id}`);
    setLoaded({ ...loaded, round: answer });
    setSaid(text);
    setSaves(saves + 1);
  };
  if (round && round.manager_id !== who.organisation_id) return <Alert>{t.other}</Alert>;
  if (!round && loaded.programmes.length === 0) return <Alert>{t.none}</Alert>;
  return (
    <>
      <Done text={said} />
      {round && (
        <>
          <p>
            <State list="round_state" state={round.state} lang={lang} />{' '}
            <A href={`${link('/ronde/', lang)}?id=${round.id}`}>{t.toRound}</A>
          </p>
          {may(round, 'announce') && (
            <Act
              lang={lang}
              kind="secondary"
              label={t.announce}
              act={async () => kept(await command<Round>('/rounds', round, 'announce'), t.announced)}
            />
          )}
        </>
      )}
      {!round || may(round, 'put') ? (
        <Writer
          key={saves}
          round={round}
          earlier={loaded.earlier}
          programmes={loaded.programmes}
          lang={lang}
          kept={kept}
          stale={reload}
        />
      ) : (
        <>
          <Alert>{round.frozen_at ? t.frozen(moment(round.frozen_at, lang)) : t.closed}</Alert>
          <Rules round={round} lang={lang} />
        </>
      )}
    </>
  );
};

export default function WriteRoundPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <WriteView who={who} lang={lang} />}
    </OwnPage>
  );
}
