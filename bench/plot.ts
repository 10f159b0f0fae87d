/** Draws how something grows: lines through points, on two logarithmic axes. */

export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly isDashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Plot {
  readonly title: string;
  readonly xAxis: string;
  readonly yAxis: string;
  readonly lines: readonly Line[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 400, 70, 200, 40, 50];

/** An SVG that is readable on a light ground and on a dark one. */
export function svgOf({ title, xAxis, yAxis, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const x = scale(
    points.map(([value]) => value),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP,
  );
  const ticks = [
    ...x.ticks.map((value) => [
      `<line x1="${x.at(value)}" y1="${TOP}" x2="${x.at(value)}" y2="${HEIGHT - BOTTOM}" stroke="#8b949e" stroke-opacity=".3"/>`,
      `<text x="${x.at(value)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${told(value)}</text>`,
    ]),
    ...y.ticks.map((value) => [
      `<line x1="${LEFT}" y1="${y.at(value)}" x2="${WIDTH - RIGHT}" y2="${y.at(value)}" stroke="#8b949e" stroke-opacity=".3"/>`,
      `<text x="${LEFT - 8}" y="${y.at(value) + 4}" text-anchor="end">${told(value)}</text>`,
    ]),
  ];
  const drawn = lines.map(({ name, colour, isDashed, points: own }, index) => [
    `<polyline fill="none" stroke="${colour}" stroke-width="2"${isDashed ? ' stroke-dasharray="6 4"' : ""} points="${own.map(([a, b]) => `${x.at(a)},${y.at(b)}`).join(" ")}"/>`,
    ...own.map(([a, b]) => `<circle cx="${x.at(a)}" cy="${y.at(b)}" r="3" fill="${colour}"/>`),
    `<text x="${WIDTH - RIGHT + 16}" y="${TOP + 16 + index * 20}" fill="${colour}">${name}</text>`,
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="system-ui, sans-serif" font-size="12" fill="#e6edf3">
<text x="${LEFT}" y="22" font-size="14">${title}</text>
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${xAxis}</text>
<text transform="translate(16 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${yAxis}</text>
${[...ticks, ...drawn].flat().join("\n")}
</g>
</svg>
`;
}

/** A logarithmic axis from one end to another, with a tick at each power of ten and its threefold that is within. */
function scale(values: readonly number[], from: number, to: number) {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const at = (value: number): number => Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  const powers = Array.from({ length: 8 }, (_, power) => 10 ** power).flatMap((power) => [power, power * 3]);
  return { at, ticks: powers.filter((value) => Math.log10(value) >= low && Math.log10(value) <= high + 1e-9) };
}

const told = (value: number): string => value.toLocaleString("en-US");
