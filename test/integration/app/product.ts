import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../../../src/app/clouds';
import { createZombies, type Zombies } from '../../../src/app/zombies';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import { defaultThresholds } from '../../../src/model/scene';
import type { DemoCloud } from '../../cloud/demoCloud';
import { memoryState } from '../../memoryState';

export const cloudName = 'demo';

/** What the product has to know of a cloud. */
export interface Ground {
  readonly database: Pick<DemoCloud['database'], 'apiUrl' | 'password'>;
  readonly ssh: DemoCloud['ssh'];
}

/** The settings with which the product asks the cloud's APIs. Its clouds.yaml takes the place of the user's. */
export function apisOf({ apis }: Pick<DemoCloud, 'apis'>): Readonly<Record<string, unknown>> {
  if (apis === undefined) throw new Error('this cloud was started without APIs');
  process.env.OS_CLIENT_CONFIG_FILE = apis.cloudsFile;
  return { openstack: { cloud: apis.cloudName } };
}

/** The product on a demo cloud, with its surroundings in memory. `settings` are laid over the cloud's own. */
export function productOn(
  cloud: Ground,
  settings: Readonly<Record<string, unknown>> = {},
  surroundings: Partial<Surroundings> = {},
): Zombies {
  const { clouds, problems } = readConfigurations([
    {
      name: cloudName,
      apiDatabase: cloud.database.apiUrl,
      ssh: {
        user: cloud.ssh.user,
        port: cloud.ssh.port,
        keyFile: cloud.ssh.keyFile,
        knownHostsFile: cloud.ssh.knownHostsFile,
        configFile: 'none',
      },
      hosts: { 'compute-06': cloud.ssh.addresses['compute-06'] },
      maxInstances: 100,
      ...settings,
    },
  ]);
  if (problems.length > 0) {
    throw new Error(JSON.stringify(problems));
  }
  return createZombies({
    configurations: () => clouds,
    thresholds: () => defaultThresholds,
    storageFolder: mkdtempSync(join(tmpdir(), 'openstack-zombies-runs-')),
    retentionDays: () => 0,
    isOpen: () => false,
    secrets: memorySecrets(),
    prompts: {
      trustHostKey: () => Promise.resolve(false),
      password: () => Promise.resolve(cloud.database.password),
    },
    hostKeys: { get: () => [], add: () => Promise.resolve() },
    state: memoryState(),
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { now: () => new Date() },
    ...surroundings,
  });
}

export function memorySecrets(): Surroundings['secrets'] {
  const values = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    store: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
    keys: () => Promise.resolve([...values.keys()]),
  };
}

/** Fills in what a plan asks of the operator: types the words, marks manual steps as done. */
export function fillIn(text: string): string {
  return text
    .replace(/^(-- @confirm type="([^"]*)" typed=)""/gm, '$1"$2"')
    .replace(/^(-- @manual .*done=)"no"/gm, '$1"yes"');
}
