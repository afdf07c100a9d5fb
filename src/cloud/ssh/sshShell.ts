import * as l10n from '@vscode/l10n';
import type { ClientChannel } from 'ssh2';
import { CancelledError, OperatorError } from '../../model/errors';
import type { Passwords } from '../passwords';
import type { Hop } from './hop';
import type { Lease } from './jumpHosts';
import { RemoteRun, type RunLimits } from './remoteRun';
import { killScript, remoteCommand, remoteInput } from './remoteScript';
import { RootAccess } from './rootAccess';
import type { Shell, ShellOptions, ShellResult } from './shell';
import { sshError } from './sshErrors';

/** A host that does not answer is not waited for when its scripts are ended. */
const killingMs = 10_000;

/** A Shell over one SSH connection; several scripts may run side by side. */
export class SshShell implements Shell {
  /** settles when the scripts that were given up have been told to end */
  private killing: Promise<unknown> = Promise.resolve();

  private readonly root: RootAccess | undefined;
  private isRoot: boolean | undefined;

  /** `passwords` are for sudo; without them every script runs as the login. */
  constructor(
    private readonly hop: Hop,
    private readonly lease: Lease,
    passwords?: Passwords,
  ) {
    this.root =
      passwords === undefined || hop.user === 'root'
        ? undefined
        : new RootAccess(hop, passwords, (command) => this.openChannel(command));
  }

  get host(): string {
    return this.hop.host.host;
  }

  async run(script: string, args: readonly string[], options: ShellOptions = {}): Promise<ShellResult> {
    const { signal, timeoutMs } = options;
    const input = remoteInput(script, args);
    const stop = new AbortController();
    const cancel = (): void => stop.abort(new CancelledError());
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    let late: NodeJS.Timeout | undefined;
    const startClock = (): void => {
      clearTimeout(late);
      if (timeoutMs !== undefined) late = setTimeout(() => stop.abort(this.tooLate(timeoutMs)), timeoutMs);
    };
    startClock();
    try {
      const root = options.asRoot === true ? await this.sudo(stop.signal) : undefined;
      // The operator may take longer over the question of sudo than the script may over its work.
      if (root !== undefined) clearTimeout(late);
      return await this.execute(input, root, stop.signal, startClock, options);
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', cancel);
    }
  }

  close(): void {
    void this.killing.finally(() => this.lease.release());
  }

  /** The way to root, if the login is not root itself. */
  private async sudo(stop: AbortSignal): Promise<RootAccess | undefined> {
    if (this.root === undefined) return undefined;
    this.isRoot ??=
      (await this.execute(remoteInput('id -u', []), undefined, stop, () => undefined)).stdout.trim() === '0';
    return this.isRoot ? undefined : this.root;
  }

  /** `stop` is aborted with the error to reject with. */
  private async execute(
    input: string,
    root: RootAccess | undefined,
    stop: AbortSignal,
    begun: () => void,
    limits: RunLimits = {},
  ): Promise<ShellResult> {
    const channel = await this.openUnlessStopped(root, stop);
    begun();
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(sshError(error, this.hop));
      const giveUp = (error: Error): void => {
        reject(error);
        remote.giveUp((pid) => this.end(channel, pid, root));
      };
      const remote = new RemoteRun(channel, this.host, limits, resolve, fail, giveUp);
      stop.addEventListener('abort', () => giveUp(stop.reason as Error), { once: true });
      channel.end(input);
    });
  }

  /** A host that hangs may open a channel late, or never. */
  private openUnlessStopped(root: RootAccess | undefined, stop: AbortSignal): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(stop.reason as Error);
      if (stop.aborted) return giveUp();
      stop.addEventListener('abort', giveUp, { once: true });
      (root?.open(stop) ?? this.openChannel(remoteCommand)).then((channel) => {
        stop.removeEventListener('abort', giveUp);
        if (stop.aborted) channel.close();
        else resolve(channel);
      }, reject);
    });
  }

  private openChannel(command: string): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(sshError(error, this.hop));
      try {
        this.lease.client.exec(command, (error, channel) => (error ? fail(error) : resolve(channel)));
      } catch (error) {
        // ssh2 throws when the connection is gone already.
        fail(error);
      }
    });
  }

  /** Closing the channel alone would leave a script running; and sshd passes no signals on for root before 9.8. */
  private end(channel: ClientChannel, pid: string | undefined, root: RootAccess | undefined): void {
    channel.close();
    if (pid === undefined || !/^\d+$/.test(pid)) return;
    const killed = (root?.open(new AbortController().signal) ?? this.openChannel(remoteCommand)).then(
      (killer) =>
        new Promise<void>((resolve) => {
          const done = (): void => resolve();
          setTimeout(done, killingMs).unref();
          killer.on('error', done).on('close', done).resume();
          killer.end(remoteInput(killScript, [pid]));
        }),
      // Without a connection there is nothing that could be told.
      () => undefined,
    );
    this.killing = Promise.all([this.killing, killed]);
  }

  private tooLate(timeoutMs: number): OperatorError {
    return new OperatorError(
      'timed-out',
      l10n.t('{0} was not done after {1} seconds.', this.host, Math.round(timeoutMs / 1000)),
      l10n.t('Look whether the host is overloaded, or libvirtd or its file system hangs.'),
    );
  }
}
