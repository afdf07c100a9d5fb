import { step } from '../commands';
import { brokerUrl, cellNames, configuration, connectionTo, type Site } from '../site';

/** Where cell0 and the cells are, as the API and the scheduler look it up. */
export async function mapCells(site: Site): Promise<void> {
  const cell = (...args: string[]): Promise<string> => cellCommand(site, ...args);
  await Promise.all([
    cell('map_cell0', `--database_connection=${connectionTo(site, 'nova_cell0')}`),
    ...cellNames.map((name) =>
      cell(
        'create_cell',
        `--name=${name}`,
        `--database_connection=${connectionTo(site, `nova_${name}`)}`,
        `--transport-url=${brokerUrl(site, name)}`,
      ),
    ),
  ]);
}

/** The scheduler uses a host only when nova_api knows its cell. */
export async function discoverHosts(site: Site): Promise<void> {
  await cellCommand(site, 'discover_hosts');
}

function cellCommand(site: Site, ...args: string[]): Promise<string> {
  return step(site.directory, 'nova-manage', '/usr/bin/nova-manage', [
    `--config-file=${configuration(site, 'nova.conf')}`,
    'cell_v2',
    ...args,
  ]);
}
