// Who does it and with whom: the rows of a team, and organisations that apply together.
import type { CoApplicant, Organisation } from '../gen/api';
import { getAll, me } from '../lib/api';
import { SelectField, TextField } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { useListing } from '../lib/lists';
import { Rows } from '../lib/rows';
import { Button, Hidden, Icon } from '../lib/ui';
import type { Member } from './draft';

const texts = dictionary(
  {
    team: 'Team',
    teamHint: 'Wie doen het? Alleen u en uw collega’s lezen dit; de jury niet.',
    name: 'Naam',
    email: 'E-mailadres',
    part: 'Rol',
    nth: (nth: number) => `Teamlid ${nth}`,
    add: 'Teamlid toevoegen',
    remove: 'Weghalen',
    together: 'Samen met',
    togetherHint: 'Een organisatie die samen met u aanvraagt, leest het hele plan en schrijft mee aan het concept. Indienen doet u zelf.',
    another: 'Organisatie toevoegen',
  },
  {
    team: 'Team',
    teamHint: 'Who does it? Only you and your colleagues read this; the jury does not.',
    name: 'Name',
    email: 'E-mail address',
    part: 'Role',
    nth: (nth: number) => `Member ${nth}`,
    add: 'Add a member',
    remove: 'Take away',
    together: 'Together with',
    togetherHint: 'An organisation that applies with you reads the whole plan and writes along in the draft. You submit it yourself.',
    another: 'Add an organisation',
  },
);

type Slots = (path: string) => { name: string; lang: Lang; fault: string | undefined };

interface TeamProps {
  team: Member[];
  onTeam: (team: Member[]) => void;
  slot: Slots;
  lang: Lang;
}

const mostMembers = 20;

export const Team = ({ team, onTeam, slot, lang }: TeamProps) => {
  const t = texts(lang);
  return (
    <Rows<Member>
      name={slot('team').name}
      label={t.team}
      hint={t.teamHint}
      lang={lang}
      rows={team}
      onRows={onTeam}
      blank={() => ({ name: '', email: '', part: '' })}
      most={mostMembers}
      add={t.add}
      nth={t.nth}
      row={(member, at, change) => (
        <>
          <TextField {...slot(`team[${at}].name`)} label={t.name} value={member.name} onValue={(name) => change({ name })} />
          <TextField
            {...slot(`team[${at}].email`)}
            label={t.email}
            type="email"
            optional
            value={member.email}
            onValue={(email) => change({ email })}
          />
          <TextField
            {...slot(`team[${at}].part`)}
            label={t.part}
            optional
            value={member.part}
            onValue={(part) => change({ part })}
          />
        </>
      )}
    />
  );
};

// Organisations that can apply too, by name.
const candidates = async (): Promise<Organisation[]> => {
  const own = (await me()).organisation_id;
  const all = await Promise.all(['team', 'enterprise'].map((kind) => getAll<Organisation>('/organisations', { kind })));
  return all.flat().filter(({ id }) => id !== own);
};

interface TogetherProps {
  ids: string[];
  known: CoApplicant[];
  onIds: (ids: string[]) => void;
  slot: Slots;
  lang: Lang;
}

export const Together = ({ ids, known, onIds, slot, lang }: TogetherProps) => {
  const t = texts(lang);
  const others = useListing(candidates).items ?? [];
  const nameOf = (id: string) =>
    others.find((one) => one.id === id)?.name ?? known.find((one) => one.organisation_id === id)?.name ?? id;
  const options = others
    .filter(({ id }) => id && !ids.includes(id))
    .map(({ id, name }) => [id ?? '', name ?? ''] as const);
  return (
    <>
      <SelectField
        {...slot('co_applicants')}
        label={t.together}
        hint={t.togetherHint}
        optional
        options={options}
        value=""
        onValue={(id) => id && onIds([...ids, id])}
      />
      {ids.length > 0 && (
        <ul class="mw-files" aria-label={t.together}>
          {ids.map((id) => (
            <li key={id}>
              <Icon n="users" />
              <span class="mw-files__name">{nameOf(id)}</span>
              <Button kind="subtle" onClick={() => onIds(ids.filter((one) => one !== id))}>
                {t.remove}
                <Hidden>: {nameOf(id)}</Hidden>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
