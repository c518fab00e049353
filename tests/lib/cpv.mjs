// cpv.mjs - the whole list of CPV codes, where this checkout has the reference data beside it, and ordinary words for some.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './places.mjs';

/** 9,454 codes, among which a word has to stand out. */
export const officialCpv = path.join(checkout, '../shared/data/cpv/cpv2008_nl_en.tsv');
/** Why it is skipped here, or false; made for the `skip` of node:test. */
export const noOfficialCpv = existsSync(officialCpv) ? false : 'reference data not here';

/** Twenty ordinary words, and the start of a code that a buyer would take to be right. */
export const ordinary = {
    lunch: '555', schoonmaak: '9091', tuin: '773', drukwerk: '798', verhuizing: '98392', schilder: '45442',
    glazenwasser: '90911', loodgieter: '4533', dakdekker: '45261', metselaar: '452625', taxi: '6012', kapper: '9832',
    broodjes: '1581', laptop: '30213', stoelen: '3911', toetsenbord: '30237', wasmachine: '39713', ongedierte: '90922',
    rijles: '80411', advocaat: '7911',
};
