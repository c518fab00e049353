// Tariffs of social return: what a purchase counts for with each municipality, from which day on.
import { command, create, hasRole, may } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { Act, TextField, type Faults } from '../lib/form';
import { date, dictionary } from '../lib/i18n';
import { ppmOf } from '../lib/input';
import { List, type Listing } from '../lib/lists';
import { StepForm, required } from '../lib/step';
import { State } from '../lib/ui';
import { percent, type SroiProps, type Tariff } from './records';

const texts = dictionary(
  {
    title: 'Tarieven',
    empty: 'Er is nog geen tarief. Zonder tarief kan niemand een verplichting aanmelden.',
    counts: (part: string) => `inkoop bij een sociale onderneming telt voor ${part} van de kosten zonder btw`,
    from: (day: string) => `voor opdrachten die zijn gepubliceerd vanaf ${day}`,
    adopt: 'Tarief vaststellen',
    adopted: 'Het tarief is vastgesteld. Wat al is aangemeld, houdt het tarief van toen.',
    end: 'Tarief intrekken',
    ended: 'Het tarief is ingetrokken. Wat ermee is aangemeld, houdt het.',
    since: 'Eerste dag van publicatie waarvoor het geldt',
    part: 'Welk deel van de kosten telt, in procenten',
    partHint: 'Bijvoorbeeld 100',
    noPart: 'Vul een percentage in van 0 tot en met 100',
    source: 'Welk besluit',
  },
  {
    title: 'Tariffs',
    empty: 'There is no tariff yet. Without one nobody can register an obligation.',
    counts: (part: string) => `a purchase from a social enterprise counts for ${part} of its cost without VAT`,
    from: (day: string) => `for tenders published from ${day} on`,
    adopt: 'Adopt a tariff',
    adopted: 'The tariff is adopted. What was registered keeps the tariff of then.',
    end: 'Withdraw the tariff',
    ended: 'The tariff is withdrawn. What was registered by it keeps it.',
    since: 'First day of publication for which it holds',
    part: 'Which part of the cost counts, in per cent',
    partHint: 'For example 100',
    noPart: 'Give a percentage from 0 to 100',
    source: 'Which decision',
  },
);

const Adopt = ({ lang, act }: SroiProps) => {
  const t = texts(lang);
  const kept = useDraft('sroi-tariff', { from: '', part: '100', source: '' });
  const { from, part, source } = kept.form;
  const check = (): Faults => ({
    ...required({ valid_from: [t.since, from], source: [t.source, source] }, lang),
    ...(ppmOf(part) === undefined ? { purchase_ppm: t.noPart } : {}),
  });
  const send = () =>
    act(t.adopted, async () => {
      await create('/sroi-tariffs', { valid_from: from, purchase_ppm: ppmOf(part), source: source.trim() });
      kept.sent();
    });
  return (
    <StepForm id="tariff" lang={lang} label={t.adopt} open={kept.found} check={check} send={send}>
      {(slot) => (
        <>
          <Restored draft={kept} lang={lang} />
          <TextField
            {...slot('valid_from')}
            label={t.since}
            short
            type="date"
            value={from}
            onValue={(day) => kept.set({ from: day })}
          />
          <TextField
            {...slot('purchase_ppm')}
            label={t.part}
            hint={t.partHint}
            short
            value={part}
            onValue={(text) => kept.set({ part: text })}
          />
          <TextField {...slot('source')} label={t.source} value={source} onValue={(text) => kept.set({ source: text })} />
        </>
      )}
    </StepForm>
  );
};

export const Tariffs = ({ listing, ...props }: SroiProps & { listing: Listing<Tariff> }) => {
  const { who, lang, act } = props;
  const t = texts(lang);
  return (
    <List
      id="tariffs"
      title={t.title}
      empty={t.empty}
      lang={lang}
      listing={listing}
      row={(one) => (
        <>
          <div>
            <b>{one.municipality_name}</b>
            <br />
            {t.counts(percent(one.purchase_ppm, lang))}
            <br />
            {t.from(date(one.valid_from ?? '', lang))}
            <br />
            <small>{one.source}</small>
          </div>
          <div>
            <State list="sroi_tariff_state" state={one.state} lang={lang} />
            {may(one, 'end') && (
              <Act
                lang={lang}
                kind="secondary"
                label={t.end}
                about={`${one.municipality_name ?? ''} ${date(one.valid_from ?? '', lang)}`}
                act={() => act(t.ended, () => command('/sroi-tariffs', one, 'end'))}
              />
            )}
          </div>
        </>
      )}
    >
      {hasRole(who, 'POLICY') && <Adopt {...props} />}
    </List>
  );
};
