// Why not me: for an enterprise, the smallest change that brings an offer of its own among the first for a need.
import { useState } from 'preact/hooks';
import type { Need, Offer, WhyNot } from '../gen/api';
import { faultOf, get, getAll, type Fault } from '../lib/api';
import { dictionary, link, type Lang } from '../lib/i18n';
import { A, Alert, Button, FaultAlert, Heading, P } from '../lib/ui';

const texts = dictionary(
  {
    ask: 'Waarom ik niet?',
    about: 'U ziet bij elk aanbod van u of het bij de eersten staat, en zo niet, wat er dan nodig is.',
    none: 'U hebt geen aanbod op de marktplaats.',
    among: (places: number) => `Staat bij de eerste ${places}.`,
    not: (places: number) => `Staat niet bij de eerste ${places}.`,
    enough: 'Dit is genoeg om er wel bij te staan. Verander alleen wat klopt:',
    nothing: 'Geen verandering van de gegevens brengt dit aanbod erbij.',
    words: 'Woorden uit de vraag die niet in uw aanbod staan:',
    rules: 'Zo werkt de matching',
  },
  {
    ask: 'Why not me?',
    about: 'For each of your offers you see whether it is among the first, and if not, what it takes.',
    none: 'You have no offers on the marketplace.',
    among: (places: number) => `Is among the first ${places}.`,
    not: (places: number) => `Is not among the first ${places}.`,
    enough: 'This is enough to be there. Only change what is true:',
    nothing: 'No change of its data brings this offer there.',
    words: 'Words of the need that your offer does not have:',
    rules: 'How matching works',
  },
);

interface Told {
  offer: Offer;
  why: WhyNot;
}

const One = ({ told: { offer, why }, lang }: { told: Told; lang: Lang }) => {
  const t = texts(lang);
  return (
    <li class="mw-card">
      <Heading level={3} look={4}>
        <A href={`${link('/aanbod/', lang)}?id=${offer.id}`}>{offer.title}</A>
      </Heading>
      <P>
        <b>{why.among ? t.among(why.places) : t.not(why.places)}</b>{' '}
        {lang === 'en' ? why.why_en : why.why}
      </P>
      {why.changes.length > 0 && (
        <>
          <P>{t.enough}</P>
          <ul>
            {why.changes.map((change) => (
              <li key={change.field}>{lang === 'en' ? change.why_en : change.why}</li>
            ))}
          </ul>
        </>
      )}
      {!why.among && why.changes.length === 0 && <P>{t.nothing}</P>}
      {!why.among && why.words.length > 0 && (
        <P>
          {t.words} <span lang="nl">{why.words.join(', ')}</span>.
        </P>
      )}
    </li>
  );
};

export const WhyNotMe = ({ need, supplier, lang }: { need: Need; supplier: string; lang: Lang }) => {
  const t = texts(lang);
  const [told, setTold] = useState<Told[]>();
  const [fault, setFault] = useState<Fault>();
  const ask = async () => {
    try {
      const offers = await getAll<Offer>('/offers', { supplierId: supplier });
      const shown = offers.filter((offer) => offer.state === 'published');
      const whys = shown.map((offer) =>
        get<WhyNot>(`/offers/${offer.id ?? ''}/why-not`, { needId: need.id }),
      );
      const answers = await Promise.all(whys);
      setTold(shown.flatMap((offer, at) => (answers[at] ? [{ offer, why: answers[at] }] : [])));
      setFault(undefined);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
  };
  return (
    <div class="mw-why-not">
      {!told && (
        <>
          <P>{t.about}</P>
          <Button kind="secondary" onClick={() => void ask()}>
            {t.ask}
          </Button>
        </>
      )}
      {fault && <FaultAlert fault={fault} lang={lang} />}
      <div role="status">
        {told?.length === 0 && <Alert>{t.none}</Alert>}
        {told && told.length > 0 && (
          <ul class="mw-cards">
            {told.map((one) => (
              <One key={one.offer.id} told={one} lang={lang} />
            ))}
          </ul>
        )}
        {told && (
          <P>
            <A href={link('/matching/', lang)}>{t.rules}</A>
          </P>
        )}
      </div>
    </div>
  );
};
