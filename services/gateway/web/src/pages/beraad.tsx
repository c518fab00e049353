// The deliberation of a round: for its chair the ranking, the choices and the places; for who was there the minute, to sign.
import type { Meta, PageProps } from '../lib/page';
import { Waiting } from '../lib/ui';
import type { Stored } from '../lib/api';
import type { Round } from '../gen/api';
import { ChairView, PresentView } from '../jury/deliberating';
import { Frame } from '../round/frame';

export const meta: Meta = {
  title: { nl: 'Beraad en besluit', en: 'Deliberation and decision' },
  about: {
    nl: 'Hoe de jury van een ronde besluit: rangorde, keuzes met redenen, verslag en wachtlijst.',
    en: 'How the jury of a round decides: ranking, choices with reasons, minute and waiting list.',
  },
  data: { operation: 'round_get', path: '/rounds/{id}' },
};

const other = {
  nl: 'Deze pagina is voor wie de ronde uitvoert, en voor juryleden die bij het beraad waren.',
  en: 'This page is for who runs the round, and for jurors who were at the deliberation.',
};

export default function DeliberationPage({ lang, d, fault }: PageProps<Stored<Round>>) {
  return d ? (
    <Frame
      round={d}
      what={meta.title[lang]}
      lang={lang}
      manager={(changed) => <ChairView round={d} lang={lang} changed={changed} />}
      juror={() => <PresentView round={d} lang={lang} />}
      other={other[lang]}
    />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
