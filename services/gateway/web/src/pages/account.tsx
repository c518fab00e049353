// A person's own account: for which organisations they act, and their e-mail addresses.
import { Addresses } from '../account/addresses';
import { Organisations } from '../account/organisations';
import { PersonPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';

export const meta: Meta = {
  title: { nl: 'Uw account', en: 'Your account' },
  about: {
    nl: 'Voor wie u handelt, en uw e-mailadressen.',
    en: 'For whom you act, and your e-mail addresses.',
  },
};

export default function Account({ lang }: PageProps) {
  return (
    <PersonPage lang={lang} meta={meta}>
      {(who) => (
        <>
          <Organisations who={who} lang={lang} />
          <Addresses lang={lang} />
        </>
      )}
    </PersonPage>
  );
}
