// The jury of a round: for a juror their seat and their dossiers, for who runs the round who judges what and how far that is.
import type { Round } from '../gen/api';
import type { Stored } from '../lib/api';
import type { Meta, PageProps } from '../lib/page';
import { Waiting } from '../lib/ui';
import { Board } from '../jury/board';
import { Frame } from '../round/frame';
import { JurorView } from '../jury/juror';

export const meta: Meta = {
  title: { nl: 'Jury', en: 'Jury' },
  about: {
    nl: 'De jury van een ronde: wie beoordeelt, wat er te beoordelen is, en hoe ver dat is.',
    en: 'The jury of a round: who judges, what there is to judge, and how far that is.',
  },
  data: { operation: 'round_get', path: '/rounds/{id}' },
};

const other = {
  nl: 'Deze pagina is voor juryleden van deze ronde, en voor wie haar uitvoert.',
  en: 'This page is for jurors of this round, and for who runs it.',
};

export default function JuryPage({ lang, d, fault }: PageProps<Stored<Round>>) {
  return d ? (
    <Frame
      round={d}
      what={meta.title[lang]}
      lang={lang}
      manager={() => <Board round={d} lang={lang} />}
      juror={(who) => <JurorView round={d} who={who} lang={lang} />}
      other={other[lang]}
    />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
