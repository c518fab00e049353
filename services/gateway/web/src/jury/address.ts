// Where the jury of a round is, and a dossier in it.
import { useEffect, useState } from 'preact/hooks';
import { link, type Lang } from '../lib/i18n';

export const juryLink = (round: string, lang: Lang, dossier?: string) =>
  `${link('/jury/', lang)}?id=${round}${dossier ? `&dossier=${dossier}` : ''}`;

// The dossier that the address of this page names; undefined until it is known.
export const useDossierAsked = (): string | undefined => {
  const [asked, setAsked] = useState<string>();
  useEffect(() => setAsked(new URLSearchParams(location.search).get('dossier') ?? ''), []);
  return asked;
};
