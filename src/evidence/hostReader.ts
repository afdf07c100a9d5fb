import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import type { CloudAccess, HostAddress } from '../cloud/access';
import { runAtNova, type PlaceSettings } from '../cloud/compute/runAtNova';
import type { Shell } from '../cloud/ssh/shell';
import { OperatorError } from '../model/errors';
import type { Clock } from '../model/ports';
import { DomainsMoved } from './domains';
import { loadXmlParser } from './domainXml';
import type { Expected, NodeName } from './hostIdentity';
import { parseHost, type HostContent } from './hostReport';
import { hostScript } from './hostScript';

/** A host to be read, under the name that Nova gives it. */
export interface HostToRead extends HostAddress {
  readonly nodes: readonly NodeName[];
}

const timeoutMs = 30_000;

/** Reads one host, in at most 30 seconds once it is logged in. Rejects with an OperatorError, or CancelledError. */
export async function readHost(
  access: CloudAccess,
  host: HostToRead,
  ours: Clock,
  signal?: AbortSignal,
): Promise<HostContent> {
  const { configuration } = access;
  const expected = { ...host, libvirtUri: configuration.libvirtUri };
  await loadXmlParser();
  const shell = await access.openShell(host, signal);
  try {
    return await lookTwice(() => look(shell, configuration, expected, ours, signal));
  } finally {
    shell.close();
  }
}

async function look(
  shell: Shell,
  settings: PlaceSettings,
  expected: Expected,
  ours: Clock,
  signal: AbortSignal | undefined,
): Promise<HostContent> {
  const nonce = randomBytes(16).toString('hex');
  const asked = ours.now();
  const { stdout } = await runAtNova(shell, settings, hostScript, [nonce], {
    timeoutMs,
    asRoot: true,
    ...(signal ? { signal } : {}),
  });
  return parseHost(stdout, nonce, expected, { asked, answered: ours.now() });
}

async function lookTwice(lookOnce: () => Promise<HostContent>): Promise<HostContent> {
  try {
    return await lookOnce();
  } catch (error) {
    if (!(error instanceof DomainsMoved)) {
      throw error;
    }
  }
  try {
    return await lookOnce();
  } catch (error) {
    throw error instanceof DomainsMoved ? stillMoving(error) : error;
  }
}

function stillMoving(cause: DomainsMoved): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('Domains came and went while they were read: {0}', cause.message),
    l10n.t('Scan the host again in a moment.'),
    { cause },
  );
}
