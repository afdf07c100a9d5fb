import * as vscode from 'vscode';
import { readConfigurations } from '../../app/configurations';
import { askSteps, confirm, type InputStep } from '../ask';
import type { Handler, Parts } from '../parts';
import { cloudSetting, removeCloudSetting, writeCloud, type CloudSetting } from '../settings';
import { chooseBranch } from './targets';

interface Fields {
  readonly name: string;
  readonly label: string;
  readonly apiDatabase: string;
  readonly password: string;
  readonly user: string;
  readonly port: string;
  readonly keyFile: string;
  readonly libvirtUri: string;
  readonly instancesPath: string;
}

const fresh: Fields = {
  name: '',
  label: '',
  apiDatabase: 'mysql://nova@127.0.0.1:3306/nova_api',
  password: '',
  user: '',
  port: '',
  keyFile: '',
  libvirtUri: 'qemu:///system',
  instancesPath: '/var/lib/nova/instances',
};

export function addCloud({ zombies }: Parts): Handler {
  return async () => {
    const title = vscode.l10n.t('Add Cloud');
    const taken = zombies.listClouds().map(({ name }) => name);
    const fields = await ask(title, fresh, taken);
    await save({ zombies }, { name: fields.name }, fields);
  };
}

export function editCloud(parts: Parts): Handler {
  return async (...args) => {
    const { configuration } = await chooseBranch(parts, args);
    const { name, label = '', apiDatabase, ssh, libvirtUri, instancesPath } = configuration;
    const { user = '', port, keyFile = '' } = ssh;
    const before = {
      name,
      label,
      apiDatabase,
      password: '',
      user,
      port: port === undefined ? '' : String(port),
      keyFile,
      libvirtUri,
      instancesPath,
    };
    const fields = await ask(vscode.l10n.t('Edit Cloud'), before, undefined);
    await save(parts, cloudSetting(name) ?? { name }, fields);
  };
}

export function removeCloud(parts: Parts): Handler {
  return async (...args) => {
    const { name } = await chooseBranch(parts, args);
    const detail = vscode.l10n.t('The setting and the stored passwords go. Nothing changes in the cloud.');
    await confirm(vscode.l10n.t('Remove {0} from the settings?', name), detail, [vscode.l10n.t('Remove')]);
    await removeCloudSetting(name);
    await parts.zombies.forgetPasswords(name);
  };
}

/** `taken`: names that a new cloud may not have; undefined keeps the name that is there. */
async function ask(title: string, before: Fields, taken: readonly string[] | undefined): Promise<Fields> {
  const { l10n } = vscode;
  const problem = (key: string, make: (value: string) => object) => (value: string) =>
    problemOf(key, make(value));
  const sshProblem = (key: string) =>
    problem(`ssh.${key}`, (value) => ({
      ssh: value === '' ? {} : { [key]: key === 'port' ? Number(value) : value },
    }));
  const steps: Readonly<Record<keyof Fields, InputStep | undefined>> = {
    name: taken && {
      prompt: l10n.t('Name of the cloud'),
      value: before.name,
      problem: (value) =>
        taken.includes(value) ? l10n.t('Another cloud has this name.') : problemOf('name', { name: value }),
    },
    label: {
      prompt: l10n.t('A label that is shown wherever the cloud is, for example PRODUCTION; or nothing'),
      value: before.label,
    },
    apiDatabase: {
      prompt: l10n.t("URL of Nova's API database, without a password"),
      value: before.apiDatabase,
      problem: problem('apiDatabase', (apiDatabase) => ({ apiDatabase })),
    },
    password: {
      prompt: l10n.t(
        'Password of the database, kept in the secret store; nothing keeps the stored one, or asks later',
      ),
      value: '',
      password: true,
    },
    user: {
      prompt: l10n.t('User of SSH on the compute hosts; nothing takes the one of ssh_config, else root'),
      value: before.user,
      problem: sshProblem('user'),
    },
    port: {
      prompt: l10n.t('Port of SSH; nothing takes the one of ssh_config, else 22'),
      value: before.port,
      problem: sshProblem('port'),
    },
    keyFile: {
      prompt: l10n.t('File of the private key; nothing uses the SSH agent and the files of ssh_config'),
      value: before.keyFile,
    },
    libvirtUri: {
      prompt: l10n.t('URI of libvirt on the compute hosts'),
      value: before.libvirtUri,
      problem: problem('libvirtUri', (libvirtUri) => ({ libvirtUri })),
    },
    instancesPath: {
      prompt: l10n.t("Nova's instances path on the compute hosts"),
      value: before.instancesPath,
      problem: problem('instancesPath', (instancesPath) => ({ instancesPath })),
    },
  };
  const asked = Object.entries(steps).flatMap(([key, step]) => (step ? [{ key, step }] : []));
  const values = await askSteps(
    title,
    asked.map(({ step }) => step),
  );
  return { ...before, ...Object.fromEntries(asked.map(({ key }, index) => [key, values[index] ?? ''])) };
}

/** Keeps what the setting holds beyond the fields that were asked. */
async function save(
  { zombies }: Pick<Parts, 'zombies'>,
  before: CloudSetting,
  fields: Fields,
): Promise<void> {
  const { name, label, apiDatabase, password, user, port, keyFile, libvirtUri, instancesPath } = fields;
  const { ssh: sshBefore, ...rest } = without(before, 'label');
  const ssh = typeof sshBefore === 'object' && sshBefore !== null ? sshBefore : {};
  await writeCloud({
    ...rest,
    name,
    ...(label === '' ? {} : { label }),
    apiDatabase,
    ssh: {
      ...without(without(without(ssh, 'user'), 'port'), 'keyFile'),
      ...(user === '' ? {} : { user }),
      ...(port === '' ? {} : { port: Number(port) }),
      ...(keyFile === '' ? {} : { keyFile }),
    },
    libvirtUri,
    instancesPath,
  });
  if (password !== '') {
    await zombies.storePassword(name, password);
  }
}

function without(record: object, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** What the reader of the settings would say of one value. */
function problemOf(key: string, part: object): string | undefined {
  const cloud = { name: fresh.name || 'name', apiDatabase: fresh.apiDatabase, ...part };
  return readConfigurations([cloud]).problems.find(({ path }) => path.endsWith(`].${key}`))?.message;
}
