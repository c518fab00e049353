// walk-replay.mjs - the rows of deals, made again from nothing but their events (D13), and on the way what only holds in between:
// what is in dispute is neither invoiced nor paid meanwhile (D18).
import { tableOf } from '../lib/statements.mjs';

const alive = ['awaiting', 'placed', 'confirmed'];
const counts = (state) => state === 'reported' || state === 'confirmed';

/** The ledger as the events tell it. */
class Books {
    orders = new Map();         // id -> its lines, and the agreement that it is called off from
    orderLines = new Map();
    deliveryLines = new Map();  // `delivery line`
    agreements = new Map();
    agreementLines = new Map();
    invoices = new Map();
    payments = new Map();
    states = new Map();         // subject -> where it was
    breaches = [];

    add(line, changes) {
        const kept = this.orderLines.get(line);
        for (const [name, units] of Object.entries(changes)) {
            kept[name] += units;
        }
        return kept;
    }

    each(lines, changes) {
        for (const { order_line_id: id, quantity } of lines) {
            this.add(id, Object.fromEntries(Object.entries(changes).map(([name, sign]) => [name, sign * quantity])));
        }
    }

    /** Units go back to the agreement that they were called off from, or come out of it. */
    callOff(orderId, line, units) {
        const of = this.agreements.get(this.orders.get(orderId).agreement_id);
        const from = of?.lines.find((one) => one.description === line.description);
        if (from) {
            this.agreementLines.get(from.id).called_off += units;
        }
    }

    order(name, order) {
        if (!this.orders.has(order.id)) {
            this.orders.set(order.id, order);
            for (const line of order.lines) {
                this.orderLines.set(line.id, { order_id: order.id, buyer_id: order.buyer_id, supplier_id: order.supplier_id, no: line.no,
                    description: line.description, unit: line.unit, unit_price_cents: line.unit_price_cents, vat: line.vat,
                    offer_id: line.offer_id ?? null, ordered: line.ordered, cancelled: 0, announced: 0, delivered: 0, accepted: 0,
                    rejected: 0, returned: 0, invoiced: 0, credited: 0, disputed: 0, contested: 0 });
                this.callOff(order.id, line, line.ordered);
            }
        }
        if (!alive.includes(order.state)) {
            for (const { id } of order.lines) {
                const line = this.orderLines.get(id);
                this.callOff(order.id, line, line.cancelled - line.ordered);
                line.cancelled = order.state === 'cancelled' ? line.ordered : line.cancelled;
            }
        }
    }

    cancellation(name, { order_id: order, lines }) {
        if (name === 'cancellation_agreed') {
            this.each(lines, { cancelled: 1 });
            lines.forEach(({ order_line_id: id, quantity }) => this.callOff(order, this.orderLines.get(id), -quantity));
        }
    }

    goods_return(name, { lines }) {
        if (name === 'goods_returned') {
            this.each(lines, { returned: 1 });
        }
    }

    delivery(name, { id, lines, redelivery_of: again }) {
        const of = (line, delivery = id) => this.deliveryLines.get(`${delivery} ${line.order_line_id}`);
        for (const line of lines) {
            const { order_line_id: which, quantity, accepted, rejected } = line;
            if (name === 'delivery_announced') {
                this.add(which, { announced: quantity });
                this.deliveryLines.set(`${id} ${which}`, { quantity, accepted: null, rejected: null, redelivered: 0, contested: 0 });
            } else if (name === 'delivery_withdrawn') {
                this.add(which, { announced: -quantity });
            } else if (name === 'delivery_delivered') {
                this.add(which, { delivered: quantity });
            } else if (name === 'delivery_accepted') {
                this.add(which, { accepted, rejected });
                Object.assign(of(line), { accepted, rejected });
            }
            if (again && ['delivery_announced', 'delivery_withdrawn'].includes(name)) {
                of(line, again).redelivered += name === 'delivery_announced' ? quantity : -quantity;
            }
        }
    }

    invoice(name, { id, lines, gross_cents: gross }) {
        if (name === 'invoice_drafted') {
            this.invoices.set(id, { gross_cents: gross, paid_cents: 0, confirmed_cents: 0, refunded_cents: 0, credited_cents: 0, frozen_cents: 0 });
            this.each(lines, { invoiced: 1 });
            for (const { order_line_id: line } of lines) {
                const { invoiced, credited, accepted, returned, disputed } = this.orderLines.get(line);
                if (invoiced - credited > accepted - returned - disputed) {
                    this.breaches.push(`invoice/${id} asks for what is in dispute of line ${line}`);
                }
            }
        } else if (['invoice_rejected', 'invoice_dropped'].includes(name)) {
            this.each(lines, { invoiced: -1 });
        }
    }

    credit_note(name, { invoice_id: invoice, lines, gross_cents: gross }) {
        if (name === 'credit_note_issued') {
            this.each(lines, { credited: 1 });
            this.invoices.get(invoice).credited_cents += gross;
        }
    }

    payment(name, { id, invoice_id: of, amount_cents: cents, state }, before) {
        const invoice = this.invoices.get(of);
        const more = cents * (counts(state) - counts(before));
        invoice.paid_cents += more;
        invoice.confirmed_cents += cents * ((state === 'confirmed') - (before === 'confirmed'));
        this.payments.set(id, this.payments.get(id) ?? { refunded_cents: 0 });
        if (more > 0 && invoice.paid_cents - invoice.refunded_cents > invoice.gross_cents - invoice.credited_cents - invoice.frozen_cents) {
            this.breaches.push(`payment/${id} pays what is in dispute`);
        }
    }

    refund(name, { payment_id: payment, invoice_id: invoice, amount_cents: cents, state }, before) {
        const more = cents * ((state !== 'reversed') - (before !== undefined && before !== 'reversed'));
        this.payments.get(payment).refunded_cents += more;
        this.invoices.get(invoice).refunded_cents += more;
    }

    /** Frozen from when it is raised; over, nothing is, and what was granted has gone to who was right. */
    dispute(name, { order_line_id: line, quantity, delivery_id: delivery, invoice_id: invoice, amount_cents: cents, ...dispute }) {
        const over = { dispute_final: dispute.upheld ?? 0, dispute_settled: quantity ?? 0, dispute_withdrawn: 0 }[name];
        if (name !== 'dispute_raised' && over === undefined) {
            return;
        }
        const sign = name === 'dispute_raised' ? 1 : -1;
        if (invoice) {
            this.invoices.get(invoice).frozen_cents += sign * cents;
        } else if (delivery) {
            const moved = { contested: sign * quantity, rejected: -(over ?? 0), accepted: over ?? 0 };
            this.add(line, moved);
            const kept = this.deliveryLines.get(`${delivery} ${line}`);
            Object.keys(moved).forEach((each) => { kept[each] += moved[each]; });
        } else {
            this.add(line, { disputed: sign * quantity, returned: dispute.raised_by === dispute.buyer_id ? over ?? 0 : 0 });
        }
    }

    agreement(name, agreement) {
        if (name === 'agreement_drafted') {
            this.agreements.set(agreement.id, { ...agreement, changed_cents: 0 });
            agreement.lines.forEach((line) => this.agreementLines.set(line.id, { ...line, called_off: 0 }));
        }
    }

    change_order(name, { agreement_id: of, lines }) {
        for (const { agreement_line_id: id, quantity } of name === 'change_applied' ? lines : []) {
            const line = this.agreementLines.get(id);
            line.agreed += quantity;
            this.agreements.get(of).changed_cents += Math.abs(quantity) * line.unit_price_cents;
        }
    }
}

/** Plays the log; answers the books. */
export function replay(log) {
    const books = new Books();
    for (const { subject, type, data } of log) {
        const noun = subject.split('/')[0];
        if (Books.prototype[noun] && !['add', 'each', 'callOff'].includes(noun)) {
            books[noun](type.split('.')[2], data, books.states.get(subject));
            books.states.set(subject, data.state);
        }
    }
    return books;
}

/** A value as text; the order of an object's fields says nothing. */
const text = (value) => JSON.stringify(value ?? null, (name, inner) => (inner && typeof inner === 'object' && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).filter(([, one]) => one !== null).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));

/** What of a row differs from what the events made of it; nothing when all is as it was. */
const differs = (what, row, made, names = Object.keys(made ?? {})) => (made === undefined ? [`${what} is in no event`]
    : names.filter((name) => text(row[name]) !== text(made[name]))
        .map((name) => `${what}.${name} is ${text(row[name])}; the events say ${text(made[name])}`));

// What an event may not say (people, what is sealed) or has no need of (where it is kept, how it is found), and why a
// replay cannot have it.
const person = 'a person', kept = 'how it is found', derived = 'follows from another table, and is compared there';
const left = {
    purchase_order: { placed_by: person, authorised_by: person, withheld: 'follows from its state' },
    agreement: { municipality: 'of its need', sector: 'of its need' },
    delivery: { deemed_at: 'judged_at, when it is deemed', photos: 'in its lines' },
    invoice: { vat_day: 'the day of created_at', approved_by: person, approved_differing: derived,
        seller: 'an address and an account number', buyer: 'an address and an account number', ...Object.fromEntries(
        ['paid_cents', 'confirmed_cents', 'refunded_cents', 'credited_cents', 'frozen_cents'].map((name) => [name, derived])) },
    payment: { reference_key: kept, refunded_cents: derived },
    refund: { reference_key: kept },
    impact_claim: { standing_units: derived },
};
// What is the moment of an event.
const moments = { issued_at: ['invoice_issued', 'credit_note_issued'] };

/** A moment as text, whoever wrote it. */
const moment = (value) => (/^\d{4}-\d\d-\d\dT/.test(value) ? value.replace('+00:00', 'Z').replace(/(\.\d*?)0*Z$/, '$1Z').replace('.Z', 'Z') : value);

/** D13: each row of a deal is what its events say, column by column, but for those in `left`. */
export const rebuilt = (nouns) => async ({ log, rows }) => {
    const wrong = [];
    const last = new Map(log.map((event) => [event.subject, event.data]));
    for (const [name, events] of Object.entries(moments)) {
        log.filter(({ type }) => events.includes(type.split('.')[2]))
            .forEach(({ subject, time }) => last.set(subject, { ...last.get(subject), [name]: time }));
    }
    for (const noun of nouns) {
        const table = tableOf(noun);
        const away = left[table.split('.')[1]] ?? {};
        for (const row of await rows(`SELECT * FROM ${table}`)) {
            const made = last.get(`${noun}/${row.id}`);
            const same = Object.fromEntries(Object.entries(row).filter(([name]) => !(name in away)).map(([name, value]) => [name, moment(value)]));
            const told = made && Object.fromEntries(Object.entries(made).map(([name, value]) => [name, moment(value)]));
            wrong.push(...differs(`${noun}/${row.id}`, same, told, Object.keys(same)));
        }
    }
    return wrong;
};

/** D13: the ledger is what the events of what it counts come to. */
export async function ledgerIsReplayed({ log, rows }) {
    const books = replay(log);
    const wrong = [...books.breaches];
    const all = async (table, of, key = ({ id }) => id) => {
        for (const row of await rows(`SELECT * FROM pipeline.${table}`)) {
            wrong.push(...differs(`${table}/${key(row)}`, row, of.get(key(row))));
        }
    };
    await all('order_line', books.orderLines);
    await all('delivery_line', books.deliveryLines, ({ delivery_id: delivery, order_line_id: line }) => `${delivery} ${line}`);
    await all('invoice', books.invoices);
    await all('payment', books.payments);
    await all('agreement_line', books.agreementLines);
    return wrong;
}
