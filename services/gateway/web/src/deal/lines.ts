// What a line of an order is called, and in what it is counted.
import type { Order } from './records';

const lineOf = (order: Order | undefined, id: string | undefined) =>
  order?.lines?.find((line) => line.id === id);

export const nameOf = (order: Order | undefined, id: string | undefined) => lineOf(order, id)?.description ?? '';

export const unitOf = (order: Order | undefined, id: string | undefined) => lineOf(order, id)?.unit ?? '';
