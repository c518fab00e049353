// need-form.test.mjs - the need with its lines, criteria and shares, and the rules of an organisation, all through the pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/house.mjs';
import { enter, needText } from '../system/deal-cast.mjs';
import { thing } from '../system/people.mjs';
import { forgive, openBrowser, skip, sound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { openAs as openPageAs } from './lib/stage.mjs';

let house, browser, buyer;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ buyer } = await enter(house));
    const planting = { code: '77310000-6', name: 'Beplanten en onderhouden van groengebieden', name_en: 'Planting of green areas' };
    await house.call('cpv_import', { items: [planting] }, { roles: ['OPERATOR'] });
});
after(() => Promise.all([browser?.close(), house?.stop()]));

const openAs = (client, address) => openPageAs(browser, client, address);

const inDays = (days) => {
    const day = new Date(Date.now() + days * 86_400_000);
    return [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()].join('-');
};

async function firstStep(page) {
    await page.getByLabel('Titel van uw vraag').fill('Onderhoud van de stadstuin');
    await page.getByLabel('Omschrijving', { exact: true }).fill(needText().description);
    await page.getByLabel(/^Waarvoor is deze vraag/).selectOption('challenge');
    await press(page, 'Regel toevoegen');
    const line = page.getByRole('group', { name: 'Regel 1', exact: true });
    await line.getByLabel('Omschrijving').fill('Snoeien van de heesters');
    await line.getByLabel('Aantal').fill('120');
    await line.getByLabel('Eenheid').fill('uur');
    await line.getByLabel(/^CPV-code/).fill('77310000-6');
    await line.getByLabel(/^Eisen/).fill('Elke week\nZonder lawaai voor 8 uur');
    await line.getByLabel(/^Wensen/).fill('Elektrisch gereedschap');
    for (const [at, weight] of ['60', '39'].entries()) {
        await press(page, 'Criterium toevoegen');
        const one = page.getByRole('group', { name: `Criterium ${at + 1}`, exact: true });
        await one.getByLabel('Wat wordt beoordeeld').fill(`Onderdeel ${at + 1}`);
        await one.getByLabel('Weging').fill(weight);
    }
}

test('a need is written with lines, weighed criteria, shares and a day for questions', { skip }, async () => {
    const page = await openAs(buyer, '/vraag-plaatsen/');
    await firstStep(page);
    await says(page, 'Samen 99 %');
    await press(page, 'Volgende stap');
    await says(page, /is samen 99 %; dat moet 100 % zijn/);
    await sound(page, 'need-lists');
    // What was typed is there again.
    await visit(page, '/vraag-plaatsen/');
    const second = page.getByRole('group', { name: 'Criterium 2', exact: true });
    await second.getByLabel('Weging').fill('40');
    await says(page, 'Samen 100 %');
    await press(page, 'Volgende stap');
    await page.locator('#cpv-search').fill('77310000');
    await page.getByRole('checkbox', { name: /Beplanten/ }).check();
    await press(page, 'Volgende stap');
    await page.getByLabel('Gemeente waar geleverd wordt').selectOption('GM0153');
    await page.getByLabel('Uiterste datum voor offertes').fill(inDays(40));
    await page.getByLabel(/^Laatste dag voor vragen/).fill(inDays(41));
    await page.getByLabel(/^Geschatte waarde/).fill('5.000');
    await page.getByLabel('Wij kopen dit samen').check();
    await page.getByRole('group', { name: 'Inkoper 1', exact: true }).getByLabel('Deel in %').fill('100');
    await press(page, 'Volgende stap');
    await says(page, /niet na de uiterste datum/);
    await page.getByLabel(/^Laatste dag voor vragen/).fill(inDays(20));
    await sound(page, 'need-shares');
    await press(page, 'Volgende stap');
    await says(page, '2, weging samen 100 %');
    await press(page, 'Vraag plaatsen');
    await page.waitForURL('**/matches/?id=*');
    const need = await thing(buyer.get(`/needs/${new URL(page.url()).searchParams.get('id')}`));
    assert.equal(need.purpose, 'challenge');
    assert.deepEqual(need.criteria.map(({ code, weight_ppm }) => [code, weight_ppm]), [['K1', 600_000], ['K2', 400_000]]);
    assert.deepEqual(need.spec_lines, [{ cpv: '77310000-6', description: 'Snoeien van de heesters', quantity: 120, unit: 'uur',
        must: ['Elke week', 'Zonder lawaai voor 8 uur'], wish: ['Elektrisch gereedschap'] }]);
    assert.deepEqual(need.shares, [{ organisation_id: buyer.org, share_ppm: 1_000_000 }]);
    assert.ok(Date.parse(need.question_deadline) < Date.parse(need.quote_deadline));
    assert.equal(need.state, 'open');
    assert.deepEqual(page.faults, []);
    await page.context().close();
});

test('a draft is changed on its own page: its lines, criteria and points', { skip }, async () => {
    const { id } = await thing(buyer.post('/needs', needText({ criteria: [{ code: 'K1', description: 'Het plan', kind: 'award', weight_ppm: 1_000_000 }] })));
    const page = await openAs(buyer, `/deal/?id=${id}`);
    const form = await unfold(page, 'Regels en criteria wijzigen');
    const first = form.getByRole('group', { name: 'Criterium 1', exact: true });
    await first.getByLabel('Weging').fill('70');
    await first.getByLabel('Hoogste aantal punten').fill('20');
    await press(form, 'Criterium toevoegen');
    const second = form.getByRole('group', { name: 'Criterium 2', exact: true });
    await second.getByLabel('Wat wordt beoordeeld').fill('De planning');
    await second.getByLabel('Weging').fill('20');
    await press(form, 'Wijziging bewaren');
    await says(form, /is samen 90 %; dat moet 100 % zijn/);
    await sound(page, 'need-edit-wrong');
    await page.reload();
    await says(page, /niet verstuurde, is teruggezet/);
    await second.getByLabel('Weging').fill('30');
    await press(form, 'Wijziging bewaren');
    await says(page, 'Het concept is bijgewerkt.');
    await says(page, '0 tot en met 20');
    await sound(page, 'need-edited');
    const need = await thing(buyer.get(`/needs/${id}`));
    assert.deepEqual(need.criteria.map(({ code, weight_ppm, scale }) => [code, weight_ppm, scale]), [['K1', 700_000, 20], ['K2', 300_000, undefined]]);
    assert.equal(need.budget_cents, needText().budget_cents, 'what was not changed stays');
    assert.deepEqual(page.faults, []);
    await page.context().close();
});

test('an administrator gives a mandate and ends it, and is told what is missing', { skip }, async () => {
    const page = await openAs(buyer, '/mandaten/');
    await fillAndSend(page, 'Mandaat geven', { 'Hoogste bedrag': '12.500', 'Eerste dag': inDays(1) });
    await says(page, 'Kies wie het mandaat krijgt');
    assert.ok(!(await page.getByLabel('Wie', { exact: true }).innerText()).includes(buyer.account.slice(-6)));
    await page.getByLabel('Wie', { exact: true }).selectOption(buyer.chief.account);
    await sound(page, 'mandates');
    await page.locator('form').getByRole('button', { name: 'Mandaat geven' }).click();
    await says(page, 'Het mandaat is gegeven.');
    await says(page, /tot en met €.12\.500/);
    const given = (await thing(buyer.get('/mandates'))).items.find(({ max_cents }) => max_cents === 1_250_000);
    assert.equal(given.account_id, buyer.chief.account);
    await page.getByRole('listitem').filter({ hasText: '12.500' }).getByRole('button', { name: /^Mandaat intrekken/ }).click();
    await says(page, /Wat al besloten is, verandert niet/);
    assert.equal((await thing(buyer.get(`/mandates/${given.id}`))).state, 'ended');
    await page.context().close();
    const quiet = await openAs(buyer.chief, '/en/mandaten/');
    await says(quiet, 'Only the administrator of your organisation gives mandates.');
    await sound(quiet, 'mandates-en');
    await quiet.context().close();
});

test('what invoices say of an organisation is kept, and what is no account is told', { skip }, async () => {
    const page = await openAs(buyer, '/factuurgegevens/');
    const field = (name) => page.getByLabel(name, { exact: false }).first();
    const iban = await field('IBAN').inputValue();
    await field('IBAN').fill('NL00MWNL0123456789');
    await field('Straat').fill('Raadhuisstraat');
    await press(page, 'Bewaar de gegevens');
    await says(page, /^Dit is geen IBAN/);
    forgive(page, 400);
    await sound(page, 'invoicing-wrong');
    await field('IBAN').fill(iban);
    await press(page, 'Bewaar de gegevens');
    await says(page, /^De gegevens zijn bewaard/);
    await field('E-mailadres voor facturen').fill('facturen@stad.example');
    await press(page, 'Bewaar hoe u facturen krijgt');
    await says(page, 'Dit is bewaard.');
    await sound(page, 'invoicing');
    assert.equal((await thing(buyer.get(`/organisations/${buyer.org}`))).street, 'Raadhuisstraat');
    await page.context().close();
});

test('a policy is written, adopted and stands beside the thresholds of the law', { skip }, async () => {
    const page = await openAs(buyer, '/inkoopbeleid/');
    await says(page, /Gedelegeerde Verordeningen \(EU\) 2025\/2150/);
    await fillAndSend(page, 'Beleid opschrijven', { 'Eerste dag': '31-2-2027' }, 'Concept bewaren');
    await says(page, /Eerste dag: vul de dag in/);
    await sound(page, 'policy');
    await fillAndSend(page, 'Beleid opschrijven', { 'Eerste dag': inDays(30), 'Minstens zoveel': '4', 'Waar het is besloten': 'Raadsbesluit 12' },
        'Concept bewaren');
    await says(page, /Het concept is bewaard/);
    await fillAndSend(page, 'Concept wijzigen', { 'Bij één leverancier: leveringen': '40.000' }, 'Concept bewaren');
    await until(async () => (await thing(buyer.get(`/purchase-policies?organisationId=${buyer.org}`))).items[0].version === 2);
    await page.getByRole('button', { name: /^Beleid vaststellen/ }).click();
    await says(page, /Het beleid is vastgesteld/);
    const [policy] = (await thing(buyer.get(`/purchase-policies?organisationId=${buyer.org}`))).items;
    assert.deepEqual([policy.state, policy.single_max_cents, policy.min_invites, policy.source],
        ['adopted', 4_000_000, 4, 'Raadsbesluit 12']);
    assert.deepEqual(page.faults, []);
    await page.context().close();
    const reader = await openAs(buyer.chief, '/en/inkoopbeleid/');
    await says(reader, /Only who is in charge of the policy/);
    await sound(reader, 'policy-en');
    await reader.context().close();
});
