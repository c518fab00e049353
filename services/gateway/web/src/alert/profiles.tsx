// Searches that an organisation keeps, to hear of what fits.
import { useState } from 'preact/hooks';
import type { Profile, ProfileKind } from '../gen/api';
import { command, create, getAll, may } from '../lib/api';
import { Act, ChecksField, SelectField, TextField, optionsOf, type Option } from '../lib/form';
import { dictionary, word, type Lang } from '../lib/i18n';
import { List, useCities, useListing } from '../lib/lists';
import { StepForm, required } from '../lib/step';
import { Badge } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Bewaarde zoekopdrachten',
    none: 'U bewaart nog geen zoekopdracht.',
    add: 'Nieuwe zoekopdracht bewaren',
    submit: 'Bewaar de zoekopdracht',
    drop: 'Niet meer bewaren',
    kind: 'Waarvan u wilt horen',
    words: 'Woorden',
    wordsHint: 'Bijvoorbeeld: lunch catering',
    where: 'Alleen in deze gemeente',
    sectors: 'Alleen in deze sectoren',
    groups: 'Alleen voor deze doelgroepen',
  },
  {
    title: 'Kept searches',
    none: 'You keep no search yet.',
    add: 'Keep a new search',
    submit: 'Keep the search',
    drop: 'Keep no longer',
    kind: 'What you want to hear of',
    words: 'Words',
    wordsHint: 'For instance, in Dutch: lunch catering',
    where: 'Only in this municipality',
    sectors: 'Only in these sectors',
    groups: 'Only for these groups',
  },
);

interface Draft {
  kind: string;
  words: string;
  municipality: string;
  sectors: string[];
  target_groups: string[];
}

const emptyDraft = (kind: ProfileKind): Draft => ({
  kind,
  words: '',
  municipality: '',
  sectors: [],
  target_groups: [],
});

// What was left open is not sent.
const bodyOf = (draft: Draft) =>
  Object.fromEntries(Object.entries(draft).filter(([, value]) => value.length > 0));

interface FormProps {
  lang: Lang;
  kind: ProfileKind; // what most of these organisations want
  cities: readonly Option[];
  kept: () => Promise<void>;
}

const NewProfile = ({ lang, kind, cities, kept }: FormProps) => {
  const t = texts(lang);
  const [draft, setDraft] = useState(emptyDraft(kind));
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const send = async () => {
    await create('/profiles', bodyOf({ ...draft, words: draft.words.trim() }));
    setDraft(emptyDraft(kind));
    await kept();
  };
  return (
    <StepForm
      id="profile"
      lang={lang}
      label={t.add}
      submit={t.submit}
      check={() => required({ kind: [t.kind, draft.kind], words: [t.words, draft.words] }, lang)}
      send={send}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('kind')}
            label={t.kind}
            value={draft.kind}
            onValue={(value) => change({ kind: value })}
            options={optionsOf('profile_kind', lang)}
          />
          <TextField
            {...slot('words')}
            label={t.words}
            hint={t.wordsHint}
            value={draft.words}
            onValue={(words) => change({ words })}
          />
          <SelectField
            {...slot('municipality')}
            label={t.where}
            optional
            value={draft.municipality}
            onValue={(municipality) => change({ municipality })}
            options={cities}
          />
          <ChecksField
            {...slot('sectors')}
            label={t.sectors}
            optional
            columns
            values={draft.sectors}
            onValues={(sectors) => change({ sectors })}
            options={optionsOf('sector', lang)}
          />
          <ChecksField
            {...slot('target_groups')}
            label={t.groups}
            optional
            values={draft.target_groups}
            onValues={(target_groups) => change({ target_groups })}
            options={optionsOf('target_group', lang)}
          />
        </>
      )}
    </StepForm>
  );
};

const conditionsOf = (profile: Profile, cities: readonly Option[], lang: Lang): string =>
  [
    cities.find(([code]) => code === profile.municipality)?.[1] ?? profile.municipality,
    ...(profile.sectors ?? []).map((one) => word('sector', one, lang)),
    ...(profile.target_groups ?? []).map((one) => word('target_group', one, lang)),
    ...(profile.cpv ?? []),
  ]
    .filter(Boolean)
    .join(', ');

export const Profiles = ({ lang, kind }: { lang: Lang; kind: ProfileKind }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Profile>('/profiles'));
  const cities = useCities();
  const drop = async (profile: Profile) => {
    await command('/profiles', profile, 'drop');
    await listing.reload();
  };
  return (
    <List
      id="profiles"
      title={t.title}
      empty={t.none}
      lang={lang}
      listing={listing}
      row={(profile) => (
        <>
          <span>
            <strong>{profile.words}</strong>{' '}
            <Badge>{word('profile_kind', profile.kind, lang)}</Badge>
            <br />
            <span class="mw-quiet">{conditionsOf(profile, cities, lang)}</span>
          </span>
          <span class="mw-rows__acts">
            {may(profile, 'drop') && (
              <Act
                lang={lang}
                kind="subtle"
                label={t.drop}
                about={profile.words}
                act={() => drop(profile)}
              />
            )}
          </span>
        </>
      )}
    >
      <NewProfile lang={lang} kind={kind} cities={cities} kept={listing.reload} />
    </List>
  );
};
