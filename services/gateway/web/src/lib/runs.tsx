// Rankings that a buyer kept: when, with which hash; to keep one more, and to take the signed pack along.
import type { MatchRun, RunSummary } from '../gen/api';
import { command, getAll } from './api';
import { Act } from './form';
import { dictionary, moment, type Lang } from './i18n';
import { List, useListing } from './lists';
import { P } from './ui';

const texts = dictionary(
  {
    title: 'Bewaarde rangschikkingen',
    about:
      'Bewaar de rangschikking voordat u uitnodigt. Zo kunt u later laten zien waarop uw keuze ' +
      'rustte. Wat bewaard is, kan niemand veranderen, ook u niet.',
    none: 'U hebt nog geen rangschikking bewaard.',
    keep: 'Bewaar deze rangschikking',
    hash: 'Controlegetal',
    pack: 'Download het dossier',
    packAbout:
      'In het dossier staan uw vraag met de raming, de uitnodigingen, de rangschikkingen, de ' +
      'regels en de loting. Het is ondertekend: iedereen die het van u krijgt, kan nagaan dat er ' +
      'niets aan veranderd is.',
  },
  {
    title: 'Rankings that were kept',
    about:
      'Keep the ranking before you invite. Then you can show later what your choice was based ' +
      'on. Nobody can change what was kept, nor can you.',
    none: 'You have not kept a ranking yet.',
    keep: 'Keep this ranking',
    hash: 'Check number',
    pack: 'Download the pack',
    packAbout:
      'The pack has your need with the estimate, the invitations, the rankings, the rules and the ' +
      'draw. It is signed: whoever gets it from you can see that nothing in it was changed.',
  },
);

export const Runs = ({ needId, lang }: { needId: string; lang: Lang }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<RunSummary>(`/needs/${needId}/runs`));
  const keep = async () => {
    await command<MatchRun>('/needs', { id: needId }, 'match');
    await listing.reload();
  };
  return (
    <List
      id="bewaard"
      title={t.title}
      empty={t.none}
      lang={lang}
      listing={listing}
      row={(run) => (
        <>
          <span>{moment(run.made_at ?? '', lang)}</span>
          <span class="mw-quiet">
            {t.hash} <code class="mw-hash">{run.hash}</code>
          </span>
        </>
      )}
    >
      <div class="mw-keep">
        <P>{t.about}</P>
        <Act lang={lang} kind="secondary" label={t.keep} act={keep} />
        <P>{t.packAbout}</P>
        <a class="nl-link" href={`/v1/needs/${needId}/pack`} download={`dossier-${needId}.json`}>
          {t.pack}
        </a>
      </div>
    </List>
  );
};
