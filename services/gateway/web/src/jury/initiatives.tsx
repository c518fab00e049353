// What is presented in a round, with how many judgements each has of those that it needs.
import type { Dossier } from '../gen/api';
import type { Stored } from '../lib/api';
import { dictionary, number } from '../lib/i18n';
import { A, Badge } from '../lib/ui';
import { juryLink } from './address';
import { needed, type PartProps } from './board';

const texts = dictionary(
  {
    given: (done: string, all: string) => `${done} van ${all} beoordelingen`,
    few: (count: string) => `${count} te weinig toegewezen`,
    dossier: (nth: string) => `dossier ${nth}`,
    withheld: 'een document kan niet getoond worden',
  },
  {
    given: (done: string, all: string) => `${done} of ${all} judgements`,
    few: (count: string) => `${count} too few assigned`,
    dossier: (nth: string) => `dossier ${nth}`,
    withheld: 'a document cannot be shown',
  },
);

export const InitiativeRows = ({ round, jury, lang }: PartProps) => {
  const t = texts(lang);
  const all = needed(round);
  const few = (one: Stored<Dossier>) => all - (one.assigned ?? 0);
  return (
    <ul class="mw-rows">
      {jury.dossiers.map((one) => (
        <li key={one.id}>
          <div>
            <A href={juryLink(round.id, lang, one.id)}>{one.title}</A>
            {one.number && <div class="mw-quiet">{t.dossier(number(one.number, lang))}</div>}
            {one.documents?.some(({ state }) => state === 'withheld') && <Badge tone="warn">{t.withheld}</Badge>}
          </div>
          <div>
            {t.given(number(one.counted ?? 0, lang), number(Math.max(all, one.assigned ?? 0), lang))}{' '}
            {round.state === 'scoring' && few(one) > 0 && <Badge tone="warn">{t.few(number(few(one), lang))}</Badge>}
          </div>
        </li>
      ))}
    </ul>
  );
};
