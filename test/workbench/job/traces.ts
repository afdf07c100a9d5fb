import type { DemoCloud } from '../../cloud/demoCloud';

const hosts = ['compute-01', 'compute-02', 'compute-03', 'compute-05', 'compute-06'] as const;

/** Everything that the cloud has of what must survive any cleanup, by name and UUID. */
export async function survivors(cloud: DemoCloud): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>();
  for (const { uuid, name } of cloud.planted.filter(({ mustSurvive }) => mustSurvive)) {
    rows.set(`${name} ${uuid}`, await cloud.dumpInstance(uuid));
  }
  return rows;
}

/** The instances directories of all hosts that are up. */
export async function directories(cloud: DemoCloud): Promise<string[]> {
  const trees = await Promise.all(
    hosts.map(async (host) =>
      (await cloud.listTree(host))
        .split('\n')
        .map((line) => `${host} ${line}`),
    ),
  );
  return trees.flat();
}

/** The rows that mention an instance, by database. */
export async function rowCounts(cloud: DemoCloud, uuid: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const line of (await cloud.dumpInstance(uuid)).split('\n').filter(Boolean)) {
    const database = line.slice(0, line.indexOf('.'));
    counts.set(database, (counts.get(database) ?? 0) + 1);
  }
  return counts;
}

export function planted(cloud: DemoCloud, name: string): string {
  const found = cloud.planted.find((each) => each.name === name);
  if (found === undefined) throw new Error(`nothing is planted by the name of ${name}`);
  return found.uuid;
}
