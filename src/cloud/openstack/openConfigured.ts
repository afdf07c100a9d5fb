import { homedir } from 'node:os';
import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { Clock, Logger } from '../../model/ports';
import type { OpenStackConfiguration } from '../configuration';
import type { Passwords } from '../passwords';
import { readSources, type Sources } from './cloudsYaml/readFiles';
import type { Diagnostic } from './cloudsYaml/report';
import { resolveCloud } from './cloudsYaml/resolveCloud';
import type { ResolvedCloud } from './cloudsYaml/resolvedCloud';
import { fromCloudsYaml, secretOf } from './fromCloudsYaml';
import { openOpenStack } from './openStackAccess';
import type { OpenStackApi } from './openStackApi';

export interface OpenConfiguredOptions {
  /** name of the cloud in our configuration */
  readonly cloud: string;
  readonly openstack: OpenStackConfiguration;
  readonly passwords: Passwords;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** clouds.yaml and what belongs to it; not from the workspace, whose files may be anybody's. */
export function readCloudsYaml(): Promise<Sources> {
  return readSources({ platform: process.platform, home: homedir(), env: process.env });
}

/** Logs in at the APIs of the entry of clouds.yaml that is configured; a password that it lacks is asked for. */
export async function openConfigured(options: OpenConfiguredOptions): Promise<OpenStackApi> {
  const { cloud, openstack, passwords, logger, clock, signal } = options;
  const resolved = await resolve(openstack);
  const logIn = (secret: string): Promise<OpenStackApi> =>
    openOpenStack(fromCloudsYaml({ ...resolved, name: cloud }, secret), {
      logger,
      clock,
      ...(signal ? { signal } : {}),
    });
  const secret = secretOf(resolved);
  return secret === undefined ? passwords.use(accountOf(resolved), logIn) : logIn(secret);
}

/** Who logs in there, as clouds.yaml says; empty where it holds a token alone. */
export async function openStackUser(openstack: OpenStackConfiguration): Promise<string> {
  const { auth } = await resolve(openstack);
  const { username, user_id, application_credential_name, application_credential_id } = auth;
  return username ?? user_id ?? application_credential_name ?? application_credential_id ?? '';
}

async function resolve({ cloud: name, region }: OpenStackConfiguration): Promise<ResolvedCloud> {
  const sources = await readCloudsYaml();
  const { cloud, diagnostics } = resolveCloud(sources, { name, ...(region === undefined ? {} : { region }) });
  if (cloud) return cloud;
  const errors = [...sources.diagnostics, ...diagnostics].filter(({ severity }) => severity === 'error');
  throw new OperatorError(
    'bad-configuration',
    errors.map(placed).join(' '),
    l10n.t('Correct clouds.yaml, or name another entry in "openstack" of the cloud.'),
  );
}

/** As compilers write it, so that a terminal makes a link of it. */
export function placed({ message, place }: Diagnostic): string {
  return place ? `${place.file}:${place.line}:${place.column}: ${message}` : message;
}

function accountOf({ auth, authUrl }: ResolvedCloud): string {
  return `${auth.username ?? auth.user_id ?? ''}@${authUrl}`;
}
