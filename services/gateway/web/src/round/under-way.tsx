// What a round still waits for before it can be concluded: whoever has a place, or waits for one, and did not come to an end.
import type { Initiative, Round } from '../gen/api';
import type { Stored } from '../lib/api';
import { dictionary, link, type Lang } from '../lib/i18n';
import { A, Heading, State } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Nog onderweg',
    about:
      'De ronde kan worden afgerond als van deze initiatieven bekend is hoe het afloopt: ze komen aan de tafel die u sluit, of ze stoppen. Gesprekken na de tafel gaan zonder de ronde door.',
  },
  {
    title: 'Still under way',
    about:
      'The round can be concluded once it is known how these initiatives end: they come to the table that you close, or they stop. Talks after the table go on without the round.',
  },
);

const onTheWay: readonly string[] = ['selected', 'waitlisted', 'in_programme', 'paused', 'table_ready', 'at_table'];

interface UnderWayProps {
  round: Round;
  initiatives: Stored<Initiative>[];
  lang: Lang;
}

export const UnderWay = ({ round, initiatives, lang }: UnderWayProps) => {
  const t = texts(lang);
  const items = initiatives.filter(({ state }) => onTheWay.includes(state));
  if (round.state !== 'table' || items.length === 0) return null;
  return (
    <div class="mw-section--tight">
      <Heading level={3} look={4}>
        {t.title}
      </Heading>
      <p class="mw-prose">{t.about}</p>
      <ul class="mw-rows">
        {items.map((one) => (
          <li key={one.id}>
            <A href={`${link('/traject/', lang)}?id=${one.id}`}>{one.title}</A>
            <div>
              <State list="initiative_state" state={one.state} lang={lang} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
};
