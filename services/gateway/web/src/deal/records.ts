// The records of a deal as its two parties see them. The generated types say what anybody may get,
// so they leave out for the public what a party always has: lines, units and amounts.
import type { Stored } from '../lib/api';
import type * as api from '../gen/api';

type With<T, K extends keyof T> = T & Required<Pick<T, K>>;
type WithLines<T, Line> = Omit<T, 'lines'> & { lines: Line[] };

export type QuoteLine = Required<Omit<api.QuoteLine, 'spec_line' | 'deviates' | 'offer_id'>> &
  Pick<api.QuoteLine, 'spec_line' | 'deviates' | 'offer_id'>;
export type DeliveryLine = With<api.DeliveryLine, 'order_line_id' | 'quantity'>;
export type InvoiceLine = With<api.InvoiceLine, 'order_line_id' | 'quantity'>;

export type Need = Stored<api.Need>;
export type Invitation = Stored<api.Invitation>;
export type Quote = Stored<WithLines<api.Quote, QuoteLine>>;
export type QuoteRound = Required<Pick<api.QuoteRound, 'revision' | 'proposed_by' | 'total_cents' | 'result'>> &
  Omit<WithLines<api.QuoteRound, QuoteLine>, 'revision' | 'proposed_by' | 'total_cents' | 'result'>;
export type Order = Stored<api.Order>;
export type Delivery = Stored<WithLines<api.Delivery, DeliveryLine>>;
export type Invoice = Stored<WithLines<api.Invoice, InvoiceLine>>;
export type CreditNote = Stored<api.CreditNote>;
export type Payment = Stored<With<api.Payment, 'amount_cents'>>;
export type Opener = Stored<api.Opener>;
export type Seal = Stored<api.Seal>;
export type Award = Stored<api.Award>;
export type Score = Stored<api.Score>;
export type NeedScores = api.NeedScores;
export type Complaint = Stored<api.Complaint>;

export type AgreementLine = Required<api.AgreementLine>;
export type Agreement = Stored<WithLines<api.Agreement, AgreementLine>>;
export type ChangeOrder = Stored<WithLines<api.ChangeOrder, Required<api.ChangeLine>>>;
export type LineUnits = Required<api.LineUnits>;
export type Cancellation = Stored<WithLines<api.Cancellation, LineUnits>>;
export type GoodsReturn = Stored<WithLines<api.GoodsReturn, LineUnits>>;
export type Dispute = Stored<api.Dispute>;
export type ImpactClaim = Stored<With<api.ImpactClaim, 'period_from' | 'period_until'>>;
export type Refund = Stored<With<api.Refund, 'amount_cents'>>;
