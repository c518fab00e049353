// Checking in: what the screen in the room shows, and what a phone that scanned it does.
import { useEffect, useState } from 'preact/hooks';
import type { Attendance, MeetingCode } from '../gen/api';
import { create, faultOf, get, type Fault } from '../lib/api';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { Alert, FaultAlert, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Inchecken',
    scan: 'Laat deelnemers deze code scannen met hun telefoon. De code verandert elke vijf minuten.',
    qr: 'QR-code om in te checken',
    closed: (from: string, until: string) => `De code is er van ${from} tot ${until}.`,
    busy: 'U wordt ingecheckt.',
    done: (title: string) => `Welkom. ${title} is aanwezig gemeld.`,
  },
  {
    title: 'Check in',
    scan: 'Let participants scan this code with their phone. The code changes every five minutes.',
    qr: 'QR code to check in',
    closed: (from: string, until: string) => `The code is here from ${from} until ${until}.`,
    busy: 'You are being checked in.',
    done: (title: string) => `Welcome. ${title} is recorded as present.`,
  },
);

// A path of the dark modules, one square each.
const pathOf = (size: number, modules: string) =>
  [...modules]
    .map((dark, at) => (dark === '1' ? `M${at % size},${Math.floor(at / size)}h1v1h-1z` : ''))
    .join('');

const margin = 4; // modules of white that a scanner needs around it

const Qr = ({ code, label }: { code: MeetingCode; label: string }) => (
  <svg
    class="mw-qr"
    role="img"
    aria-label={label}
    viewBox={`${-margin} ${-margin} ${(code.size ?? 0) + 2 * margin} ${(code.size ?? 0) + 2 * margin}`}
    shape-rendering="crispEdges"
  >
    <rect class="mw-qr__ground" x={-margin} y={-margin} width="100%" height="100%" />
    <path d={pathOf(code.size ?? 1, code.modules ?? '')} />
  </svg>
);

const patience = 20_000;

// For who leads the meeting: asked again as long as the page is open, as the code changes.
export const Screen = ({ id, lang }: { id: string; lang: Lang }) => {
  const t = texts(lang);
  const [code, setCode] = useState<MeetingCode>();
  useEffect(() => {
    const look = () =>
      void get<MeetingCode>(`/meetings/${id}/code`, { site: location.origin }).then(setCode, () => undefined);
    look();
    const timer = setInterval(look, patience);
    return () => clearInterval(timer);
  }, [id]);
  if (!code) return null;
  return (
    <section class="mw-section--tight" aria-labelledby="screen">
      <Heading level={2} look={3} id="screen">
        {t.title}
      </Heading>
      {code.link ? (
        <>
          <p>{t.scan}</p>
          <Qr code={code} label={t.qr} />
        </>
      ) : (
        <p class="mw-quiet">{t.closed(moment(code.opens_at, lang), moment(code.closes_at, lang))}</p>
      )}
    </section>
  );
};

// For who scanned it: it does what they came for.
export const CheckIn = (props: { id: string; code: string; lang: Lang; done: () => Promise<void> }) => {
  const { id, code, lang, done } = props;
  const t = texts(lang);
  const [here, setHere] = useState<Attendance>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    create<Attendance>('/attendances/_check', { meeting_id: id, code })
      .then(async (one) => {
        setHere(one);
        await done();
      })
      .catch((thrown: unknown) => setFault(faultOf(thrown)));
  }, []);
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!here) return <p role="status">{t.busy}</p>;
  return (
    <Alert kind="ok" title={t.title}>
      <p>{t.done(here.initiative_title ?? '')}</p>
    </Alert>
  );
};
