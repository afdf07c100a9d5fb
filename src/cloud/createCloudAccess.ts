import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { Clock, Logger, Prompts, Secrets } from '../model/ports';
import type { CellMapping, CloudAccess } from './access';
import type { CloudConfiguration } from './configuration';
import { parseDatabaseUrl, type DatabaseAddress } from './database/databaseUrl';
import type { HostKeyStore } from './ssh/hostKeys';
import { HostTrust } from './ssh/hostTrust';
import { databaseOpener } from './databaseOpener';
import { openConfigured } from './openstack/openConfigured';
import { Shells } from './ssh/shells';
import { Passwords } from './passwords';

export interface CloudAccessOptions {
  readonly configuration: CloudConfiguration;
  readonly secrets: Secrets;
  readonly prompts: Prompts;
  readonly hostKeys: HostKeyStore;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** The doors of one cloud, as its configuration describes them. */
export function createCloudAccess(options: CloudAccessOptions): CloudAccess {
  const { configuration, secrets, prompts, hostKeys, logger, clock } = options;
  const { name: cloud, ssh, openstack } = configuration;
  const passwords = new Passwords(cloud, secrets, prompts);
  const trust = new HostTrust({ cloud, store: hostKeys, prompts, logger });
  const shells = new Shells({ ssh, trust, passwords, logger });

  const open = databaseOpener({ configuration, passwords, shells, logger });

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
    ...(openstack && {
      openOpenStack: (signal) =>
        openConfigured({ cloud, openstack, passwords, logger, clock, ...(signal ? { signal } : {}) }),
    }),
    openShell: async ({ host, address }, signal) => {
      // `{host}` alone is a name for ssh_config to explain
      const isTemplate = configuration.hostAddress !== undefined && address !== host;
      const addressIsSet = Object.hasOwn(configuration.hosts, host) || isTemplate;
      const shell = await shells.open({ host, address, addressIsSet }, signal);
      logger.info(`${cloud}: logged in on ${host} (${address})`);
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
