import type { DemoCloud } from '../../cloud/demoCloud';

const hosts = ['compute-01', 'compute-02', 'compute-03', 'compute-05', 'compute-06'] as const;

/** All rows of all databases and all entries of all instances directories, a line for each. */
export interface Snapshot {
  readonly rows: readonly string[];
  readonly files: readonly string[];
}

export async function snapshot(cloud: DemoCloud): Promise<Snapshot> {
  const rows = (await cloud.dump()).split('\n');
  const trees = await Promise.all(
    hosts.map(async (host) => (await cloud.listTree(host)).split('\n').map((line) => `${host} ${line}`)),
  );
  return { rows, files: trees.flat() };
}

/** The lines of one that the other lacks. */
export function missing(from: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return from.filter((line) => !known.has(line));
}

/** Every row of what must survive on a host, by name and UUID. */
export async function survivors(cloud: DemoCloud, host: string): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  const neighbours = cloud.planted.filter((planted) => planted.mustSurvive && planted.host === host);
  for (const { uuid, name } of neighbours) rows.set(`${name} ${uuid}`, await cloud.dumpInstance(uuid));
  return rows;
}

/** The number of rows of some instances in a database. */
export async function rowCount(
  cloud: DemoCloud,
  uuids: readonly string[],
  database: string,
): Promise<number> {
  const dumps = await Promise.all(uuids.map((uuid) => cloud.dumpInstance(uuid)));
  const lines = dumps.flatMap((dump) => dump.split('\n'));
  return lines.filter((line) => line.startsWith(`${database}.`)).length;
}

/** The UUID of what is planted by a name. */
export function uuidOf(cloud: DemoCloud, name: string): string {
  const found = cloud.planted.find((planted) => planted.name === name);
  if (found === undefined) throw new Error(`nothing is planted by the name of ${name}`);
  return found.uuid;
}
