import * as l10n from '@vscode/l10n';
import type { HostAddress } from '../cloud/access';
import { OperatorError } from '../model/errors';
import type { Domain, InstanceDirectory } from '../model/facts';
import type { Source } from '../model/source';
import { isUuid } from '../model/uuid';
import { parseDirectories } from './directories';
import { parseDomains } from './domains';
import { parseAnswers, type Answer } from './hostAnswers';
import { hostAhead, type Between } from './hostClock';
import { proveAnswered, proveIdentity, type NodeName, type Expected } from './hostIdentity';
import { isShared } from './storage';

/** One host as it answered; without domains and directories when it is not complete. */
export interface HostReport extends HostAddress, HostContent {
  readonly source: Source;
  /** what Nova knows of the machine, empty for a host that it does not list */
  readonly nodes: readonly NodeName[];
}

export interface HostContent {
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  /** the instances path is on storage that other hosts use too */
  readonly sharedStorage: boolean;
  /** milliseconds by which its clock is ahead of ours, negative when it is behind; absent when it was not read */
  readonly aheadMs?: number;
}

export const nothingRead: HostContent = { domains: [], directories: [], sharedStorage: false };

/**
 * All that the host holds, from what `hostScript` printed there. Throws an OperatorError when anything is not proven
 * or not understood: there is no partial answer. Times are told by our clock.
 */
export function parseHost(stdout: string, nonce: string, expected: Expected, between: Between): HostContent {
  const { host, libvirtUri } = expected;
  const answers = parseAnswers(stdout, nonce);
  proveIdentity(expected, answers);
  proveAnswered(host, libvirtUri, answers.listed);
  const domains = parseDomains(host, answers.listed.output, answers.described.output, nonce);
  proveGuests(host, answers.guests, new Set(domains.map(({ uuid }) => uuid)));
  const aheadMs = hostAhead(host, answers.clock, between);
  const directories = parseDirectories(host, answers.path.output, answers.entries, aheadMs);
  return { domains, directories, sharedStorage: isShared(host, answers), aheadMs };
}

/** Every qemu that runs must be one of the domains: `<pid> <uuid>`, the UUID of its `-uuid` option. */
function proveGuests(host: string, guests: Answer, domains: ReadonlySet<string>): void {
  if (guests.code !== 0) {
    throw new OperatorError(
      'permission-denied',
      l10n.t('The processes of {0} could not be looked through: {1}', host, guests.errors),
      l10n.t('Log in as root: /proc hides the processes of other users there.'),
    );
  }
  for (const line of guests.output.split('\n').filter((text) => text !== '')) {
    const [pid = '', uuid = ''] = line.split(' ');
    if (isUuid(uuid) ? !domains.has(uuid) : domains.size === 0) {
      throw new OperatorError(
        'command-failed',
        l10n.t(
          'On {0} qemu runs as process {1} ({2}), and libvirt does not list it.',
          host,
          pid,
          uuid || l10n.t('no UUID'),
        ),
        l10n.t('Restart the libvirt daemon there, so that it finds its guests again, then scan the host.'),
      );
    }
  }
}
