import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import { isUuid } from '../model/uuid';
import type {
  CloudColor,
  CloudConfiguration,
  OpenStackConfiguration,
  SshConfiguration,
} from './configuration';
import { parseDatabaseUrl } from './database/databaseUrl';
import { readDatabase } from './readDatabase';
import { sshName } from './sshName';
import { usualConfigFile } from './ssh/configReader';
import { parseJumps } from './ssh/jumpSpec';
import { anyText, Fields, oneOf, wholeNumber, yesOrNo, type Check, type Problem } from './fields';

const setting = 'openstackZombies.clouds';
const colors: readonly CloudColor[] = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'];

/**
 * Reads the value of the setting `openstackZombies.clouds`. A cloud with any problem is left out: half a
 * configuration, say without its `readOnly`, is not the cloud that the operator meant.
 */
export function readConfigurations(settings: unknown): {
  clouds: CloudConfiguration[];
  problems: Problem[];
} {
  if (settings === undefined || settings === null) return { clouds: [], problems: [] };
  if (!Array.isArray(settings)) {
    return { clouds: [], problems: [{ path: setting, message: l10n.t('This must be a list of clouds.') }] };
  }
  const clouds: CloudConfiguration[] = [];
  const problems: Problem[] = [];
  settings.forEach((value: unknown, index) => {
    const own: Problem[] = [];
    const path = `${setting}[${index}]`;
    const cloud = readCloud(new Fields(value, path, own));
    if (cloud && clouds.some(({ name }) => name === cloud.name)) {
      own.push({ path: `${path}.name`, message: l10n.t('Another cloud has this name.') });
    }
    if (cloud && own.length === 0) clouds.push(cloud);
    problems.push(...own);
  });
  return { clouds, problems };
}

function readCloud(fields: Fields): CloudConfiguration | undefined {
  const name = fields.required('name', anyText);
  const apiDatabase = fields.required('apiDatabase', databaseUrl);
  const label = fields.optional('label', anyText);
  const color = fields.optional('color', oneOf(colors));
  const openstack = readOpenStack(fields);
  const controller = fields.optional('controller', sshName);
  const placementDatabase = fields.optional('placementDatabase', databaseUrl);
  const hostAddress = fields.optional('hostAddress', addressTemplate);
  const libvirtContainer = fields.optional('libvirtContainer', containerName);
  const instancesPath = fields.optional('instancesPath', folder);
  const optional = {
    ...(label === undefined ? {} : { label }),
    ...(color === undefined ? {} : { color }),
    ...(openstack === undefined ? {} : { openstack }),
    ...(controller === undefined ? {} : { controller }),
    ...(placementDatabase === undefined ? {} : { placementDatabase }),
    ...(hostAddress === undefined ? {} : { hostAddress }),
    ...(libvirtContainer === undefined ? {} : { libvirtContainer }),
    ...(instancesPath === undefined ? {} : { instancesPath }),
  };
  const rest = {
    readOnly: fields.optional('readOnly', yesOrNo) ?? false,
    maxInstances: fields.optional('maxInstances', wholeNumber(1, 100_000)) ?? 20,
    cells: fields.record('cells', cellUuid, databaseUrl),
    database: readDatabase(fields.nested('database'), controller),
    ssh: readSsh(fields.nested('ssh')),
    hosts: fields.record('hosts', anyText, anyText),
    libvirtUri: fields.optional('libvirtUri', anyText) ?? 'qemu:///system',
  };
  fields.refuseOthers();
  return name === undefined || apiDatabase === undefined
    ? undefined
    : { name, apiDatabase, ...optional, ...rest };
}

function readOpenStack(fields: Fields): OpenStackConfiguration | undefined {
  const entry = fields.has('openstack') ? fields.nested('openstack') : undefined;
  const cloud = entry?.required('cloud', anyText);
  const region = entry?.optional('region', anyText);
  entry?.refuseOthers();
  return cloud === undefined ? undefined : { cloud, ...(region === undefined ? {} : { region }) };
}

function readSsh(fields: Fields): SshConfiguration {
  const user = fields.optional('user', anyText);
  const port = fields.optional('port', wholeNumber(1, 65535));
  const keyFile = fields.optional('keyFile', anyText);
  const knownHostsFile = fields.optional('knownHostsFile', anyText);
  const jump = fields.optional('jump', jumps);
  const ssh = {
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(knownHostsFile === undefined ? {} : { knownHostsFile }),
    configFile: fields.optional('configFile', anyText) ?? usualConfigFile,
    ...(jump === undefined ? {} : { jump }),
    sudo: fields.optional('sudo', oneOf<SshConfiguration['sudo']>(['no', 'when-needed'])) ?? 'when-needed',
    hostsAtATime: fields.optional('hostsAtATime', wholeNumber(1, 256)) ?? 16,
  };
  fields.refuseOthers();
  return ssh;
}

const addressTemplate: Check<string> = (value, wrong) => {
  const filled = typeof value === 'string' ? value.replaceAll(/\{(?:host|ip)\}/g, 'x') : '';
  if (filled !== value && /^[A-Za-z0-9_][A-Za-z0-9_.:%-]*$/.test(filled)) return value as string;
  wrong(l10n.t('This must be an address with {0} or {1} in it.', '{host}', '{ip}'));
  return undefined;
};

/** The names that Docker and Podman allow: never an option of a program. */
const containerName: Check<string> = (value, wrong) => {
  if (typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(value)) return value;
  wrong(l10n.t('This must be the name of a container, or "none".'));
  return undefined;
};

const jumps: Check<string> = (value, wrong) => {
  if (typeof value === 'string' && parseJumps(value) !== undefined) return value;
  wrong(l10n.t('This must be user@host:port, several with commas between, or "none".'));
  return undefined;
};

const databaseUrl: Check<string> = (value, wrong) => {
  const text = anyText(value, wrong);
  if (text === undefined) return undefined;
  try {
    if (parseDatabaseUrl(text).password === undefined) return text;
    wrong(l10n.t('Take the password out of this URL: it is asked for and kept in the secret store.'));
  } catch (error) {
    wrong(OperatorError.is(error) ? error.message : l10n.t('The database URL cannot be read.'));
  }
  return undefined;
};

const cellUuid: Check<string> = (value, wrong) => {
  const uuid = typeof value === 'string' ? value.toLowerCase() : '';
  if (isUuid(uuid)) return uuid;
  wrong(l10n.t('A cell is named by its UUID, as nova-manage cell_v2 list_cells shows it.'));
  return undefined;
};

/** The path is joined with names of directories and compared with what hosts report, so it has one form only. */
const folder: Check<string> = (value, wrong) => {
  const path = typeof value === 'string' ? value.replace(/\/+$/, '') : '';
  if (/^(?:\/[^/\0]+)+$/.test(path) && !/\/\.{1,2}(?:\/|$)/.test(path)) return path;
  wrong(l10n.t('This must be an absolute path without "." and "..", and not the root.'));
  return undefined;
};
