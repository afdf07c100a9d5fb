import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../../cloud/access';
import { isTemplate, type DatabaseAddress } from '../../cloud/database/databaseUrl';
import { findNovaConf, type FoundController } from '../../cloud/discovery/findNovaConf';
import { cellAddress, type UrlParts } from '../../cloud/discovery/urlParts';
import { passwordKey } from '../../cloud/passwords';
import { readApi } from '../../evidence/apiDatabase';
import { OperatorError } from '../../model/errors';
import type { Secrets } from '../../model/ports';

/** What belongs into the setting of the cloud in addition. */
export type Learned = Readonly<Record<string, unknown>>;

export interface FromController {
  readonly setting: Learned;
  /** fills the templates of the cells' URLs; absent when the controller says nothing for it */
  readonly parts?: UrlParts;
}

/**
 * Learns the databases from nova.conf on the controller; passwords go to the secret store and nowhere else. The
 * addresses there are as the controller sees them, so the databases are reached through it.
 */
export async function learnFromController(
  access: Pick<CloudAccess, 'openShell' | 'configuration'>,
  controller: string,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<FromController> {
  const { name, ssh, hosts } = access.configuration;
  const address = hosts[controller] ?? controller;
  const shell = await access.openShell({ host: controller, address }, signal);
  try {
    const options = { sudo: ssh.sudo !== 'no', ...(signal ? { signal } : {}) };
    const found = await findNovaConf(shell, options);
    const api = found.best?.apiDatabase;
    if (!api) throw nothingFound(controller, found);
    const placement = found.bestPlacement?.placementDatabase;
    await keepPasswords(
      name,
      [api, ...(placement ? [placement] : [])].map(({ address }) => address),
      secrets,
    );
    const parts = found.best?.cellDatabase?.parts;
    return {
      setting: {
        apiDatabase: urlOf(api.address),
        ...(placement ? { placementDatabase: urlOf(placement.address) } : {}),
        database: { via: 'ssh' },
      },
      ...(parts ? { parts } : {}),
    };
  } finally {
    shell.close();
  }
}

async function keepPasswords(
  cloud: string,
  addresses: readonly DatabaseAddress[],
  secrets: Secrets,
): Promise<void> {
  for (const { account, password } of addresses) {
    if (password !== undefined) await secrets.store(passwordKey(cloud, account), password);
  }
}

/** The URLs of cells that Nova fills in from its own configuration, filled in; nothing where no cell has such a URL. */
export async function learnCells(
  access: Pick<CloudAccess, 'openApi' | 'configuration'>,
  parts: UrlParts,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<Learned> {
  const connection = await access.openApi(signal);
  try {
    const templates = (await readApi(connection, signal)).cells.filter(({ url }) => isTemplate(url));
    const cells = templates.map(({ uuid, url }) => [uuid, cellAddress(url, parts, `cells.${uuid}`)] as const);
    await keepPasswords(
      access.configuration.name,
      cells.map(([, address]) => address),
      secrets,
    );
    return cells.length === 0
      ? {}
      : { cells: Object.fromEntries(cells.map(([uuid, address]) => [uuid, urlOf(address)])) };
  } finally {
    await connection.close();
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
