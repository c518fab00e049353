// round-pages.test.mjs - a round in the browser: an application that saves itself, its receipt, screening, a question and an objection,
// and the page on which a manager writes the rules.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, founder, moderator, thing } from '../system/people.mjs';
import { forgive, openBrowser, skip, sound } from './lib/browser.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, office, team, green, handler, programme, round, plan;
const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
const rules = {
    questions: [
        { code: 'probleem', text: 'Welk probleem lost u op, en voor wie?', max_words: 6, required: true },
        { code: 'klanten', text: 'Wie betaalt ervoor?' },
    ],
    eligibility: [{ code: 'regio', text: 'Het plan wordt uitgevoerd in Twente.' }, { code: 'banen', text: 'Het plan geeft werk aan mensen met een afstand tot de arbeidsmarkt.' }],
    max_documents: 3, document_megabytes: 1,
};

before(async () => {
    if (skip) {
        return;
    }
    house = await openHouse();
    const desk = await moderator(house);
    office = await founder(house, 'bureau', 'partner');
    team = await founder(house, 'team', 'team');
    green = await founder(house, 'groen', 'enterprise');
    handler = await founder(house, 'klachten', 'partner');
    await admit(house, desk, office, team, green, handler);
    await thing(office.post('/appointments', { handler_id: handler.org }));
    programme = await thing(office.post('/programmes', { name: 'Twente vooruit', region: 'Twente', fictional: true }));
    const drafted = await thing(office.post('/rounds', {
        programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30), present_quota: 28, select_min: 9, select_max: 12,
        fictional: true, ...rules,
    }));
    round = await thing(office.command('/rounds', await thing(office.command('/rounds', drafted, 'announce')), 'open'));
    browser = await openBrowser();
});
after(() => Promise.all([browser?.close(), house?.stop()]));

const fresh = (by = team) => thing(by.get(`/initiatives/${plan.id}`));
const saved = (page) => page.getByText(/^Opgeslagen om \d\d:\d\d$/).waitFor();

test('an application saves itself while it is written', { skip }, async () => {
    const page = await openAs(browser, team, `/ronde/?id=${round.id}`);
    await page.locator('summary', { hasText: 'Initiatief beginnen' }).click();
    await page.getByRole('button', { name: 'Beginnen en verder invullen' }).click();
    await page.getByRole('heading', { name: 'Controleer uw antwoorden' }).waitFor();
    await sound(page, 'round-begin');
    await page.getByLabel('Naam van het initiatief').fill('De buurtoven');
    await page.getByLabel('Samenvatting').fill('Een oven die werk geeft aan mensen in de buurt.');
    await page.getByLabel('Gemeente').selectOption({ label: 'Enschede' });
    await page.getByRole('button', { name: 'Beginnen en verder invullen' }).click();
    await page.waitForURL(/initiatief\/\?id=/);
    plan = { id: new URL(page.url()).searchParams.get('id') };
    await page.getByLabel('Welk probleem lost u op, en voor wie?').fill('Brood wordt weggegooid');
    await page.getByText('3 van 6 woorden').waitFor();
    await saved(page);
    assert.equal((await fresh()).answers[0].text, 'Brood wordt weggegooid');
    // What is not right yet is told, and the rest is saved.
    await page.getByLabel('Plan', { exact: false }).first().fill('Te kort');
    await page.getByLabel('Wie betaalt ervoor?').fill('Cafés');
    await page.getByText('Nog niet opgeslagen, want het klopt nog niet: Plan.').waitFor();
    await until(async () => (await fresh()).answers.length === 2, 10_000, 'the other answer is saved');
    await page.locator('input[type=file]').setInputFiles([
        { name: 'begroting.txt', mimeType: 'text/plain', buffer: Buffer.from('Een begroting') },
        { name: 'groot.txt', mimeType: 'text/plain', buffer: Buffer.from('x'.repeat(1_000_001)) },
    ]);
    await page.getByText('Dit bestand is groter dan 1 MB.').waitFor();
    await until(async () => (await fresh()).documents?.length === 1, 10_000, 'the document is saved');
    await page.getByRole('button', { name: 'Teamlid toevoegen' }).click();
    await page.getByLabel('Naam', { exact: true }).fill('Proefpersoon');
    await page.getByLabel(/^Samen met/).selectOption({ label: 'groen (fictief)' });
    await until(async () => (await fresh()).co_applicants?.length === 1, 10_000, 'with whom is saved');
    assert.equal((await fresh()).team[0].name, 'Proefpersoon');
    await sound(page, 'application');
});

test('what was typed without a connection is there again, together with what somebody else wrote', { skip }, async () => {
    const page = await openAs(browser, team, `/initiatief/?id=${plan.id}`);
    await page.getByText('Wat u typt, wordt vanzelf opgeslagen.').waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('Welk probleem lost u op, en voor wie?').fill('Brood wordt veel te veel weggegooid hier');
    await page.getByText('Geen verbinding.', { exact: false }).waitFor();
    await page.getByText('1 woorden te veel').waitFor();
    const along = await fresh(green);
    must(await green.put(`/initiatives/${plan.id}`, { round_id: along.round_id, title: 'De wijkoven', summary: along.summary,
        municipality: along.municipality, answers: along.answers, documents: along.documents.map(({ file }) => ({ file })), fictional: true }, along.version));
    const context = page.context();
    await page.close(); // a laptop that closes
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/initiatief/?id=${plan.id}`);
    await again.getByText('Opgeslagen om', { exact: false }).waitFor();
    const now = await fresh();
    assert.deepEqual([now.title, now.answers.find(({ code }) => code === 'probleem').text, now.documents.length, now.team.length],
        ['De wijkoven', 'Brood wordt veel te veel weggegooid hier', 1, 1]);
    assert.equal(await again.getByLabel('Naam van het initiatief').inputValue(), 'De wijkoven');
    await context.close();
});

test('what is missing is told at its field; a receipt says when it came and what its hash is', { skip }, async () => {
    const page = await openAs(browser, team, `/initiatief/?id=${plan.id}`);
    await page.getByRole('button', { name: 'Indienen' }).click();
    const faults = page.locator('.mw-faults');
    await faults.getByText('Gebruik hoogstens 6 woorden; nu zijn het er 7.').click();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'application-answers[probleem].text');
    await faults.getByText('Geef toestemming om te kunnen indienen.').waitFor();
    await sound(page, 'application-faults');
    await page.getByLabel('Welk probleem lost u op, en voor wie?').fill('Brood wordt te veel weggegooid');
    await page.getByLabel('Het programma mag gebruiken wat ik indien om het te beoordelen.').check();
    await page.getByRole('button', { name: 'Indienen' }).click();
    await page.getByText('Uw initiatief is ingediend.', { exact: false }).waitFor();
    const { payload } = await thing(team.get(`/initiatives/${plan.id}/receipt`));
    const hash = await page.locator('code').first().innerText();
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.ok(Buffer.from(payload, 'base64').includes(hash), 'the hash is the signed one');
    await page.getByRole('link', { name: 'Ontvangstbewijs bewaren (JSON)' }).waitFor();
    await sound(page, 'application-receipt');
});

test('a manager writes a round after an earlier one; the sum of the weights is told while typing, and faults stand at their fields', { skip }, async () => {
    const page = await openAs(browser, office, `/ronde-opstellen/?van=${round.id}`);
    await page.getByLabel('Hoogstens voorgelegd aan de partners').fill('0');
    assert.equal(await page.getByLabel('Nummer van de ronde').inputValue(), '2');
    assert.equal(await page.getByLabel('Tekst', { exact: true }).first().inputValue(), rules.questions[0].text);
    await page.getByRole('button', { name: 'Onderdeel toevoegen' }).click();
    await page.getByRole('button', { name: 'Onderdeel toevoegen' }).click();
    const parts = page.locator('#rules-rubric');
    await parts.getByLabel('Naam', { exact: true }).nth(0).fill('Maatschappelijke winst');
    await parts.getByLabel('Naam', { exact: true }).nth(1).fill('Haalbaarheid');
    await parts.getByLabel('Gewicht in %').nth(0).fill('62,5');
    await parts.getByLabel('Gewicht in %').nth(1).fill('27,5');
    await page.getByText('Samen 90 % van 100 %').waitFor();
    await page.getByRole('button', { name: 'Concept bewaren' }).click();
    const faults = page.locator('.mw-faults');
    for (const text of ['De gewichten moeten samen 100 % zijn; nu zijn ze 90 %.', 'Hoogstens voorgelegd aan de partners: Vul een heel getal in van 1 tot 1000.', 'De ronde gaat open: Vul een datum en tijd in.']) {
        await faults.getByText(text).first().waitFor();
    }
    await sound(page, 'rules-faults');
    await parts.getByLabel('Gewicht in %').nth(1).fill('37,5');
    await page.getByText('Samen 100 % van 100 %').waitFor();
    await page.getByLabel('Hoogstens voorgelegd aan de partners').fill('28');
    await page.getByLabel('De ronde gaat open').fill(`${days(2).slice(0, 10)}T09:00`);
    await page.getByLabel('De inschrijving sluit').fill(`${days(40).slice(0, 10)}T23:59`);
    await page.getByRole('button', { name: 'Concept bewaren' }).click();
    await page.getByText('De regels zijn bewaard.').waitFor();
    await page.getByRole('button', { name: 'Ronde bekendmaken' }).click();
    await page.getByText('De ronde is bekendgemaakt.', { exact: false }).waitFor();
    const id = new URL(page.url()).searchParams.get('id');
    const made = await thing(office.get(`/rounds/${id}`));
    assert.deepEqual(made.rubric.map(({ code, weight_ppm }) => [code, weight_ppm]), [['maatschappelijke', 625_000], ['haalbaarheid', 375_000]]);
    assert.deepEqual([made.state, made.max_documents, made.questions.length], ['announced', 3, 2]);
    // It opens while the page stands there.
    await thing(office.command('/rounds', made, 'open'));
    await parts.getByLabel('Gewicht in %').nth(1).fill('40');
    await parts.getByLabel('Gewicht in %').nth(0).fill('60');
    await page.getByRole('button', { name: 'Concept bewaren' }).click();
    await page.getByText('De regels liggen vast en kunnen niet meer wijzigen.', { exact: false }).waitFor();
    forgive(page, 409, 412);
    await page.locator('code.mw-hash').waitFor();
    await sound(page, 'rules-frozen');
});

test('more time for all and for one, on the page of the round', { skip }, async () => {
    const late = await thing(green.post('/initiatives', { round_id: round.id, title: 'De houtzagerij', municipality: 'GM0153', fictional: true,
        summary: 'Een zagerij met werkplekken voor mensen uit de buurt.' }));
    const page = await openAs(browser, office, `/ronde/?id=${round.id}`);
    await page.locator('summary', { hasText: 'Inschrijving verlengen voor iedereen' }).click();
    await page.locator('#extend-reason').fill('De feestdagen vielen erin.');
    await page.getByRole('button', { name: 'Inschrijving verlengen voor iedereen' }).click();
    await page.locator('.mw-faults').getByText('Kies een later moment dan de sluiting nu.').waitFor();
    await page.locator('#extend-closes_at').fill(`${days(33).slice(0, 10)}T12:00`);
    await page.getByRole('button', { name: 'Inschrijving verlengen voor iedereen' }).click();
    await page.getByText('De inschrijving is verlengd voor iedereen.').waitFor();
    await page.locator('summary', { hasText: 'Uitstel geven aan één aanvrager' }).click();
    await page.locator('#grant-initiative_id').fill(`${house.url}/initiatief/?id=${late.id}`);
    await page.locator('#grant-until').fill(`${days(35).slice(0, 10)}T12:00`);
    await page.locator('#grant-ground').selectOption('illness');
    await page.locator('#grant-reason').fill('De aanvrager is ziek.');
    await page.getByRole('button', { name: 'Uitstel geven aan één aanvrager' }).click();
    await page.getByText('Het uitstel is gegeven.', { exact: false }).waitFor();
    await page.getByText('Persoonlijk uitstel: 1 keer gegeven, met een reden.').waitFor();
    await page.locator('summary', { hasText: 'Cijfers van een ander vermelden' }).click();
    await page.locator('#cite-source').fill('Een vakblad');
    await page.locator('#cite-submitted').fill('50');
    await page.getByLabel('De bron noemt ‘meer dan’ dit aantal ingediend').check();
    await page.locator('#cite-presented').fill('28');
    await page.getByRole('button', { name: 'Cijfers van een ander vermelden' }).click();
    const claims = page.getByRole('table', { name: 'Wat anderen over deze ronde meldden' });
    await claims.getByRole('row', { name: /^Een vakblad meer dan 50 28 – –/ }).waitFor();
    await claims.getByRole('row', { name: /^Geteld op dit platform 1 0 0/ }).waitFor();
    await sound(page, 'round-manage');
    const theirs = await openAs(browser, green, `/initiatief/?id=${late.id}`);
    const told = await theirs.getByText('Indienen kan tot en met').innerText();
    assert.match(told, /12:00/);
});

test('screening, a question, an objection and its decision, each on its page', { skip }, async () => {
    await house.psql(`UPDATE pipeline.round SET closes_at = now () - interval '1 second' WHERE id = '${round.id}'`);
    await thing(office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), 'close'));
    const desk = await openAs(browser, office, `/initiatief/?id=${plan.id}`);
    await desk.locator('summary', { hasText: 'Iets vragen aan de aanvrager' }).click();
    await desk.locator(`#enquire-${plan.id}-reason`).fill('Voor hoeveel mensen is er werk?');
    await desk.getByRole('button', { name: /^Iets vragen/ }).click();
    await desk.getByText('Gelukt: De wijkoven is bijgewerkt.').waitFor();
    const applicant = await openAs(browser, team, `/initiatief/?id=${plan.id}`);
    await applicant.locator('summary', { hasText: 'De vraag beantwoorden' }).click();
    await applicant.getByLabel('Voor hoeveel mensen is er werk?').fill('Voor twaalf mensen.');
    await sound(applicant, 'answer');
    await applicant.getByRole('button', { name: /^De vraag beantwoorden/ }).click();
    await applicant.getByText('Laatst aangevuld op').waitFor();
    await desk.reload();
    await desk.locator('summary', { hasText: 'Screenen' }).click();
    await desk.getByRole('button', { name: 'Oordeel vastleggen' }).click();
    await desk.locator('.mw-faults').waitFor();
    await desk.getByLabel(rules.eligibility[0].text).selectOption({ label: 'Voldoet' });
    await desk.getByLabel(rules.eligibility[1].text).selectOption({ label: 'Voldoet niet' });
    await desk.getByLabel('Waarom is het niet ontvankelijk?').fill('Twaalf mensen is te weinig.');
    await sound(desk, 'screening');
    await desk.getByRole('button', { name: 'Oordeel vastleggen' }).click();
    await desk.getByText('Niet ontvankelijk').first().waitFor();
    await applicant.reload();
    await applicant.locator('summary', { hasText: 'Bezwaar maken' }).click();
    await applicant.locator('#object-reason').fill('Het criterium noemt geen aantal mensen.');
    await applicant.getByRole('button', { name: /^Bezwaar maken/ }).click();
    await applicant.getByText('Uw bezwaar is ingediend.', { exact: false }).waitFor();
    const bench = await openAs(browser, handler, '/klachten/');
    await bench.getByRole('link', { name: 'De wijkoven' }).click();
    await bench.getByRole('link', { name: 'begroting.txt' }).waitFor();
    await bench.getByText('Voor twaalf mensen.').waitFor();
    await bench.getByRole('button', { name: 'Beslissing vastleggen' }).click();
    await bench.locator('.mw-faults').getByText('Kies of het bezwaar terecht is.').waitFor();
    await sound(bench, 'objection');
    await bench.locator('#decide-upheld').selectOption('yes');
    await bench.locator('#decide-decision').fill('Het criterium noemt geen aantal, en er komt werk.');
    await bench.getByRole('button', { name: 'Beslissing vastleggen' }).click();
    await bench.getByText('De beslissing ligt vast.', { exact: false }).waitFor();
    assert.equal((await fresh()).state, 'eligible');
    await sound(await openAs(browser, team, `/initiatief/?id=${plan.id}`), 'objection-decided');
});
