// An order that a buyer's own system wrote, in UBL: it becomes a basket to look at and order.
import { useState } from 'preact/hooks';
import type { Basket } from '../gen/api';
import { Fault, faultOf, sendXml, type Stored } from './api';
import { FileField, type Faults } from './form';
import { dictionary, type Lang } from './i18n';
import { StepForm } from './step';
import { Alert } from './ui';

const texts = dictionary(
  {
    open: 'Een bestelling uit een bestand halen',
    about: 'Maakt uw eigen systeem bestellingen in UBL 2.1 (Peppol BIS Ordering 3)? Dan komen de regels zo in een mandje. Elke regel noemt het nummer van het aanbod; prijs en eenheid moeten kloppen.',
    file: 'Uw bestelling (XML)',
    choose: 'Kies een bestand.',
    send: 'Maak er een mandje van',
    wrong: 'De bestelling klopt niet met wat er te koop is. Er is niets bewaard.',
    line: (at: string, reason: string) => `Regel ${at}: ${reason}`,
    unit: (reason: string) => `Eenheid: ${reason}`,
    made: 'De bestelling is nu een mandje. Kijk het na en bestel.',
  },
  {
    open: 'Take an order from a file',
    about: 'Does your own system write orders in UBL 2.1 (Peppol BIS Ordering 3)? Then their lines come into a basket this way. Each line names the number of an offer; price and unit have to be right.',
    file: 'Your order (XML)',
    choose: 'Choose a file.',
    send: 'Make a basket of it',
    wrong: 'The order is not about what is for sale. Nothing was kept.',
    line: (at: string, reason: string) => `Line ${at}: ${reason}`,
    unit: (reason: string) => `Unit: ${reason}`,
    made: 'The order is a basket now. Check it and order.',
  },
);

// Where it is wrong, by the line of the order where there is one.
const inWords = ({ errors }: Fault, lang: Lang) =>
  errors.map(({ path, reason }) => {
    const t = texts(lang);
    const at = /OrderLine\[(\d+)\]/.exec(path)?.[1];
    const said = path.endsWith('@unitCode') ? t.unit(reason) : reason;
    return at ? t.line(at, said) : said;
  });

interface ImportProps {
  lang: Lang;
  made: (basket: Stored<Basket>, said: string) => void;
}

export const BasketImport = ({ lang, made }: ImportProps) => {
  const t = texts(lang);
  const [file, setFile] = useState<File>();
  const [wrong, setWrong] = useState<string[]>([]);
  const check = (): Faults => {
    setWrong([]);
    return file ? {} : { file: t.choose };
  };
  const send = async () => {
    try {
      made(await sendXml<Basket>('/baskets/_import', file as File), t.made);
    } catch (thrown) {
      const fault = faultOf(thrown);
      setWrong(inWords(fault, lang));
      throw fault.errors.length > 0 ? new Fault(fault.status, fault.reason, t.wrong) : fault;
    }
  };
  return (
    <StepForm id="basket-import" lang={lang} label={t.open} submit={t.send} check={check} send={send}>
      {(slot) => (
        <>
          <p>{t.about}</p>
          {wrong.length > 0 && (
            <Alert kind="error">
              <ul>
                {wrong.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </Alert>
          )}
          <FileField {...slot('file')} label={t.file} accept=".xml,text/xml,application/xml" onFile={setFile} />
        </>
      )}
    </StepForm>
  );
};
