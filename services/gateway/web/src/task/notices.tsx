// Notices of steps: what the caller was told, what there is to do, and how they are mailed.
import { useEffect, useState } from 'preact/hooks';
import type { AlertFrequency, Notice, NoticeSetting } from '../gen/api';
import { create, get, set } from '../lib/api';
import { Act, SelectField, optionsOf, useDoing } from '../lib/form';
import { dictionary, link, moment, type Lang } from '../lib/i18n';
import { Inbox, useInbox } from '../lib/inbox';
import { Done } from '../lib/step';
import { A, Badge, Button, FaultAlert, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Wat er gebeurde',
    none: 'Er is nog niets gebeurd waar u bericht van krijgt.',
    fresh: 'Nieuw',
    act: 'Voor u te doen',
    open: 'Bekijk',
    mailed: (when: string) => `gemaild op ${when}`,
    read: 'Markeer als gelezen',
    readAll: 'Markeer alles als gelezen',
    more: 'Toon ouder nieuws',
    mail: 'Nieuws van stappen per e-mail',
    lead: (email: string) =>
      `Dit nieuws staat altijd hier, en gaat naar ${email}: het adres waarmee u inlogt.`,
    whenAsked: 'Als u iets moet doen',
    rest: 'Ander nieuws',
    save: 'Bewaar hoe ik bericht krijg',
    saved: 'Bewaard.',
  },
  {
    title: 'What happened',
    none: 'Nothing has happened yet that you are told of.',
    fresh: 'New',
    act: 'For you to do',
    open: 'See it',
    mailed: (when: string) => `mailed on ${when}`,
    read: 'Mark as read',
    readAll: 'Mark all as read',
    more: 'Show older news',
    mail: 'News of steps by e-mail',
    lead: (email: string) =>
      `This news is always here, and goes to ${email}: the address that you log in with.`,
    whenAsked: 'When you have to do something',
    rest: 'Other news',
    save: 'Save how I am told',
    saved: 'Saved.',
  },
);

const tellShell = () => dispatchEvent(new Event('letters-read'));

interface OneProps {
  notice: Notice;
  lang: Lang;
  read: () => Promise<void>;
}

const One = ({ notice, lang, read }: OneProps) => {
  const t = texts(lang);
  const subject = (lang === 'en' ? notice.subject_en : notice.subject) ?? '';
  const made = notice.made_at ? moment(notice.made_at, lang) : '';
  const mailed = notice.mailed_at ? `, ${t.mailed(moment(notice.mailed_at, lang))}` : '';
  return (
    <li>
      <div class="mw-letters__top">
        <Heading level={3} look={4}>
          <A href={link(notice.page ?? '/mijn/', lang)}>{subject}</A>
        </Heading>
        {!notice.read_at && <Badge tone="brand">{t.fresh}</Badge>}
        {notice.act && <Badge tone="warn">{t.act}</Badge>}
      </div>
      <p>{lang === 'en' ? notice.text_en : notice.text}</p>
      <p class="mw-quiet">
        {made}
        {mailed}
      </p>
      {!notice.read_at && (
        <Act lang={lang} kind="subtle" label={t.read} about={subject} act={read} />
      )}
    </li>
  );
};

export const Notices = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const { items, fault, replace, reload, more } = useInbox<Notice>('/notices', 10);
  const read = async ({ id }: Notice) => {
    replace(await create<Notice>(`/notices/${id}/_read`, {}));
    tellShell();
  };
  const readAll = async () => {
    await create('/notices/_read', {});
    await reload();
    tellShell();
  };
  return (
    <Inbox
      id="notices"
      lang={lang}
      words={t}
      items={items}
      fault={fault}
      more={more}
      lead={
        items?.some((one) => !one.read_at) && (
          <Act lang={lang} kind="secondary" label={t.readAll} act={readAll} />
        )
      }
      one={(notice) => (
        <One key={notice.id} notice={notice} lang={lang} read={() => read(notice)} />
      )}
    />
  );
};

const FrequencyField = (props: {
  name: 'act' | 'inform';
  label: string;
  lang: Lang;
  value: AlertFrequency;
  onValue: (value: AlertFrequency) => void;
}) => (
  <SelectField
    {...props}
    onValue={(value) => props.onValue(value as AlertFrequency)}
    options={optionsOf('alert_frequency', props.lang)}
    fault={undefined}
  />
);

// How the caller is told by mail: what asks them to act, and the rest.
export const NoticeMail = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [setting, setSetting] = useState<NoticeSetting>();
  const [done, setDone] = useState('');
  const doing = useDoing();
  useEffect(() => {
    get<NoticeSetting>('/notice-setting').then(setSetting, () => undefined);
  }, []);
  if (!setting) return null;
  const change = (changes: Partial<NoticeSetting>) => {
    setDone('');
    setSetting({ ...setting, ...changes });
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const { act, inform } = setting;
    if (await doing.run(() => set('/notice-setting', { act, inform }))) setDone(t.saved);
  };
  return (
    <section class="mw-section" aria-labelledby="notice-mail">
      <Heading level={2} look={3} id="notice-mail">
        {t.mail}
      </Heading>
      <p>{t.lead(setting.email ?? '')}</p>
      <form noValidate class="mw-rows__form" onSubmit={(event) => void submit(event)}>
        {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
        <FrequencyField
          name="act"
          label={t.whenAsked}
          lang={lang}
          value={setting.act}
          onValue={(act) => change({ act })}
        />
        <FrequencyField
          name="inform"
          label={t.rest}
          lang={lang}
          value={setting.inform}
          onValue={(inform) => change({ inform })}
        />
        <div class="mw-actions">
          <Button submit disabled={doing.busy}>
            {t.save}
          </Button>
        </div>
        <Done text={done} />
      </form>
    </section>
  );
};
