interface Point {
  readonly count: number;
  readonly seconds: number;
  readonly bytes: number;
}

const [left, top, width, height, gap] = [60, 30, 240, 180, 110];

/**
 * Two small plots beside each other with logarithmic axes, on which a straight diagonal is "in proportion".
 * @param of what is counted below the axes
 */
export function growthPlot(points: readonly Point[], of: string): string {
  const plots = [
    plot(left, { title: 'seconds', of }, points, ({ seconds }) => seconds),
    plot(left + width + gap, { title: 'MiB above idle', of }, points, ({ bytes }) => bytes / 2 ** 20),
  ];
  const size = [left + 2 * width + gap + 30, top + height + 50];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(' ')}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${plots.join('\n')}
</svg>
`;
}

function plot(
  x: number,
  { title, of }: { readonly title: string; readonly of: string },
  points: readonly Point[],
  valueOf: (point: Point) => number,
): string {
  const across = scale(points.map(({ count }) => count));
  const up = scale(points.map(valueOf));
  const at = (point: Point): { px: number; py: number } => ({
    px: x + across(point.count) * width,
    py: top + (1 - up(valueOf(point))) * height,
  });
  const line = points.map((point) => `${at(point).px.toFixed(1)},${at(point).py.toFixed(1)}`).join(' ');
  const marks = points.map((point) => {
    const { px, py } = at(point);
    return [
      `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="4" fill="#0969da"/>`,
      `<text x="${px.toFixed(1)}" y="${(py - 9).toFixed(1)}" text-anchor="middle">${short(valueOf(point))}</text>`,
      `<text x="${px.toFixed(1)}" y="${top + height + 18}" text-anchor="middle">${point.count.toLocaleString('en')}</text>`,
    ].join('\n');
  });
  return `<text x="${x}" y="14" font-weight="bold">${title}</text>
<path d="M${x} ${top}v${height}h${width}" fill="none" stroke="#888"/>
<polyline points="${line}" fill="none" stroke="#0969da" stroke-width="2"/>
${marks.join('\n')}
<text x="${x + width / 2}" y="${top + height + 38}" text-anchor="middle">${of}</text>`;
}

/** From the power of ten below the smallest value to the one above the largest, as 0 to 1. */
function scale(values: readonly number[]): (value: number) => number {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return (value) => (Math.log10(value) - low) / Math.max(1, high - low);
}

function short(value: number): string {
  return value >= 10 ? Math.round(value).toString() : value.toFixed(2);
}
