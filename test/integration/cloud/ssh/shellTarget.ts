import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SshConfiguration } from '../../../../src/cloud/configuration';
import { Passwords } from '../../../../src/cloud/passwords';
import type { HostKeyStore } from '../../../../src/cloud/ssh/hostKeys';
import { HostTrust } from '../../../../src/cloud/ssh/hostTrust';
import type { JumpTimes } from '../../../../src/cloud/ssh/jumpHosts';
import type { Destination } from '../../../../src/cloud/ssh/resolveHop';
import type { Shell } from '../../../../src/cloud/ssh/shell';
import { Shells } from '../../../../src/cloud/ssh/shells';
import type { Logger, Prompts } from '../../../../src/model/ports';
import type { SshServer } from './sshServer';

export interface TargetChanges {
  readonly address?: string;
  readonly port?: number;
  readonly keyFile?: string;
  /** log in through the agent of SSH_AUTH_SOCK */
  readonly agent?: boolean;
  /** text of the known_hosts file; default: nobody is known */
  readonly knownHosts?: string;
  /** text of the ssh_config; default: there is none */
  readonly config?: string;
  /** over what the others make of it */
  readonly ssh?: Partial<SshConfiguration>;
  readonly store?: HostKeyStore;
  /** default: a question fails the test */
  readonly trustHostKey?: Prompts['trustHostKey'];
  readonly password?: Prompts['password'];
  readonly secrets?: Map<string, string>;
  readonly logger?: Logger;
  readonly jumpTimes?: JumpTimes;
}

export interface ShellTarget {
  readonly host: Destination;
  readonly ssh: SshConfiguration;
  readonly shells: Shells;
  readonly knownHostsFile: string;
}

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The server as the compute host `compute-01` of the cloud `prod-eu`. */
export function shellTarget(server: SshServer, changes: TargetChanges = {}): ShellTarget {
  const { address = '127.0.0.1', port = server.port, keyFile = server.keyFile, knownHosts = '' } = changes;
  const { logger = silent, secrets = new Map<string, string>(), jumpTimes } = changes;
  const nobody = (): Promise<never> => Promise.reject(new Error('nobody was to be asked'));
  const knownHostsFile = write(server, 'known_hosts', knownHosts);
  const ssh: SshConfiguration = {
    user: server.user,
    port,
    knownHostsFile,
    configFile: write(server, 'config', changes.config ?? (changes.agent ? 'IdentityFile none' : '')),
    sudo: 'when-needed',
    hostsAtATime: 16,
    ...(changes.agent ? {} : { keyFile }),
    ...changes.ssh,
  };
  const store = changes.store ?? { get: () => [], add: () => Promise.resolve() };
  const prompts = { trustHostKey: changes.trustHostKey ?? nobody, password: changes.password ?? nobody };
  return {
    host: { host: 'compute-01', address, addressIsSet: true },
    ssh,
    knownHostsFile,
    shells: new Shells({
      ssh,
      trust: new HostTrust({ cloud: 'prod-eu', store, prompts, logger }),
      passwords: new Passwords(
        'prod-eu',
        {
          get: (key) => Promise.resolve(secrets.get(key)),
          store: (key, value) => Promise.resolve(void secrets.set(key, value)),
          delete: (key) => Promise.resolve(void secrets.delete(key)),
        },
        prompts,
      ),
      logger,
      ...(jumpTimes === undefined ? {} : { jumpTimes }),
    }),
  };
}

export function openShell({ host, shells }: ShellTarget, signal?: AbortSignal): Promise<Shell> {
  return shells.open(host, signal);
}

/** A file of its own beside the server's. */
export function write(server: SshServer, name: string, text: string): string {
  const file = join(server.directory, `${name}-${randomUUID()}`);
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return file;
}
