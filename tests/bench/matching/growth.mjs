// growth.mjs - how cost grows with the market, as a plot of its own: both axes by powers of ten.
const width = 720;
const height = 440;
const margin = { left: 70, right: 190, top: 40, bottom: 60 };
const colours = ['#154273', '#a90061'];

const decades = (values) => {
    const low = Math.floor(Math.log10(Math.min(...values)));
    const high = Math.ceil(Math.log10(Math.max(...values)));
    return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
};
const short = (number) => (number >= 1e6 ? `${number / 1e6}M` : number >= 1e3 ? `${number / 1e3}k` : String(number));

/** `lines`: two of { name, points: [[offers, microseconds]] }, the cheaper first. Answers SVG. */
export function growthPlot(title, lines) {
    const across = decades(lines.flatMap(({ points }) => points.map(([x]) => x)));
    const up = decades(lines.flatMap(({ points }) => points.map(([, y]) => y)));
    const place = (value, [first, last], from, to) =>
        from + (to - from) * (Math.log10(value) - Math.log10(first)) / (Math.log10(last) - Math.log10(first));
    const x = (value) => place(value, [across[0], across.at(-1)], margin.left, width - margin.right).toFixed(1);
    const y = (value) => place(value, [up[0], up.at(-1)], height - margin.bottom, margin.top).toFixed(1);
    const grid = [
        ...across.map((value) => `<line x1="${x(value)}" x2="${x(value)}" y1="${margin.top}" y2="${height - margin.bottom}"/>`
            + `<text x="${x(value)}" y="${height - margin.bottom + 20}" text-anchor="middle">${short(value)}</text>`),
        ...up.map((value) => `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(value)}" y2="${y(value)}"/>`
            + `<text x="${margin.left - 10}" y="${y(value)}" dy="4" text-anchor="end">${short(value)}</text>`),
    ];
    const drawn = lines.map(({ name, points }, i) => {
        const [, last] = points.at(-1);
        const marks = points.map(([at, cost]) => `<circle cx="${x(at)}" cy="${y(cost)}" r="4"/>`
            + `<text x="${x(at)}" y="${y(cost)}" dy="${i ? -9 : 18}" text-anchor="middle">${cost.toFixed(cost < 10 ? 1 : 0)}</text>`);
        return `<g fill="${colours[i]}"><polyline fill="none" stroke="${colours[i]}" stroke-width="2"`
            + ` points="${points.map(([at, cost]) => `${x(at)},${y(cost)}`).join(' ')}"/>${marks.join('')}`
            + `<text x="${width - margin.right + 12}" y="${y(last)}" dy="4">${name}</text></g>`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${margin.left}" y="22" font-size="14">${title}</text>
<g stroke="#ddd" fill="none">${grid.map((part) => part.replace(/<text.*$/, '')).join('')}</g>
<g fill="#333">${grid.map((part) => part.replace(/^<line[^>]*>/, '')).join('')}
<text x="${(margin.left + width - margin.right) / 2}" y="${height - 15}" text-anchor="middle">offers</text>
<text transform="translate(18 ${height / 2}) rotate(-90)" text-anchor="middle">µs of processor time a query</text></g>
${drawn.join('\n')}
</svg>
`;
}
