import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenStack } from './openstack';

/** Where each service says how many things it sends at once; oslo.config puts sections of one name together. */
const limits: Readonly<Record<string, readonly [file: string, setting: string]>> = {
  'nova-api': ['nova.conf', '[api]\nmax_limit = 2\n'],
  'neutron-server': ['neutron.conf', '[DEFAULT]\npagination_max_limit = 2\n'],
  'cinder-api': ['cinder.conf', '[DEFAULT]\nosapi_max_limit = 2\n'],
};

/** Lets the services send two things at a time. Gives what makes them as they were. */
export async function withSmallPages(cloud: OpenStack): Promise<() => Promise<void>> {
  const before = new Map<string, string>();
  for (const [file, setting] of Object.values(limits)) {
    const path = join(cloud.directory, 'etc', file);
    const text = readFileSync(path, 'utf8');
    before.set(path, text);
    writeFileSync(path, `${text}\n${setting}`);
  }
  await restart(cloud);
  return async () => {
    for (const [path, text] of before) writeFileSync(path, text);
    await restart(cloud);
  };
}

async function restart(cloud: OpenStack): Promise<void> {
  await Promise.all(
    Object.keys(limits).map(async (server) => {
      await cloud.stopServer(server);
      await cloud.start(server);
    }),
  );
}
