// walk-programme.test.mjs - the programme in the browser, each through their own pages: a manager (walk-through 6.5), a juror of a bank (6.6) and a
// financier of a fund (6.7), with a municipality and a bank beside her.
//
// What goes past the pages here: handing in (round-pages.test.mjs has it on its page), what the other juror gives, the deliberation, closing the
// table, and what the training asks: for those there was no page, or it has a test of its own. The same stories by the clock, with all their refusals: system/walkthrough-manager, -juror and table.
import assert from 'node:assert/strict';
import { must, until } from '../lib/house.mjs';
import { inForce } from '../system/deal-cast.mjs';
import { seat, lock, fullMarks, rubric, days } from '../system/jury-cast.mjs';
import { admit, everything, founder, thing } from '../system/people.mjs';
import { askText, committed, enterTable } from '../system/table-cast.mjs';
import { sound as looksSound } from './lib/browser.mjs';
import { says, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let cast, house, programme, first, round, plans, agreement, ask;

async function enter(of) {
    house = of;
    cast = await enterTable(of);
    const { office, bank, fund, buyer, green } = cast;
    const council = await founder(of, 'raad', 'municipality');
    await admit(of, cast.desk, council);
    must(await office.post('/appointments', { handler_id: council.org }));
    programme = await thing(office.post('/programmes', { name: 'Samen vooruit', region: 'Twente', fictional: true }));
    for (const partner of [bank, fund]) {
        await seat(office, programme, partner);
    }
    for (const partner of [bank, fund, buyer]) {
        await seat(office, programme, partner, { role: 'financier' });
    }
    first = await thing(office.post('/rounds', { programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(9), present_quota: 2,
        select_min: 1, select_max: 1, waitlist: 1, rubric, min_reviews: 2, eligibility: [{ code: 'regio', text: 'Het plan is voor Twente.' }], fictional: true }));
    agreement = await inForce(buyer, green);
    return cast;
}
const on = stage({ enter, who: ({ office, bank, fund, buyer, green }) => ({ els: office, robert: bank, noor: fund, city: buyer, fatma: green }) });
const { step, pages } = on;
const sound = (page, name) => looksSound(page, `walk-programme-${name}`);
const button = (page, name) => page.getByRole('button', { name });
const atRound = (page) => visit(page, `/ronde/?id=${round.id}`);
const atJury = (page) => visit(page, `/jury/?id=${round.id}`);
const fresh = (collection, { id }, client = cast.office) => thing(client.get(`${collection}/${id}`));
const move = async (collection, one, command, body, client = cast.office) =>
    thing(client.command(collection, await fresh(collection, one, client), command, body));

step('6.5: she writes the second round after the first, and makes it known', async () => {
    const page = await visit(pages.els, `/ronde-opstellen/?van=${first.id}`);
    await page.getByLabel('De ronde gaat open').fill(`${days(2).slice(0, 10)}T09:00`);
    await page.getByLabel('De inschrijving sluit').fill(`${days(40).slice(0, 10)}T23:59`);
    await sound(page, 'rules');
    await button(page, 'Concept bewaren').click();
    await says(page, 'De regels zijn bewaard.');
    await button(page, 'Ronde bekendmaken').click();
    await page.getByText('De ronde is bekendgemaakt.', { exact: false }).waitFor();
    round = await fresh('/rounds', { id: new URL(page.url()).searchParams.get('id') });
    assert.deepEqual([round.number, round.present_quota, round.min_reviews], [2, 2, 2]);
    await atRound(page);
    await button(page, 'Ronde openen').click();
    await says(page, 'De ronde is een stap verder.');
    await sound(page, 'open');
});

step('6.5: three come in; she screens each, and presents as many as there are places for', async () => {
    plans = [];
    for (const title of ['Buurtkeuken', 'Fietsenmakerij', 'Weefgetouw']) {
        const draft = await thing(cast.green.post('/initiatives', { round_id: round.id, title, municipality: 'GM0153', consent: true, fictional: true,
            summary: 'Een plan dat werk geeft aan mensen in de buurt.', plan: 'Wij koken en maken met wie nu thuis zit; de markt betaalt.' }));
        plans.push(await thing(cast.green.command('/initiatives', draft, 'submit')));
    }
    await house.psql(`UPDATE pipeline.round SET closes_at = now () - interval '1 second' WHERE id = '${round.id}'`);
    const page = await atRound(pages.els);
    await button(page, 'Inschrijving sluiten').click();
    await says(page, 'De ronde is een stap verder.');
    for (const [at, plan] of plans.entries()) {
        await visit(page, `/initiatief/?id=${plan.id}`);
        await page.locator('summary', { hasText: 'Screenen' }).click();
        await page.getByLabel('Het plan is voor Twente.').selectOption({ label: 'Voldoet' });
        if (at === 0) {
            await sound(page, 'screening');
        }
        await button(page, 'Oordeel vastleggen').click();
        await until(async () => (await fresh('/initiatives', plan)).state === 'eligible', 10_000, 'it is eligible');
        await visit(page, `/initiatief/?id=${plan.id}`);
        if (at < 2) {
            await button(page, /^Voorleggen aan de partners/).click();
            await until(async () => (await fresh('/initiatives', plan)).state === 'presented', 10_000, 'it is presented');
        } else {
            await move('/initiatives', plan, 'drop', { reason: 'Andere plannen waren verder.' });
        }
    }
    await atRound(page);
    await button(page, 'Voorleggen aan de jury').click();
    await says(page, 'De ronde is een stap verder.');
    await sound(page, 'presenting');
});

step('6.6: he takes his seat and says that nothing ties him; then he judges without a name, and locks', async () => {
    const page = await atJury(pages.robert);
    await button(page, 'Plaats nemen in de jury').click();
    await says(page, 'Buurtkeuken');
    await sound(page, 'declare');
    await button(page, 'Vastleggen en verder').click();
    await says(page, 'Het beoordelen begint zodra');
    const noor = await thing(cast.fund.post('/jurors', { round_id: round.id }));
    await move('/jurors', noor, 'declare', { conflicts: [] }, cast.fund);
    const els = await atRound(pages.els);
    await button(els, 'Beoordelen beginnen').click();
    await says(els, 'De ronde is een stap verder.');
    await atJury(els);
    await button(els, 'Voorstel laten zien').click();
    await sound(els, 'proposal');
    await button(els, 'Voorstel overnemen').click();
    await until(async () => (await everything(cast.bank, `/judgements?roundId=${round.id}&mine=true`)).length === 2, 10_000, 'he has two to judge');
    await atJury(page);
    await sound(page, 'dossiers');
    assert.ok(!/Buurtkeuken|Fietsenmakerij|Groen|groen/.test(await page.locator('main').innerText()), 'no name');
    await page.getByRole('link', { name: /^Beoordelen/ }).first().click();
    await page.getByRole('heading', { name: /^Dossier/ }).waitFor();
    for (const [name, points] of [['Maatschappelijke winst', 4], ['Haalbaarheid van het plan', 8], ['Het team', 4]]) {
        await page.locator('fieldset', { hasText: name }).locator(`input[type=radio][value="${points}"]`).check();
    }
    await page.getByLabel('Opmerking').fill('Een goed plan.');
    await sound(page, 'dossier');
    await button(page, 'Beoordeling vastzetten').click();
    await says(page, 'U zette dit vast op');
    const [left] = (await everything(cast.bank, `/judgements?roundId=${round.id}&mine=true`)).filter(({ state }) => state !== 'locked');
    await lock(cast.bank, left, { scores: fullMarks(0.8), confidence: 4, remark: 'Een goed plan.' });
    assert.ok((await everything(cast.bank, `/judgements?roundId=${round.id}`)).every(({ mine }) => mine), 'nobody else locked yet');
    const [mine] = await everything(cast.bank, `/judgements?roundId=${round.id}&mine=true`);
    for (const one of await everything(cast.fund, `/judgements?roundId=${round.id}&mine=true`)) {
        await lock(cast.fund, one, { scores: fullMarks(one.dossier_id === mine.dossier_id ? 0.9 : 0.5), confidence: 4, remark: 'De begroting is mager.' });
    }
    await atJury(page);
    await sound(page, 'judged');
    assert.equal((await everything(cast.bank, `/judgements?roundId=${round.id}`)).length, 4, 'what others gave is there after his own lock');
});

step('6.5: one is chosen, one waits; who is chosen takes the place on the page', async () => {
    const els = await atRound(pages.els);
    await button(els, 'Beoordelen afsluiten').click();
    await says(els, 'De ronde is een stap verder.');
    const jurors = (await everything(cast.office, `/jurors?roundId=${round.id}`)).map(({ id }) => id);
    const draft = await thing(cast.office.post('/selections', { round_id: round.id, minute: 'De jury besprak beide plannen, en koos.', jurors }));
    for (const client of [cast.office, cast.bank, cast.fund]) {
        await move('/selections', draft, 'sign', {}, client);
    }
    await move('/selections', draft, 'decide');
    const chosen = (await everything(cast.office, `/initiatives?roundId=${round.id}&state=selected`))[0];
    plans = [chosen, ...plans.filter(({ id }) => id !== chosen.id)];
    const page = await visit(pages.fatma, `/initiatief/?id=${chosen.id}`);
    await sound(page, 'selected');
    await button(page, /^Plaats aannemen/).click();
    await until(async () => (await fresh('/initiatives', chosen)).state === 'in_programme', 10_000, 'the place is taken');
    await atRound(els);
    await button(els, 'Programma starten').click();
    await says(els, 'De ronde is een stap verder.');
    await visit(els, `/training/?id=${round.id}`);
    await sound(els, 'training');
    await visit(els, `/initiatief/?id=${chosen.id}`);
    await button(els, /^Klaar melden voor de financieringstafel/).click();
    await until(async () => (await fresh('/initiatives', chosen)).state === 'table_ready', 10_000, 'it is ready for the table');
});

/** A pledge as one makes it on the page, and promises it at once. */
async function pledge(page, kind, amount, condition = async () => {}) {
    await visit(page, `/tafel/?initiatief=${plans[0].id}`);
    await page.locator('summary', { hasText: 'Een bijdrage aanbieden' }).click();
    await page.getByLabel('In welke vorm').selectOption(kind);
    await page.getByLabel('Bedrag in euro').fill(amount);
    await condition();
    await button(page, /^Een bijdrage aanbieden/).click();
    await says(page, 'Uw aanbod is bewaard als concept.');
    await button(page, /^Toezeggen/).click();
    await says(page, 'Dat is gedaan.');
}

step('6.7: a loan if there is a subsidy, a subsidy if there is an agreement, and a gift; closed, all of it binds', async () => {
    const draft = await thing(cast.green.post('/asks', askText(plans[0], 40_000, 35_000)));
    await visit(pages.fatma, `/tafel/?initiatief=${plans[0].id}`);
    await button(pages.fatma, /^Klaar voor de tafel/).click();
    await says(pages.fatma, 'De financieringsvraag is klaar voor de tafel.');
    ask = draft;
    const els = await atRound(pages.els);
    await button(els, 'Financieringstafel openen').click();
    await says(els, 'De ronde is een stap verder.');
    await visit(els, `/initiatief/?id=${plans[0].id}`);
    await button(els, /^Plaats geven aan de financieringstafel/).click();
    await until(async () => (await fresh('/initiatives', plans[0])).state === 'at_table', 10_000, 'it is at the table');
    await pledge(pages.robert, 'loan', '25.000', async () => {
        await pages.robert.getByLabel('Waarvan hangt het af?').selectOption('sum');
        await pages.robert.getByLabel('Minstens hoeveel euro').fill('10.000');
        await pages.robert.getByLabel('Alleen in deze vorm').selectOption('subsidy');
    });
    await committed(cast.buyer, ask, 'subsidy', 10_000, [{ wish: 'agreement', agreement_id: agreement.id }]); // that one agreement: the page says any
    await pledge(pages.noor, 'gift', '5.000');
    await sound(pages.noor, 'table');
    await move('/rounds', round, 'settle');
    await visit(pages.noor, `/tafel/?initiatief=${plans[0].id}`);
    await until(async () => await pages.noor.getByText('Bindend', { exact: true }).count() >= 3, 10_000, 'all three are said to bind');
    await sound(pages.noor, 'binding');
    assert.deepEqual([(await fresh('/initiatives', plans[0])).state, (await fresh('/asks', ask)).firm_cents], ['financed', 4_000_000]);
});

step('6.7: the agreement ends: what rested on it fails, everybody sees it, and talks go on', async () => {
    must(await cast.green.command('/agreements', await fresh('/agreements', agreement, cast.green), 'terminate', { reason: 'De opdracht gaat niet door.' }));
    await until(async () => (await fresh('/initiatives', plans[0])).state === 'interest', 10_000, 'nobody is bound any more');
    for (const [name, page] of Object.entries({ noor: pages.noor, city: pages.city, fatma: pages.fatma })) {
        await visit(page, `/tafel/?initiatief=${plans[0].id}`);
        await says(page, 'Voorwaarde niet gehaald');
        await says(page, 'Gesprekken tot');
        await sound(page, `failed-${name}`);
    }
});
