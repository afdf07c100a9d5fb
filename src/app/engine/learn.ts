import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../../cloud/access';
import type { DatabaseAddress } from '../../cloud/database/databaseUrl';
import { findNovaConf, type FoundController } from '../../cloud/discovery/findNovaConf';
import type { FoundDatabase } from '../../cloud/discovery/novaConfiguration';
import { passwordKey } from '../../cloud/passwords';
import { OperatorError } from '../../model/errors';
import type { Secrets } from '../../model/ports';

/** What belongs into the setting of the cloud in addition. */
export type Learned = Readonly<Record<string, unknown>>;

/**
 * Learns the databases from nova.conf on the controller; passwords go to the secret store and nowhere else. The
 * addresses there are as the controller sees them, so the databases are reached through it.
 */
export async function learnFromController(
  access: Pick<CloudAccess, 'openShell' | 'configuration'>,
  controller: string,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<Learned> {
  const { name, ssh } = access.configuration;
  const shell = await access.openShell({ host: controller, address: controller }, signal);
  try {
    const options = { sudo: ssh.sudo !== 'no', ...(signal ? { signal } : {}) };
    const found = await findNovaConf(shell, options);
    const api = found.best?.apiDatabase;
    if (!api) throw nothingFound(controller, found);
    const placement = found.bestPlacement?.placementDatabase;
    await keepPasswords(name, [api, ...(placement ? [placement] : [])], secrets);
    return {
      apiDatabase: urlOf(api.address),
      ...(placement ? { placementDatabase: urlOf(placement.address) } : {}),
      database: { via: 'ssh' },
    };
  } finally {
    shell.close();
  }
}

async function keepPasswords(
  cloud: string,
  databases: readonly FoundDatabase[],
  secrets: Secrets,
): Promise<void> {
  for (const { address } of databases) {
    if (address.password !== undefined) {
      await secrets.store(passwordKey(cloud, address.account), address.password);
    }
  }
}

/** Without the password. */
function urlOf({ user, host, port, schema, socketPath }: DatabaseAddress): string {
  const query = socketPath === undefined ? '' : `?unix_socket=${encodeURIComponent(socketPath)}`;
  const name = host.includes(':') ? `[${host}]` : host;
  return `mysql://${encodeURIComponent(user)}@${name}:${port}/${encodeURIComponent(schema)}${query}`;
}

function nothingFound(
  controller: string,
  { files, problems, configurations }: FoundController,
): OperatorError {
  const there = files
    .filter(({ state }) => state !== 'absent')
    .map(({ path, state }) => `${path} (${state})`);
  const told = [...problems, ...configurations.flatMap((each) => each.problems)].map(
    ({ path, line, message }) => `${path}${line === undefined ? '' : `:${line}`}: ${message}`,
  );
  return new OperatorError(
    'not-found',
    there.length === 0
      ? l10n.t('{0} has no nova.conf where the usual deployments put it.', controller)
      : l10n.t(
          'No URL of the API database was found on {0}: {1}',
          controller,
          [...there, ...told].join('; '),
        ),
    l10n.t(
      'Name a machine that runs nova-api or the super conductor, or write the URL of the API database yourself.',
    ),
  );
}
