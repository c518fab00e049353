// seal-cast.mjs - who takes part where quotes are sealed, and a sealed need brought to where a test begins.
import { must } from '../lib/house.mjs';
import { enter, needText } from './deal-cast.mjs';
import { admit, colleague, founder, thing } from './people.mjs';

/** A handler's key for escrow in use; answers its code. */
export async function escrowCode(handler) {
    const taken = await thing(handler.post('/escrows', {}));
    must(await handler.command('/escrows', taken, 'confirm', { code: taken.code }));
    return taken.code;
}

/**
 * The cast of the deal, with `red`, a third enterprise, `buyer.second`, who buys too, and `handler`, whom the buyer appointed,
 * with the code of the escrow as `handler.code`.
 */
export async function enterSealed(house, policy) {
    const cast = await enter(house, policy);
    const handler = await founder(house, 'klachten', 'partner');
    const red = await founder(house, 'rood', 'enterprise');
    await admit(house, cast.desk, handler, red);
    cast.buyer.second = await colleague(house, cast.buyer, 'tweede', 'BUYER');
    handler.code = await escrowCode(handler);
    must(await cast.buyer.post('/appointments', { handler_id: handler.org }));
    return { ...cast, handler, red };
}

/** An approved need on a sealed route, not on the market yet. */
export async function readyNeed(buyer, changes) {
    const draft = await thing(buyer.post('/needs', needText({ route: 'open', ...changes })));
    const submitted = await thing(buyer.command('/needs', draft, 'submit'));
    return thing(buyer.chief.command('/needs', submitted, 'approve'));
}

/** Somebody becomes an opener; answers the opener with its code, typed back already. */
export async function opener(client, need) {
    const taken = await thing(client.post('/openers', { need_id: need.id }));
    const confirmed = await thing(client.command('/openers', taken, 'confirm', { code: taken.code }));
    return { ...confirmed, code: taken.code, client };
}

/** A sealed need on the market; `need.openers` are the two who can open it. */
export async function sealedNeed(buyer, changes) {
    const ready = await readyNeed(buyer, changes);
    const openers = [await opener(buyer, ready), await opener(buyer.chief, ready)];
    return { ...await thing(buyer.command('/needs', ready, 'publish')), openers };
}

/** An opener gives a code: their own unless another is given. */
export const give = ({ client, code, ...of }, other = code) =>
    client.command('/openers', of, 'give', other === undefined ? {} : { code: other });

/** A quote handed in. */
export async function handIn(supplier, need, quoted) {
    const draft = await thing(supplier.post('/quotes', { need_id: need.id, ...quoted }));
    return thing(supplier.command('/quotes', draft, 'submit'));
}
