// For a mentor or coach: what they bring, the initiatives they go along with, their hours, and what there is to look at.
import { useEffect, useState } from 'preact/hooks';
import type { Deliverable, Me, Mentor, Pairing, Programme, ProgrammePage, Seat } from '../gen/api';
import { command, create, get, getAll, may, replace, type Stored } from '../lib/api';
import { AreaField, ChecksField, SelectField, TextField, optionsOf } from '../lib/form';
import { dictionary, number, word, type Lang } from '../lib/i18n';
import { List, useCities, useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done, StepForm, countOf, required, type Acting } from '../lib/step';
import { State } from '../lib/ui';
import { DeliverableRow } from '../training/deliverables';
import { PairingRow } from '../training/pairings';

export const meta: Meta = {
  title: { nl: 'Mentor en coach', en: 'Mentor and coach' },
  about: {
    nl: 'Wat u als mentor of coach brengt, en de initiatieven die u begeleidt.',
    en: 'What you bring as a mentor or coach, and the initiatives that you go along with.',
  },
};

const texts = dictionary(
  {
    profiles: 'Uw profiel',
    noProfile: 'Er is nog geen profiel van uw organisatie.',
    add: 'Aanmelden als mentor of coach',
    change: 'Profiel aanpassen',
    end: 'Stoppen',
    endSays: 'U krijgt dan geen voorstellen meer. Wie u al begeleidt, blijft u begeleiden tot u dat daar beëindigt.',
    programme: 'Programma',
    role: 'Als',
    name: 'Hoe u genoemd wilt worden',
    skills: 'Waar u veel van weet',
    skillsHint: 'In losse woorden, bijvoorbeeld: marketing, boekhouden, horeca.',
    goals: 'Waarvoor u graag werkt',
    city: 'Waar u bent',
    hours: 'Uren die u heeft, voor alle initiatieven samen',
    noCount: 'Vul een heel getal in, bijvoorbeeld 40.',
    left: (promised: string, all: string) => `${promised} van ${all} uur toegezegd`,
    pairings: 'Initiatieven die u begeleidt',
    noPairings: 'Er is u nog geen initiatief voorgesteld.',
    toSee: 'Wat u kunt bekijken',
    nothing: 'Er is niets ingeleverd door wie u begeleidt.',
    done: 'Het is bijgewerkt.',
  },
  {
    profiles: 'Your profile',
    noProfile: 'There is no profile of your organisation yet.',
    add: 'Offer to be a mentor or coach',
    change: 'Change the profile',
    end: 'Stop',
    endSays: 'No more initiatives are proposed to you then. With whom you go along already, you go on until you end that there.',
    programme: 'Programme',
    role: 'As',
    name: 'How you want to be called',
    skills: 'What you know much about',
    skillsHint: 'In single words, for example: marketing, bookkeeping, catering.',
    goals: 'What you like to work for',
    city: 'Where you are',
    hours: 'Hours that you have, for all initiatives together',
    noCount: 'Give a whole number, for example 40.',
    left: (promised: string, all: string) => `${promised} of ${all} hours promised`,
    pairings: 'Initiatives that you go along with',
    noPairings: 'No initiative has been proposed to you yet.',
    toSee: 'What you can look at',
    nothing: 'Nothing was handed in by those you go along with.',
    done: 'It is updated.',
  },
);

interface ProfileProps {
  id: string;
  label: string;
  lang: Lang;
  given?: Stored<Mentor>;
  programmes: readonly (readonly [string, string])[];
  send: (body: Partial<Mentor>) => Promise<unknown>;
}

const ProfileForm = ({ id, label, lang, given, programmes, send }: ProfileProps) => {
  const t = texts(lang);
  const cities = useCities();
  const [programme, setProgramme] = useState(given?.programme_id ?? '');
  const [role, setRole] = useState<string>(given?.role ?? 'mentor');
  const [name, setName] = useState(given?.name ?? '');
  const [skills, setSkills] = useState(given?.skills ?? '');
  const [goals, setGoals] = useState<string[]>(given?.goals ?? []);
  const [city, setCity] = useState(given?.municipality ?? '');
  const [hours, setHours] = useState(String(given?.hours ?? ''));
  const check = () => ({
    ...required({ programme_id: [t.programme, programme], name: [t.name, name], skills: [t.skills, skills], municipality: [t.city, city] }, lang),
    ...(countOf(hours) ? {} : { hours: t.noCount }),
  });
  const body = () =>
    ({ programme_id: programme, role, name: name.trim(), skills: skills.trim(), goals, municipality: city, hours: countOf(hours) }) as Partial<Mentor>;
  return (
    <StepForm id={id} lang={lang} label={label} check={check} send={() => send(body())}>
      {(slot) => (
        <>
          {!given && <SelectField {...slot('programme_id')} label={t.programme} value={programme} onValue={setProgramme} options={programmes} />}
          {!given && <SelectField {...slot('role')} label={t.role} value={role} onValue={setRole} options={optionsOf('mentor_role', lang)} />}
          <TextField {...slot('name')} label={t.name} value={name} onValue={setName} />
          <AreaField {...slot('skills')} label={t.skills} hint={t.skillsHint} value={skills} onValue={setSkills} />
          <ChecksField {...slot('goals')} label={t.goals} values={goals} onValues={setGoals} options={optionsOf('impact_goal', lang)} columns />
          <SelectField {...slot('municipality')} label={t.city} value={city} onValue={setCity} options={cities} />
          <TextField {...slot('hours')} label={t.hours} short value={hours} onValue={setHours} />
        </>
      )}
    </StepForm>
  );
};

// The programmes in which the caller's organisation has a seat as mentor or coach.
const seatedIn = async (own: string | undefined): Promise<[string, string][]> => {
  const { items } = await get<ProgrammePage>('/programmes', { limit: 100 });
  const seats = await Promise.all(items.map(({ id }) => get<{ items: Seat[] }>('/seats', { programmeId: id })));
  const mine = (one: Seat) => one.organisation_id === own && one.state === 'taken' && ['mentor', 'coach'].includes(one.role);
  return items.filter((_: Programme, at: number) => seats[at]?.items.some(mine)).map(({ id, name }) => [id ?? '', name]);
};

const MentorView = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const [programmes, setProgrammes] = useState<[string, string][]>([]);
  const own = <T extends { organisation_id?: string }>(items: T[]) => items.filter(({ organisation_id }) => organisation_id === who.organisation_id);
  const profiles = useListing(async () => own((await get<{ items: Stored<Mentor>[] }>('/mentors')).items));
  const pairings = useListing(async () => own(await getAll<Stored<Pairing>>('/pairings')));
  const deliverables = useListing(async () =>
    (await getAll<Stored<Deliverable>>('/deliverables')).filter(({ applicant_id, versions }) => applicant_id !== who.organisation_id && versions?.length),
  );
  useEffect(() => {
    seatedIn(who.organisation_id).then(setProgrammes, () => undefined);
  }, []);
  const act: Acting = async (work) => {
    await work();
    await Promise.all([profiles.reload(), pairings.reload(), deliverables.reload()]);
    setSaid(t.done);
  };
  return (
    <>
      <Done text={said} />
      <List id="pairings" title={t.pairings} empty={t.noPairings} lang={lang} listing={pairings} row={(one) => <PairingRow one={one} lang={lang} act={act} named />} />
      <List
        id="to-see"
        title={t.toSee}
        empty={t.nothing}
        lang={lang}
        listing={deliverables}
        row={(one) => <DeliverableRow one={one} lang={lang} act={act} named />}
      />
      <List
        id="profiles"
        title={t.profiles}
        empty={t.noProfile}
        lang={lang}
        listing={profiles}
        row={(one) => (
          <>
            <div>
              <b>{one.name}</b>, {word('mentor_role', one.role, lang)} <State list="mentor_state" state={one.state} lang={lang} />
              <div class="mw-quiet">
                {one.skills}
                <br />
                {t.left(number(one.promised ?? 0, lang), number(one.hours ?? 0, lang))}
              </div>
            </div>
            <div>
              {may(one, 'put') && (
                <ProfileForm
                  key={one.version}
                  id={`profile-${one.id}`}
                  lang={lang}
                  label={t.change}
                  given={one}
                  programmes={programmes}
                  send={(body) => act(() => replace<Mentor>(`/mentors/${one.id}`, one.version, body))}
                />
              )}
              {may(one, 'end') && (
                <StepForm id={`end-${one.id}`} lang={lang} label={t.end} about={one.name} send={() => act(() => command('/mentors', one, 'end'))}>
                  {() => <p>{t.endSays}</p>}
                </StepForm>
              )}
            </div>
          </>
        )}
      >
        {programmes.length > 0 && (
          <ProfileForm id="profile" lang={lang} label={t.add} programmes={programmes} send={(body) => act(() => create<Mentor>('/mentors', body))} />
        )}
      </List>
    </>
  );
};

export default function MentorPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <MentorView who={who} lang={lang} />}
    </OwnPage>
  );
}
