import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that stands for the root of a host. */
export interface HostTree {
  readonly root: string;
  remove(): void;
}

/** Files by path; what ends with a slash is a folder that only its owner may enter. */
export function plantTree(files: Readonly<Record<string, string>>, mode = 0o644): HostTree {
  const root = mkdtempSync(join(tmpdir(), 'openstack-zombies-host-'));
  chmodSync(root, 0o755);
  for (const [path, text] of Object.entries(files)) {
    const place = join(root, path);
    mkdirSync(path.endsWith('/') ? place : dirname(place), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(place, text, { mode });
  }
  for (const path of Object.keys(files)) if (path.endsWith('/')) chmodSync(join(root, path), 0o700);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

/** The secrets that the files of the tests hold. */
export const secrets = [
  'p@ss-api',
  'p%40ss-api',
  'pass-cell',
  'pass-placement',
  'pass-rabbit',
  'pass-keystone',
  'pass-odd',
];

export const novaConf = `[DEFAULT]
my_ip = 10.0.0.11
transport_url = rabbit://openstack:pass-rabbit@10.0.0.11:5672/
state_path = /srv/nova

[api_database]
connection = mysql+pymysql://nova_api:p%40ss-api@10.0.0.5:3306/nova_api?charset=utf8

[database]
connection = mysql+pymysql://nova:pass-cell@$my_ip/nova_cell0

[keystone_authtoken]
password = pass-keystone

[libvirt]
connection_uri = qemu+tls://$my_ip/system
`;

export const placementConf = `[placement_database]
connection = mysql+pymysql://placement:pass-placement@10.0.0.5/placement
`;

/** Every place of a value that holds a secret, but for fields that are named so. */
export function leaks(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return secrets.some((secret) => value.includes(secret)) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'password' ? [] : leaks(each, `${path}.${key}`),
  );
}
