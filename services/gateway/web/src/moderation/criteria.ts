// The published criteria by which organisations are judged, by name.
import { useEffect, useState } from 'preact/hooks';
import type { AdmissionCriterionPage } from '../gen/api';
import { get } from '../lib/api';
import type { Option } from '../lib/form';
import type { Lang } from '../lib/i18n';

// Asked once for a page, however many parts of it name one.
let asked: Promise<AdmissionCriterionPage> | undefined;

export const useCriteria = (lang: Lang): Option[] => {
  const [criteria, setCriteria] = useState<Option[]>([]);
  useEffect(() => {
    asked ??= get<AdmissionCriterionPage>('/admission-criteria');
    asked.then(
      ({ items }) => setCriteria(items.map((one) => [one.code, lang === 'nl' ? one.name : one.name_en])),
      () => (asked = undefined),
    );
  }, []);
  return criteria;
};

export const nameOfCriterion = (criteria: readonly Option[], code: string | undefined) =>
  criteria.find(([one]) => one === code)?.[1] ?? code;
