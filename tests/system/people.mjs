// people.mjs - how a test makes people and organisations, and has them admitted.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { must, until } from '../lib/house.mjs';

const password = 'een-wachtwoord-voor-de-proef';
// Its hash, made with the least work that argon2id can do: what a password costs for good reason is most of what the tests
// would do, as they log in hundreds of times. What it costs is looked at in quota.test.mjs and bench/login.mjs.
const hash = '$argon2id$v=19$m=8,t=1,p=1$RZW7438xowNHoS3pgSg30g$2YM4NPM5mvcCXuy/rmzW0SY7hHP6hMBTTwVf2+E7ht0';

/** An id as the services make them: the later, the higher. */
function newId() {
    const time = Date.now().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** A person who can log in, and acts for nobody yet. */
export async function person(house, name) {
    const email = `${name}@proef.example`;
    const id = await house.psql(`INSERT INTO identity.account (id, email, name, password, created_at)
        VALUES ('${newId()}', lower ('${email}'), '${name}', '${hash}', now ())
        ON CONFLICT (email) DO UPDATE SET name = excluded.name, version = account.version + 1 RETURNING id`);
    return { id, email };
}

/** Logs a person in, without asking for whom they act. */
export const visitor = (house, { email }) => house.as(email, password);

/** Logs a person in as soon as identity knows for whom they act. */
export async function member(house, { id, email }) {
    const client = await until(async () => {
        const caller = await house.as(email, password);
        return caller.session.me.organisation_id && caller;
    }, 10_000, `${email} acts for an organisation`);
    return Object.assign(client, { account: id, org: client.session.me.organisation_id });
}

/** Made-up numbers whose check digits are right: a register's, an account, a VAT number. */
let registered = 0;
const modulo97 = (text) => Number(BigInt(text.replace(/[A-Z]/g, (c) => c.charCodeAt(0) - 55)) % 97n);
export function madeUpNumbers() {
    const kvk = String(70_000_000 + Math.floor(Math.random() * 9_000_000) + ++registered);
    const account = `0${kvk}0`;
    const check = String(98 - modulo97(`MWNL${account}NL00`)).padStart(2, '0');
    const rsin = Array.from({ length: 100 }, (_, at) => `${8_000_000 + registered * 100 + at}`)
        .map((digits) => `${digits}0`.padStart(9, '0').slice(0, 8))
        .find((eight) => [...eight].reduce((sum, d, at) => sum + d * (9 - at), 0) % 11 < 10);
    const eleven = [...rsin].reduce((sum, d, at) => sum + d * (9 - at), 0) % 11;
    return { kvk_number: kvk, iban: `NL${check}MWNL${account}`, vat_number: `NL${rsin}${eleven}B01` };
}

export const page = (name, kind, changes = {}) => ({
    name: `${name} (fictief)`, kind, municipality: 'GM0153', fictional: true,
    street: 'Voorbeeldstraat', house_number: '1a', postcode: '7511 AB', city: 'Enschede',
    ...madeUpNumbers(), ...changes,
});

/** A person who registered an organisation of their own, and acts for it. */
export async function founder(house, name, kind, changes) {
    const someone = await person(house, name);
    const client = await visitor(house, someone);
    must(await client.post('/organisations', page(name, kind, changes)));
    return member(house, someone);
}

/** Somebody else of a client's organisation, with these roles. */
export async function colleague(house, client, name, ...roles) {
    const someone = await person(house, name);
    must(await client.put(`/organisations/${client.org}/members/${someone.id}`, { roles }));
    return member(house, someone);
}

/** The market desk: the only kind of organisation that nobody registers over HTTP. */
export async function moderator(house) {
    const someone = await person(house, 'marktbeheer');
    await house.call('organisation_register', page('marktbeheer', 'platform'),
        { account: someone.id, roles: ['SYSTEM', 'OPERATOR'] });
    return member(house, someone);
}

/** An enterprise that waits for the moderator's judgement. */
export async function handedIn(desk, client) {
    const { body: one } = must(await desk.get(`/organisations/${client.org}`));
    const checked = await thing(desk.command('/organisations', one, 'identify'));
    return thing(client.command('/organisations', checked, 'submit'));
}

/** Admits organisations, and waits until pipeline knows that they are. */
export async function admit(house, desk, ...clients) {
    for (const client of clients) {
        const { body: one } = must(await desk.get(`/organisations/${client.org}`));
        const ready = one.kind === 'enterprise' ? await handedIn(desk, client) : one;
        must(await desk.command('/organisations', ready, 'admit'));
    }
    const ids = clients.map(({ org }) => `'${org}'`).join(', ');
    const known = `SELECT count (*) FROM pipeline.known_organisation
        WHERE state = 'admitted' AND id IN (${ids})`;
    await until(async () => await house.psql(known) === String(clients.length), 10_000,
        'pipeline knows who is admitted');
}

/** The answer has this status, and its type ends in this reason. */
export function refused(answer, status, reason = '') {
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.ok(answer.body.type.endsWith(reason), `${answer.body.type} is not ${reason}`);
}

/** Decides a round without a rubric: these are selected, the others that were presented are not; the chair alone was there. */
export async function decided(office, round, selected, waiting = []) {
    const presented = await everything(office, `/initiatives?roundId=${round.id}&state=presented&limit=100`);
    const outcome = ({ id }) => selected.includes(id) ? { outcome: 'selected' }
        : waiting.includes(id) ? { outcome: 'waitlisted', place: waiting.indexOf(id) + 1 } : { outcome: 'not_selected' };
    const draft = await thing(office.post('/selections', {
        round_id: round.id, minute: 'De partners bespraken alle initiatieven.',
        choices: presented.map((one) => ({ initiative_id: one.id, reason: 'Zo vonden de partners samen.', ...outcome(one) })),
    }));
    await thing(office.command('/selections', await thing(office.command('/selections', draft, 'sign')), 'decide'));
    return thing(office.get(`/rounds/${round.id}`));
}

/** The good answer's thing. */
export const thing = async (answer) => must(await answer).body;

/** Goes through all pages of a list; answers the items. */
export async function everything(client, path) {
    const items = [];
    for (let cursor = ''; cursor !== undefined;) {
        const answer = await thing(client.get(path + (cursor && `&cursor=${cursor}`)));
        items.push(...answer.items);
        cursor = answer.next;
    }
    return items;
}
