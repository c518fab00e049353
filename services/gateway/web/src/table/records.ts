// The records of the financing table as its page uses them, and the conditions of a pledge in words.
import type * as api from '../gen/api';
import type { Stored } from '../lib/api';
import { dictionary, euro, word, type Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';

export type Ask = Stored<api.Ask>;
export type Pledge = Stored<api.Pledge>;
export type Condition = NonNullable<api.Pledge['conditions']>[number];

export interface TableProps {
  who: api.Me;
  lang: Lang;
  act: Telling;
}

const texts = dictionary(
  {
    sum: (amount: string) => `als er in totaal minstens ${amount} is toegezegd, dit meegerekend`,
    sumOf: (amount: string, kind: string) =>
      `als er minstens ${amount} is toegezegd als ${kind.toLowerCase()}`,
    financiers: (count: number) => `als er minstens ${count} financiers meedoen`,
    pledge: (name: string) => `als de toezegging van ${name} geldt`,
    agreement: 'als er een overeenkomst van kracht is waarin de aanvrager levert',
    theAgreement: 'als één bepaalde overeenkomst van de aanvrager van kracht is',
    another: 'een ander',
    gone: 'Een initiatief dat niet verder kwam',
  },
  {
    sum: (amount: string) => `if at least ${amount} is pledged in all, this included`,
    sumOf: (amount: string, kind: string) =>
      `if at least ${amount} is pledged as ${kind.toLowerCase()}`,
    financiers: (count: number) => `if at least ${count} financiers take part`,
    pledge: (name: string) => `if the pledge of ${name} holds`,
    agreement: 'if an agreement by which the applicant supplies is in force',
    theAgreement: 'if one particular agreement of the applicant is in force',
    another: 'somebody else',
    gone: 'An initiative that went no further',
  },
);

// "als er minstens € 10.000 is toegezegd als subsidie"
export const inWords = (one: Condition, pledges: Pledge[], lang: Lang): string => {
  const t = texts(lang);
  const amount = euro(one.least_cents ?? 0, lang);
  switch (one.wish) {
    case 'sum':
      return one.kind ? t.sumOf(amount, word('pledge_kind', one.kind, lang)) : t.sum(amount);
    case 'financiers':
      return t.financiers(one.financiers ?? 0);
    case 'pledge':
      return t.pledge(
        pledges.find(({ id }) => id === one.pledge_id)?.financier_name ?? t.another,
      );
    default:
      return one.agreement_id ? t.theAgreement : t.agreement;
  }
};

// Who may not read an initiative any more still reads what it asked.
export const titleOf = (ask: api.Ask, lang: Lang) => ask.title ?? texts(lang).gone;
