import type { RowRepair } from '../../../src/model/rowRepair';
import type { Suspect } from '../../../src/model/suspect';

/** A suspect that asks for these repairs, and for nothing else. */
export function suspectOf(uuid: string, repairs: readonly RowRepair[]): Suspect {
  return {
    uuid,
    subject: 'instance',
    name: 'web-01',
    kind: 'deleted-by-hand',
    verdict: 'confirmed',
    why: 'why',
    evidence: [],
    cleared: [],
    missing: [],
    ladder: [],
    addresses: [],
    bytes: 0,
    also: [],
    remedy: {
      wanted: true,
      depth: 'repair',
      depths: ['repair'],
      domains: [],
      directories: [],
      manual: [],
      repairs,
    },
  };
}

/** The dump has a line for each row. */
export function changedTables(before: string, after: string): string[] {
  const [old, fresh] = [new Set(before.split('\n')), new Set(after.split('\n'))];
  const differing = [
    ...[...fresh].filter((line) => !old.has(line)),
    ...[...old].filter((line) => !fresh.has(line)),
  ];
  return [...new Set(differing.map((line) => /^INSERT INTO `(\w+)`/.exec(line)?.[1] ?? line))].sort();
}
