// What jurors are called on the board: by their organisation, and a number where it has several.
import type { Juror } from '../gen/api';
import type { Lang } from '../lib/i18n';

const unknown = { nl: 'Jurylid', en: 'Juror' };

export const namesOf = (jurors: readonly Juror[], lang: Lang): Map<string, string> => {
  const inOrder = [...jurors].sort((a, b) => (a.created_at ?? '').localeCompare(b.created_at ?? ''));
  return new Map(
    inOrder.map((one) => {
      const same = inOrder.filter(({ organisation_id }) => organisation_id === one.organisation_id);
      const name = one.organisation_name ?? unknown[lang];
      return [one.id, same.length > 1 ? `${name}, ${same.indexOf(one) + 1}` : name];
    }),
  );
};
