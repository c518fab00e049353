// Writes src/gen/nl-map.json: the twelve provinces, simplified, in the units of the drawing, and
// how to put a latitude and longitude on it; and src/gen/cities.json, for the map of the front
// page, whose cities are known before any data comes. Shapes: @svg-maps/netherlands (CC BY 4.0).
import fs from 'node:fs';

// The package is a module that does not say so, which older versions of Node refuse to import.
const source = fs.readFileSync('node_modules/@svg-maps/netherlands/index.js', 'utf8');
const netherlands = JSON.parse(source.replace('export default ', ''));

const coarse = 0.55; // largest deviation of a simplified border
const smallest = 6; // islands below this area are left out

// The mainland's outermost points, by which the drawing is fitted to Mercator.
const bounds = { west: 3.358, east: 7.2275, south: 50.7504, north: 53.555 };

// Follows M, m and z with implied relative moves, which is all that these paths use.
const rings = (path) => {
  const found = [];
  let ring = null;
  let command = '';
  let at = [0, 0];
  let first = [0, 0];
  const tokens = path.match(/[mzMZ]|-?\d*\.?\d+(?:e-?\d+)?/g);
  for (let i = 0; i < tokens.length; ) {
    if (/[mzMZ]/.test(tokens[i])) {
      command = tokens[i++];
      if (/z/i.test(command)) at = first;
      ring = null;
      continue;
    }
    const step = [Number(tokens[i++]), Number(tokens[i++])];
    at = command === 'M' && !ring ? step : [at[0] + step[0], at[1] + step[1]];
    if (!ring) {
      ring = [];
      found.push(ring);
      first = at;
    }
    ring.push(at);
  }
  return found;
};

const area = (ring) =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );

const distance = ([x, y], [ax, ay], [bx, by]) => {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((by - ay) * x - (bx - ax) * y + bx * ay - by * ax) / length;
};

// Douglas-Peucker.
const simplify = (line) => {
  if (line.length < 3) return line;
  const last = line.length - 1;
  let far = 0;
  let deviation = 0;
  for (let i = 1; i < last; i++) {
    const away = distance(line[i], line[0], line[last]);
    if (away > deviation) [far, deviation] = [i, away];
  }
  if (deviation <= coarse) return [line[0], line[last]];
  return [...simplify(line.slice(0, far + 1)).slice(0, -1), ...simplify(line.slice(far))];
};

const simplifyRing = (ring) => {
  const half = Math.floor(ring.length / 2);
  const there = simplify(ring.slice(0, half + 1));
  const back = simplify([...ring.slice(half), ring[0]]);
  return [...there.slice(0, -1), ...back.slice(0, -1)];
};

const round = (value) => Math.round(value * 10) / 10;
const draw = (ring) =>
  `M${simplifyRing(ring)
    .map(([x, y]) => `${round(x)} ${round(y)}`)
    .join('L')}Z`;

const shapes = netherlands.locations.map(({ id, name, path }) => ({
  id,
  name,
  rings: rings(path),
}));
const points = shapes.flatMap((shape) => shape.rings.flat());
const xs = points.map(([x]) => x);
const ys = points.map(([, y]) => y);
const box = {
  left: round(Math.min(...xs)),
  top: round(Math.min(...ys)),
  right: round(Math.max(...xs)),
  bottom: round(Math.max(...ys)),
};

const provinces = shapes.map((shape) => ({
  id: shape.id,
  name: shape.name,
  d: shape.rings
    .filter((ring) => area(ring) > smallest)
    .map(draw)
    .join(''),
}));

fs.mkdirSync('src/gen', { recursive: true });
fs.writeFileSync('src/gen/nl-map.json', JSON.stringify({ box, bounds, provinces }));

const declared = fs.readFileSync('../../../proto/cities.def', 'utf8');
const city = /^CITY \("(GM\d{4})",\s*"([^"]+)",\s*"[^"]+",\s*(\d+),\s*(\d+),/gm;
const cities = [...declared.matchAll(city)].map(([, code, name, latitude, longitude]) => ({
  code,
  name,
  latitude_e5: Number(latitude),
  longitude_e5: Number(longitude),
}));
fs.writeFileSync('src/gen/cities.json', JSON.stringify(cities));
