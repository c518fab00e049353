// Looking back at a round that was decided, for who runs it: what other rules would have come to, and what became of high and low scores.
import type { Meta, PageProps } from '../lib/page';
import { Waiting } from '../lib/ui';
import type { Stored } from '../lib/api';
import type { Round } from '../gen/api';
import { Frame } from '../round/frame';
import { Outcomes } from '../jury/outcomes';
import { Replay } from '../jury/replay';

export const meta: Meta = {
  title: { nl: 'Terugblik', en: 'Looking back' },
  about: {
    nl: 'Een ronde opnieuw doorgerekend met andere regels, en wat er werd van wie is gekozen.',
    en: 'A round computed again by other rules, and what became of who was selected.',
  },
  data: { operation: 'round_get', path: '/rounds/{id}' },
};

const other = { nl: 'Deze pagina is voor wie de ronde uitvoert.', en: 'This page is for who runs the round.' };

export default function HindsightPage({ lang, d, fault }: PageProps<Stored<Round>>) {
  return d ? (
    <Frame
      round={d}
      what={meta.title[lang]}
      lang={lang}
      manager={() => (
        <>
          <Replay round={d} lang={lang} />
          {d.state === 'concluded' && <Outcomes round={d} lang={lang} />}
        </>
      )}
      other={other[lang]}
    />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
