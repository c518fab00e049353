// training-pages.test.mjs - the programme after the selection in the browser: checking in on a phone, the code on the screen, who was
// where, hand-ins and mentors.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must } from '../lib/house.mjs';
import { thing } from '../system/people.mjs';
import { openTraining, runningRound, seat } from '../system/training-cast.mjs';
import { openBrowser, skip, sound } from './lib/browser.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, office, college, team, firm, round, plan, other, meeting;
const minutes = (count) => new Date(Date.now() + count * 60_000).toISOString();

before(async () => {
    if (skip) {
        return;
    }
    let programme;
    ({ house, office, college, team, firm } = await openTraining());
    browser = await openBrowser();
    ({ programme, round, plans: [plan, other] } = await runningRound(house, office,
        [[team, 'Wasserij met marketing'], [firm, 'Houtzagerij']], { certificate_modules: 2, certificate_needs: ['business_case'] }));
    await seat(office, programme, college, 'mentor');
    const mentor = must(await college.post('/mentors', { programme_id: programme.id, role: 'mentor', name: 'Marit', skills: 'marketing, subsidie',
        goals: ['care'], municipality: 'GM0153', hours: 20 })).body;
    meeting = must(await office.post('/meetings', { round_id: round.id, host_id: college.org, kind: 'module', number: 1,
        title: 'Van idee naar plan', starts_at: minutes(10), ends_at: minutes(130), place: 'Zaal 2', capacity: 5 })).body;
    must(await firm.post('/attendances', { meeting_id: meeting.id, initiative_id: other.id }));
    must(await office.post('/deliverables', { initiative_id: plan.id, kind: 'business_case', due_at: minutes(14_400) }));
    must(await office.post('/pairings', { initiative_id: plan.id, mentor_id: mentor.id, hours: 10 }));
});
after(() => Promise.all([browser?.close(), house?.stop()]));

test('the screen shows a code, and a phone that scanned it is checked in', { skip }, async () => {
    const screen = await openAs(browser, college, `/bijeenkomst/?id=${meeting.id}`);
    await screen.getByRole('img', { name: 'QR-code om in te checken' }).waitFor();
    await sound(screen, 'meeting-screen');
    const { link } = await thing(college.get(`/meetings/${meeting.id}/code?site=${encodeURIComponent(house.url)}`));
    const phone = await openAs(browser, team, link.slice(house.url.length));
    await phone.getByText('Welkom. Wasserij met marketing is aanwezig gemeld.').waitFor();
    await sound(phone, 'check-in');
    const late = await openAs(browser, firm, `/bijeenkomst/?id=${meeting.id}&code=0123456789abcdef`);
    await late.getByText('Deze code geldt niet meer.').waitFor();
});

test('a participant hands in and says yes to a mentor', { skip }, async () => {
    const page = await openAs(browser, team, `/traject/?id=${plan.id}`);
    await page.getByText('1 van 2 modules gevolgd').waitFor();
    await sound(page, 'trajectory');
    await page.getByRole('button', { name: /^Ja, wij gaan samen verder/ }).click();
    await page.getByText('Door één kant aangenomen').waitFor();
    await page.locator('summary', { hasText: 'Inleveren' }).first().click();
    await page.getByLabel('Tekst').fill('Onze businesscase met kosten en opbrengsten.');
    await page.getByRole('button', { name: /^Inleveren/ }).click();
    await page.getByText('Ingeleverd', { exact: true }).first().waitFor();
});

test('a mentor says yes, books hours and returns what was handed in', { skip }, async () => {
    const page = await openAs(browser, college, '/mentor/');
    await page.getByRole('button', { name: /^Ja, wij gaan samen verder/ }).click();
    await page.locator('summary', { hasText: 'Uren boeken' }).click();
    await page.getByLabel('Dag').fill('2026-11-20');
    await page.getByLabel('Minuten').fill('90');
    await page.getByRole('button', { name: /^Uren boeken/ }).click();
    await page.getByText('1,5 van 10 uur geboekt').waitFor();
    await page.locator('summary', { hasText: 'Teruggeven met opmerkingen' }).click();
    await page.getByLabel('Opmerkingen').fill('De kosten van de huur ontbreken.');
    await page.getByRole('button', { name: /^Teruggeven/ }).click();
    await page.getByText('De kosten van de huur ontbreken.').waitFor();
    await sound(page, 'mentor');
});

test('who runs the round moves a meeting, with a reason', { skip }, async () => {
    const later = must(await office.post('/meetings', { round_id: round.id, kind: 'module', number: 2, title: 'De kostprijs', starts_at: minutes(3_000),
        ends_at: minutes(3_120), capacity: 5 })).body;
    const page = await openAs(browser, office, `/bijeenkomst/?id=${later.id}`);
    await page.locator('summary', { hasText: 'Bijeenkomst verplaatsen' }).click();
    await page.getByLabel('Begint nu').fill('2030-03-05T09:00');
    await page.getByLabel('Eindigt nu').fill('2030-03-05T08:00');
    await page.getByLabel('Waarom', { exact: true }).fill('De zaal is bezet.');
    await page.getByRole('button', { name: 'Bijeenkomst verplaatsen' }).click();
    await page.getByText('Het einde komt na het begin.').first().waitFor();
    await page.getByLabel('Eindigt nu').fill('2030-03-05T12:00');
    await sound(page, 'meeting-move');
    await page.getByRole('button', { name: 'Bijeenkomst verplaatsen' }).click();
    await page.getByText('Verplaatst', { exact: true }).waitFor();
});

test('who runs the round sees who was where', { skip }, async () => {
    const page = await openAs(browser, office, `/training/?id=${round.id}`);
    await page.getByRole('table', { name: 'Wie was waar' }).waitFor();
    assert.equal(await page.locator('abbr[title="Aanwezig"]').count(), 1);
    await page.locator('summary', { hasText: 'Wie past bij wie' }).click();
    await page.getByRole('button', { name: 'Voorstel laten zien' }).click();
    await page.getByText('Houtzagerij: Marit').waitFor();
    await sound(page, 'training');
});
