// Posting a need in four steps: what, which subject, when and how much, and a check.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Need } from '../gen/api';
import { command, create, Fault, hasRole, me, replace, type Stored } from '../lib/api';
import { CpvField } from '../lib/cpv';
import { Restored, useDraft } from '../lib/draft';
import { FaultSummary, faultsOf, useDoing, type Faults } from '../lib/form';
import { useCities } from '../lib/lists';
import { dictionary, link, type Lang } from '../lib/i18n';
import {
  draftFaults,
  emptyDraft,
  formNames,
  isSealed,
  lastStep,
  needOf,
  stepOf,
} from '../lib/need-draft';
import { Check, Plan, What } from '../lib/need-steps';
import type { Meta, PageProps } from '../lib/page';
import { A, Alert, Button, Crumbs, FaultAlert, Heading, Hidden, Icon, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Inkoopvraag plaatsen', en: 'Post a need' },
  about: {
    nl: 'Plaats in vier stappen wat u wilt inkopen bij sociaal ondernemers.',
    en: 'Post in four steps what you want to buy from social entrepreneurs.',
  },
};

const texts = dictionary(
  {
    steps: ['Uw vraag', 'Onderwerp', 'Planning en budget', 'Controleren'],
    heads: [
      'Wat hebt u nodig?',
      'Over welk onderwerp gaat het?',
      'Waar, wanneer en voor hoeveel?',
      'Controleer uw vraag',
    ],
    stepsLabel: 'Stappen',
    stepOf: (step: number) => `Stap ${step} van 4`,
    done: '(klaar)',
    cpv: 'Kies één of meer onderwerpen',
    nextStep: 'Volgende stap',
    previousStep: 'Vorige stap',
    post: 'Vraag plaatsen',
    submit: 'Ter goedkeuring indienen',
    keep: 'Bewaren als concept',
    help: 'Goed om te weten',
    helpList: [
      'Alle vragen zijn verplicht, tenzij er ‘niet verplicht’ bij staat.',
      'Uw vraag is pas zichtbaar nadat u hem plaatst.',
      'Wat u invult blijft in deze browser bewaard, tot u het verstuurt of uitlogt.',
    ],
    helpLink: 'Zo werkt de matching',
    notBuyer: 'U bent ingelogd, maar niet als inkoper. Alleen een inkoper kan een vraag plaatsen.',
  },
  {
    steps: ['Your need', 'Subject', 'Planning and budget', 'Check'],
    heads: [
      'What do you need?',
      'What is it about?',
      'Where, when and for how much?',
      'Check your need',
    ],
    stepsLabel: 'Steps',
    stepOf: (step: number) => `Step ${step} of 4`,
    done: '(done)',
    cpv: 'Choose one or more subjects',
    nextStep: 'Next step',
    previousStep: 'Previous step',
    post: 'Post the need',
    submit: 'Hand in for approval',
    keep: 'Keep as a draft',
    help: 'Good to know',
    helpList: [
      'All questions must be answered, unless they say ‘optional’.',
      'Your need can be seen only after you post it.',
      'What you fill in is kept in this browser, until you send it or log out.',
    ],
    helpLink: 'How matching works',
    notBuyer: 'You are logged in, but not as a buyer. Only a buyer can post a need.',
  },
);

const Stepper = ({ step, lang }: { step: number; lang: Lang }) => {
  const t = texts(lang);
  return (
    <ol class="mw-stepper" aria-label={t.stepsLabel}>
      {t.steps.map((name, at) => (
        <li
          key={name}
          class={at < step ? 'is-done' : at === step ? 'is-now' : ''}
          aria-current={at === step ? 'step' : undefined}
        >
          <span class="mw-stepper__mark" aria-hidden="true">
            {at < step ? <Icon n="check" size={18} /> : at + 1}
          </span>
          <span>
            {name}
            {at < step && <Hidden> {t.done}</Hidden>}
          </span>
        </li>
      ))}
    </ol>
  );
};

const Help = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  return (
    <aside class="mw-help" aria-labelledby="help">
      <Heading level={2} look={4} id="help">
        {t.help}
      </Heading>
      <ul>
        {t.helpList.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <P>
        <A href={link('/matching/', lang)}>{t.helpLink}</A>
      </P>
    </aside>
  );
};

// Somebody who cannot post hears so at once, not after four steps.
const useMayPost = () => {
  const [may, setMay] = useState(true);
  useEffect(() => {
    void me().then((who) => setMay(!who.account_id || hasRole(who, 'BUYER')));
  }, []);
  return may;
};

export default function PostNeed({ lang }: PageProps) {
  const t = texts(lang);
  const kept = useDraft('need', emptyDraft);
  const { form: draft, set } = kept;
  const [step, setStep] = useState(0);
  const [faults, setFaults] = useState<Faults>({});
  const head = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  const made = useRef<Stored<Need> | undefined>(undefined);
  const doing = useDoing();
  const cities = useCities();
  const mayPost = useMayPost();

  useEffect(() => {
    const asked = new URLSearchParams(location.search).get('title');
    if (asked) kept.fill({ title: asked });
    const wanted = Number(new URLSearchParams(location.search).get('stap'));
    if (wanted >= 1 && wanted <= lastStep + 1) setStep(wanted - 1);
  }, []);
  useEffect(() => {
    if (moved.current) head.current?.focus();
  }, [step]);

  const goTo = (next: number) => {
    moved.current = true;
    setFaults({});
    setStep(next);
    history.replaceState(null, '', `?stap=${next + 1}`);
  };

  // A first step that will not do, so that a half draft is never sent.
  const firstWrong = () =>
    [0, 1, 2].find((one) => Object.keys(draftFaults(draft, one, lang)).length > 0);

  // A need that was made but could not be put on the market is changed, not made a second time.
  const sealed = isSealed(draft);
  const send = async (publish: boolean) => {
    const before = made.current;
    const need = before
      ? await replace<Need>(`/needs/${before.id}`, before.version, needOf(draft))
      : await create<Need>('/needs', needOf(draft));
    made.current = need;
    if (publish) await command<Need>('/needs', need, sealed ? 'submit' : 'publish');
    kept.sent();
    location.assign(
      link(publish ? (sealed ? '/deal/' : '/matches/') : '/mijn/', lang) +
        (publish ? `?id=${need.id}` : ''),
    );
  };
  const finish = (publish: boolean) => {
    const wrong = firstWrong();
    if (wrong !== undefined) {
      goTo(wrong);
      setFaults(draftFaults(draft, wrong, lang));
      return;
    }
    void doing.run(async () => {
      try {
        await send(publish);
      } catch (thrown) {
        if (thrown instanceof Fault && thrown.errors.length > 0) showRefused(thrown);
        throw thrown;
      }
    });
  };
  const showRefused = (fault: Fault) => {
    const refused = Object.fromEntries(
      Object.entries(faultsOf(fault)).map(([field, text]) => [formNames[field] ?? field, text]),
    );
    goTo(Math.min(...fault.errors.map(({ path }) => stepOf(path.split(/[.[]/)[0] ?? ''))));
    setFaults(refused);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (step === lastStep) return finish(true);
    const found = draftFaults(draft, step, lang);
    if (Object.keys(found).length > 0) setFaults(found);
    else goTo(step + 1);
  };

  const parts = { draft, faults, lang, set };
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      {!mayPost && (
        <Alert kind="error">
          <p>{t.notBuyer}</p>
        </Alert>
      )}
      <Restored draft={kept} lang={lang} />
      <Stepper step={step} lang={lang} />
      <div class="mw-formgrid">
        <form noValidate method="post" onSubmit={submit}>
          <p class="mw-quiet">{t.stepOf(step + 1)}</p>
          <h2 class="nl-heading nl-heading--level-2" ref={head} tabIndex={-1}>
            {t.heads[step]}
          </h2>
          <FaultSummary faults={faults} lang={lang} />
          {doing.fault && doing.fault.errors.length === 0 && (
            <FaultAlert fault={doing.fault} lang={lang} />
          )}
          {step === 0 && <What {...parts} />}
          {step === 1 && (
            <CpvField
              name="cpv"
              label={t.cpv}
              lang={lang}
              most={10}
              chosen={draft.cpv}
              onChosen={(cpv) => set({ cpv })}
              fault={faults.cpv}
            />
          )}
          {step === 2 && <Plan {...parts} cities={cities} />}
          {step === lastStep && <Check draft={draft} lang={lang} cities={cities} goTo={goTo} />}
          <div class="mw-actions">
            <Button submit disabled={doing.busy}>
              {step === lastStep ? (sealed ? t.submit : t.post) : t.nextStep}
            </Button>
            {step > 0 && (
              <Button kind="subtle" onClick={() => goTo(step - 1)}>
                {t.previousStep}
              </Button>
            )}
            {step === lastStep && (
              <button type="button" class="mw-linklike" onClick={() => finish(false)}>
                {t.keep}
              </button>
            )}
          </div>
        </form>
        <Help lang={lang} />
      </div>
    </div>
  );
}
