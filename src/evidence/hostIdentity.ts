import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import { isUuid } from '../model/uuid';
import type { Answer, Answers } from './hostAnswers';

/** A row of `compute_nodes`: libvirt names the machine, Nova the node. */
export interface NodeName {
  readonly hypervisorHostname: string;
  readonly uuid: string | null;
}

/** A name for which the machine that answers has to prove itself. */
export interface Expected {
  readonly host: string;
  readonly address: string;
  readonly nodes: readonly NodeName[];
  readonly libvirtUri: string;
}

/** Throws unless the answers come from that machine, and from its system libvirt. */
export function proveIdentity(expected: Expected, answers: Answers): void {
  proveLibvirt(expected, answers.uri);
  proveName(expected, answers.hostname);
  proveNode(expected, answers.compute_id);
}

/** Names that `virsh hostname` may give: Nova's own record, or the host's name where Nova has none. */
export function namesOf({ host, nodes }: Pick<Expected, 'host' | 'nodes'>): readonly string[] {
  const names = nodes.map(({ hypervisorHostname }) => hypervisorHostname).filter((name) => name !== '');
  return names.length > 0 ? names : [host];
}

/** Throws when a virsh did not end well. */
export function proveAnswered(host: string, libvirtUri: string, { code, errors }: Answer): void {
  if (code === 0) {
    return;
  }
  if (code === 127 || /virsh.*No such file or directory/.test(errors)) {
    throw new OperatorError(
      'virsh-missing',
      l10n.t('There is no virsh on {0}.', host),
      l10n.t(
        'Install libvirt-clients there, or put virsh on the path of a login without a terminal. If libvirt is in a container that is not called nova_libvirt, name it in libvirtContainer of the cloud.',
      ),
    );
  }
  if (code === 124) {
    throw new OperatorError(
      'timed-out',
      l10n.t('libvirt on {0} did not answer within 20 seconds.', host),
      l10n.t('Look at its daemon there: "systemctl status libvirtd" or "virtqemud".'),
    );
  }
  const refused = /permission denied|access denied|authentication/i.test(errors);
  throw new OperatorError(
    refused ? 'permission-denied' : 'command-failed',
    l10n.t('virsh -c {0} on {1} failed: {2}', libvirtUri, host, errors || l10n.t('exit status {0}', code)),
    refused
      ? l10n.t('Log in as root, or as a member of the group libvirt.')
      : l10n.t('Check that its daemon runs there and that the libvirt URI of the cloud is right.'),
  );
}

function proveLibvirt({ host, libvirtUri }: Expected, uri: Answer): void {
  proveAnswered(host, libvirtUri, uri);
  const reported = uri.output.trim();
  if (/\/session\/?(\?|$)/.test(reported)) {
    throw new OperatorError(
      'session-libvirt',
      l10n.t(
        "virsh on {0} spoke to {1}: the login user's own libvirt, in which no instance is.",
        host,
        reported,
      ),
      l10n.t('Set the libvirt URI of the cloud to qemu:///system.'),
    );
  }
  if (reported !== libvirtUri) {
    throw new OperatorError(
      'command-failed',
      l10n.t('virsh on {0} spoke to {1} and not to {2}.', host, reported, libvirtUri),
      l10n.t('Set the libvirt URI of the cloud to the one that nova-compute uses there.'),
    );
  }
}

function proveName(expected: Expected, hostname: Answer): void {
  proveAnswered(expected.host, expected.libvirtUri, hostname);
  const reported = hostname.output.trim();
  const names = namesOf(expected);
  if (!names.includes(reported)) {
    throw wrongMachine(expected, reported, names.join(', '));
  }
}

/** Since 2023.1 a nova-compute notes the UUID of its node (nova/virt/node.py): a namesake has another. */
function proveNode(expected: Expected, computeId: Answer): void {
  const reported = computeId.output.trim();
  const known = expected.nodes.flatMap(({ uuid }) => uuid ?? []);
  if (computeId.code === 0 && isUuid(reported) && known.length > 0 && !known.includes(reported)) {
    throw wrongMachine(expected, reported, known.join(', '));
  }
}

function wrongMachine({ host, address }: Expected, reported: string, known: string): OperatorError {
  return new OperatorError(
    'wrong-machine',
    l10n.t(
      '{0} is not {1}: the machine says that it is {2}, and Nova knows it as {3}.',
      address,
      host,
      reported,
      known,
    ),
    l10n.t('Correct the address of {0} in the settings of the cloud, or in DNS.', host),
  );
}
