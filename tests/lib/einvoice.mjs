// einvoice.mjs - what the official rules say of e-invoices: the schemas of UBL 2.1, EN 16931 and SI-UBL (NLCIUS), where
// this checkout has the reference data beside it and the tools to apply it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkout } from './places.mjs';
import { run } from './processes.mjs';

const data = path.join(process.env.REFERENCE ?? path.join(checkout, '../shared/data'), 'einvoice');
const saxon = '/usr/share/java/Saxon-HE.jar';
const stylesheets = ['EN16931-UBL-1.3.16.xslt', 'si-ubl-2.0.3.12.xsl'];

/** Why it is skipped here, or false; made for the `skip` of node:test. */
export const noRules = !existsSync(data) ? 'reference data not here'
    : !existsSync(saxon) || !existsSync('/usr/bin/java') ? 'Saxon and a Java to run it are not here'
        : !existsSync('/usr/bin/xmllint') ? 'xmllint is not here' : false;

/** What the schema of its kind says of each file; nothing of one that is valid. */
async function schemaFaults(directory, names, kindOf) {
    const faults = new Map();
    for (const kind of new Set(names.map(kindOf))) {
        const files = names.filter((name) => kindOf(name) === kind);
        const schema = path.join(data, `ubl-2.1-xsdrt/maindoc/UBL-${kind}-2.1.xsd`);
        const said = await run('sh', ['-c', 'xmllint --noout --nonet --schema "$@" 2>&1; true', 'sh', schema,
            ...files.map((name) => path.join(directory, name))]);
        for (const name of files) {
            faults.set(name, said.split('\n').filter((line) => line.includes(`/${name}`) && !line.endsWith(' validates')));
        }
    }
    return faults;
}

/** What the schema of that kind says of documents by name; nothing where all are valid. */
export async function schemaFaultsOf(documents, kind) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'einvoice-'));
    try {
        const names = Object.keys(documents);
        names.forEach((name) => writeFileSync(path.join(directory, name), documents[name]));
        return [...(await schemaFaults(directory, names, () => kind)).values()].flat();
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

/**
 * All at once, for a Java machine takes seconds to start: `documents` by name, each the text of an Invoice or CreditNote.
 * Answers by name `{ schema: [...], rules: [...] }`: what is wrong, rules by their identifier; warnings of NLCIUS too.
 */
export async function judge(documents) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'einvoice-'));
    const names = Object.keys(documents);
    const kindOf = (name) => (documents[name].includes('<CreditNote') ? 'CreditNote' : 'Invoice');
    const verdict = Object.fromEntries(names.map((name) => [name, { schema: [], rules: [] }]));
    try {
        mkdirSync(path.join(directory, 'in'));
        names.forEach((name) => writeFileSync(path.join(directory, 'in', name), documents[name]));
        const schema = await schemaFaults(path.join(directory, 'in'), names, kindOf);
        names.forEach((name) => verdict[name].schema.push(...schema.get(name)));
        for (const [at, sheet] of stylesheets.entries()) {
            const out = path.join(directory, `out${at}`);
            mkdirSync(out);
            await run('java', ['-cp', saxon, 'net.sf.saxon.Transform', `-xsl:${path.join(data, sheet)}`,
                `-s:${path.join(directory, 'in')}`, `-o:${out}`]);
            for (const name of readdirSync(out)) {
                const report = readFileSync(path.join(out, name), 'utf8');
                const failed = report.split('<svrl:failed-assert').slice(1);
                verdict[name].rules.push(...failed.map((part) =>
                    /^[^>]* id="([^"]+)"/.exec(part)?.[1] ?? /<svrl:text>\[([^\]]+)\]/.exec(part)?.[1] ?? part.slice(0, 300)));
                verdict[name].fired = (verdict[name].fired ?? 0) + report.split('<svrl:fired-rule').length - 1;
            }
        }
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
    return verdict;
}
