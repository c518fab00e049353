// The form in which a policy officer writes a tip or story, or changes its draft.
import { useState } from 'preact/hooks';
import type { Stored } from '../lib/api';
import { AreaField, SelectField, TextField, type Faults } from '../lib/form';
import { dictionary, word, wordsOf, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import type { RoadmapTheme, Story, StoryKind } from '../gen/api';

const texts = dictionary(
  {
    write: 'Tip of verhaal schrijven',
    change: 'Concept wijzigen',
    save: 'Concept bewaren',
    kind: 'Soort',
    theme: 'Thema',
    title: 'Titel',
    problem: 'Wat was er aan de hand?',
    approach: 'Wat heeft de stad gedaan?',
    result: 'Wat leverde het op?',
    short: (least: string) => `schrijf minstens ${least} tekens.`,
  },
  {
    write: 'Write a tip or story',
    change: 'Change the draft',
    save: 'Save draft',
    kind: 'Kind',
    theme: 'Theme',
    title: 'Title',
    problem: 'What was the matter?',
    approach: 'What did the city do?',
    result: 'What came of it?',
    short: (least: string) => `write at least ${least} characters.`,
  },
);

interface StoryFormProps {
  lang: Lang;
  draft?: Stored<Story>;
  send: (body: Partial<Story>) => Promise<unknown>;
}

export const StoryForm = ({ lang, draft, send }: StoryFormProps) => {
  const t = texts(lang);
  const [kind, setKind] = useState<string>(draft?.kind ?? '');
  const [theme, setTheme] = useState<string>(draft?.theme ?? '');
  const [title, setTitle] = useState(draft?.title ?? '');
  const [problem, setProblem] = useState(draft?.problem ?? '');
  const [approach, setApproach] = useState(draft?.approach ?? '');
  const [result, setResult] = useState(draft?.result ?? '');

  const tooShort = (
    path: 'title' | 'problem' | 'approach' | 'result',
    text: string,
    least: number,
  ): Faults =>
    text.trim().length < least ? { [path]: `${t[path]}: ${t.short(String(least))}` } : {};
  const check = (): Faults => ({
    ...required({ kind: [t.kind, kind], theme: [t.theme, theme] }, lang),
    ...tooShort('title', title, 3),
    ...tooShort('problem', problem, 10),
    ...tooShort('approach', approach, 10),
    ...(result.trim() ? tooShort('result', result, 10) : {}),
  });
  const body = (): Partial<Story> => ({
    kind: kind as StoryKind,
    theme: theme as RoadmapTheme,
    title: title.trim(),
    problem: problem.trim(),
    approach: approach.trim(),
    ...(result.trim() ? { result: result.trim() } : {}),
    ...(draft?.fictional ? { fictional: true } : {}),
  });
  return (
    <StepForm
      id="story"
      lang={lang}
      label={draft ? t.change : t.write}
      submit={t.save}
      check={check}
      send={() => send(body())}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('kind')}
            label={t.kind}
            value={kind}
            onValue={setKind}
            options={wordsOf('story_kind').map((one) => [one, word('story_kind', one, lang)])}
          />
          <SelectField
            {...slot('theme')}
            label={t.theme}
            value={theme}
            onValue={setTheme}
            options={wordsOf('roadmap_theme').map((one) => [one, word('roadmap_theme', one, lang)])}
          />
          <TextField {...slot('title')} label={t.title} value={title} onValue={setTitle} />
          <AreaField {...slot('problem')} label={t.problem} value={problem} onValue={setProblem} />
          <AreaField
            {...slot('approach')}
            label={t.approach}
            value={approach}
            onValue={setApproach}
          />
          <AreaField
            {...slot('result')}
            label={t.result}
            optional
            value={result}
            onValue={setResult}
          />
        </>
      )}
    </StepForm>
  );
};
