import { plantInstance } from './instance';
import type { Plot } from './plot';
import type { Story } from './story';
import { days, type HostName } from './world';

/** Instances in good order: what a cloud mainly consists of. */
export function plantLive(plot: Plot): void {
  plantCrowd(plot, 'compute-01', 'cell1', { active: 12, stopped: 3, paused: 1 });
  plantCrowd(plot, 'compute-02', 'cell1', { active: 12, stopped: 3, paused: 1 });
  plantCrowd(plot, 'compute-03', 'cell2', { active: 10, stopped: 2, suspended: 1 });
  for (let index = 1; index <= 5; index += 1) plantInstance(plot, onSilentHost(index));
}

/** Names that tenants really may give; Nova's utf8mb3 takes no character beyond the basic plane. */
const hostileNames = [
  `it's "fine"`,
  'a */ DROP TABLE instances; /* b',
  'two\nlines',
  'web -- @unit cell="x"',
  'back\\slash\\',
  'line\u2028separator',
  'skull \u2620\ufe0f',
  'x'.repeat(255),
];

function plantCrowd(
  plot: Plot,
  host: HostName,
  cell: 'cell1' | 'cell2',
  counts: Readonly<Record<string, number>>,
): void {
  let number = 0;
  for (const [vmState, count] of Object.entries(counts)) {
    for (let index = 0; index < count; index += 1) {
      number += 1;
      const seed = `live ${host} ${number}`;
      const hostile = host === 'compute-01' && index < hostileNames.length ? hostileNames[index] : undefined;
      plantInstance(plot, {
        name:
          vmState === 'active' && hostile !== undefined
            ? hostile
            : `${['web', 'db', 'job'][number % 3]}-${host.slice(-2)}-${number}`,
        seed,
        how: `An instance that a tenant uses; ${vmState} on ${host}.`,
        expect: 'none',
        cell,
        host,
        vmState,
        created: days(20 + number * 7),
        updated: days(number),
        ports: number % 5 === 0 ? 2 : 1,
        ...(number % 4 === 0 ? { volume: 'data' as const } : {}),
        ...(number % 6 === 0 ? { large: true } : {}),
      });
    }
  }
}

function onSilentHost(index: number): Story {
  return {
    name: `shop-04-${index}`,
    how: 'An ACTIVE instance whose host does not answer: nobody can say whether its domain runs.',
    expect: 'none',
    kind: 'domain-gone',
    cell: 'cell2',
    host: 'compute-04',
    vmState: 'active',
    created: days(60 + index),
  };
}
