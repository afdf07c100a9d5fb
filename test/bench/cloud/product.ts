import type { Zombies } from '../../../src/app/zombies';
import { productOn } from '../../integration/app/product';

/** The product on a cloud of which only the databases answer: no host can be logged in to. */
export function productOnDatabases(
  database: { readonly apiUrl: string; readonly password: string },
  surroundings: Parameters<typeof productOn>[2] = {},
): Zombies {
  const ssh = {
    ...{ user: 'root' as const, port: 1, addresses: {} },
    ...{ keyFile: '/nonexistent', knownHostsFile: '/nonexistent' },
  };
  return productOn(
    { database, ssh },
    { hosts: {}, ssh: { user: 'root', port: 1, configFile: 'none' } },
    surroundings,
  );
}
