import assert from 'node:assert/strict';
import type { DemoCloud, Planted } from '../../cloud/demoCloud';

/** The first planted thing that matches. */
export function planted(cloud: DemoCloud, matches: (planted: Planted) => boolean): Planted {
  const found = cloud.planted.find(matches);
  assert.ok(found);
  return found;
}

/** The first value of the first row, which must be there. */
export async function oneOf(cloud: DemoCloud, sql: string): Promise<string> {
  const [[value] = []] = await cloud.sql(sql);
  assert.ok(value && value !== 'NULL', sql);
  return value;
}
