// The Netherlands with a circle for each city; the area of a circle is its number.
//
// The shapes of the provinces come from @svg-maps/netherlands (CC BY 4.0), simplified at build.
// Circles rather than coloured areas: a total says nothing of the size of a municipality.
import map from '../gen/nl-map.json';

export interface MapCity {
  code: string;
  name: string;
  latitude_e5?: number | undefined;
  longitude_e5?: number | undefined;
  value: number;
  text: string;
}

interface Placed extends MapCity {
  x: number;
  y: number;
  r: number;
}

interface NLMapProps {
  cities: MapCity[];
  label: string;
  selected?: string | undefined;
  scale?: { value: number; text: string }[];
  small?: boolean;
}

const { box, bounds } = map;
const width = box.right - box.left;
const height = box.bottom - box.top;

const mercator = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
const north = mercator(bounds.north);
const south = mercator(bounds.south);

const place = (latitude: number, longitude: number) => ({
  x: box.left + ((longitude - bounds.west) / (bounds.east - bounds.west)) * width,
  y: box.top + ((north - mercator(latitude)) / (north - south)) * height,
});

const letter = 11;
const line = 24;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

interface Name {
  city: Placed;
  x: number;
  y: number;
  anchor: 'start' | 'end' | 'middle';
  room: Box;
}

// Names for the largest circles, each on the first side where it covers no other name or circle.
// An empty circle is not among the largest, however few there are.
// A city without room has no name on the map; it is in the table.
const namesFor = (cities: Placed[], most: number, selected?: string) => {
  const wanted = cities.filter(
    (city, at) => (at < most && city.value > 0) || city.code === selected,
  );
  const names: Name[] = [];
  for (const city of wanted) {
    const wide = city.name.length * letter;
    const sides = [
      { anchor: 'start', x: city.x + city.r + 5, y: city.y + 7, left: city.x + city.r + 5 },
      {
        anchor: 'end',
        x: city.x - city.r - 5,
        y: city.y + 7,
        left: city.x - city.r - 5 - wide,
      },
      { anchor: 'middle', x: city.x, y: city.y - city.r - 6, left: city.x - wide / 2 },
      { anchor: 'middle', x: city.x, y: city.y + city.r + 20, left: city.x - wide / 2 },
    ] as const;
    for (const { anchor, x, y, left } of sides) {
      const room = { left, right: left + wide, top: y - line + 6, bottom: y + 6 };
      const inside = left > -20 && room.right < box.right + 20;
      const free =
        !names.some((name) => overlap(name.room, room)) &&
        !cities.some(
          (other) =>
            other !== city &&
            other.r > 7 &&
            overlap(room, {
              left: other.x - other.r * 0.8,
              right: other.x + other.r * 0.8,
              top: other.y - other.r * 0.8,
              bottom: other.y + other.r * 0.8,
            }),
        );
      if (inside && free) {
        names.push({ city, x, y, anchor, room });
        break;
      }
    }
  }
  return names;
};

const Scale = ({
  scale,
  radius,
}: {
  scale: { value: number; text: string }[];
  radius: (value: number) => number;
}) => (
  <g class="mw-map__scale">
    {scale.map(({ value, text }) => {
      const r = radius(value);
      return (
        <g key={value}>
          <circle cx="40" cy={120 - r} r={r} />
          <line x1="40" x2="84" y1={120 - 2 * r} y2={120 - 2 * r} />
          <text x="90" y={126 - 2 * r}>
            {text}
          </text>
        </g>
      );
    })}
  </g>
);

export const NLMap = ({ cities, label, selected, scale = [], small = false }: NLMapProps) => {
  const most = Math.max(...cities.map((city) => city.value), 1);
  const [least, growth] = small ? [4, 8] : [5, 25];
  const radius = (value: number) => least + growth * Math.sqrt(value / most);
  const placed = cities
    .flatMap((city): Placed[] =>
      city.latitude_e5 === undefined || city.longitude_e5 === undefined
        ? []
        : [
            {
              ...city,
              ...place(city.latitude_e5 / 1e5, city.longitude_e5 / 1e5),
              r: radius(city.value),
            },
          ],
    )
    .sort((a, b) => b.value - a.value);
  const kind = (city: Placed) =>
    ['mw-map__dot', city.value === 0 && 'is-empty', city.code === selected && 'is-selected']
      .filter(Boolean)
      .join(' ');
  return (
    <svg
      class={`mw-map ${small ? 'mw-map--small' : ''}`}
      viewBox="-8 -8 629 740"
      role="img"
      aria-label={label}
    >
      <g class="mw-map__land">
        {map.provinces.map((land) => (
          <path key={land.id} d={land.d} />
        ))}
      </g>
      {placed.map((city) => (
        <circle key={city.code} class={kind(city)} cx={city.x} cy={city.y} r={city.r}>
          <title>{`${city.name}: ${city.text}`}</title>
        </circle>
      ))}
      {!small &&
        namesFor(placed, 8, selected).map(({ city, x, y, anchor }) => (
          <text key={city.code} class="mw-map__name" x={x} y={y} text-anchor={anchor}>
            {city.name}
          </text>
        ))}
      {!small && <Scale scale={scale} radius={radius} />}
    </svg>
  );
};
