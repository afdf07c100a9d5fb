import assert from 'node:assert/strict';
import type { DemoCloud } from '../../cloud/demoCloud';
import { missing, snapshot, type Snapshot } from './traces';

export interface Expected {
  /** UUIDs whose rows are all gone. */
  readonly removed: readonly string[];
  /** The number of these rows. */
  readonly rows: number;
  /** UUIDs whose directory is quarantined. */
  readonly quarantined: readonly string[];
  readonly host: string;
}

/** The databases and hosts have lost just what they should, and got nothing but the quarantine. */
export async function assertAftermath(cloud: DemoCloud, before: Snapshot, expected: Expected): Promise<void> {
  const { removed, rows, quarantined, host } = expected;
  const after = await snapshot(cloud);
  assert.deepEqual(missing(after.rows, before.rows), []);
  for (const uuid of removed) assert.equal(await cloud.dumpInstance(uuid), '');
  const lost = missing(before.rows, after.rows);
  assert.equal(lost.length, rows);
  // events name their instance through their action alone
  assert.deepEqual(strangers(lost, [...removed, '`instance_actions_events`']), []);
  assert.deepEqual(strangers(missing(before.files, after.files), quarantined), []);
  assert.deepEqual(strangers(missing(after.files, before.files), ['.openstack-zombies-quarantine']), []);
  for (const uuid of quarantined) {
    const { instancesPath } = cloud;
    const moved = `test ! -e ${instancesPath}/${uuid} && ls ${instancesPath}/.openstack-zombies-quarantine/*/${uuid}/disk`;
    assert.equal((await cloud.onHost(host, moved)).code, 0, uuid);
  }
}

/** The lines in which none of the words stands. */
function strangers(lines: readonly string[], words: readonly string[]): string[] {
  return lines.filter((line) => !words.some((word) => line.includes(word)));
}
