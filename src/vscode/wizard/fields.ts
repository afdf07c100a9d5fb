import * as vscode from 'vscode';
import { readConfigurations } from '../../app/configurations';
import type { CloudSetting } from '../settings';

/** One thing that can be set about a cloud. */
export interface Field {
  /** where it stands in the setting of the cloud, for example `ssh.user` */
  readonly path: string;
  readonly label: string;
  readonly prompt: string;
  /** the words to choose from; a free text otherwise */
  readonly choices?: readonly string[];
  /** how the text stands in the setting; as it is otherwise */
  readonly parse?: (text: string) => unknown;
}

/** What the edit list offers; the maps `cells` and `hosts` are edited in the settings themselves. */
export function fields(): readonly Field[] {
  const { l10n } = vscode;
  return [
    {
      path: 'label',
      label: l10n.t('Label'),
      prompt: l10n.t('A word that is shown wherever the cloud is, for example PRODUCTION'),
    },
    {
      path: 'color',
      label: l10n.t('Colour'),
      prompt: l10n.t("Colour of the cloud's icon"),
      choices: ['red', 'orange', 'yellow', 'green', 'blue', 'purple'],
    },
    {
      path: 'readOnly',
      label: l10n.t('Look only'),
      prompt: l10n.t('Nothing can be run on a cloud that is only looked at'),
      choices: ['true', 'false'],
      parse: (text) => text === 'true',
    },
    {
      path: 'maxInstances',
      label: l10n.t('Most instances in one run'),
      prompt: l10n.t('A plan with more instances that have a live row, a domain or a directory is refused'),
      parse: Number,
    },
    {
      path: 'openstack.cloud',
      label: l10n.t('Entry of clouds.yaml'),
      prompt: l10n.t('Name of the entry in clouds.yaml; empty: the OpenStack APIs are not used'),
    },
    {
      path: 'openstack.region',
      label: l10n.t('Region'),
      prompt: l10n.t('Region, where the entry has several'),
    },
    {
      path: 'controller',
      label: l10n.t('Controller'),
      prompt: l10n.t("SSH name of a machine with Nova's configuration"),
    },
    {
      path: 'database.via',
      label: l10n.t('Way to the databases'),
      prompt: l10n.t('direct: from this machine; ssh: through the controller'),
      choices: ['direct', 'ssh'],
    },
    {
      path: 'apiDatabase',
      label: l10n.t('API database'),
      prompt: l10n.t("URL of Nova's API database, without a password"),
    },
    {
      path: 'placementDatabase',
      label: l10n.t('Placement database'),
      prompt: l10n.t(
        'URL of the database of Placement; empty: "placement" on the server of the API database',
      ),
    },
    {
      path: 'ssh.user',
      label: l10n.t('SSH user'),
      prompt: l10n.t('User of SSH on the compute hosts'),
    },
    {
      path: 'ssh.port',
      label: l10n.t('SSH port'),
      prompt: l10n.t('Port of SSH'),
      parse: Number,
    },
    {
      path: 'ssh.keyFile',
      label: l10n.t('SSH key'),
      prompt: l10n.t('File of the private key; nothing uses the SSH agent'),
    },
    {
      path: 'ssh.jump',
      label: l10n.t('Jump hosts'),
      prompt: l10n.t('As ProxyJump in ssh_config: user@host:port, several with commas between'),
    },
    {
      path: 'ssh.sudo',
      label: l10n.t('sudo'),
      prompt: l10n.t('Whether scripts on the hosts become root through sudo'),
      choices: ['when-needed', 'no'],
    },
    {
      path: 'hostAddress',
      label: l10n.t('Address of a host'),
      prompt: l10n.t(
        'Where SSH reaches a compute host, with {0} for its name in Nova and {1} for its host_ip; empty: by its name in ~/.ssh/config, else at its host_ip',
        '{host}',
        '{ip}',
      ),
    },
    {
      path: 'libvirtUri',
      label: l10n.t('libvirt'),
      prompt: l10n.t('URI of libvirt on the compute hosts'),
    },
    {
      path: 'libvirtContainer',
      label: l10n.t('Container of libvirt'),
      prompt: l10n.t('Name of the container that libvirt runs in, or "none"; empty: found on each host'),
    },
    {
      path: 'instancesPath',
      label: l10n.t('Instances path'),
      prompt: l10n.t("Nova's instances path on the compute hosts; empty: as nova.conf there has it"),
    },
  ];
}

/** What the setting says, as text; empty where it says nothing. */
export function valueAt(setting: CloudSetting, { path }: Pick<Field, 'path'>): string {
  const [first = '', second] = path.split('.');
  const value = second === undefined ? setting[first] : objectAt(setting, first)[second];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** The setting with the text in the field's place; an empty text takes it out, so that the default holds. */
export function withValue(setting: CloudSetting, field: Field, text: string): CloudSetting {
  const [first = '', second] = field.path.split('.');
  const value = text === '' ? undefined : (field.parse ?? String)(text);
  const entry = second === undefined ? value : filled({ ...objectAt(setting, first), [second]: value });
  return { ...compact({ ...setting, [first]: entry }), name: setting.name };
}

/** What the reader of the settings says of the text in the field's place. */
export function problemOf(setting: CloudSetting, field: Field, text: string): string | undefined {
  const { problems } = readConfigurations([withValue(setting, field, text)]);
  return problems.find(({ path }) => path.endsWith(`].${field.path}`))?.message;
}

function objectAt(setting: CloudSetting, name: string): Readonly<Record<string, unknown>> {
  const value = setting[name];
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** An object without entries says nothing. */
function filled(record: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const compacted = compact(record);
  return Object.keys(compacted).length === 0 ? undefined : compacted;
}

/** JSON knows no undefined. */
function compact(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
