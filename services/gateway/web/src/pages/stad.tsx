// One city: its market beside its roadmap, its stories and what it took over from others.
import { useEffect, useState } from 'preact/hooks';
import { all } from '../lib/all';
import { create, get, me, type Stored } from '../lib/api';
import { dictionary, euroShort, link, moment, number, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done, acts, useTitle } from '../lib/step';
import { A, Crumbs, Heading, Waiting } from '../lib/ui';
import type { Adoption, Assessment, CityReport, Me, Organisation, Story } from '../gen/api';
import { Adoptions } from '../roadmap/adoptions';
import { AssessmentForm } from '../roadmap/assessmentform';
import { Assessments } from '../roadmap/assessments';
import { LevelCards, levelTexts } from '../roadmap/levels';
import { StoryCards } from '../roadmap/stories';

export const meta: Meta = {
  title: { nl: 'Stad', en: 'City' },
  about: {
    nl: 'Een stad: haar markt voor sociaal ondernemers naast haar roadmap.',
    en: 'A city: its market for social entrepreneurs beside its roadmap.',
  },
  data: { operation: 'report_city', path: '/reports/cities/{municipality}' },
};

const texts = dictionary(
  {
    roadmap: 'Roadmap',
    asOf: (on: string, seq: string) => `Stand van ${on}, geteld tot en met gebeurtenis ${seq}.`,
    how: 'Zo tellen wij',
    market: 'De markt',
    revenue: 'Omzet van sociaal ondernemers in deze stad',
    exVat: 'exclusief btw',
    buyers: 'Inkopende organisaties',
    enterprises: 'Sociale ondernemingen',
    offers: 'Aanbod op de markt',
    more: 'Cijfers per kwartaal',
    levels: 'De roadmap',
    stories: 'Tips en verhalen van deze stad',
    told: (count: string) => `${count} gepubliceerd`,
    noStories: 'Deze stad heeft nog geen verhaal gepubliceerd.',
    adopted: 'Overgenomen van andere steden',
    exchange: (took: string, gave: string) =>
      `${took} keer nam deze stad iets over; ${gave} keer nam een andere stad iets van haar over.`,
    assessments: 'Beoordelingen',
    noAssessments: 'Er is nog geen beoordeling gepubliceerd.',
    begun: 'Het concept is bewaard. Alleen uw gemeente ziet het.',
  },
  {
    roadmap: 'Roadmap',
    asOf: (on: string, seq: string) => `As of ${on}, counted up to event ${seq}.`,
    how: 'How we count',
    market: 'The market',
    revenue: 'Revenue of social entrepreneurs in this city',
    exVat: 'excluding VAT',
    buyers: 'Buying organisations',
    enterprises: 'Social enterprises',
    offers: 'Offers on the market',
    more: 'Figures per quarter',
    levels: 'The roadmap',
    stories: 'Tips and stories of this city',
    told: (count: string) => `${count} published`,
    noStories: 'This city has not published a story yet.',
    adopted: 'Adopted from other cities',
    exchange: (took: string, gave: string) =>
      `This city adopted something ${took} times; ${gave} times another city adopted its story.`,
    assessments: 'Assessments',
    noAssessments: 'No assessment has been published yet.',
    begun: 'The draft is saved. Only your municipality sees it.',
  },
);

interface Around {
  me: Me;
  own?: Organisation; // the caller's municipality, when it is this one
  stories: Story[];
  adoptions: Stored<Adoption>[];
  assessments: Stored<Assessment>[];
}

const nobody: Around = { me: {}, stories: [], adoptions: [], assessments: [] };

const ownCity = async (who: Me, municipality: string): Promise<Organisation | undefined> => {
  if (!who.organisation_id) return undefined;
  const own = await get<Organisation>(`/organisations/${who.organisation_id}`);
  return own.kind === 'municipality' && own.municipality === municipality ? own : undefined;
};

const loadAround = async (municipality: string): Promise<Around> => {
  const who = await me();
  const query = { municipality };
  const [own, stories, adoptions, assessments] = await Promise.all([
    ownCity(who, municipality).catch(() => undefined),
    all<Story>('/stories', query),
    all<Adoption>('/adoptions', query),
    all<Assessment>('/assessments', query),
  ]);
  return {
    me: who,
    ...(own ? { own } : {}),
    stories,
    adoptions,
    assessments,
  };
};

const MarketTiles = ({ report, lang }: { report: CityReport; lang: Lang }) => {
  const t = texts(lang);
  const { revenue_cents, buyers, enterprises, offers } = report.figures;
  const tiles: [string, string][] = [
    [t.revenue, euroShort(revenue_cents, lang)],
    [t.buyers, number(buyers, lang)],
    [t.enterprises, number(enterprises, lang)],
    [t.offers, number(offers, lang)],
  ];
  return (
    <ul class="mw-tiles mw-tiles--plain">
      {tiles.map(([name, value]) => (
        <li key={name}>
          <p class="mw-tiles__name">{name}</p>
          <p class="mw-tiles__value">
            {value}
            {name === t.revenue && <small> {t.exVat}</small>}
          </p>
        </li>
      ))}
    </ul>
  );
};

const CityView = ({ given, lang }: { given: CityReport; lang: Lang }) => {
  const t = texts(lang);
  const { municipality, name } = given.figures;
  useTitle(name, lang);
  const [report, setReport] = useState(given);
  const [around, setAround] = useState<Around>(nobody);
  const [said, setSaid] = useState('');
  useEffect(() => {
    loadAround(municipality)
      .then(setAround)
      .catch(() => setAround(nobody));
  }, [given]);

  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    setReport(await get<CityReport>(`/reports/cities/${municipality}`));
    setAround(await loadAround(municipality));
    setSaid(done);
  };
  const { own, stories, adoptions, assessments } = around;
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.roadmap, '/roadmap/'], [name]]} />
      <Heading level={1}>{name}</Heading>
      <p class="mw-source">
        {t.asOf(moment(report.as_of, lang), number(report.as_of_seq, lang))}{' '}
        <A href={link('/uitleg/', lang)}>{t.how}</A>
      </p>
      <Done text={said} />
      <section class="mw-section--tight" aria-labelledby="market">
        <div class="mw-section__head">
          <Heading level={2} id="market">
            {t.market}
          </Heading>
          <A href={`${link('/resultaten/', lang)}?municipality=${municipality}`}>{t.more}</A>
        </div>
        <MarketTiles report={report} lang={lang} />
      </section>
      <section class="mw-section" aria-labelledby="levels">
        <Heading level={2} id="levels">
          {t.levels}
        </Heading>
        <p class="mw-quiet mw-below">{levelTexts(lang).note}</p>
        <LevelCards levels={report.levels} lang={lang} />
      </section>
      <section class="mw-section" aria-labelledby="assessments">
        <Heading level={2} id="assessments">
          {t.assessments}
        </Heading>
        {own && acts(around.me, 'POLICY') && (
          <AssessmentForm
            key={assessments.length}
            lang={lang}
            fictional={own.fictional ?? false}
            send={(body) => act(t.begun, () => create<Assessment>('/assessments', body))}
          />
        )}
        {assessments.length === 0 ? (
          <p class="mw-quiet">{t.noAssessments}</p>
        ) : (
          <Assessments assessments={assessments} lang={lang} act={act} />
        )}
      </section>
      <section class="mw-section" aria-labelledby="stories">
        <div class="mw-section__head">
          <Heading level={2} id="stories">
            {t.stories}
          </Heading>
          <p>{t.told(number(report.stories, lang))}</p>
        </div>
        {stories.length === 0 && <p class="mw-quiet">{t.noStories}</p>}
        <StoryCards stories={stories} level={3} lang={lang} />
      </section>
      <section class="mw-section" aria-labelledby="adopted">
        <Heading level={2} id="adopted">
          {t.adopted}
        </Heading>
        <p class="mw-quiet mw-below">
          {t.exchange(number(report.adopted, lang), number(report.adopted_by_others, lang))}
        </p>
        <Adoptions adoptions={adoptions} withStory lang={lang} act={act} />
      </section>
    </div>
  );
};

export default function CityPage({ lang, d, fault }: PageProps<CityReport>) {
  return d ? (
    <CityView given={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
