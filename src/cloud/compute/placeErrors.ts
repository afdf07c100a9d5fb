import * as l10n from '@vscode/l10n';
import type { ErrorCode } from '../../model/errors';
import { NotBegunError } from '../ssh/shell';

interface PlaceProblem {
  readonly code: ErrorCode;
  message(host: string, detail: string): string;
  action(): string;
}

const setPath = (): string =>
  l10n.t('Set instancesPath of the cloud to the folder that nova-compute uses there.');

/** The words by which `placeScript` refuses. */
const problems: Readonly<Record<string, PlaceProblem>> = {
  'two-libvirts': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t(
        'There are two libvirts on {0}: one of the host itself, and one in the container {1}. Either may have instances.',
        host,
        detail,
      ),
    action: () =>
      l10n.t(
        'Set libvirtContainer of the cloud to the name of the container or to "none", and stop the libvirt that Nova does not use.',
      ),
  },
  'several-containers': {
    code: 'command-failed',
    message: (host, detail) => l10n.t('More than one container on {0} is called {1}.', host, detail),
    action: () => l10n.t('Stop the one that Nova does not use.'),
  },
  'no-container': {
    code: 'virsh-missing',
    message: (host, detail) => l10n.t('No container {1} runs on {0}.', host, detail),
    action: () => l10n.t('Start it, or correct libvirtContainer of the cloud.'),
  },
  'silent-engine': {
    code: 'virsh-missing',
    message: (host, detail) =>
      l10n.t('{1} on {0} does not say which containers run, so libvirt was not found.', host, detail),
    action: () =>
      l10n.t(
        'Log in as root, or look at its daemon there. Without a container set libvirtContainer to "none".',
      ),
  },
  'not-root': {
    code: 'permission-denied',
    message: (host, detail) =>
      l10n.t('libvirt on {0} is in the container {1}, which only root may enter.', host, detail),
    action: () => l10n.t('Log in as root, or allow sudo in the settings of the cloud.'),
  },
  'no-nsenter': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t('libvirt on {0} is in the container {1}, and there is no nsenter to enter it.', host, detail),
    action: () => l10n.t('Install util-linux there.'),
  },
  'own-processes': {
    code: 'command-failed',
    message: (host, detail) =>
      l10n.t(
        'The container {1} on {0} does not see the processes of the host, so nobody can tell in it which files are in use.',
        host,
        detail,
      ),
    action: () => l10n.t('Run it with the processes of the host (pid=host), as kolla does.'),
  },
  'hidden-configuration': {
    code: 'permission-denied',
    message: (host, detail) =>
      l10n.t('The instances path of {0} is not known: {1} may not be read.', host, detail),
    action: () => l10n.t('Log in as root, or set instancesPath of the cloud.'),
  },
  'odd-path': {
    code: 'bad-configuration',
    message: (host, detail) =>
      l10n.t(
        'The instances path of {0} is not known: its configuration could not be followed: {1}',
        host,
        detail,
      ),
    action: setPath,
  },
  'two-paths': {
    code: 'bad-configuration',
    message: (host, detail) =>
      l10n.t('Two configurations of nova-compute on {0} have different instances paths: {1}', host, detail),
    action: setPath,
  },
  'other-path': {
    code: 'stale-evidence',
    message: (host, detail) =>
      l10n.t('The instances path of {0} is {1}, and the plan has another one.', host, detail),
    action: () => l10n.t('Scan again and draft a new plan, and leave its paths as they are.'),
  },
};

export function placeError(host: string, reason: string, detail: string): NotBegunError {
  const problem = problems[reason];
  return problem
    ? new NotBegunError(problem.code, problem.message(host, detail.trim()), problem.action())
    : new NotBegunError('command-failed', `${host}: ${reason} ${detail}`, setPath());
}
