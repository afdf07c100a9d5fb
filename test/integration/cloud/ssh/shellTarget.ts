import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostKeyStore } from '../../../../src/cloud/ssh/hostKeys';
import { HostTrust } from '../../../../src/cloud/ssh/hostTrust';
import type { ShellTarget } from '../../../../src/cloud/ssh/openShell';
import type { HostKeyQuestion } from '../../../../src/model/ports';
import type { SshServer } from './sshServer';

export interface TargetChanges {
  readonly address?: string;
  readonly port?: number;
  readonly keyFile?: string;
  /** log in through the agent of SSH_AUTH_SOCK */
  readonly agent?: boolean;
  /** text of the known_hosts file; default: nobody is known */
  readonly knownHosts?: string;
  readonly store?: HostKeyStore;
  /** default: a question fails the test */
  readonly trustHostKey?: (question: HostKeyQuestion) => Promise<boolean>;
}

/** The server as the compute host `compute-01`. */
export function shellTarget(server: SshServer, changes: TargetChanges = {}): ShellTarget {
  const { address = '127.0.0.1', port = server.port, keyFile = server.keyFile, knownHosts = '' } = changes;
  const knownHostsFile = join(server.directory, `known_hosts-${randomUUID()}`);
  writeFileSync(knownHostsFile, `${knownHosts}\n`);
  return {
    host: { host: 'compute-01', address, port },
    ssh: { user: server.user, port, knownHostsFile, ...(changes.agent ? {} : { keyFile }) },
    trust: new HostTrust({
      cloud: 'prod-eu',
      knownHostsFile,
      store: changes.store ?? { get: () => [], add: () => Promise.resolve() },
      prompts: {
        trustHostKey: changes.trustHostKey ?? (() => Promise.reject(new Error('nobody was to be asked'))),
      },
      logger: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: () => undefined,
      },
    }),
  };
}
