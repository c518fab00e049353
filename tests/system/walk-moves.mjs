// walk-moves.mjs - what somebody sensible asks for, most of the time: the inputs of the random walk.
import { needText } from './deal-cast.mjs';

const soon = (ms) => new Date(Date.now() + ms).toISOString();
let number = 0;

/** The code that was shown when it was taken; now and then another one. */
const code = (walk, actor, { id }) => ({ code: walk.random.happens(0.05) ? 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' : walk.shown.get(id) });

/** A part of `most`; now and then too much, or nothing. */
const units = ({ random }, most) => (random.happens(0.05) ? random.pick([0, most + 1, 1e9, 1e15]) : 1 + random.below(Math.max(most, 1)));

/** A deadline that comes while they walk, or not; a sealed route is opened only after it. */
const deadline = ({ random }, route) => soon(random.pick(['invited', 'open'].includes(route)
    ? [12_000, 25_000, 40_000] : [1500, 15_000, 3_600_000, 3_600_000, 3_600_000, -1000]));

function need(walk) {
    const route = walk.random.pick([undefined, undefined, undefined, 'direct', 'private', 'invited', 'open', 'open']);
    return needText({ route, quote_deadline: deadline(walk, route), quantity: walk.random.pick([undefined, 5]), unit: 'uur',
        budget_cents: walk.random.pick([90_000, 90_000, 500_000, 9_000_000]) });
}

const quoteLines = ({ random }) => Array.from({ length: 1 + random.below(3) }, (_, no) => ({ description: `Regel ${no + 1}`,
    unit: 'uur', quantity: 1 + random.below(9), unit_price_cents: random.below(5000), vat: random.pick(['high', 'low', 'zero']) }));

/** Lines of an order that have something of `what` to give, now and then others; undefined: the actor has none. */
async function lines(walk, actor, what) {
    for (let tries = 0; tries < 3; tries++) {
        const id = walk.some('order');
        const { status, body } = id ? await actor.get(`/orders/${id}`) : {};
        const some = status === 200 ? body.lines.filter((line) => what(line) > 0 || walk.random.happens(0.05)) : [];
        if (some.length > 0) {
            return { order_id: id, lines: some.slice(0, 1 + walk.random.below(some.length))
                .map((line) => ({ order_line_id: line.id, quantity: units(walk, what(line)) })) };
        }
    }
    return undefined;
}

/** Those lines, with more beside them. */
const withLines = (what, more) => async (walk, actor) => {
    const some = await lines(walk, actor, what);
    return some && { ...more(), ...some };
};

/** The first page of a collection, as the actor sees it. */
const list = async (actor, path) => (await actor.get(path)).body.items ?? [];

/** One or more of them. */
const some = ({ random }, all) => all.slice(0, 1 + random.below(all.length));

/** An agreement of the actor's that is called off from. */
const inForce = async (walk, actor) =>
    walk.random.pick((await list(actor, '/agreements?limit=100')).filter(({ state }) => state === 'in_force'));

async function payment(walk, actor) {
    const invoice = walk.random.pick((await list(actor, '/invoices')).filter(({ state }) => state === 'approved'));
    return invoice && { invoice_id: invoice.id, amount_cents: units(walk, invoice.gross_cents - invoice.paid_cents) };
}

export const moves = {
    need_create: need,
    need_put: need,
    need_award: async (walk, actor, { id }) => ({ motivation: 'De beste prijs voor wat wij vragen.',
        quote_id: walk.random.pick((await list(actor, `/quotes?needId=${id}`)).map((quote) => quote.id)) ?? walk.some('quote') }),
    invitation_create: async (walk, actor) => {
        const need = walk.random.pick(await list(actor, '/needs?state=open&mine=true'));
        const supplier_id = need && walk.fresh(`invitation ${need.id}`, walk.suppliers, (id) => id);
        return supplier_id && { need_id: need.id, supplier_id };
    },
    quote_create: async (walk, actor) => {
        const need = walk.fresh(`quote of ${actor.org}`, await list(actor, '/needs?state=open'));
        return need && { lines: quoteLines(walk), need_id: need.id };
    },
    quote_put: (walk, actor, { need_id }) => ({ need_id, lines: quoteLines(walk) }),
    quote_revise: (walk, actor, { need_id }) => ({ need_id, lines: quoteLines(walk) }),
    opener_take: async (walk, actor) => {
        const need = walk.fresh(`opener ${actor.account}`, await list(actor, '/needs?state=ready&mine=true'));
        return need && { need_id: need.id };
    },
    opener_confirm: code,
    opener_give: code,
    order_place: async (walk, actor) => {
        const quote = walk.fresh('order', (await list(actor, '/quotes?limit=100')).filter(({ state }) => state === 'selected'));
        return quote && { quote_id: quote.id };
    },
    cancellation_create: withLines(({ ordered, cancelled, dispatched }) => ordered - cancelled - dispatched,
        () => ({ reason: 'Het is niet meer nodig.' })),
    impact_claim_create: async (walk, actor) => {
        const some = await lines(walk, actor, ({ accepted, returned }) => accepted - returned);
        const indicator = walk.random.pick(['job', 'learn_work', 'work_hours', 'co2_kg']);
        return some && { order_line_id: some.lines[0].order_line_id, indicator, quantity: units(walk, 8), period_from: '2026-01-01',
            period_until: '2026-06-30', method: 'Geteld in de lijst van de leermeester.',
            ...indicator !== 'co2_kg' && { target_group: walk.random.pick(['youth', 'benefit']) } };
    },
    goods_return_create: withLines(({ accepted, returned }) => accepted - returned, () => ({ reason: 'Het past toch niet.' })),
    delivery_announce: withLines(({ ordered, cancelled, dispatched, rejected }) => ordered - cancelled - dispatched + rejected,
        () => ({ note: 'Zoals afgesproken.' })),
    delivery_accept: (walk, actor, delivery) => ({ lines: delivery.lines.map(({ order_line_id, quantity }) => {
        const accepted = walk.random.happens(0.6) ? quantity : walk.random.below(quantity + 2);
        const rejected = quantity - accepted;
        return { order_line_id, accepted, ...rejected > 0 && { rejected, reject_reason: 'Het was niet heel.' } };
    }) }),
    invoice_create: withLines(({ accepted, returned, invoiced, credited }) => accepted - returned - invoiced + credited,
        () => ({ number: `W-${++number}` })),
    credit_note_create: async (walk, actor) => {
        const invoice = walk.random.pick(await list(actor, '/invoices'));
        return invoice && { invoice_id: invoice.id, number: `W-${++number}`, reason: 'Er was te veel gerekend.',
            lines: invoice.lines.slice(0, 1).map(({ order_line_id, quantity }) => ({ order_line_id, quantity: units(walk, quantity) })) };
    },
    agreement_create: async (walk, actor) => {
        const quote = walk.fresh('agreement', (await list(actor, '/quotes?limit=100')).filter(({ state }) => state === 'selected'));
        return quote && { quote_id: quote.id, kind: walk.random.pick(['single', 'framework', 'framework']) };
    },
    order_call_off: async (walk, actor) => {
        const agreement = await inForce(walk, actor);
        return agreement && { agreement_id: agreement.id, lines: some(walk, agreement.lines).map(({ id, agreed, called_off: had }) =>
            ({ agreement_line_id: id, quantity: units(walk, Math.min(agreed - had, 3)) })) };
    },
    change_order_create: async (walk, actor) => {
        const agreement = await inForce(walk, actor);
        return agreement && { agreement_id: agreement.id, cause: walk.random.pick(['clause', 'additional', 'unforeseen', 'minor']),
            reason: 'Het werk werd anders.', lines: some(walk, agreement.lines).map(({ id }) =>
                ({ agreement_line_id: id, quantity: walk.random.pick([1, 1, 1, -1, 2, 100]) })) };
    },
    dispute_create: async (walk, actor) => {
        if (walk.random.happens(0.3)) {
            const invoice = walk.random.pick((await list(actor, '/invoices')).filter(({ state }) => state === 'approved'));
            return invoice && { order_id: invoice.order_id, invoice_id: invoice.id, reason: 'Dit bedrag klopt niet.',
                amount_cents: units(walk, invoice.gross_cents) };
        }
        const asked = await lines(walk, actor, ({ accepted, returned, disputed }) => accepted - returned - disputed);
        return asked && { order_id: asked.order_id, ...asked.lines[0], reason: 'Dit was niet goed.' };
    },
    dispute_decide: (walk, actor, { quantity, amount_cents: cents }) => {
        const decision = walk.random.pick(['uphold', 'partial', 'reject']);
        return { decision, motivation: 'Beide kanten zijn gehoord.', ...decision === 'partial' && { upheld: units(walk, (quantity ?? cents) - 1) } };
    },
    impact_claim_answer: (walk, actor, claim) => ({ answer: 'Zie de lijst.', ...walk.random.happens(0.5) && { quantity: claim.quantity } }),
    award_propose: async (walk, actor) => {
        const need = walk.random.pick(await list(actor, '/needs?state=evaluating&mine=true'));
        const quotes = need ? (await list(actor, `/quotes?needId=${need.id}`)).filter(({ state }) => state === 'admitted') : [];
        return quotes.length > 0 ? { need_id: need.id, quote_id: walk.random.pick(quotes).id,
            reasons: quotes.map(({ id }) => ({ quote_id: id, motivation: 'Gewogen op prijs en plan.' })) } : undefined;
    },
    complaint_lodge: async (walk, actor) => {
        const need = walk.random.pick(await list(actor, '/needs?state=standstill'));
        return need && { need_id: need.id, grounds: 'De punten zijn niet goed geteld.' };
    },
    complaint_decide: (walk) => ({ verdict: walk.random.pick(['dismissed', 'reassess', 'cancel']),
        decision: 'Alle stukken zijn gelezen en gewogen.' }),
    payment_announce: payment,
    payment_report: async (walk, actor) => {
        const some = await payment(walk, actor);
        return some && { ...some, bank_reference: `Overschrijving ${++number}` };
    },
    payment_book: (walk) => ({ bank_reference: `Overschrijving ${walk.random.happens(0.1) ? 1 : ++number}` }),
    refund_report: async (walk, actor) => {
        const paid = walk.random.pick(await list(actor, '/payments'));
        return paid && { payment_id: paid.id, amount_cents: units(walk, paid.amount_cents), bank_reference: `Terug ${++number}`,
            borne_by: walk.random.pick(['supplier', 'operator', 'buyer']), reason: 'Er was te veel betaald.' };
    },
};
