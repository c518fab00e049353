// What becomes of an initiative: milestones and jobs, for its applicant, who runs the round and who verifies.
import { useEffect, useState } from 'preact/hooks';
import type { Initiative, JobOutcome, Me, Milestone } from '../gen/api';
import { getAll, me, type Stored } from '../lib/api';
import type { Lang } from '../lib/i18n';
import { useListing } from '../lib/lists';
import type { Telling } from '../lib/step';
import { Graduate } from './graduate';
import { Jobs } from './jobs';
import { Milestones } from './milestones';

interface Props {
  initiative: Stored<Initiative>;
  programme: string | undefined;
  lang: Lang;
  act: Telling;
}

const states = ['table_ready', 'at_table', 'interest', 'part_financed', 'financed', 'realised', 'not_realised'];

const Parts = ({ who, initiative, programme, lang, act }: Props & { who: Me }) => {
  const query = { initiativeId: initiative.id };
  const milestones = useListing(() => getAll<Stored<Milestone>>('/milestones', query));
  const jobs = useListing(() => getAll<Stored<JobOutcome>>('/job-outcomes', query));
  const also: Telling = (said, work) =>
    act(said, async () => {
      await work();
      await Promise.all([milestones.reload(), jobs.reload()]);
    });
  const own = who.organisation_id === initiative.applicant_id || who.organisation_id === initiative.manager_id;
  if (!own && !milestones.items?.length) return null;
  return (
    <>
      <Milestones initiative={initiative} programme={programme} who={who} lang={lang} act={also} listing={milestones} />
      {own && <Jobs initiative={initiative} who={who} lang={lang} act={also} listing={jobs} />}
      {own && <Graduate initiative={initiative} who={who} lang={lang} act={also} />}
    </>
  );
};

export const Realisation = (props: Props) => {
  const [who, setWho] = useState<Me>();
  useEffect(() => {
    void me().then(setWho);
  }, []);
  return who?.organisation_id && states.includes(props.initiative.state) ? <Parts {...props} who={who} /> : null;
};
