import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { Logger, Prompts, Secrets } from '../model/ports';
import type { CellMapping, CloudAccess } from './access';
import type { CloudConfiguration } from './configuration';
import { parseDatabaseUrl, type DatabaseAddress } from './database/databaseUrl';
import type { HostKeyStore } from './ssh/hostKeys';
import { HostTrust } from './ssh/hostTrust';
import { databaseOpener } from './databaseOpener';
import { openShell } from './ssh/openShell';
import { Passwords } from './passwords';

export interface CloudAccessOptions {
  readonly configuration: CloudConfiguration;
  readonly secrets: Secrets;
  readonly prompts: Prompts;
  readonly hostKeys: HostKeyStore;
  readonly logger: Logger;
}

/** The doors of one cloud, as its configuration describes them. */
export function createCloudAccess(options: CloudAccessOptions): CloudAccess {
  const { configuration, secrets, prompts, hostKeys, logger } = options;
  const { name: cloud, ssh } = configuration;
  const passwords = new Passwords(cloud, secrets, prompts);
  const trust = new HostTrust({
    cloud,
    knownHostsFile: ssh.knownHostsFile,
    store: hostKeys,
    prompts,
    logger,
  });

  const open = databaseOpener({ configuration, passwords, trust, logger });

  return {
    configuration,
    openApi: async (signal, use) => open(apiAddress(configuration), signal, use),
    openPlacement: async (signal) => open(placementAddress(configuration), signal),
    openCell: async (cell, signal, use) => {
      const override = configuration.cells[cell.uuid];
      const address = parseDatabaseUrl(override ?? cell.url, `cells.${cell.uuid}`);
      try {
        return await open(address, signal, use);
      } catch (error) {
        throw override === undefined ? withOverrideHint(error, cell) : error;
      }
    },
    openShell: async ({ host, address }, signal) => {
      const named = { host, address, port: ssh.port };
      const shell = await openShell({ host: named, ssh, trust, ...(signal ? { signal } : {}) });
      logger.info(`${cloud}: logged in on ${host} (${address}:${ssh.port})`);
      return shell;
    },
  };
}

function apiAddress({ apiDatabase }: CloudConfiguration): DatabaseAddress {
  return parseDatabaseUrl(apiDatabase, 'apiDatabase');
}

function placementAddress(configuration: CloudConfiguration): DatabaseAddress {
  const { placementDatabase } = configuration;
  return placementDatabase === undefined
    ? { ...apiAddress(configuration), schema: 'placement' }
    : parseDatabaseUrl(placementDatabase, 'placementDatabase');
}

/** Nova's own URL is made for the controllers: from elsewhere its address or account may not work. */
function withOverrideHint(error: unknown, { uuid, name }: CellMapping): unknown {
  if (!OperatorError.is(error)) return error;
  if (error.code !== 'unreachable' && error.code !== 'timed-out' && error.code !== 'refused-login')
    return error;
  const hint = l10n.t(
    'The URL of cell {0} comes from cell_mappings; set cells.{1} to one that works from here.',
    name,
    uuid,
  );
  return new OperatorError(error.code, error.message, `${error.action} ${hint}`, { cause: error.cause });
}
