// browser.mjs - Debian's Chromium without what a desktop needs, and what every page has to pass in it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { until } from '../../lib/house.mjs';
import { build } from '../../lib/places.mjs';

// The same engine: who has only the whole one tests with that, which takes a third more of a processor.
const executablePath = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const screens = {
    desk: { width: 1280, height: 900 },
    phone: { width: 390, height: 844 },
    narrow: { width: 320, height: 700 },
};

/** Why browser tests are skipped here, or false; made for the `skip` of node:test. */
export const skip = executablePath ? false : 'Chromium is not installed here';

/** Talks to nobody but the pages under test. Root has no sandbox to give to Chromium. */
export function openBrowser() {
    return chromium.launch({
        executablePath,
        args: ['--disable-gpu', '--disable-quic', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--no-first-run',
            ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
    });
}

/**
 * A page that remembers what went wrong in it (errors of scripts, of the console, of the CSP), how
 * many requests it sent, and which of them wait for an answer.
 */
export async function openPage(browser, { screen = screens.desk, baseURL, locale = 'nl-NL' } = {}) {
    const context = await browser.newContext({ viewport: screen, baseURL, locale });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    Object.assign(page, { faults: [], forgiven: [], asked: 0, waiting: new Set() });
    page.on('pageerror', (error) => page.faults.push(String(error)));
    page.on('console', (message) => {
        if (message.type() === 'error') {
            page.faults.push(message.text());
            forgiveLate(page);
        }
    });
    page.on('request', (request) => {
        page.asked++;
        page.waiting.add(request);
    });
    for (const end of ['requestfinished', 'requestfailed']) {
        page.on(end, (request) => page.waiting.delete(request));
    }
    return page;
}

/** Logs a page in as somebody who is logged in already. */
export async function lendSession(page, client) {
    const [name, ...value] = client.cookie.split('=');
    await page.context().addCookies([{ name, value: value.join('='), url: client.url }]);
}

/** What axe finds, one line each; empty is good. */
export async function violations(page) {
    if (!await page.evaluate(() => Boolean(window.axe))) {
        await page.evaluate(axe);
    }
    const found = await page.evaluate(async (tags) => {
        const { violations: all } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
        return all;
    }, rules);
    return found.map(({ id, nodes }) =>
        `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

/** What is written for programs and not for people: ids, codes, days as 2026-11-29, and what a mistake of ours would say. */
const raw = [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/, /\b[a-z]+_[a-z_]+\b/, /\b\d{4}-\d{2}-\d{2}\b/, /\b(undefined|null|NaN)\b|\[object/];

/** The lines of a page in which such a thing stands, outside of what is marked as code. */
export async function rawLines(page) {
    const text = await page.evaluate(() => {
        const main = document.querySelector('main');
        const codes = [...main.querySelectorAll('code, pre')];
        codes.forEach((code) => code.toggleAttribute('hidden', true));
        const shown = main.innerText;
        codes.forEach((code) => code.toggleAttribute('hidden', false));
        return shown;
    });
    return text.split('\n').filter((line) => raw.some((form) => form.test(line)));
}

/** By how many pixels the page is wider than its screen. */
export function overflow(page) {
    return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Where SHOTS is set: the page at two widths, in shots/ of the build. */
export async function takePictures(page, name) {
    const shots = path.join(build, 'shots');
    for (const screen of process.env.SHOTS ? [screens.desk, screens.phone] : []) {
        mkdirSync(shots, { recursive: true });
        await page.setViewportSize(screen);
        await page.screenshot({ path: path.join(shots, `${name}-${screen.width}.png`), fullPage: true });
    }
}

/** Nothing was asked that is not answered, and the page has had a moment to draw it. */
export const settled = (page) => until(async () => {
    const before = page.asked;
    await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 60)));
    return page.waiting.size === 0 && page.asked === before;
}, 10_000, `${page.url()} is loaded`);

/** Opens all that is folded but timelines, which are alike and have steps of their own; answers what folds that again. */
async function unfoldAll(page) {
    const opened = await page.evaluateHandle(() => [...document.querySelectorAll('main details:not([open], .mw-trail, [aria-labelledby=history] > details)')].map((folded) => {
        folded.open = true;
        return folded;
    }));
    return () => opened.evaluate((all) => all.forEach((folded) => {
        folded.open = false;
    }));
}

const isOf = (fault, statuses) => statuses.some((status) => fault.includes(`status of ${status}`));

/** The newest fault goes, once, if it is one that was forgiven before it was written. */
function forgiveLate(page) {
    const at = page.forgiven.findIndex((statuses) => isOf(page.faults.at(-1), statuses));
    if (at >= 0) {
        page.forgiven.splice(at, 1);
        page.faults.pop();
    }
}

/** The browser writes each refusal on its console, sometimes after the page has shown it; a test that wanted one says that it did. */
export function forgive(page, ...statuses) {
    const left = page.faults.filter((fault) => !isOf(fault, statuses));
    if (left.length === page.faults.length) {
        page.forgiven.push(statuses); // not written yet: one that comes later
    }
    page.faults = left;
}

/** With all that is folded open, at two widths: no axe violation, nothing beside the screen; and nothing went wrong in the page. */
export async function sound(page, name) {
    const fold = await unfoldAll(page);
    await settled(page);
    for (const screen of [screens.desk, screens.phone]) {
        await page.setViewportSize(screen);
        assert.deepEqual(await violations(page), [], `${name} at ${screen.width}`);
        const wider = await overflow(page);
        assert.ok(wider <= 0, `${name} is ${wider} px too wide at ${screen.width}`);
    }
    assert.deepEqual(await rawLines(page), [], `${name} has words for programs`);
    assert.deepEqual(page.faults, [], name);
    page.forgiven = [];
    await takePictures(page, name);
    await page.setViewportSize(screens.desk);
    await fold();
}
