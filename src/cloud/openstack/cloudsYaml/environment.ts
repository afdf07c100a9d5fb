import type { Environment } from './searchPath';
import type { Mapping, Value } from './value';

/** Variables that choose among clouds and make none (`_get_os_environ` of openstack/config/loader.py 0.101). */
const selectors = [
  'OS_CLOUD',
  'OS_REGION_NAME',
  'OS_CLIENT_CONFIG_FILE',
  'OS_CLIENT_SECURE_FILE',
  'OS_CLOUD_NAME',
];

/** The cloud that the OS_* variables describe, such as an openrc file sets. Undefined when they only select one. */
export function environmentCloud(env: Environment): Mapping | undefined {
  const names = Object.keys(env).filter(
    (name) => name.startsWith('OS_') && !/^OS_(?:TEST|STD|LOG)/.test(name) && env[name] !== undefined,
  );
  if (names.every((name) => selectors.includes(name))) return undefined;
  return new Map(
    names.map((name): [string, Value] => [
      name.slice('OS_'.length).toLowerCase(),
      { origin: { variable: name }, data: env[name] ?? '' },
    ]),
  );
}

/** What the cloud of the environment is called. */
export function environmentName(env: Environment): string {
  return env.OS_CLOUD_NAME ?? 'envvars';
}
