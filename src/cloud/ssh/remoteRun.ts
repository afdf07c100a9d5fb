import * as l10n from '@vscode/l10n';
import type { ClientChannel } from 'ssh2';
import { OperatorError } from '../../model/errors';
import { readOutput } from './remoteScript';
import type { ShellResult } from './shell';

/** For a script that a signal ended: a shell would add the signal's number, which SSH gives as a name. */
const signalled = 128;

/** What a login shell may say before the script begins. */
const prefaceBytes = 64 * 1024;

/** All that a script may say: no scan of a host says as much. */
export const usualMaxBytes = 64 * 1024 * 1024;

/** How long a host may take to say which process was given up. */
const patienceMs = 5000;

export interface RunLimits {
  readonly maxBytes?: number;
  /** hears what the script prints while it runs */
  readonly onOutput?: (text: string) => void;
}

/** What comes back from one run of `remoteCommand`: never more of it is kept than a script may say. */
export class RemoteRun {
  private readonly stdout: Buffer[] = [];
  private readonly stderr: Buffer[] = [];
  private bytes = 0;
  private code: number | undefined;
  private pid: string | undefined;
  private givenUp: ((pid: string | undefined) => void) | undefined;

  /** `tooMuch` is called, once, when the host says more than it may. */
  constructor(
    channel: ClientChannel,
    private readonly host: string,
    private readonly limits: RunLimits,
    done: (result: ShellResult) => void,
    fail: (error: Error) => void,
    private readonly tooMuch: (error: OperatorError) => void,
  ) {
    channel.on('data', (chunk: Buffer) => this.hear(chunk, this.stdout));
    channel.stderr.on('data', (chunk: Buffer) => this.hear(chunk, this.stderr));
    channel.on('exit', (status: number | null) => (this.code = status ?? signalled));
    channel.on('error', fail);
    channel.on('close', () => {
      try {
        done(this.result());
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /**
   * Nothing more is kept. Calls `act` with the process id, at once or as soon as the host has told it; with undefined
   * when it does not.
   */
  giveUp(act: (pid: string | undefined) => void): void {
    if (this.pid !== undefined) {
      act(this.pid);
      this.givenUp = () => undefined;
      return;
    }
    const late = setTimeout(() => this.givenUp?.(undefined), patienceMs).unref();
    this.givenUp = (pid) => {
      clearTimeout(late);
      this.givenUp = () => undefined;
      act(pid);
    };
  }

  private hear(chunk: Buffer, kept: Buffer[]): void {
    const overflows = this.bytes + chunk.length > (this.limits.maxBytes ?? usualMaxBytes);
    if (overflows || (this.pid === undefined && this.bytes > prefaceBytes)) {
      if (this.givenUp === undefined) this.tooMuch(this.endless());
      else this.givenUp(undefined);
      return;
    }
    if (this.givenUp !== undefined && this.pid !== undefined) return;
    this.bytes += chunk.length;
    kept.push(chunk);
    if (kept === this.stdout) this.listen(chunk);
  }

  private listen(chunk: Buffer): void {
    if (this.pid !== undefined) {
      this.limits.onOutput?.(chunk.toString('utf8'));
      return;
    }
    const output = readOutput(Buffer.concat(this.stdout));
    if (output === undefined) return;
    this.pid = output.pid;
    this.givenUp?.(output.pid);
  }

  private result(): ShellResult {
    // Without an exit status the connection broke, and nobody knows how far the script came.
    if (this.code === undefined) throw new Error('no exit status');
    const all = Buffer.concat(this.stdout);
    const stderr = Buffer.concat(this.stderr).toString('utf8');
    const output = readOutput(all);
    if (output) return { code: this.code, stdout: output.said.toString('utf8'), stderr };
    throw new OperatorError(
      'command-failed',
      l10n.t(
        '{0} let us in but did not run the script: {1}',
        this.host,
        `${all.toString('utf8')} ${stderr}`.trim().slice(0, 1000),
      ),
      l10n.t(
        'Check the login shell of the user there, and that authorized_keys forces no other command on the key.',
      ),
    );
  }

  private endless(): OperatorError {
    return new OperatorError(
      'bad-answer',
      l10n.t('{0} says more than any answer holds, and was cut off.', this.host),
      l10n.t('Log in to the host and see what its login shell and its programs print.'),
    );
  }
}
