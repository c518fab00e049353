// For which organisations a person acts, and acting for another one.
import { useEffect, useState } from 'preact/hooks';
import type { Me, Membership } from '../gen/api';
import { actFor, getAll } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, link, word, type Lang } from '../lib/i18n';
import { Badge, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Voor wie u handelt',
    none: 'Uw account handelt nog voor geen organisatie.',
    now: 'Nu',
    act: 'Handel hiervoor',
    roles: (roles: string) => `Uw rollen: ${roles}`,
  },
  {
    title: 'For whom you act',
    none: 'Your account acts for no organisation yet.',
    now: 'Now',
    act: 'Act for this one',
    roles: (roles: string) => `Your roles: ${roles}`,
  },
);

export const Organisations = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [items, setItems] = useState<Membership[]>();
  useEffect(() => {
    getAll<Membership>('/account/organisations').then(setItems, () => undefined);
  }, []);
  const act = async (id: string) => {
    await actFor(id);
    location.assign(link('/mijn/', lang));
  };
  return (
    <section class="mw-section" aria-labelledby="organisations">
      <Heading level={2} look={3} id="organisations">
        {t.title}
      </Heading>
      {items?.length === 0 && <p class="mw-quiet">{t.none}</p>}
      {items && items.length > 0 && (
        <ul class="mw-rows">
          {items.map(({ organisation_id, name, roles }) => (
            <li key={organisation_id}>
              <div>
                <b>{name}</b>
                <br />
                <span class="mw-quiet">{t.roles(roles.map((role) => word('role', role, lang)).join(', '))}</span>
              </div>
              <div class="mw-rows__acts">
                {organisation_id === who.organisation_id ? (
                  <Badge tone="brand">{t.now}</Badge>
                ) : (
                  !who.support_until && (
                    <Act lang={lang} kind="secondary" label={t.act} about={name} act={() => act(organisation_id)} />
                  )
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
