// What waits for the caller: figures that lead to their list, and the list, what is due first on top.
import { useEffect, useState } from 'preact/hooks';
import type { NoticePage, Task, TaskPage } from '../gen/api';
import { faultOf, get, type Fault } from '../lib/api';
import { deadlineOf, urgencies, urgencyOf, type Urgency } from '../lib/deadline';
import { dictionary, link, shared, word, type Lang } from '../lib/i18n';
import { A, Badge, FaultAlert, Heading, type Tone } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Wat moet ik nu doen',
    nothing: 'Er wacht nu niets op u.',
    late: 'Te laat',
    today: 'Vandaag',
    week: 'Binnen een week',
    later: 'Later',
    open: 'Zonder termijn',
    figures: 'In cijfers',
    soon: 'Termijnen binnen een week',
    unread: 'Ongelezen meldingen',
    all: 'Toon alles wat op u wacht',
    only: (what: string) => `Alleen: ${what}`,
    none: 'Hiervan wacht niets meer op u.',
  },
  {
    title: 'What do I have to do now',
    nothing: 'Nothing waits for you now.',
    late: 'Too late',
    today: 'Today',
    week: 'Within a week',
    later: 'Later',
    open: 'Without a deadline',
    figures: 'In figures',
    soon: 'Deadlines within a week',
    unread: 'Unread alerts',
    all: 'Show all that waits for you',
    only: (what: string) => `Only: ${what}`,
    none: 'Nothing of this waits for you any more.',
  },
);

const tones: Record<Urgency, Tone> = {
  late: 'bad',
  today: 'warn',
  week: 'warn',
  later: 'plain',
  open: 'plain',
};

// A task is asked for by what it is about and its first step: the word in the declarations.
type TaskWord = Parameters<typeof word>[1];
const keyOf = (task: Task): string => `${task.noun}_${task.steps?.[0]}`;
const asked = (key: TaskWord, lang: Lang) => word('task', key, lang);

const soon = (task: Task, now: number) => ['late', 'today', 'week'].includes(urgencyOf(task, now));

// What the address asks for: tasks of one kind, or those that are due soon.
const chosen = (tasks: Task[], choice: string | null, now: number) =>
  choice === 'termijnen'
    ? tasks.filter((task) => soon(task, now))
    : choice
      ? tasks.filter((task) => keyOf(task) === choice)
      : tasks;

const useTasks = () => {
  const [tasks, setTasks] = useState<Task[]>();
  const [unread, setUnread] = useState(0);
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const load = async () => {
      const [deal, market] = await Promise.all([
        get<TaskPage>('/tasks', { limit: 100 }),
        get<TaskPage>('/market-tasks', { limit: 100 }),
      ]);
      setTasks([...deal.items, ...market.items]);
      setUnread((await get<NoticePage>('/notices', { unread: true, limit: 1 })).total ?? 0);
    };
    load().catch((thrown: unknown) => setFault(faultOf(thrown)));
  }, []);
  return { tasks, unread, fault };
};

interface FigureProps {
  name: string;
  value: number;
  href: string;
  late?: boolean;
}

const Figure = ({ name, value, href, late }: FigureProps) => (
  <li>
    <a class="mw-figure" href={href}>
      <span class={`mw-figure__value ${late ? 'mw-figure__value--late' : ''}`}>{value}</span>
      <span class="mw-figure__name">{name}</span>
    </a>
  </li>
);

interface FiguresProps {
  tasks: Task[];
  unread: number;
  now: number;
  lang: Lang;
}

// A figure for each kind of task that waits, as the declarations call it, most first.
const Figures = ({ tasks, unread, now, lang }: FiguresProps) => {
  const t = texts(lang);
  const counts = new Map<string, number>();
  for (const task of tasks) counts.set(keyOf(task), (counts.get(keyOf(task)) ?? 0) + 1);
  const due = tasks.filter((task) => soon(task, now));
  const late = due.some((task) => urgencyOf(task, now) === 'late');
  const here = link('/mijn/', lang);
  return (
    <>
      <h3 class="mw-hidden">{t.figures}</h3>
      <ul class="mw-figures">
        {due.length > 0 && (
          <Figure name={t.soon} value={due.length} href={`${here}?taak=termijnen#taken`} late={late} />
        )}
        {[...counts]
          .sort((a, b) => b[1] - a[1])
          .map(([key, count]) => (
            <Figure
              key={key}
              name={asked(key, lang)}
              value={count}
              href={`${here}?taak=${key}#taken`}
            />
          ))}
        <Figure name={t.unread} value={unread} href={link('/meldingen/', lang)} />
      </ul>
    </>
  );
};

const Row = ({ task, now, lang }: { task: Task; now: number; lang: Lang }) => {
  const urgency = urgencyOf(task, now);
  const deadline = deadlineOf(task, now, lang);
  return (
    <li>
      <span>
        <A href={link(task.page ?? '/mijn/', lang)}>{asked(keyOf(task), lang)}</A>
        <br />
        <span class="mw-quiet">{task.title}</span>
      </span>
      <span class="mw-quiet">{deadline && <Badge tone={tones[urgency]}>{deadline}</Badge>}</span>
    </li>
  );
};

const Group = (props: { urgency: Urgency; tasks: Task[]; now: number; lang: Lang }) => {
  const { urgency, tasks, now, lang } = props;
  return (
    <>
      <Heading level={3} look={4} cls="mw-tasks__group">
        {texts(lang)[urgency]} <span class="mw-count">{tasks.length}</span>
      </Heading>
      <ul class="mw-rows">
        {tasks.map((task) => (
          <Row key={`${task.noun} ${task.id}`} task={task} now={now} lang={lang} />
        ))}
      </ul>
    </>
  );
};

export const Tasks = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const { tasks, unread, fault } = useTasks();
  const now = Date.now();
  const choice = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('taak');
  const shown = tasks && chosen(tasks, choice, now);
  const byUrgency = (urgency: Urgency) => (shown ?? []).filter((task) => urgencyOf(task, now) === urgency);
  return (
    <section class="mw-section mw-tasks" aria-labelledby="taken">
      <Heading level={2} look={3} id="taken">
        {t.title} {tasks && tasks.length > 0 && <span class="mw-count">{tasks.length}</span>}
      </Heading>
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {!tasks && !fault && <p role="status">{shared(lang).loading}</p>}
      {tasks?.length === 0 && <p>{t.nothing}</p>}
      {tasks && <Figures tasks={tasks} unread={unread} now={now} lang={lang} />}
      {choice && (
        <p>
          {t.only(choice === 'termijnen' ? t.soon : asked(choice, lang))}.{' '}
          <A href={`${link('/mijn/', lang)}#taken`}>{t.all}</A>
        </p>
      )}
      {tasks && tasks.length > 0 && shown?.length === 0 && <p>{t.none}</p>}
      {urgencies
        .filter((urgency) => byUrgency(urgency).length > 0)
        .map((urgency) => (
          <Group key={urgency} urgency={urgency} tasks={byUrgency(urgency)} now={now} lang={lang} />
        ))}
    </section>
  );
};
