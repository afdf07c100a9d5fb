import * as l10n from '@vscode/l10n';
import type { Client, ClientChannel } from 'ssh2';
import { CancelledError, OperatorError } from '../../model/errors';
import type { NamedHost } from './hostKeys';
import { RemoteRun } from './remoteRun';
import { killScript, remoteCommand, remoteInput } from './remoteScript';
import type { Shell, ShellOptions, ShellResult } from './shell';
import { sshError } from './sshErrors';

/** A Shell over one SSH connection; several scripts may run side by side. */
export class SshShell implements Shell {
  /** settles when the scripts that were given up have been told to end */
  private killing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly named: NamedHost,
    private readonly user: string,
    private readonly client: Client,
  ) {}

  get host(): string {
    return this.named.host;
  }

  async run(script: string, args: readonly string[], options: ShellOptions = {}): Promise<ShellResult> {
    const { signal, timeoutMs } = options;
    const input = remoteInput(script, args);
    const stop = new AbortController();
    const cancel = (): void => stop.abort(new CancelledError());
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const late =
      timeoutMs === undefined ? undefined : setTimeout(() => stop.abort(this.tooLate(timeoutMs)), timeoutMs);
    try {
      return await this.execute(input, stop.signal);
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', cancel);
    }
  }

  close(): void {
    void this.killing.finally(() => this.client.end());
  }

  /** `stop` is aborted with the error to reject with. */
  private execute(input: string, stop: AbortSignal): Promise<ShellResult> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(sshError(error, this.named, this.user));
      const giveUp = (): void => reject(stop.reason as Error);
      if (stop.aborted) return giveUp();
      stop.addEventListener('abort', giveUp, { once: true });
      this.openChannel(fail, (channel) => {
        if (stop.aborted) return channel.close();
        const remote = new RemoteRun(channel, this.host, resolve, fail);
        stop.addEventListener('abort', () => remote.whenStarted((pid) => this.end(channel, pid)), {
          once: true,
        });
        channel.end(input);
      });
    });
  }

  private openChannel(fail: (error: unknown) => void, use: (channel: ClientChannel) => void): void {
    try {
      this.client.exec(remoteCommand, (error, channel) => (error ? fail(error) : use(channel)));
    } catch (error) {
      // ssh2 throws when the connection is gone already.
      fail(error);
    }
  }

  /** Closing the channel alone would leave a script running; and sshd passes no signals on for root before 9.8. */
  private end(channel: ClientChannel, pid: string): void {
    channel.close();
    const killed = new Promise<void>((resolve) => {
      const done = (): void => resolve();
      this.openChannel(done, (killer) => {
        killer.on('error', done).on('close', done).resume();
        killer.end(remoteInput(killScript, [pid]));
      });
    });
    this.killing = Promise.all([this.killing, killed]);
  }

  private tooLate(timeoutMs: number): OperatorError {
    return new OperatorError(
      'timed-out',
      l10n.t('{0} was not done after {1} seconds.', this.named.host, Math.round(timeoutMs / 1000)),
      l10n.t('Look whether the host is overloaded, or libvirtd or its file system hangs.'),
    );
  }
}
