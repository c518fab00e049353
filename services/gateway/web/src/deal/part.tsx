// The frame of one part of a deal: its heading, how far it is, and what it contains.
import type { ComponentChildren } from 'preact';
import { dictionary, type Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';
import { Badge, Heading } from '../lib/ui';
import { doneSteps, stepsFor, type Deal, type StepName } from './deal';

// What every part gets: the deal, and a way to act that reloads it and says what was done.
export interface PartProps {
  deal: Deal;
  lang: Lang;
  act: Telling;
}

export const partTexts = dictionary(
  {
    need: 'Vraag',
    invitations: 'Uitnodigingen',
    quotes: 'Offertes',
    award: 'Gunning',
    order: 'Bestelling',
    delivery: 'Levering',
    invoice: 'Factuur',
    payment: 'Betaling',
    progress: 'Voortgang',
    done: 'Klaar',
    current: 'Nu aan de beurt',
    later: 'Nog niet',
    notYet: 'Zover is het nog niet.',
    parties: 'De rest van deze opdracht zien alleen de inkoper en de leverancier.',
  },
  {
    need: 'Need',
    invitations: 'Invitations',
    quotes: 'Quotes',
    award: 'Award',
    order: 'Order',
    delivery: 'Delivery',
    invoice: 'Invoice',
    payment: 'Payment',
    progress: 'Progress',
    done: 'Done',
    current: 'Next',
    later: 'Not yet',
    notYet: 'It is not that far yet.',
    parties: 'Only the buyer and the supplier see the rest of this deal.',
  },
);

type Progress = 'done' | 'current' | 'later';

// Needs that lead to no award any more.
const gone = ['cancelled', 'unsuccessful', 'dropped'];

// The first step that is not done is the current one. A need that is gone has none; nor has one for who does not see what it waits for.
const progressOf = (deal: Deal) => {
  const done = doneSteps(deal);
  const steps = stepsFor(deal);
  const unseen = deal.need.state === 'open' && !steps.includes('quotes');
  const current = unseen || gone.includes(deal.need.state) ? undefined : steps.find((step) => !done[step]);
  return (step: StepName): Progress =>
    done[step] ? 'done' : step === current ? 'current' : 'later';
};

export const Track = ({ deal, lang }: { deal: Deal; lang: Lang }) => {
  const t = partTexts(lang);
  const progress = progressOf(deal);
  return (
    <nav class="mw-track" aria-label={t.progress}>
      <ol>
        {stepsFor(deal).map((step, at) => (
          <li key={step} class={`is-${progress(step)}`}>
            <a href={`#${step}`} aria-current={progress(step) === 'current' ? 'step' : undefined}>
              <span class="mw-track__number" aria-hidden="true">
                {progress(step) === 'done' ? '✓' : at + 1}
              </span>
              <span class="mw-track__name">
                {t[step]}
                <small>{t[progress(step)]}</small>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
};

interface PartFrameProps {
  step: StepName;
  deal: Deal;
  lang: Lang;
  children: ComponentChildren;
}

export const Part = ({ step, deal, lang, children }: PartFrameProps) => {
  const t = partTexts(lang);
  const progress = progressOf(deal)(step);
  return (
    <section class={`mw-part is-${progress}`} aria-labelledby={step}>
      <div class="mw-part__head">
        <Heading level={2} look={3} id={step}>
          {t[step]}
        </Heading>
        <Badge tone={progress === 'done' ? 'good' : progress === 'current' ? 'brand' : 'plain'}>
          {t[progress]}
        </Badge>
      </div>
      {children}
    </section>
  );
};

// What comes beside the steps: it has no place in the order of things.
export const Section = (props: { id: string; title: string; children: ComponentChildren }) => (
  <section class="mw-part" aria-labelledby={props.id}>
    <div class="mw-part__head">
      <Heading level={2} look={3} id={props.id}>
        {props.title}
      </Heading>
    </div>
    {props.children}
  </section>
);

export const Quiet = ({ children }: { children: ComponentChildren }) => (
  <p class="mw-quiet">{children}</p>
);
