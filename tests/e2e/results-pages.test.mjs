// results-pages.test.mjs - a jury decides in the browser, by keyboard where it counts; an applicant reads what was decided and objects; who runs the round looks back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { thing } from '../system/people.mjs';
import { deliberated, enterSelection } from '../system/selection-cast.mjs';
import { forgive, openBrowser, skip, sound } from './lib/browser.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, cast, round, plans, chair;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    cast = await enterSelection(house);
    ({ round, plans } = await deliberated(cast));
    await thing(cast.office.post('/appointments', { handler_id: cast.council.org }));
});
after(() => Promise.all([browser?.close(), house?.stop()]));

const why = 'Dit plan helpt een groep die nog niemand helpt.';
const form = () => chair.locator('#selection');

test('the chair drafts from the ranking, and says why where that is asked', { skip }, async () => {
    chair = await openAs(browser, cast.office, `/ronde/?id=${round.id}`);
    await chair.getByRole('link', { name: 'Beraad en besluit' }).click();
    await chair.getByText('gelijk met 1').first().waitFor();
    await sound(chair, 'deliberation-begins');
    await chair.getByLabel(/, 1$/).check();
    await chair.getByLabel('Verslag van het beraad').fill('De jury besprak alle plannen, en koos.');
    await chair.getByRole('button', { name: 'Concept bewaren' }).click();
    await chair.getByText('Geef de reden bij 2 keuzes').waitFor();
    assert.equal(await chair.getByText('reden ontbreekt').count(), 2);
    await sound(chair, 'deliberation-lacks');
    // Plan 3 goes before plan 1, which is tied with plan 2: with the keyboard, as selects are.
    const outcome = (plan) => chair.getByLabel(`Besluit over Plan ${plan}`);
    const tied = await outcome(1).inputValue() === 'selected' ? [1, 2] : [2, 1];
    await outcome(tied[0]).focus();
    await chair.keyboard.type('Op de');
    await chair.getByText('Nu gekozen: 1 (2 tot 2). Op de wachtlijst: 3 (hooguit 2).').waitFor();
    await outcome(3).focus();
    await chair.keyboard.type('Gesel');
    await chair.getByText('Nu gekozen: 2 (2 tot 2). Op de wachtlijst: 2 (hooguit 2).').waitFor();
    await chair.getByLabel(`Plaats op de wachtlijst van Plan ${tied[0]}`).selectOption('1');
    for (const plan of [1, 2, 3]) {
        await chair.getByLabel(`Reden voor Plan ${plan}`).fill(why);
    }
    await chair.getByRole('button', { name: 'Concept bewaren' }).click();
    await chair.getByText('2 van wie erbij was, moeten nog ondertekenen.').waitFor();
    assert.equal(await chair.getByText('reden ontbreekt').count(), 0);
});

test('who was there signs, and then the decision is fixed, with its places and its waiting list', { skip }, async () => {
    await chair.getByRole('button', { name: 'Verslag ondertekenen' }).focus();
    await chair.keyboard.press('Enter');
    await chair.getByText('1 van wie erbij was, moeten nog ondertekenen.').waitFor();
    const juror = await openAs(browser, cast.jurors[0], `/beraad/?id=${round.id}`);
    await juror.getByRole('button', { name: 'Verslag ondertekenen' }).click();
    await juror.getByText('U hebt het verslag ondertekend.').waitFor();
    assert.ok(!(await juror.locator('main').innerText()).includes('Plan 1'), 'a juror reads numbers');
    await sound(juror, 'deliberation-juror');
    const absent = await openAs(browser, cast.jurors[1], `/beraad/?id=${round.id}`);
    await absent.getByText('Er is geen beraad waar u bij was').waitFor();
    await chair.reload();
    await chair.getByRole('button', { name: 'Besluit vastleggen' }).click();
    await chair.getByText('Het besluit ligt vast.').waitFor();
    await chair.getByRole('group', { name: 'Wachtlijst, in volgorde' }).getByRole('row').nth(2).waitFor();
    await chair.getByText('Hoger dan de rangorde').waitFor();
    await sound(chair, 'deliberation-decided');
});

test('an applicant reads what the jury decided, and objects', { skip }, async () => {
    const page = await openAs(browser, cast.team, `/initiatief/?id=${plans[4].id}`);
    await page.getByRole('heading', { name: 'Uitslag van de jury' }).waitFor();
    await page.getByText('23,0 van 100', { exact: true }).waitFor();
    await page.getByText('Opmerking 1 over plan 4.').waitFor();
    await sound(page, 'result');
    await page.locator('summary', { hasText: 'Bezwaar maken tegen dit besluit' }).click();
    await page.getByLabel('Wat klopt er niet aan het besluit?').fill('De jury las de begroting van een ander plan.');
    await page.getByRole('button', { name: 'Bezwaar maken tegen dit besluit' }).click();
    await page.getByText('Er is bezwaar gemaakt.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Bezwaar maken' }).count(), 0);
    const other = await openAs(browser, cast.others, `/initiatief/?id=${plans[2].id}`);
    await other.getByText('Plaats op de wachtlijst').first().waitFor();
    await sound(other, 'result-waits');
});

test('whoever applied has it erased once the objection is decided, and keeps the line without a name', { skip }, async () => {
    const page = await openAs(browser, cast.team, `/initiatief/?id=${plans[4].id}`);
    const erase = async () => {
        await page.locator('summary', { hasText: 'Gegevens laten wissen' }).click();
        await page.getByRole('button', { name: 'Wis de gegevens voorgoed' }).click();
    };
    await erase();
    await page.getByText('Er loopt nog een bezwaar.').waitFor();
    forgive(page, 409);
    await sound(page, 'erase-refused');
    const { items: [objection] } = await thing(cast.council.get('/objections'));
    await thing(cast.council.command('/objections', objection, 'decide', { upheld: false, decision: 'De jury las het goede plan.' }));
    await page.reload();
    await erase();
    await page.getByText('De gegevens zijn gewist.').waitFor();
    await page.getByRole('heading', { name: 'Gewiste aanvraag' }).waitFor();
    assert.equal(await page.getByText('Plan 4').count(), 0);
    await sound(page, 'erased');
});

test('who runs the round computes it again by other rules, and reads what became of whom it selected', { skip }, async () => {
    await house.psql(`UPDATE pipeline.round SET state = 'concluded' WHERE id = '${round.id}'`);
    const page = await openAs(browser, cast.office, `/ronde/?id=${round.id}`);
    await page.getByRole('link', { name: 'Terugblik' }).click();
    await page.getByText('Met deze regels waren er 5 voorgelegd en 2 gekozen. Toen waren dat er 5 en 2.').waitFor();
    await page.getByText('Te weinig gegevens').waitFor();
    await sound(page, 'hindsight');
    await page.locator('summary', { hasText: 'Andere regels invullen' }).click();
    await page.getByLabel('Gewicht van Impact, in procenten').fill('10');
    await page.getByRole('button', { name: 'Doorrekenen' }).click();
    await page.getByRole('link', { name: /De gewichten zijn samen 100 procent/ }).waitFor();
    await page.getByLabel('Gewicht van Businesscase, in procenten').fill('90');
    await page.getByLabel('Aantal plaatsen').fill('1');
    await page.getByLabel('Wat juryleden zien van wie aanvraagt').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Doorrekenen' }).click();
    await page.getByText('voorgelegd en 1 gekozen').waitFor();
    await page.getByText('Blinderen verandert geen enkel punt').waitFor();
    await page.getByText('Valt eruit').waitFor();
    await sound(page, 'hindsight-other');
});
