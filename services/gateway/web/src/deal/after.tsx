// What follows an award, as one piece that is fetched where something did.
export { DeliveryPart as delivery } from './delivery';
export { DisputesPart } from './dispute';
export { ImpactPart } from './impact-claim';
export { InvoicePart as invoice } from './invoice';
export { OrderPart as order } from './order';
export { PaymentPart as payment } from './payment';
