// files.mjs - files as a test needs them: real ones of each kind, small, and bad ones that look like them.
import { crc32, deflateRawSync, deflateSync, inflateRawSync } from './zlib.mjs';

const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))));
const be32 = (value) => { const out = Buffer.alloc(4); out.writeUInt32BE(value >>> 0); return out; };
const be16 = (value) => { const out = Buffer.alloc(2); out.writeUInt16BE(value); return out; };
const le32 = (value) => { const out = Buffer.alloc(4); out.writeUInt32LE(value >>> 0); return out; };
const le16 = (value) => { const out = Buffer.alloc(2); out.writeUInt16LE(value); return out; };

export function pngChunk(name, data) {
    const body = bytes(name, data);
    return bytes(be32(data.length), body, be32(crc32(body)));
}

/** A grey picture; `extra` chunks stand after its header. */
export function png({ width = 4, height = 4, extra = [], shade = 128 } = {}) {
    const head = pngChunk('IHDR', bytes(be32(width), be32(height), 8, 0, 0, 0, 0));
    const rows = Buffer.alloc((width + 1) * height, shade);
    for (let row = 0; row < height; row++) {
        rows[row * (width + 1)] = 0;
    }
    return bytes('\x89PNG\r\n\x1a\n'.split('').reduce((all, c) => bytes(all, c.charCodeAt(0)), Buffer.alloc(0)),
        head, ...extra, pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0)));
}

const segment = (marker, data) => bytes(0xff, marker, be16(data.length + 2), data);

/** Exif with an orientation and where it was taken. */
export const exif = (orientation = 6) => segment(0xe1, bytes('Exif\0\0', 'MM\0*', be32(8), be16(2),
    be16(0x0112), be16(3), be32(1), be16(orientation), be16(0),
    be16(0x8825), be16(4), be32(1), be32(38), be32(0), 'GPS: 52.2215 N, 6.8937 E'));

/** The coded part is not a picture, but all that the format asks for is there. */
export const jpeg = ({ before = [], tail = [] } = {}) => bytes(0xff, 0xd8,
    segment(0xe0, bytes('JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0)), ...before,
    segment(0xc0, bytes(8, be16(8), be16(8), 1, 1, 0x11, 0)),
    segment(0xda, bytes(1, 1, 0, 0, 63, 0)), 'coded', 0xff, 0x00, 'coded', 0xff, 0xd9, ...tail);

const riff = (name, data) => bytes(name, le32(data.length), data, ...(data.length % 2 ? [0] : []));
export function webp({ exif: tells = false } = {}) {
    const lossless = riff('VP8L', bytes(0x2f, 3, 0xc0, 0, 0, 1, 2, 3));
    const extended = riff('VP8X', bytes(tells ? 8 : 0, 0, 0, 0, 3, 0, 0, 3, 0, 0));
    const parts = tells ? bytes(extended, lossless, riff('EXIF', Buffer.from('GPS: 52.2215'))) : lossless;
    return bytes('RIFF', le32(parts.length + 4), 'WEBP', parts);
}

export const pdf = (text = 'Een offerte') => Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
% ${text}
xref
0 1
0000000000 65535 f
trailer<</Root 1 0 R>>
startxref
90
%%EOF
`);

/**
 * A zip of [name, content, { stored, flags, says, at }]: `says` is the unpacked size that it claims, and `at` the
 * number of the entry whose data it shares.
 */
export function zip(entries, { comment = '' } = {}) {
    const parts = [], table = [], offsets = [];
    let offset = 0;
    for (const [name, given, { stored = false, flags = 0, says, at } = {}] of entries) {
        const content = Buffer.from(given), data = stored ? content : deflateRawSync(content);
        const fields = bytes(le16(flags), le16(stored ? 0 : 8), le32(0), le32(crc32(content)),
            le32(data.length), le32(says ?? content.length), le16(Buffer.byteLength(name)), le16(0));
        const local = bytes('PK\x03\x04', le16(20), fields, name, data);
        const place = at === undefined ? offset : offsets[at];
        offsets.push(place);
        table.push(bytes('PK\x01\x02', le16(20), le16(20), fields, le16(0), le16(0), le16(0), le32(0), le32(place), name));
        if (at === undefined) {
            parts.push(local);
            offset += local.length;
        }
    }
    const directory = bytes(...table);
    return bytes(...parts, directory, 'PK\x05\x06', le16(0), le16(0), le16(table.length), le16(table.length),
        le32(directory.length), le32(offset), le16(comment.length), comment);
}

const types = ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'];
export const docx = (...more) => zip([types, ['word/document.xml', '<document/>'], ...more]);
export const xlsx = (...more) => zip([types, ['xl/workbook.xml', '<workbook/>'], ...more]);

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const columnName = (at) => (at < 26 ? '' : String.fromCharCode(64 + Math.floor(at / 26))) + String.fromCharCode(65 + (at % 26));
const cellXml = (cell, place) => (typeof cell === 'number'
    ? `<c r="${place}"><v>${cell}</v></c>`
    : `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`);

/** A workbook of rows of texts and numbers; `sheet`, `shared` and `more` entries replace what it would have. */
export function workbook(rows, { sheet, shared, more = [] } = {}) {
    const xml = rows.map((row, at) => `<row r="${at + 1}">${row.map((cell, column) =>
        (cell === '' ? '' : cellXml(cell, `${columnName(column)}${at + 1}`))).join('')}</row>`).join('');
    const head = '<?xml version="1.0" encoding="UTF-8"?>';
    return zip([types, ['xl/workbook.xml', `${head}<workbook/>`],
        ['xl/worksheets/sheet1.xml', sheet ?? `${head}<worksheet><sheetData>${xml}</sheetData></worksheet>`],
        ...(shared ? [['xl/sharedStrings.xml', shared]] : []), ...more]);
}
export const odt = () => zip([['mimetype', 'application/vnd.oasis.opendocument.text', { stored: true }],
    ['content.xml', '<office/>']]);

const pdfBy = (name) => Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(${name})/Contents(Let op)>>
<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://schrijver.example)>>>>
<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/D[0/Fit]/F(/home/schrijver/bijlage.pdf)>>>>]>>endobj
4 0 obj<</Length 24>>stream
BT (De begroting) Tj ET 
endstream endobj
5 0 obj<</Author(${name})/Title(Plan van ${name})>>endobj
6 0 obj<</Type/Metadata/Subtype/XML/Length ${name.length + 26}>>stream
<dc:creator>${name}</dc:creator>
endstream endobj
trailer<</Root 1 0 R/Info 5 0 R/Size 7>>
startxref
0
%%EOF
`);

/** Files of which every kind says in its own way who made it: `[name, content]`. The last one says it in its text. */
export const authored = (name) => [
    ['plan.pdf', pdfBy(name)],
    ['plan.docx', zip([types, ['word/document.xml', `<d xmlns:w="urn:w"><w:ins w:author="${name}"><w:t>De begroting</w:t></w:ins>
            <w:del w:author="${name}"><w:delText>Dit schreef ${name}</w:delText></w:del><w:instrText>HYPERLINK "https://schrijver.example"</w:instrText>
            <w:fldSimple w:instr="FILENAME C:/${name}/plan.docx"><w:t>blz.</w:t></w:fldSimple><w:instrText>PAGE</w:instrText></d>`],
        ['_rels/.rels', '<Relationships><Relationship Target="docProps/core.xml"/><Relationship Target="docProps/thumbnail.jpeg"/></Relationships>'],
        ['word/_rels/document.xml.rels', '<r><Relationship TargetMode="External" Target="mailto:jan@schrijver.example"/></r>'],
        ['word/comments.xml', `<c xmlns:w="urn:w"><!-- ${name} --><w:comment w:author="${name}" w:initials="JS"/></c>`],
        ['docProps/core.xml', `<p xmlns:dc="urn:dc"><dc:creator>${name}</dc:creator></p>`],
        ['docProps/app.xml', `<p><Company>${name}</Company></p>`], ['docProps/thumbnail.jpeg', jpeg({ before: [exif()] })],
        ['word/media/image1.jpeg', jpeg({ before: [segment(0xfe, Buffer.from(`door ${name}`))] })]])],
    ['plan.odt', zip([['mimetype', 'application/vnd.oasis.opendocument.text', { stored: true }],
        ['content.xml', `<o xmlns:dc="urn:dc" xmlns:x="urn:x"><a x:href="https://schrijver.example">De begroting</a><dc:creator>${name}</dc:creator>
            <x:deletion><x:p>Dit schreef ${name}</x:p></x:deletion></o>`],
        ['meta.xml', `<m xmlns:dc="urn:dc"><dc:creator>${name}</dc:creator></m>`]])],
    ['foto.jpg', jpeg({ before: [exif(), segment(0xfe, Buffer.from(`door ${name}`))] })],
    ['plan.xml', `<plan><auteur>${name}</auteur></plan>`],
];

/** All that lies in a packed file whose entries are as long as their own headers say. */
export function unzipped(packed) {
    let told = '';
    for (let at = 0; packed.readUInt32LE(at) === 0x04034b50;) {
        const from = at + 30 + packed.readUInt16LE(at + 26) + packed.readUInt16LE(at + 28), data = packed.subarray(from, from + packed.readUInt32LE(at + 18));
        told += `${packed.subarray(at + 30, from)}\n${packed.readUInt16LE(at + 8) === 8 ? inflateRawSync(data).toString('latin1') : data.toString('latin1')}\n`;
        at = from + data.length;
    }
    return told;
}

export { bytes };
