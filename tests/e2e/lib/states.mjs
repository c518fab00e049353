// states.mjs - what there is to look at: every page of the demo set, for each kind of visitor.
import { must } from '../../lib/house.mjs';

export const people = {
    buyer: 'karin@enschede.example',
    finance: 'piet@enschede.example',
    supplier: 'fatma@groenekracht.example',
    manager: 'tessa@bureau.example',
    applicant: 'eva@teamwijkzon.example',
    policy: 'noor@enschede.example',
    alderman: 'hans@enschede.example',
    moderator: 'mila@marktbeheer.example',
};

const items = async (client, path) => must(await client.get(path)).body.items;

/** The things of the demo set whose pages differ by their state. */
async function findThings({ nobody, buyer, finance, supplier, applicant, policy }) {
    const needs = await items(buyer, '/needs?mine=true&limit=50');
    const orders = await items(buyer, '/orders?limit=50');
    const open = needs.filter((need) => need.state === 'open' && need.route !== 'open');
    // Only who did not write a need may award it.
    const quoted = (await items(finance, '/needs?mine=true&limit=50')).filter((need) => need.commands.includes('award')).map(({ id }) => id);
    const order = (state) => orders.find((one) => one.state === state).need_id;
    const issued = (await items(finance, '/invoices')).find((one) => one.state === 'matched');
    const [rounds, [offer], stories, initiatives] = await Promise.all([
        items(nobody, '/rounds'), items(nobody, '/offers?limit=1'),
        items(policy, '/stories?limit=50'), items(applicant, '/initiatives?mine=true'),
    ]);
    const own = (story) => story.municipality === 'GM0153';
    return {
        offer: offer.id,
        enterprise: offer.supplier_id,
        draft: needs.find((need) => need.state === 'draft').id,
        sealed: needs.find((need) => need.state === 'open' && need.route === 'open').id,
        fresh: open.find(({ id }) => !quoted.includes(id)).id,
        quoted: quoted[0],
        placed: order('placed'),
        ordered: orders.filter((one) => one.state === 'confirmed')[0].need_id,
        invoiced: orders.find((one) => one.id === issued.order_id).need_id,
        paid: (await items(supplier, '/orders?limit=50')).find((one) => one.paid_cents).need_id,
        round1: rounds.find((round) => round.number === 1).id,
        round2: rounds.find((round) => round.number === 2).id,
        initiative: initiatives[0].id,
        chosen: (await items(nobody, '/initiatives?limit=1'))[0].id,
        storyOfOthers: stories.find((story) => !own(story) && story.adoptions === 0).id,
        storyDraft: stories.find((story) => own(story) && story.state === 'draft').id,
        storyAdopted: stories.find((story) => story.adoptions > 0).id,
    };
}

/** A page of one's own things, which is another for each visitor. */
const own = (name) => [name, `/${name}/`];

/**
 * Per visitor a list of `[name, path, refused]`; of a refused one the page says why, and the
 * browser writes the answer's status on its console.
 */
export async function statesOf(clients) {
    const the = await findThings(clients);
    return {
        nobody: [
            ['home', '/'],
            ['marktplaats', '/marktplaats/'],
            ['marktplaats-gezocht', '/marktplaats/?q=tuin&municipality=GM0153'],
            ['marktplaats-leeg', '/marktplaats/?q=onderzeeboot'],
            ['aanbod', `/aanbod/?id=${the.offer}`],
            ['onderneming', `/onderneming/?id=${the.enterprise}`],
            ['vraag-plaatsen', '/vraag-plaatsen/'],
            ['matches', `/matches/?id=${the.fresh}`, true],
            ['deal', `/deal/?id=${the.fresh}`],
            ['deal-verzegeld', `/deal/?id=${the.sealed}`],
            ['programma', '/programma/'],
            ['ronde-1', `/ronde/?id=${the.round1}`],
            ['ronde-2', `/ronde/?id=${the.round2}`],
            ['jury', `/jury/?id=${the.round1}`],
            ['initiatief', `/initiatief/?id=${the.chosen}`],
            ['roadmap', '/roadmap/'],
            ['stad', '/stad/?municipality=GM0153'],
            ['verhaal', `/verhaal/?id=${the.storyAdopted}`],
            ['resultaten', '/resultaten/'],
            ['resultaten-keuze', '/resultaten/?year=2025&municipality=GM0153'],
            ['matching', '/matching/'],
            ['uitleg', '/uitleg/'],
            ['toegankelijkheid', '/toegankelijkheid/'],
            ['privacy', '/privacy/'],
            ['inloggen', '/inloggen/'],
            ['mijn', '/mijn/'],
            ['meldingen', '/meldingen/'],
            ['afmelden', '/afmelden/'],
            ...['factuurgegevens', 'sroi', 'klachten', 'mandje'].map(own),
            ['404', '/bestaat-niet/', true],
        ],
        buyer: [
            ['mijn', '/mijn/'],
            ...['lijsten', 'factuurgegevens', 'sroi', 'klachten', 'mandaten', 'inkoopbeleid', 'inkoopsysteem', 'mandje'].map(own),
            ['onderneming', `/onderneming/?id=${the.enterprise}`],
            ['aanbod', `/aanbod/?id=${the.offer}`],
            ['meldingen', '/meldingen/'],
            ['vraag-2', '/vraag-plaatsen/?stap=2'],
            ['vraag-3', '/vraag-plaatsen/?stap=3'],
            ['vraag-4', '/vraag-plaatsen/?stap=4'],
            ['matches', `/matches/?id=${the.fresh}`],
            ['deal-concept', `/deal/?id=${the.draft}`],
            ['deal-open', `/deal/?id=${the.fresh}`],
            ['deal-verzegeld', `/deal/?id=${the.sealed}`],
            ['deal-offertes', `/deal/?id=${the.quoted}`],
            ['deal-besteld', `/deal/?id=${the.placed}`],
            ['deal-geleverd', `/deal/?id=${the.ordered}`],
        ],
        finance: [
            ['deal-offertes', `/deal/?id=${the.quoted}`],
            ['deal-gefactureerd', `/deal/?id=${the.invoiced}`],
        ],
        supplier: [
            ['mijn', '/mijn/'],
            ['meldingen', '/meldingen/'],
            ...['vraag-plaatsen', 'factuurgegevens', 'aanbod-importeren'].map(own),
            ['deal-besteld', `/deal/?id=${the.placed}`],
            ['deal-verzegeld', `/deal/?id=${the.sealed}`],
            ['deal-betaald', `/deal/?id=${the.paid}`],
        ],
        manager: [
            ['mijn', '/mijn/'],
            ['ronde-1', `/ronde/?id=${the.round1}`],
            ['ronde-2', `/ronde/?id=${the.round2}`],
            ['jury', `/jury/?id=${the.round1}`],
            ['initiatief', `/initiatief/?id=${the.initiative}`],
        ],
        applicant: [
            ['mijn', '/mijn/'],
            ['ronde-2', `/ronde/?id=${the.round2}`],
        ],
        policy: [
            ['mijn', '/mijn/'],
            ['meldingen', '/meldingen/'],
            ['roadmap', '/roadmap/'],
            ['stad', '/stad/?municipality=GM0153'],
            ['verhaal-concept', `/verhaal/?id=${the.storyDraft}`],
            ['verhaal-over-te-nemen', `/verhaal/?id=${the.storyOfOthers}`],
        ],
        alderman: [['stad', '/stad/?municipality=GM0153']],
        moderator: [['mijn', '/mijn/']],
    };
}
