import { join } from 'node:path';
import type { Zombies } from '../../../src/app/zombies';
import { defaultThresholds } from '../../../src/model/scene';
import { cloudName, fillIn, productOn } from '../../integration/app/product';
import type { OpenStack } from '../../openstack/openstack';

/** What was left a moment ago counts as old. */
const thresholds = { ...defaultThresholds, strayMinutes: 0, buildingMinutes: 0, secondLookMinutes: 0 };

export interface Phases {
  readonly scan: number;
  readonly draft: number;
  readonly run: number;
}

/** Finds the consumers, drafts the plan for all that are found, and runs it: seconds of each. */
export async function removeOrphans(cloud: OpenStack, count: number): Promise<Phases> {
  const product = productOf(cloud);
  const start = performance.now();
  const { suspects } = await product.scan(cloudName);
  const scanned = performance.now();
  const found = suspects.filter(({ kind }) => kind === 'orphan-allocation').map(({ uuid }) => uuid);
  if (found.length !== count) throw new Error(`${found.length} of ${count} consumers were found`);
  const { text, refused } = await product.draft(cloudName, found, {});
  if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
  const drafted = performance.now();
  const { sections } = await product.run(fillIn(text));
  const undone = sections.find(({ outcome }) => outcome !== 'done');
  if (undone) throw new Error(JSON.stringify(undone));
  const ran = performance.now();
  return {
    scan: (scanned - start) / 1000,
    draft: (drafted - scanned) / 1000,
    run: (ran - drafted) / 1000,
  };
}

function productOf(cloud: OpenStack): Zombies {
  const { databaseUrls, database, hypervisors, directory } = cloud;
  process.env.OS_CLIENT_CONFIG_FILE = join(directory, 'clouds.yaml');
  cloud.writeCloudsYaml(process.env.OS_CLIENT_CONFIG_FILE);
  return productOn(
    { database: { apiUrl: databaseUrls.api, password: database.password }, ssh: hypervisors.ssh },
    { hosts: {}, openstack: { cloud: 'zed' } },
    { thresholds: () => thresholds },
  );
}
