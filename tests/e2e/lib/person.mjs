// person.mjs - somebody at a browser: goes to pages, opens what is folded, and reads what it says.
import { openPage } from './browser.mjs';
import { demoPassword } from '../../lib/house.mjs';

/** Goes to a page, as it is now, and waits until it answers to clicks. To a browser, another place on the same page is no other page. */
export async function visit(page, address) {
    const [before] = page.url().split('#');
    await page.goto(address);
    if (address.includes('#') && page.url().startsWith(`${before}#`)) {
        await page.reload();
    }
    await page.locator('#main[data-ready=yes]').waitFor();
    return page;
}

/** A page in which this person logged in, by typing. */
export async function logIn(browser, baseURL, email) {
    const page = await visit(await openPage(browser, { baseURL }), '/inloggen/');
    await page.getByLabel('E-mailadres').fill(email);
    await page.getByLabel('Wachtwoord').fill(demoPassword);
    await press(page, 'Inloggen');
    await page.waitForURL('**/mijn/');
    return page;
}

export const press = (where, name) => where.getByRole('button', { name }).click();

/** Opens the form behind a summary; answers the form. */
export async function unfold(where, name) {
    const summary = where.locator('summary').filter({ hasText: name });
    const folded = summary.locator('..');
    if (!await folded.evaluate((details) => details.open)) {
        await summary.click();
    }
    return folded;
}

/** Opens a form, fills fields by their labels, and sends it. */
export async function fillAndSend(page, name, fields, submit = name) {
    const form = await unfold(page, name);
    for (const [label, text] of Object.entries(fields)) {
        await form.getByLabel(label).fill(text);
    }
    await press(form, submit);
}

/** Waits until the page says this. */
export const says = (where, text) => where.getByText(text).first().waitFor();

/** The cents of an amount that is written to the cent: "€ 1.250,50". */
export const centsIn = (text) => Number(text.replace(/\D/g, ''));
