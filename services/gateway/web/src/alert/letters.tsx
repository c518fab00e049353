// The inbox: what the organisation was told, why, and what is missing.
import type { Letter } from '../gen/api';
import { command } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, link, moment, word, type Lang } from '../lib/i18n';
import { Inbox, useInbox } from '../lib/inbox';
import { Why, pointsOf } from '../lib/match';
import { A, Badge, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Wat er voor u is',
    none: 'Er is nog geen melding. U krijgt bericht zodra er iets op de markt komt dat bij u past.',
    fresh: 'Nieuw',
    from: (points: number) => `Vanaf een score van ${points} krijgt u bericht.`,
    untold: 'Het deel voor de prijs telt niet mee: dat zou verraden wat de inkoper raamt.',
    lacks: 'Wat ontbreekt',
    mailed: (when: string) => `gemaild op ${when}`,
    read: 'Markeer als gelezen',
    more: 'Toon oudere meldingen',
    offer: 'Bekijk het aanbod',
    matches: 'Bekijk alle matches van uw vraag',
    need: 'Bekijk de vraag',
  },
  {
    title: 'What there is for you',
    none: 'There is no alert yet. You are told as soon as something comes on the market that fits.',
    fresh: 'New',
    from: (points: number) => `You are told from a score of ${points} on.`,
    untold: 'The part for price does not count: it would tell what the buyer estimates.',
    lacks: 'What is missing',
    mailed: (when: string) => `mailed on ${when}`,
    read: 'Mark as read',
    more: 'Show older alerts',
    offer: 'See the offer',
    matches: 'See all matches of your need',
    need: 'See the need',
  },
);

interface LetterProps {
  letter: Letter;
  lang: Lang;
  read: () => Promise<unknown>;
}

// Where it leads: to what it tells of, and for a buyer to the ranking as well.
const Ways = ({ letter, lang, read }: LetterProps) => {
  const t = texts(lang);
  const ofNeed = letter.kind === 'need' || letter.kind === 'profile_need';
  return (
    <div class="mw-actions">
      {ofNeed ? (
        <A href={`${link('/deal/', lang)}?id=${letter.need_id}`}>{t.need}</A>
      ) : (
        <A href={`${link('/aanbod/', lang)}?id=${letter.offer_id}`}>{t.offer}</A>
      )}
      {letter.kind === 'offer' && (
        <A href={`${link('/matches/', lang)}?id=${letter.need_id}`}>{t.matches}</A>
      )}
      {!letter.read_at && (
        <Act
          lang={lang}
          kind="secondary"
          label={t.read}
          about={lang === 'en' ? letter.subject_en : letter.subject}
          act={read}
        />
      )}
    </div>
  );
};

const Lacks = ({ letter, lang }: { letter: Letter; lang: Lang }) =>
  letter.missing && letter.missing.length > 0 ? (
    <>
      <Heading level={4} cls="mw-letters__lacks">
        {texts(lang).lacks}
      </Heading>
      <ul class="mw-letters__lack">
        {letter.missing.map((lack) => (
          <li key={lack.why}>{lang === 'en' ? lack.why_en : lack.why}</li>
        ))}
      </ul>
    </>
  ) : null;

const One = ({ letter, lang, read }: LetterProps) => {
  const t = texts(lang);
  const subject = (lang === 'en' ? letter.subject_en : letter.subject) ?? '';
  const made = letter.made_at ? moment(letter.made_at, lang) : '';
  const mailed = letter.mailed_at ? `, ${t.mailed(moment(letter.mailed_at, lang))}` : '';
  return (
    <li>
      <div class="mw-letters__top">
        <Heading level={3} look={4}>
          {subject}
        </Heading>
        {!letter.read_at && <Badge tone="brand">{t.fresh}</Badge>}
      </div>
      <p>{lang === 'en' ? letter.text_en : letter.text}</p>
      <p class="mw-quiet">
        {word('letter_kind', letter.kind, lang)}; {made}
        {mailed}
      </p>
      <Why
        match={{ parts: letter.parts ?? [], score_ppm: letter.score_ppm ?? 0 }}
        lang={lang}
        open={false}
      />
      <p class="mw-quiet">
        {t.from(Math.round(pointsOf(letter.cut_ppm ?? 0)))} {letter.kind === 'need' && t.untold}
      </p>
      <Lacks letter={letter} lang={lang} />
      <Ways letter={letter} lang={lang} read={read} />
    </li>
  );
};

export const Letters = ({ lang }: { lang: Lang }) => {
  const { replace, items, fault, more } = useInbox<Letter>('/letters');
  const read = async (letter: Letter) => {
    replace(await command<Letter>('/letters', letter, 'read'));
    dispatchEvent(new Event('letters-read'));
  };
  return (
    <Inbox
      id="letters"
      lang={lang}
      words={texts(lang)}
      items={items}
      fault={fault}
      more={more}
      one={(letter) => (
        <One key={letter.id} letter={letter} lang={lang} read={() => read(letter)} />
      )}
    />
  );
};
