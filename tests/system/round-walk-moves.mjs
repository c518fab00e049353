// round-walk-moves.mjs - one round as random people live through it over HTTP, stage by stage, with much that is wrong on the way: late,
// twice, by a guessed address, above the ask, in circles. What is seen to be wrong is kept in `faults`.
import { everything } from './people.mjs';
import { until } from '../lib/house.mjs';
import { chance } from '../lib/walk.mjs';

export const refusals = [400, 404, 409, 412];
const criteria = ['regio', 'banen'];
const euro = 100;

export class RoundWalk {
    faults = [];
    plans = [];             // { by, id, title, words: what tells who applies }
    jurors = [];            // { client, id }
    taken = new Map();      // what came of it: 'initiative_admit 200' -> how often
    over = false;           // it was cancelled, or is concluded

    /** `cast`: clients by what they do; `clock.at (days)` says a moment; `number` is that of the round. */
    constructor({ house, cast, clock, programme, number, seed }) {
        Object.assign(this, { house, cast, clock, programme, number, random: chance(seed * 1009 + number) });
    }

    fault(text) {
        this.faults.push(`round ${this.number}: ${text}`);
    }

    // ------------------------------------------------------------------------------------ asking

    async ask(client, method, path, body, version) {
        const answer = await client.request(method, path, { body, version });
        const what = `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replace(/\?.*/, '')}`;
        this.note(`${what} ${answer.status}${answer.status === 409 ? ` ${answer.body.type.split(':').at(-1)}` : ''}`);
        if (answer.status >= 300 && !refusals.includes(answer.status)) {
            this.fault(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
        }
        return answer;
    }

    note(what) {
        this.taken.set(what, (this.taken.get(what) ?? 0) + 1);
    }

    /** The thing as the client sees it; undefined: it is not theirs. */
    async see(client, path) {
        const { status, body } = await this.ask(client, 'GET', path);
        return status === 200 ? body : undefined;
    }

    /** A command with the version that it has now. */
    async command(client, collection, id, name, body = {}) {
        const thing = await this.see(client, `${collection}/${id}`);
        return thing ? this.ask(client, 'POST', `${collection}/${id}/_${name}`, body, thing.version) : { status: 404, body: {} };
    }

    /** What may not be: it has to be refused in one of these ways. */
    async wrong(what, promise, ...ways) {
        const { status, body } = await promise;
        const reason = body?.type?.split(':').at(-1);
        if (!ways.some((way) => way === status || way === reason)) {
            this.fault(`${what}: ${status} ${reason ?? ''}, not ${ways.join(' or ')}`);
        }
    }

    happens(share) {
        return this.random.happens(share);
    }

    some(all, most = all.length) {
        return all.filter(() => this.happens(0.7)).slice(0, most);
    }

    get office() {
        return this.cast.office;
    }

    async state() {
        return (await this.see(this.office, `/rounds/${this.id}`)).state;
    }

    async to(command, body) {
        const answer = await this.command(this.office, '/rounds', this.id, command, body);
        return answer.status === 200;
    }

    stateOf = async (plan) => (await this.see(plan.by, `/initiatives/${plan.id}`)).state;

    async inState(...states) {
        const all = await Promise.all(this.plans.map(async (plan) => [plan, await this.stateOf(plan)]));
        return all.filter(([, state]) => states.includes(state)).map(([plan]) => plan);
    }

    // ---------------------------------------------------------------------------------- applying

    rules() {
        const { random } = this;
        const weight = 1 + random.below(999_999);
        const select = 1 + random.below(2);
        return {
            present_quota: select + 1 + random.below(3), select_min: 1, select_max: select, waitlist: random.below(3),
            min_reviews: 1 + random.below(2), method: random.pick(['mean', 'median']), blinding: random.pick(['until_locked', 'until_decided', 'open']),
            conflict_policy: random.pick(['no_vote', 'not_own']), feedback: random.pick(['none', 'scores', 'remarks']),
            eligibility: criteria.map((code) => ({ code, text: `Het plan voldoet aan ${code}.` })),
            rubric: [{ code: 'impact', name: 'Maatschappelijke winst', weight_ppm: weight, scale: random.pick([5, 10, 3]) },
                { code: 'plan', name: 'Haalbaarheid', weight_ppm: 1_000_000 - weight },
                { code: 'team', name: 'Het team', weight_ppm: 0, independent: true }],
            questions: [{ code: 'wie', text: 'Wie doen het werk?', max_words: 60 }], answer_days: 7, object_days: 14, offer_days: 7,
        };
    }

    async open() {
        const { at } = this.clock;
        this.text = { programme_id: this.programme.id, number: this.number, opens_at: at(1), closes_at: at(11), starts_at: at(60),
            fictional: true, ...this.rules() };
        const { body } = await this.ask(this.office, 'POST', '/rounds', this.text);
        this.id = body.id;
        await this.wrong('a round that is not announced takes nothing', this.start(this.cast.applicants[0]), 404);
        await this.to('announce');
        await this.wrong('a round that is not open takes nothing', this.start(this.cast.applicants[0]), 'round_takes_initiatives');
        if (this.happens(0.5)) {
            await this.to('open');
        }
    }

    async start(by, changes = {}) {
        const title = changes.title ?? `Plan ${this.number}-${this.plans.length} Zonnebloem`;
        const answer = await this.ask(by, 'POST', '/initiatives', { round_id: this.id, title, municipality: 'GM0153',
            summary: `${by.name} bouwt iets dat werk geeft aan mensen in de buurt.`, plan: `Wij zijn ${by.name}, te vinden via info@${by.word}.example.`,
            ask_cents: 2_500_000, consent: true, fictional: true, answers: [{ code: 'wie', text: `De mensen van ${by.name}.` }], ...changes });
        if (answer.status === 201) {
            this.plans.push({ by, id: answer.body.id, title, words: [title, by.name, `info@${by.word}`] });
        }
        return answer;
    }

    async apply() {
        const { cast } = this;
        for (let n = 5 + this.random.below(4); n > 0; n--) {
            const by = this.random.pick(cast.applicants);
            const co = this.happens(0.08) ? { co_applicants: [{ organisation_id: this.random.pick(cast.partners).org }] } : {};
            await this.start(by, co);
        }
        if (this.happens(0.3)) {
            await this.to('extend', { closes_at: this.clock.at(14), reason: 'Er waren feestdagen.' });
            await this.wrong('a second extension', this.command(this.office, '/rounds', this.id, 'extend', { closes_at: this.clock.at(20), reason: 'Nog eens.' }), 'may_be_extended', 400);
        }
        await this.wrong('rules that are frozen', this.put(), 'out_of_state', 'rules_frozen', 400);
        for (const plan of this.plans) {
            if (this.happens(0.9)) {
                await this.command(plan.by, '/initiatives', plan.id, 'submit');
            }
            await this.intrude(plan);
        }
        const [twice] = await this.inState('submitted');
        if (twice) {
            await this.wrong('a second submit', this.command(twice.by, '/initiatives', twice.id, 'submit'), 'out_of_state');
            await this.wrong('a change after it was handed in', this.ask(twice.by, 'PUT', `/initiatives/${twice.id}`,
                { ...await this.see(twice.by, `/initiatives/${twice.id}`), title: 'Anders' }, 99), 'out_of_state', 400, 412);
        }
        for (const plan of await this.inState('submitted')) {
            if (this.happens(0.08)) {
                await this.command(plan.by, '/initiatives', plan.id, 'withdraw');
            }
        }
        for (const plan of await this.inState('draft')) {
            if (this.happens(0.5)) {
                plan.extended = (await this.ask(this.office, 'POST', '/extensions', { initiative_id: plan.id, until: this.clock.at(20),
                    ground: this.random.pick(['illness', 'outage', 'our_error']), reason: 'Dat was overmacht.' })).status === 201;
            }
        }
    }

    async put() {
        const { version } = await this.see(this.office, `/rounds/${this.id}`);
        return this.ask(this.office, 'PUT', `/rounds/${this.id}`, { ...this.text, present_quota: 9 }, version);
    }

    /** Others guess its address. */
    async intrude(plan) {
        const { body: { co_applicants: with_ } } = await this.ask(plan.by, 'GET', `/initiatives/${plan.id}`);
        const insiders = [plan.by.org, this.office.org, ...(with_ ?? []).map(({ organisation_id: id }) => id)];
        const strangers = [...this.cast.applicants, ...this.cast.partners, this.cast.handler].filter(({ org }) => !insiders.includes(org));
        const one = this.random.pick(strangers);
        await this.wrong('a stranger reads it', this.ask(one, 'GET', `/initiatives/${plan.id}`), 404);
        await this.wrong('a stranger hands it in', this.ask(one, 'POST', `/initiatives/${plan.id}/_submit`, {}, 1), 404);
        await this.wrong('a stranger takes it back', this.ask(one, 'POST', `/initiatives/${plan.id}/_withdraw`, {}, 1), 404);
    }

    /** Late is refused, and leaves nothing (I16). */
    async late() {
        const word = `TeLaat${this.number}x${this.random.below(1e9)}`;
        (this.lateWords ??= []).push(word);
        const rows = () => this.house.psql(`SELECT count (*), count (submitted_at) FROM pipeline.initiative WHERE round_id = '${this.id}'`);
        const before = await rows();
        await this.wrong('a late start', this.start(this.random.pick(this.cast.applicants), { title: word, summary: `${word} en nog wat woorden erbij.` }),
            'round_takes_initiatives');
        for (const plan of await this.inState('draft')) {
            if (!plan.extended) {
                await this.wrong('a late submit', this.command(plan.by, '/initiatives', plan.id, 'submit'), 'round_takes_initiatives');
            }
        }
        if (await rows() !== before) {
            this.fault('what came late made or changed a row');
        }
        for (const plan of await this.inState('draft')) {
            if (plan.extended && this.happens(0.8)) {
                await this.command(plan.by, '/initiatives', plan.id, 'submit');
            }
        }
    }

    // --------------------------------------------------------------------------------- screening

    checks(unmet) {
        return criteria.map((code) => ({ code, met: code !== unmet, remark: 'Zie het plan.' }));
    }

    async screen() {
        for (const plan of await this.inState('submitted')) {
            const how = this.random.next();
            const self = await this.see(this.office, `/initiatives/${plan.id}`);
            await this.wrong('a criterion is not answered', this.ask(this.office, 'POST', `/initiatives/${plan.id}/_admit`, { checks: [] }, self.version),
                400, 'screener_is_apart');
            if (how < 0.15) {
                await this.command(this.office, '/initiatives', plan.id, 'enquire', { reason: 'Wanneer begint u?' });
                if (this.happens(0.5)) {
                    await this.command(plan.by, '/initiatives', plan.id, 'answer', { answer: 'In het voorjaar.' });
                    await this.command(this.office, '/initiatives', plan.id, 'admit', { checks: this.checks() });
                }
            } else if (how < 0.3) {
                await this.command(this.office, '/initiatives', plan.id, 'refuse',
                    { checks: this.checks('banen'), criterion: 'banen', reason: 'Er komen geen banen.' });
            } else {
                await this.command(this.office, '/initiatives', plan.id, 'admit', { checks: this.checks() });
            }
        }
    }

    async object() {
        for (const plan of await this.inState('ineligible')) {
            if (this.happens(0.6)) {
                const { status, body } = await this.ask(plan.by, 'POST', '/objections', { initiative_id: plan.id, grounds: 'Er komen drie banen, zie het plan.' });
                await this.wrong('a second objection', this.ask(plan.by, 'POST', '/objections', { initiative_id: plan.id, grounds: 'Er komen echt drie banen.' }), 409);
                if (status === 201) {
                    await this.wrong('who refused decides', this.ask(this.office, 'POST', `/objections/${body.id}/_decide`,
                        { upheld: false, decision: 'Wij blijven bij wat wij vonden.' }, body.version), 409);
                    await this.command(this.cast.handler, '/objections', body.id, 'decide', { upheld: this.happens(0.5), decision: 'Het plan is opnieuw gelezen.' });
                }
            }
        }
    }

    /** To the jury, or nobody is left and it ends here. */
    async present() {
        for (const plan of await this.inState('submitted')) {
            await this.command(this.office, '/initiatives', plan.id, 'admit', { checks: this.checks() });
        }
        const eligible = await this.inState('eligible');
        for (const plan of eligible) {
            await this.command(this.office, '/initiatives', plan.id, 'present');
        }
        const left = await this.inState('eligible');
        if (left.length > 0) {
            await this.wrong('more than the quota', this.command(this.office, '/initiatives', left[0].id, 'present'), 'place_to_present');
        }
        for (const plan of left) {
            await this.command(this.office, '/initiatives', plan.id, 'drop', { reason: 'Andere plannen waren verder.' });
        }
        if ((await this.inState('presented')).length === 0 || this.happens(0.05)) {
            return this.cancel();
        }
        return this.to('present');
    }

    async cancel() {
        await this.to('cancel', { reason: 'Er is te weinig om uit te kiezen.' });
        this.over = true;
    }

    // -------------------------------------------------------------------------------------- jury

    async form() {
        for (const client of this.cast.jury) {
            const { status, body } = await this.ask(client, 'POST', '/jurors', { round_id: this.id });
            if (status !== 201) {
                continue;
            }
            this.jurors.push({ client, id: body.id });
            const { items } = await this.see(client, `/jurors/${body.id}/candidates`) ?? { items: [] };
            const conflicts = items.filter(() => this.happens(0.1)).map(({ id }) => ({ id, kind: 'family' }));
            const declared = await this.command(client, '/jurors', body.id, 'declare', { conflicts });
            if (declared.status !== 200) {
                this.fault(`a juror could not declare: ${JSON.stringify(declared.body)}`);
            }
        }
        await this.wrong('who has no seat enters', this.ask(this.cast.applicants[0], 'POST', '/jurors', { round_id: this.id }), 404, 409);
        await this.to('score');
    }

    /** Ids of what a juror is barred from, by the model: rows as they are told, and not the platform's own view of them. */
    async barsOf({ client, id }) {
        return new Set((await this.house.psql(`
            SELECT i.id FROM pipeline.initiative i JOIN pipeline.round r ON r.id = i.round_id, pipeline.juror j
            WHERE i.round_id = '${this.id}' AND j.id = '${id}' AND (
                EXISTS (SELECT FROM pipeline.conflict c WHERE c.account_id = j.account_id AND c.initiative_id = i.id)
                OR i.applicant_id = j.organisation_id OR j.organisation_id = ANY (i.co_applicant_ids)
                OR (i.applicant_id = '${this.cast.tied.applicant}' AND j.organisation_id = '${this.cast.tied.partner}')
                OR r.conflict_policy = 'no_vote' AND EXISTS (SELECT FROM pipeline.initiative o WHERE o.round_id = r.id AND o.submitted_at IS NOT NULL
                    AND (o.applicant_id = j.organisation_id OR j.organisation_id = ANY (o.co_applicant_ids))))`)).split('\n').filter(Boolean));
    }

    /** All that a juror gets to read before anything of theirs is locked: nothing of what bars them, no name (I2, I3, I4). */
    async read(juror) {
        const { client } = juror;
        const bars = await this.barsOf(juror);
        juror.bars = bars;
        const numbers = new Map((await everything(this.office, `/dossiers?roundId=${this.id}&limit=100`)).map((one) => [one.initiative_id, one]));
        this.dossiers = numbers;
        const texts = [];
        for (const path of [`/dossiers?roundId=${this.id}&limit=100`, `/judgements?roundId=${this.id}&limit=100`, `/initiatives?roundId=${this.id}`,
            `/jurors/${juror.id}`, `/rounds/${this.id}`, '/tasks', '/notices?limit=100', `/rounds/${this.id}/ranking`, `/rounds/${this.id}/conflicts`]) {
            texts.push([path, JSON.stringify((await this.ask(client, 'GET', path)).body)]);
        }
        for (const plan of this.plans) {
            const dossier = numbers.get(plan.id);
            const told = dossier && await this.ask(client, 'GET', `/dossiers/${dossier.id}`);
            if (told && (told.status === 200) === bars.has(plan.id)) {
                this.fault(`I2: ${client.name} ${bars.has(plan.id) ? 'reads' : 'does not read'} the dossier of ${plan.title}`);
            }
            texts.push(['dossier', JSON.stringify(told?.body ?? '')]);
        }
        const blind = (await this.see(this.office, `/rounds/${this.id}`)).blinding !== 'open';
        for (const plan of this.plans.filter(({ id }) => bars.has(id) || blind)) {
            const own = plan.by.org === client.org || (await this.ask(client, 'GET', `/initiatives/${plan.id}`)).status === 200;
            // What an organisation applies with itself, it knows, and with whom; with names in the open, an applicant may be known by another plan.
            for (const [path, text] of own ? [] : texts) {
                const word = [...(blind && !path.startsWith('/initiatives') ? plan.words : [plan.title]), plan.id].find((one) => text.includes(one));
                if (word) {
                    this.fault(`${blind ? 'I3' : 'I2'}: ${client.name} reads '${word}' at ${path}`);
                }
            }
        }
    }

    async judge() {
        for (const juror of this.jurors) {
            await this.read(juror);
        }
        const { min_reviews: wanted } = this.text;
        await this.ask(this.office, 'POST', `/rounds/${this.id}/_assign`, { reviews: wanted, write: false });
        await this.ask(this.office, 'POST', `/rounds/${this.id}/_assign`, { reviews: Math.min(wanted + this.random.below(2), 3), write: true });
        for (const juror of this.jurors) {
            for (const plan of this.plans.filter(({ id }) => juror.bars.has(id))) {
                await this.wrong('a barred juror is assigned', this.ask(this.office, 'POST', '/judgements', { initiative_id: plan.id, juror_id: juror.id }), 'not_barred', 404);
            }
        }
        await this.wrong('deliberation before there is enough', this.command(this.office, '/rounds', this.id, 'deliberate'), 'enough_reviews');
        for (let turn = 0; turn < 3; turn++) {
            for (const juror of this.jurors) {
                await this.give(juror);
            }
        }
        for (let tries = 0; tries < 3; tries++) {
            if (await this.to('deliberate')) {
                return;
            }
            await this.ask(this.office, 'POST', `/rounds/${this.id}/_assign`, { reviews: 3, write: true });
            for (const juror of this.jurors) {
                await this.give(juror, true);
            }
        }
        await this.cancel();
    }

    scores() {
        return this.text.rubric.map(({ code, scale = 5 }) => ({ code, points: this.random.below(scale + 1) }));
    }

    /** A juror works on what is theirs; now and then wrongly. */
    async give({ client, id }, all = false) {
        const mine = (await everything(client, `/judgements?roundId=${this.id}&mine=true&limit=100`)).filter(({ state }) => state !== 'recused');
        for (const one of mine) {
            const path = `/judgements/${one.id}`;
            if (one.state === 'locked') {
                await this.wrong('a change after the lock', this.ask(client, 'PUT', path, { scores: this.scores() }, one.version), 'out_of_state');
                if (!all && this.happens(0.1)) {
                    await this.command(this.office, '/judgements', one.id, 'reopen', { reason: 'Kijk nog eens naar het plan.' });
                }
                continue;
            }
            await this.peek(client, one);
            const put = await this.ask(client, 'PUT', path, !all && this.happens(0.08) ? { abstain: true } : { scores: this.scores(), confidence: 3,
                remark: 'Een helder plan.' }, one.version);
            if (put.status === 200 && (all || this.happens(0.8))) {
                const locked = await this.command(client, '/judgements', one.id, 'lock');
                if (locked.status !== 200) {
                    this.fault(`${client.name} could not lock: ${JSON.stringify(locked.body)}`);
                }
            } else if (this.happens(0.15)) {
                await this.command(client, '/judgements', one.id, 'recuse', { reason: 'Ik ken hen toch.' });
            }
        }
        const other = this.jurors.find((juror) => juror.id !== id);
        const theirs = other && (await everything(other.client, `/judgements?roundId=${this.id}&mine=true&limit=100`))[0];
        if (theirs) {
            await this.wrong('somebody else gives it', this.ask(client, 'PUT', `/judgements/${theirs.id}`, { scores: this.scores() }, theirs.version), 404, 409);
        }
    }

    /** Before one's own lock nothing of others (I4). */
    async peek(client, own) {
        const others = (await this.house.psql(`SELECT id FROM pipeline.judgement WHERE dossier_id = '${own.dossier_id}' AND id <> '${own.id}'`))
            .split('\n').filter(Boolean);
        for (const id of others) {
            await this.wrong('I4: another judgement is read before the own lock', this.ask(client, 'GET', `/judgements/${id}`), 404);
        }
        const listed = await everything(client, `/judgements?dossierId=${own.dossier_id}&limit=100`);
        if (listed.some(({ mine }) => !mine)) {
            this.fault('I4: others are listed before the own lock');
        }
    }

    // ------------------------------------------------------------------------------------ choice

    /** What the manager writes: as ranked, or a choice of chance with reasons where people remember them. */
    async choices() {
        const { items } = await this.see(this.office, `/rounds/${this.id}/ranking`);
        const order = this.happens(0.5) ? items : items.map((one) => [this.random.next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
        const { select_max: most, waitlist } = this.text;
        const selected = Math.max(1, most - this.random.below(2));
        return order.map(({ initiative_id: id }, at) => ({ initiative_id: id, reason: this.happens(0.9) ? 'Dit plan helpt wie niemand nog helpt.' : undefined,
            ...at < selected ? { outcome: 'selected' } : at < selected + waitlist ? { outcome: 'waitlisted', place: at - selected + 1 } : { outcome: 'not_selected' } }));
    }

    async choose() {
        const jurors = this.jurors.slice(0, 1 + this.random.below(this.jurors.length));
        const text = async (reasoned) => ({ round_id: this.id, minute: 'De jury besprak alle plannen, en koos.', jurors: jurors.map(({ id }) => id),
            ...reasoned || this.happens(0.6) ? { choices: (await this.choices()).map((one) => (reasoned ? { ...one, reason: 'Dit plan helpt wie niemand nog helpt.' } : one)) } : {} });
        let { status, body } = await this.ask(this.office, 'POST', '/selections', await text(false));
        await this.wrong('a second selection', this.ask(this.office, 'POST', '/selections', await text(false)), 'selection_once');
        if (status !== 201) {
            this.fault(`a selection could not be drafted: ${JSON.stringify(body)}`);
            return;
        }
        await this.wrong('a choice for nobody', this.ask(this.office, 'PUT', `/selections/${body.id}`, { ...await text(false), choices: [] , jurors: [this.office.account] }, body.version), 400);
        await this.wrong('a decision without signatures', this.command(this.office, '/selections', body.id, 'decide'), 'all_signed', 'ranking_explained');
        if (body.unexplained > 0) {
            await this.wrong('signing what is not explained', this.command(this.office, '/selections', body.id, 'sign'), 'ranking_explained');
            ({ status, body } = await this.ask(this.office, 'PUT', `/selections/${body.id}`, await text(true), body.version));
        }
        for (const { client } of [{ client: this.office }, ...jurors]) {
            const { status: signed, body: why } = await this.command(client, '/selections', body.id, 'sign');
            if (signed !== 200) {
                this.fault(`${client.name} could not sign: ${JSON.stringify(why)}`);
            }
        }
        const answers = await Promise.all([1, 2].map(() => this.command(this.office, '/selections', body.id, 'decide')));
        if (answers.filter(({ status: one }) => one === 200).length !== 1) {
            this.fault(`deciding twice at once: ${answers.map((one) => `${one.status} ${JSON.stringify(one.body.type ?? '')}`).join(', ')}`);
        }
    }

    /** Who is not chosen objects, and somebody independent decides. */
    async appeal() {
        for (const plan of await this.inState('not_selected', 'waitlisted')) {
            if (!this.happens(0.25)) {
                continue;
            }
            const text = { initiative_id: plan.id, grounds: 'De jury las een ander plan dan dat van ons.' };
            const stranger = this.cast.applicants.find(({ org }) => org !== plan.by.org);
            await this.wrong('a stranger objects', this.ask(stranger, 'POST', '/objections', text), 404);
            const { status, body } = await this.ask(plan.by, 'POST', '/objections', text);
            if (status === 201) {
                await this.wrong('a second objection', this.ask(plan.by, 'POST', '/objections', text), 'objected_once', 'may_object');
                await this.command(this.cast.handler, '/objections', body.id, 'decide', { upheld: this.happens(0.5), decision: 'Het plan is opnieuw gelezen.' });
            }
        }
    }

    /** Places are taken, given back, or left to the clock; `days` go by after the first turn. */
    async places() {
        for (const plan of await this.inState('selected')) {
            const how = this.random.next();
            if (how < 0.3) {
                await this.command(plan.by, '/initiatives', plan.id, 'decline');
            } else if (how < 0.8) {
                await this.command(plan.by, '/initiatives', plan.id, 'accept');
            }
        }
        for (const plan of await this.inState('waitlisted')) {
            if (this.happens(0.1)) {
                await this.command(plan.by, '/initiatives', plan.id, 'withdraw');
            }
        }
    }

    /** The next has a place wherever one came free and somebody waits; where the jury chose fewer than there are places, they stay so. */
    async promoted() {
        if ((await this.inState('declined')).length === 0) {
            return;
        }
        const { items: [{ selected: chosen }] } = await this.see(this.office, `/selections?roundId=${this.id}`);
        await until(async () => {
            const waiting = await this.inState('waitlisted');
            const { selected, select_max: most } = await this.see(this.office, `/rounds/${this.id}`);
            return waiting.length === 0 || selected >= Math.min(chosen, most);
        }, 20_000, `the waiting list of round ${this.number} moves on`);
    }

    // ---------------------------------------------------------------------- programme and table

    async train() {
        for (const plan of await this.inState('selected')) {
            await this.command(plan.by, '/initiatives', plan.id, 'accept');
        }
        await this.to('start');
        const inside = await this.inState('in_programme');
        const meeting = await this.ask(this.office, 'POST', '/meetings', { round_id: this.id, kind: 'module', title: 'Eerste module',
            starts_at: this.clock.at(0.01), ends_at: this.clock.at(0.1), capacity: 2 });
        for (const plan of inside) {
            await this.ask(plan.by, 'POST', '/attendances', { meeting_id: meeting.body.id, initiative_id: plan.id });
            const paired = await this.ask(this.office, 'POST', '/pairings', { initiative_id: plan.id, mentor_id: this.cast.mentor, hours: 1 });
            if (paired.status === 201) {
                await this.command(this.cast.coach, '/pairings', paired.body.id, 'accept');
                await this.command(plan.by, '/pairings', paired.body.id, ...this.random.pick([['accept'], ['decline', { reason: 'Dit past niet bij ons.' }]]));
            }
            const asked = await this.ask(this.office, 'POST', '/deliverables', { initiative_id: plan.id, kind: 'business_case' });
            await this.command(plan.by, '/deliverables', asked.body.id, 'hand', { text: 'De businesscase, eerste versie.' });
            await this.command(this.office, '/deliverables', asked.body.id, 'accept', { remarks: 'Goed.' });
            if (this.happens(0.15)) {
                await this.wrong('somebody is sent away unwarned', this.command(this.office, '/initiatives', plan.id, 'stop', { reason: 'Zij komen niet.' }), 'was_warned');
                await this.command(plan.by, '/initiatives', plan.id, 'stop', { reason: 'Het lukt ons niet.' });
            } else {
                await this.command(this.office, '/initiatives', plan.id, 'finish');
            }
        }
        await this.to('seat');
    }

    async sit() {
        for (const plan of await this.inState('table_ready')) {
            await this.wrong('a seat without an ask', this.command(this.office, '/initiatives', plan.id, 'seat'), 'ask_is_complete');
            const draft = await this.ask(plan.by, 'POST', '/asks', { initiative_id: plan.id, amount_cents: 20_000 * euro,
                min_viable_cents: (5 + this.random.below(15)) * 1000 * euro, text: 'Voor een bestelbus en het loon van het eerste jaar.', fictional: true });
            await this.command(plan.by, '/asks', draft.body.id, 'complete');
            await this.command(this.office, '/initiatives', plan.id, 'seat');
            await this.pledge(draft.body.id, plan);
            if (this.happens(0.1)) {
                await this.command(plan.by, '/initiatives', plan.id, 'withdraw');
            }
        }
        const look = async () => JSON.stringify((await this.see(this.office, `/rounds/${this.id}/closing`)));
        if (await look() !== await look()) {
            this.fault('I12: the same table closes in two ways');
        }
        if ((await this.inState('at_table')).length > 0) {
            await this.wrong('concluded while somebody sits at the table', this.command(this.office, '/rounds', this.id, 'conclude'), 'nobody_under_way');
        }
        await this.wrong('a financier looks at the closing', this.ask(this.cast.partners[0], 'GET', `/rounds/${this.id}/closing`), 404);
        await this.to('settle');
    }

    async pledge(ask, plan) {
        const made = [];
        for (const client of this.cast.partners) {
            const condition = () => this.random.pick([{ wish: 'sum', least_cents: this.random.below(25) * 1000 * euro + 1 },
                { wish: 'financiers', financiers: 1 + this.random.below(4) }, ...made.map(({ id }) => ({ wish: 'pledge', pledge_id: id }))]);
            const text = { ask_id: ask, kind: this.random.pick(['loan', 'gift', 'subsidy']), amount_cents: (1 + this.random.below(9)) * 1000 * euro,
                conditions: Array.from({ length: this.random.below(3) }, condition), interest: 'Wij kennen elkaar van het programma.', fictional: true };
            await this.wrong('a pledge above the ask', this.ask(client, 'POST', '/pledges', { ...text, amount_cents: 20_001 * euro }), 'pledge_within_ask');
            const { status, body } = await this.ask(client, 'POST', '/pledges', text);
            if (status === 201) {
                made.push({ client, id: body.id, text });
            }
        }
        await this.wrong('a stranger pledges', this.ask(plan.by, 'POST', '/pledges', { ask_id: ask, kind: 'gift', amount_cents: 100, fictional: true }), 404, 409);
        const [first] = made, last = made.at(-1);
        if (first && first !== last && this.happens(0.5)) {     // a circle
            const { version } = await this.see(first.client, `/pledges/${first.id}`);
            await this.command(last.client, '/pledges', last.id, 'indicate');
            await this.ask(first.client, 'PUT', `/pledges/${first.id}`, { ...first.text, conditions: [{ wish: 'pledge', pledge_id: last.id }] }, version);
        }
        for (const { client, id } of made) {
            await this.command(client, '/pledges', id, this.happens(0.9) ? 'commit' : 'indicate');
        }
    }

    async conclude() {
        for (const plan of await this.inState('financed')) {
            await this.realise(plan);
        }
        await this.to('conclude');
        await this.erase();
        this.over = true;
    }

    /** Whose plan went no further has it erased, or who runs the round does: everybody counts what they counted (I15). */
    async erase() {
        const numbers = async () => {
            const { version, ...round } = await this.see(this.office, `/rounds/${this.id}`);
            const { items } = await this.see(this.office, `/initiatives?roundId=${this.id}&limit=100`);
            return JSON.stringify([round, items.map(({ id, state, ask_cents: ask }) => [id, state, ask]).sort()]);
        };
        const before = await numbers();
        for (const plan of await this.inState('ineligible_final', 'not_presented', 'declined', 'not_selected', 'dropped_out', 'not_financed', 'withdrawn')) {
            if (this.happens(0.3)) {
                await this.command(this.random.pick([plan.by, this.office]), '/initiatives', plan.id, 'erase');
            }
        }
        if (await numbers() !== before) {
            this.fault('erasing changed what is counted');
        }
    }

    /** Real when somebody outside the team saw it; or not. */
    async realise(plan) {
        await this.wrong('real without a milestone', this.command(this.office, '/initiatives', plan.id, 'realise'), 'milestone_reached');
        if (this.happens(0.2)) {
            await this.command(this.office, '/initiatives', plan.id, 'fail', { ground: 'customers', reason: 'Er kwamen te weinig klanten.' });
            return;
        }
        const { body } = await this.ask(plan.by, 'POST', '/milestones', { initiative_id: plan.id, what: 'Drie mensen aan het werk.', due_on: this.clock.at(20).slice(0, 10) });
        const backer = await this.house.psql(`SELECT financier_id FROM pipeline.pledge WHERE initiative_id = '${plan.id}' AND state = 'firm' LIMIT 1`);
        const verifier = this.happens(0.3) ? backer : undefined;
        if (verifier) {
            await this.command(this.office, '/milestones', body.id, 'appoint', { organisation_id: verifier });
        }
        await this.command(plan.by, '/milestones', body.id, 'hand', { evidence: 'Drie contracten.' });
        await this.wrong('the team verifies itself', this.command(plan.by, '/milestones', body.id, 'verify'), 'verifies_milestone', 'verifier_outside', 404);
        const financier = this.cast.partners.find(({ org }) => org === verifier);
        if (financier) {
            await this.wrong('who pays for it verifies it', this.command(financier, '/milestones', body.id, 'verify'), 'verifier_outside', 404);
        }
        await this.command(this.office, '/milestones', body.id, 'verify', {});
        await this.command(this.office, '/initiatives', plan.id, 'realise');
    }
}
