// jury-pages.test.mjs - a jury in the browser: a juror takes their seat, declares, and judges by keyboard alone; who runs the round follows it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authored } from '../lib/files.mjs';
import { must, openHouse } from '../lib/house.mjs';
import { admit, founder, moderator, thing } from '../system/people.mjs';
import { juror, lock, openRound, presented, seat, step, submit } from '../system/jury-cast.mjs';
import { openBrowser, screens, skip, sound, violations } from './lib/browser.mjs';
import { fillAndSend } from './lib/person.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, office, bank, fund, round, plans, page;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    const desk = await moderator(house);
    const people = [['bureau', 'partner'], ['bank', 'partner'], ['fonds', 'partner'], ['team', 'team'], ['onderneming', 'enterprise']];
    const made = [];
    for (const [name, kind] of people) {
        made.push(await founder(house, name, kind));
    }
    await admit(house, desk, ...made);
    let team, firm;
    [office, bank, fund, team, firm] = made;
    const programme = await thing(office.post('/programmes', { name: 'Twente vooruit', region: 'Twente', fictional: true }));
    for (const partner of [bank, fund]) {
        await seat(office, programme, partner);
    }
    const [plan, odd] = await Promise.all([authored('Jan')[0], authored('Jan').at(-1)].map(async ([name, content]) => must(await team.upload(content, name)).body));
    round = await openRound(office, programme, { min_reviews: 2 });
    plans = [
        await submit(team, round, { title: 'Kas op het dak', documents: [{ file: plan.file }, { file: odd.file }], summary: 'Team (fictief) bouwt een kas; zie www.kas-op-het-dak.nl voor meer.' }),
        await submit(firm, round, { title: 'Fietsen voor allen' }),
    ];
    plans = await presented(house, office, round, plans);
});
after(() => Promise.all([browser?.close(), house?.stop()]));

const tabTo = async (name) => {
    for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        const said = await page.evaluate(() => document.activeElement?.labels?.[0]?.innerText ?? document.activeElement?.innerText ?? '');
        const group = await page.evaluate(() => document.activeElement?.closest('fieldset')?.querySelector('legend')?.innerText ?? '');
        if (name.test(said) || name.test(group)) {
            return;
        }
    }
    assert.fail(`the keyboard does not come to ${name}`);
};

test('a juror takes their seat and says where they are not impartial', { skip }, async () => {
    page = await openAs(browser, bank, `/jury/?id=${round.id}`);
    await page.getByRole('button', { name: 'Plaats nemen in de jury' }).click();
    await page.getByText('Fietsen voor allen').waitFor();
    await page.getByLabel('Ik ben hier niet onpartijdig: Fietsen voor allen').check();
    await page.getByRole('button', { name: 'Vastleggen en verder' }).click();
    await page.getByRole('link', { name: 'Fietsen voor allen: kies waarom' }).waitFor();
    await sound(page, 'jury-declare');
    await page.getByLabel('Waarom?').selectOption({ label: 'Familie of vriendschap' });
    await page.getByRole('button', { name: 'Vastleggen en verder' }).click();
    await page.getByText('Het beoordelen begint zodra').waitFor();
    await sound(page, 'jury-waits');
});

test('who runs the round sees what is known of the jury, and takes a proposal', { skip }, async () => {
    const board = await openAs(browser, office, `/jury/?id=${round.id}`);
    await board.getByText('zelf aangegeven: familie of vriendschap').waitFor();
    await board.getByText('een document kan niet getoond worden').waitFor();
    await sound(board, 'jury-presenting');
    await board.getByRole('link', { name: 'Fietsen voor allen' }).click();
    await board.locator('summary', { hasText: 'Andere teksten' }).click();
    await board.getByLabel('Plan', { exact: true }).check();
    await board.getByLabel('In plaats van: Plan').fill('');
    await board.getByRole('button', { name: 'Andere teksten' }).click();
    await board.getByText('Hier staat niets.').waitFor();
    await sound(board, 'jury-redact');
    await step(office, round, 'score');
    await juror(fund, round);
    const wishes = await openAs(browser, fund, `/jury/?id=${round.id}`);
    await wishes.getByLabel('Wilt u dossier 1 beoordelen?').selectOption({ label: 'Liever niet' });
    await sound(wishes, 'jury-wishes');
    await board.goto(`/jury/?id=${round.id}`);
    await board.getByRole('button', { name: 'Voorstel laten zien' }).click();
    await board.getByText('Het voorstel voegt 3 beoordelingen toe').waitFor();
    await board.getByText('Fietsen voor allen: 1 te weinig').waitFor();
    await sound(board, 'jury-proposal');
    await board.getByRole('button', { name: 'Voorstel overnemen' }).click();
    await board.getByText('0 van 3 beoordelingen zijn vastgezet').waitFor();
    await board.getByText('nog 2').waitFor();
});

test('a dossier is judged and locked by keyboard alone', { skip }, async () => {
    await page.goto(`/jury/?id=${round.id}`);
    await page.getByText('0 van 1 beoordeeld').waitFor();
    await sound(page, 'jury-dossiers');
    await page.evaluate(() => document.body.focus());
    await tabTo(/^Beoordelen/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Dossier/ }).waitFor();
    assert.ok(!(await page.locator('main').innerText()).includes('kas-op-het-dak'));
    assert.match(await page.getByRole('link', { name: 'Document 1' }).getAttribute('href'), /^\/v1\/files\/[0-9a-f]{64}$/);
    await page.getByText('Document 2 kan niet getoond worden').waitFor();
    await sound(page, 'jury-dossier');
    await tabTo(/^Beoordeling vastzetten/);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Geef punten voor: Haalbaarheid van het plan' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(/^Maatschappelijke winst/);
    await page.keyboard.press('4');
    await tabTo(/^Haalbaarheid/);
    await page.keyboard.type('10');
    await tabTo(/^Het team/);
    await page.keyboard.press('2');
    await page.keyboard.press('ArrowRight');
    await tabTo(/^Opmerking/);
    await page.keyboard.type('Een goed plan.');
    await page.getByText(/^Bewaard op/).waitFor();
    await page.reload();
    assert.equal(await page.getByLabel('Opmerking').inputValue(), 'Een goed plan.');
    assert.equal(await page.locator('input[type=radio]:checked').evaluateAll((all) => all.map(({ value }) => value).join()), '4,10,3');
    await page.setViewportSize({ width: 768, height: 1024 });
    assert.deepEqual(await violations(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    await page.setViewportSize(screens.desk);
    await tabTo(/^Beoordeling vastzetten/);
    await page.keyboard.press('Enter');
    await page.getByText('U zette dit vast op').waitFor();
});

test('others are seen after one\'s own lock, and who runs the round reopens', { skip }, async () => {
    assert.equal(await page.getByText('Wat anderen gaven').count(), 0);
    const { items } = await thing(fund.get(`/judgements?roundId=${round.id}&mine=true`));
    const same = items.find(({ dossier_id: id }) => page.url().includes(id));
    await lock(fund, same, { abstain: true, remark: 'Ik weet hier te weinig van.' });
    await page.reload();
    await page.getByText('Ik weet hier te weinig van.').waitFor();
    await sound(page, 'jury-locked');
    await fillAndSend(page, 'Vragen om heropening', { 'Waarom?': 'Ik zag de bijlage te laat.' });
    await page.getByText('U vroeg om heropening: Ik zag de bijlage te laat.').waitFor();
    const board = await openAs(browser, office, `/jury/?id=${round.id}`);
    await board.getByText('1 van 2 beoordelingen').waitFor();
    await sound(board, 'jury-board');
    await board.getByRole('link', { name: 'Kas op het dak' }).click();
    await board.getByText('Vraagt om heropening: Ik zag de bijlage te laat.').waitFor();
    await fillAndSend(board, /Heropenen.*bank/, { 'Waarom?': 'U vergat de bijlage.' }, /^Heropenen/);
    await board.getByText('Heropend', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('U vergat de bijlage.').waitFor();
    assert.equal(await page.getByText('Ik weet hier te weinig van.').count(), 0);
    await sound(page, 'jury-reopened');
});
