import * as l10n from '@vscode/l10n';
import { environmentCloud, environmentName } from './environment';
import { mergeMappings } from './merge';
import { parseFile } from './parseFile';
import type { Sources } from './readFiles';
import type { Origin, Report } from './report';
import type { Environment } from './searchPath';
import { booleanOf, mappingOf, type Mapping, type Value } from './value';

/** All clouds of the files and the environment. */
export interface CloudSet {
  readonly clouds: Mapping;
  /** the cloud to take when none is named */
  readonly defaultName?: string;
  readonly forceIpv4: boolean;
  /** where the clouds are written, for complaints about one that is not there */
  readonly origin?: Origin;
}

/** Puts the sources together as OpenStackConfig does (`__init__` of openstack/config/loader.py 0.101). */
export function cloudSet(sources: Sources, report: Report): CloudSet | undefined {
  report.take(sources.diagnostics);
  const open = parseFile(sources.clouds, report);
  const secure = parseFile(sources.secure, report);
  const top = open && secure && mergeMappings(open, secure, report);
  const client = mappingOf(top?.get('client'), report);
  const written = mappingOf(top?.get('clouds'), report);
  if (report.failed || top === undefined || client === undefined || written === undefined) return undefined;
  const { env } = sources;
  const clouds = new Map(written);
  const taken = clouds.get(environmentName(env));
  if (taken !== undefined) {
    const message = l10n.t(
      'This name is that of the cloud of the OS_* variables. Rename this one, or set OS_CLOUD_NAME.',
    );
    report.error(taken.origin, message);
    return undefined;
  }
  const fromEnvironment = environmentCloud(env);
  if (fromEnvironment) {
    clouds.set(environmentName(env), { origin: { variable: 'OS_*' }, data: fromEnvironment });
  }
  const defaultName = defaultOf(clouds, env, fromEnvironment !== undefined);
  const { path } = sources.clouds ?? sources.secure ?? {};
  const origin =
    top.get('clouds')?.origin ?? (path === undefined ? undefined : { file: path, line: 1, column: 1 });
  return {
    clouds,
    ...(defaultName === undefined ? {} : { defaultName }),
    forceIpv4: forcesIpv4(client, sources, report),
    ...(origin && { origin }),
  };
}

/** OS_CLOUD, the cloud of the other variables, or the only one. */
function defaultOf(clouds: Mapping, env: Environment, hasOwn: boolean): string | undefined {
  if (env.OS_CLOUD) return env.OS_CLOUD;
  if (hasOwn) return environmentName(env);
  const [only, ...others] = clouds.keys();
  return others.length === 0 ? only : undefined;
}

function forcesIpv4(client: Mapping, { env }: Sources, report: Report): boolean {
  const first = (variable: string, ...keys: string[]): Value | undefined =>
    env[variable] === undefined
      ? keys.map((key) => client.get(key)).find((value) => value !== undefined)
      : { origin: { variable }, data: env[variable] };
  const prefers = first('OS_PREFER_IPV6', 'prefer_ipv6', 'prefer-ipv6');
  const forces = first('OS_FORCE_IPV4', 'force_ipv4', 'broken-ipv6');
  return booleanOf(forces, report) || (prefers !== undefined && !booleanOf(prefers, report));
}
