import { plantInstance } from './instance';
import type { Plot } from './plot';
import type { Story } from './story';
import { days } from './world';

/** Somebody deleted the instances row with foreign key checks off; its dependents stayed. */
export function plantRowsWithoutParent(plot: Plot): void {
  for (const [index, uuid] of articleUuids.entries()) {
    plantInstance(plot, {
      ...defaults,
      uuid,
      name: `article-${index + 1}`,
      expect: 'confirmed',
      ports: 0,
      mapping: 'none',
      requestSpec: false,
      how: 'Deleted from instances by hand years ago with FOREIGN_KEY_CHECKS=0, as the how-to said; the cache says [].',
    });
  }
  for (const story of stories) plantInstance(plot, { ...defaults, ...story });
}

const articleUuids = [
  'ddeb6e86-713e-44b0-b27c-88ae1cdece3f',
  '596aa6ca-7abe-46ea-b375-9808164b6073',
  '1ed0a4dd-ddfe-4be0-97af-9e0c20ccdaae',
  'b3a82ba7-2046-45da-9744-ed935a185edf',
];

const defaults = {
  kind: 'rows-without-parent',
  cell: 'cell1',
  host: 'compute-02',
  vmState: 'deleted',
  created: days(700),
  parentless: true,
  allocations: [],
} as const satisfies Partial<Story>;

type Telling = Pick<Story, 'name' | 'how' | 'expect'> & Partial<Story>;

const stories: readonly Telling[] = [
  {
    name: 'orphan-everywhere',
    expect: 'confirmed',
    how: 'The row was deleted by hand; all dependents stayed, in the cell and in nova_api.',
  },
  {
    name: 'orphan-of-subnet-69',
    expect: 'suspected',
    cell: 'cell2',
    host: 'compute-03',
    only: ['instance_info_caches'],
    mapping: 'none',
    requestSpec: false,
    how: 'A clean-up script took every table but the info cache, which still names an address of 172.20.69.0/24.',
  },
  {
    name: 'orphan-soft-deleted',
    expect: 'confirmed',
    deleted: days(400),
    mapping: 'none',
    requestSpec: false,
    how: 'Nova had soft-deleted it properly; then a purge by hand took only the instances row.',
  },
  {
    name: 'orphan-in-cell0',
    expect: 'confirmed',
    cell: 'cell0',
    host: null,
    ports: 0,
    mapping: 'none',
    requestSpec: false,
    how: 'A failed build was deleted by hand from the instances table of cell0 and nowhere else.',
  },
  {
    name: 'orphan-of-silent-host',
    lost: ['ports'],
    expect: 'suspected',
    cell: 'cell2',
    host: 'compute-04',
    mustSurvive: false,
    twinOf: 'orphan-everywhere',
    how: 'The row was deleted by hand; its actions name compute-04, which does not answer, so its domain may still run.',
  },
  {
    name: 'orphan-still-running',
    expect: 'suspected',
    kind: 'domain-without-instance',
    also: ['rows-without-parent', 'leftover-directory'],
    host: 'compute-01',
    domain: 'running',
    directories: [{ host: 'compute-01', written: days(30) }],
    twinOf: 'orphan-everywhere',
    mustSurvive: false,
    how: 'The row was deleted by hand, but its domain runs on: Nova will never see it again.',
  },
  {
    name: 'orphan-with-directory',
    expect: 'suspected',
    kind: 'leftover-directory',
    also: ['rows-without-parent'],
    host: 'compute-02',
    directories: [{ host: 'compute-02', written: days(300) }],
    how: 'The row was deleted by hand; dependents and the instance directory stayed.',
  },
];
