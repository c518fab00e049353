// stage.mjs - a play in the browser: a house with its cast, a page for each of them, and steps of which each goes on where the one before ended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../../lib/clock.mjs';
import { openHouse } from '../../lib/house.mjs';
import { lendSession, openBrowser, openPage, skip } from './browser.mjs';
import { visit } from './person.mjs';

/** A page of somebody who is logged in already, at an address when there is one. */
export async function openAs(browser, client, address, options = {}) {
    const page = await openPage(browser, { baseURL: client.url, ...options });
    if (client.cookie) {
        await lendSession(page, client);
    }
    return address ? visit(page, address) : page;
}

/**
 * Opens before the tests of a file what they play on, and ends it after them: `house`, `browser`, `cast` as `enter (house)` answers it, and `pages`,
 * one for each of `who (cast)`. With `clocked` there is a clock to set, for the house and for every page.
 */
export function stage({ enter, who = () => ({}), clocked = false, ...options }) {
    const on = { pages: {} };
    let goesOn = true;

    before(async () => {
        if (skip) {
            return;
        }
        if (clocked) {
            on.clock = new Clock();
            on.clock.shift(0);
        }
        on.house = await openHouse(options);
        delete process.env.LD_PRELOAD; // the browser's clock is its own
        [on.cast, on.browser] = await Promise.all([enter(on.house), openBrowser()]);
        on.who = who(on.cast);
        for (const [name, client] of Object.entries(on.who)) {
            on.pages[name] = await on.openAs(client);
        }
    });
    after(async () => {
        await Promise.all([on.browser?.close(), on.house?.stop()]);
        on.clock?.end();
    });

    on.openAs = async (client, address) => {
        const page = await openAs(on.browser, client);
        if (clocked) {
            await page.clock.install({ time: on.now ?? new Date() });
        }
        return address ? visit(page, address) : page;
    };

    /** It is this moment for the house and for every page. */
    on.itIs = async (moment) => {
        on.now = new Date(moment);
        on.clock.set(on.now.toISOString());
        await Promise.all(Object.values(on.pages).map((page) => page.clock.setSystemTime(on.now)));
    };

    /** Another day: who has a page logs in again, as no session lasts that long. */
    on.dayOf = async (moment) => {
        await on.itIs(moment);
        for (const [name, page] of Object.entries(on.pages)) {
            await on.who[name].again();
            await lendSession(page, on.who[name]);
        }
    };

    on.step = (name, work) => test(name, { skip }, async () => {
        assert.ok(goesOn, 'an earlier step failed');
        goesOn = false;
        await work();
        goesOn = true;
    });
    return on;
}
