// look.mjs - what every page has to pass, for a kind of visitor, in both languages, at three
// widths: nothing that axe finds, nothing on the console (where the content security policy speaks
// too), no sideways scroll. SHOTS=1 leaves a picture of each in shots/ of the build.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../../lib/house.mjs';
import { lendSession, openBrowser, openPage, overflow, rawLines, screens, settled, skip, takePictures, violations }
    from './browser.mjs';
import { people, statesOf } from './states.mjs';

let house, browser, clients, states;

async function open() {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse({ demo: true, args: { matching: ['--serve=answers,alerts'] } }), openBrowser()]);
    clients = { nobody: house.nobody() };
    for (const [kind, email] of Object.entries(people)) {
        clients[kind] = await house.as(email);
    }
    states = await statesOf(clients);
}

/** What is hidden until somebody opens it has to pass as well. */
const unfold = (page) => page.evaluate(() => {
    for (const folded of document.querySelectorAll('main details')) {
        folded.open = true;
    }
});

/** Everything that is wrong with a page that is loaded, one line each. */
async function faultsOf(page) {
    const found = [];
    await unfold(page);
    await settled(page);
    for (const size of ['desk', 'phone']) {
        await page.setViewportSize(screens[size]);
        found.push(...(await violations(page)).map((line) => `${size}: ${line}`));
    }
    found.push(...(await rawLines(page)).map((line) => `for programs: ${line}`));
    await page.setViewportSize(screens.narrow);
    const wider = await overflow(page);
    return wider > 0 ? [...found, `${wider} px too wide at ${screens.narrow.width}`] : found;
}

const refusal = /^Failed to load resource: .* status of 40[14]/;

async function look(kind, lang) {
    const page = await openPage(browser, { baseURL: house.url });
    if (kind !== 'nobody') {
        await lendSession(page, clients[kind]);
    }
    const wrong = {};
    for (const [name, address, refused] of states[kind]) {
        page.faults.length = 0;
        await page.setViewportSize(screens.desk);
        await page.goto((lang === 'en' ? '/en' : '') + address);
        await settled(page);
        await takePictures(page, `${kind}-${name}-${lang}`);
        const found = await faultsOf(page);
        found.push(...page.faults.filter((line) => !(refused && refusal.test(line))));
        if (await page.locator('html').getAttribute('lang') !== lang) {
            found.push('in another language');
        }
        if (found.length > 0) {
            wrong[`${name}, ${lang}`] = found;
        }
    }
    await page.context().close();
    return wrong;
}

/** Tests of all pages for these kinds of visitors, in a file of their own. */
export function lookAs(...kinds) {
    before(open);
    after(() => Promise.all([browser?.close(), house?.stop()]));
    for (const kind of kinds) {
        test(`what ${kind} sees`, { skip }, async () => {
            const [dutch, english] = await Promise.all([look(kind, 'nl'), look(kind, 'en')]);
            assert.deepEqual({ ...dutch, ...english }, {});
        });
    }
}

/** What is wrong must be seen: a picture without words, too wide, with a style of its own. */
export function lookAtFaults() {
    test('each of these checks would notice', { skip }, async () => {
        const page = await openPage(browser, { baseURL: house.url, screen: screens.narrow });
        await page.goto('/privacy/');
        await settled(page);
        await page.evaluate(() => document.querySelector('main').insertAdjacentHTML('beforeend',
            '<img src="/favicon.svg" width="500" style="color: red"><p>honest_label</p>'));
        await settled(page);
        assert.match((await violations(page)).join(), /^image-alt: /);
        assert.ok(await overflow(page) > 0);
    assert.deepEqual(await rawLines(page), ['honest_label']);
        assert.match(page.faults.join(), /Content Security Policy/);
        await page.context().close();
    });
}
