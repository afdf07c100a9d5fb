import * as l10n from '@vscode/l10n';
import { OperatorError, type ErrorCode } from '../model/errors';
import { visible } from '../model/text';

/** A script refused, for a reason that code may branch on. */
export class RefusalError extends OperatorError {
  constructor(
    readonly reason: string,
    { code, message, action }: Pick<OperatorError, 'code' | 'message' | 'action'>,
  ) {
    super(code, message, action);
  }

  /** The others are said before anything is changed. */
  get isPartlyDone(): boolean {
    return this.reason === 'not-removed';
  }
}

interface Refusal {
  readonly code: ErrorCode;
  /** what is the matter: of the host and the detail */
  message(host: string, detail: string): string;
  action(): string;
}

const lookAgain = (): string => l10n.t('See what it is, then scan again and draft a new plan.');
const seeHost = (): string => l10n.t('Log in to the host and see to it, then run the plan again.');

/** The words by which the scripts of this room refuse. Nothing was changed, unless the message says so. */
const refusals: Readonly<Record<string, Refusal>> = {
  'virsh-missing': {
    code: 'virsh-missing',
    message: (host) => l10n.t('There is no virsh on {0}, so it can not be told which domains it has.', host),
    action: () => l10n.t('Install libvirt-clients on the host.'),
  },
  'libvirt-silent': {
    code: 'command-failed',
    message: (host) => l10n.t('libvirt on {0} did not answer completely.', host),
    action: () => l10n.t('Check that the libvirt daemon runs there and that the SSH user may use it.'),
  },
  'session-libvirt': {
    code: 'session-libvirt',
    message: (host, detail) =>
      l10n.t('virsh on {0} answers for {1}, which is the libvirt of a user session.', host, detail),
    action: () => l10n.t('Set the libvirt URI of the cloud to qemu:///system.'),
  },
  'wrong-machine': {
    code: 'wrong-machine',
    message: (host, detail) => l10n.t('The machine that answers as {0} calls itself {1}.', host, detail),
    action: () => l10n.t('Correct the address of the host in the settings of the cloud.'),
  },
  'not-root': {
    code: 'permission-denied',
    message: (host, detail) =>
      l10n.t('{1} on {0} can not see which files other processes have open.', host, detail),
    action: () => l10n.t('Set the SSH user of the cloud to root.'),
  },
  missing: {
    code: 'not-found',
    message: (host, detail) => l10n.t('There is no {1} on {0}.', host, detail),
    action: lookAgain,
  },
  'no-directory': {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('{1} on {0} is not a directory.', host, detail),
    action: lookAgain,
  },
  symlink: {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('The path on {0} leads through a symbolic link: {1}', host, detail),
    action: () =>
      l10n.t('Set the instances path of the cloud to the path without links, or see what the link is for.'),
  },
  'mount-point': {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('Something is mounted on {1} on {0}, or below it.', host, detail),
    action: seeHost,
  },
  'other-file-system': {
    code: 'stale-evidence',
    message: (host, detail) =>
      l10n.t('{1} on {0} is on another file system than the instances path.', host, detail),
    action: seeHost,
  },
  'shared-storage': {
    code: 'stale-evidence',
    message: (host, detail) =>
      l10n.t('The instances path of {0} is on storage that other hosts may use: {1}', host, detail),
    action: lookAgain,
  },
  domain: {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('libvirt on {0} has the domain {1}.', host, detail),
    action: lookAgain,
  },
  'domain-file': {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('A domain on {0} uses a file of the directory: {1}', host, detail),
    action: lookAgain,
  },
  'open-file': {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('A process on {0} has a file of the directory open: {1}', host, detail),
    action: seeHost,
  },
  'recently-written': {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('{1} on {0} was written to a short while ago.', host, detail),
    action: () =>
      l10n.t('Find out what writes there. The setting for quiet directories says how long is long enough.'),
  },
  'backing-file': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t('A base image on {0} could not be kept beside the directory: {1}', host, detail),
    action: () => l10n.t('Make room there, then run the plan again. The directory is where it was.'),
  },
  occupied: {
    code: 'stale-evidence',
    message: (host, detail) =>
      l10n.t('{1} on {0} is there already, and nothing is overwritten.', host, detail),
    action: seeHost,
  },
  'not-kept': {
    code: 'not-found',
    message: (host, detail) => l10n.t('{1} is not in the quarantine on {0} any more.', host, detail),
    action: () =>
      l10n.t(
        'If it was brought back before, take its line out of the plan. A directory in its old place may be a new one.',
      ),
  },
  'no-store': {
    code: 'command-failed',
    message: (host, detail) => l10n.t('The quarantine could not be made on {0}: {1}', host, detail),
    action: () =>
      l10n.t('Make room there, or give the SSH user the right to write, then run the plan again.'),
  },
  'not-moved': {
    code: 'command-failed',
    message: (host, detail) => l10n.t('{1} on {0} could not be renamed.', host, detail),
    action: seeHost,
  },
  'not-removed': {
    code: 'command-failed',
    message: (host, detail) => l10n.t('{1} on {0} could not be removed completely.', host, detail),
    action: () =>
      l10n.t(
        'See to what keeps it. Then run the step again, or purge the run: both go on with what is left.',
      ),
  },
  'no-domain': {
    code: 'stale-evidence',
    message: (host, detail) => l10n.t('libvirt on {0} has no domain {1} any more.', host, detail),
    action: lookAgain,
  },
  'domain-state': {
    code: 'stale-evidence',
    message: (host, detail) =>
      l10n.t('The domain on {0} is now {1}, which is not what the plan says.', host, detail),
    action: lookAgain,
  },
  'not-copied': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t(
        'What belongs to the domain on {0} could not be copied, so it was left as it is: {1}',
        host,
        detail,
      ),
    action: seeHost,
  },
  'not-stopped': {
    code: 'command-failed',
    message: (host, detail) => l10n.t('The domain on {0} could not be stopped: {1}', host, detail),
    action: seeHost,
  },
  'stopped-only': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t('The domain on {0} was STOPPED, and its definition could not be removed: {1}', host, detail),
    action: () =>
      l10n.t('What it had in memory is lost. Start it again with virsh start, or undefine it by hand.'),
  },
  'not-undefined': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t('The definition of the domain on {0} could not be removed: {1}', host, detail),
    action: seeHost,
  },
};

/** What the host says in it may be anything: it is one short line here. */
export function refusalOf(host: string, reason: string, said: string): RefusalError {
  const detail = visible(said.slice(0, 500));
  const refusal = Object.hasOwn(refusals, reason) ? refusals[reason] : undefined;
  return new RefusalError(
    reason,
    refusal
      ? { code: refusal.code, message: refusal.message(host, detail), action: refusal.action() }
      : {
          code: 'command-failed',
          message: l10n.t('{0} refused: {1} {2}', host, visible(reason.slice(0, 100)), detail),
          action: seeHost(),
        },
  );
}
