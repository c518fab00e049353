// The frame of one record of a deal: what it is called, where it is, what may be done, and what happened to it. Others link to it.
import type { ComponentChildren } from 'preact';
import { command, may, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { Trail } from '../lib/history';
import type { Lang, WordList } from '../lib/i18n';
import { ReasonForm, type Telling } from '../lib/step';
import { State } from '../lib/ui';

type Kept = Stored<{ id: string; state: string; commands?: readonly string[] }>;

interface RecordProps {
  noun: string;
  thing: Kept;
  title: string;
  lang: Lang;
  item?: boolean; // in a list
  children: ComponentChildren;
}

export const RecordCard = ({ noun, thing, title, lang, item, children }: RecordProps) => {
  const Tag = item ? 'li' : 'article';
  return (
    <Tag class="mw-card" id={`${noun}-${thing.id}`} tabIndex={-1}>
      <p class="mw-card__head">
        <b>{title}</b>
        <State list={`${noun}_state` as WordList} state={thing.state} lang={lang} />
      </p>
      {children}
      <Trail lang={lang} noun={noun} thing={thing} moved={thing} about={title} />
    </Tag>
  );
};

interface StepProps {
  path: string; // of its list, below /v1
  thing: { readonly id: string; readonly commands?: readonly string[]; readonly version?: number };
  lang: Lang;
  act: Telling;
  name: string;
  label: string;
  said: string;
  about?: string;
}

// A step that needs nothing more, where the caller may take it now.
export const Step = ({ path, thing, lang, act, name, label, said, about, second }: StepProps & { second?: boolean }) =>
  may(thing, name) ? (
    <Act
      lang={lang}
      kind={second ? 'secondary' : 'primary'}
      label={label}
      about={about}
      act={() => act(said, () => command(path, thing, name))}
    />
  ) : null;

// A step with a reason, which the other side reads.
export const ReasonStep = ({ path, thing, lang, act, name, label, said, about }: StepProps) =>
  may(thing, name) ? (
    <ReasonForm
      id={`${name}-${thing.id}`}
      lang={lang}
      label={label}
      about={about}
      send={(reason) => act(said, () => command(path, thing, name, { reason }))}
    />
  ) : null;
