// Report something that is wrong: an offer, an organisation or a review. A moderator decides, and says why to both sides.
import { useEffect, useState } from 'preact/hooks';
import type { Flag, Me } from '../gen/api';
import { create, loginAddress, me } from './api';
import { AreaField, SelectField, optionsOf } from './form';
import { dictionary, type Lang } from './i18n';
import { Done, StepForm, required } from './step';
import { A } from './ui';

const texts = dictionary(
  {
    report: 'Meld een probleem',
    login: 'Log in om een probleem te melden',
    ground: 'Wat is er mis?',
    text: 'Wat zag u?',
    hint: 'Ten minste 10 tekens. De andere kant leest niet wie meldt, en niet uw woorden.',
    send: 'Melding versturen',
    sent: 'Uw melding is ontvangen. U hoort wat de moderator besluit, en waarom.',
  },
  {
    report: 'Report a problem',
    login: 'Log in to report a problem',
    ground: 'What is wrong?',
    text: 'What did you see?',
    hint: 'At least 10 characters. The other side reads neither who reports nor your words.',
    send: 'Send the report',
    sent: 'Your report was received. You will hear what the moderator decides, and why.',
  },
);

// Who is here; undefined until that is known.
export const useMe = (): Me | undefined => {
  const [who, setWho] = useState<Me>();
  useEffect(() => void me().then(setWho, () => setWho({})), []);
  return who;
};

type About = Pick<Flag, 'offer_id' | 'organisation_id' | 'review_id'>;

// Nobody reports what is their own organisation's.
export const FlagForm = ({ on, about, owner, lang }: { on: About; about: string; owner: string | undefined; lang: Lang }) => {
  const t = texts(lang);
  const who = useMe();
  const [ground, setGround] = useState('');
  const [text, setText] = useState('');
  const [sent, setSent] = useState('');
  if (!who) return null;
  if (!who.account_id)
    return (
      <p class="mw-source">
        <A href={loginAddress(lang)}>{t.login}</A>
      </p>
    );
  if (!who.organisation_id || who.organisation_id === owner) return null;
  const check = () => required({ ground: [t.ground, ground], text: [t.text, text] }, lang);
  const send = async () => {
    await create<Flag>('/flags', { ...on, ground, text: text.trim() });
    setSent(t.sent);
  };
  return (
    <>
      {!sent && (
        <StepForm
          id={`flag-${Object.values(on)[0]}`}
          lang={lang}
          label={t.report}
          about={about}
          submit={t.send}
          check={check}
          send={send}
        >
          {(slot) => (
            <>
              <SelectField
                {...slot('ground')}
                label={t.ground}
                value={ground}
                onValue={setGround}
                options={optionsOf('flag_ground', lang)}
              />
              <AreaField {...slot('text')} label={t.text} hint={t.hint} value={text} onValue={setText} />
            </>
          )}
        </StepForm>
      )}
      <Done text={sent} />
    </>
  );
};
