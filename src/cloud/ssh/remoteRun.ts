import * as l10n from '@vscode/l10n';
import type { ClientChannel } from 'ssh2';
import { OperatorError } from '../../model/errors';
import { readOutput } from './remoteScript';
import type { ShellResult } from './shell';

/** For a script that a signal ended: a shell would add the signal's number, which SSH gives as a name. */
const signalled = 128;

/** A thousand domains and ten thousand directories are a tenth of it. */
export const mostBytes = 64 * 1024 * 1024;

/** What comes back from one run of `remoteCommand`. */
export class RemoteRun {
  private readonly stdout: Buffer[] = [];
  private readonly stderr: Buffer[] = [];
  private code: number | undefined;
  private heard = 0;

  constructor(
    private readonly channel: ClientChannel,
    private readonly host: string,
    done: (result: ShellResult) => void,
    fail: (error: Error) => void,
  ) {
    const hear = (chunks: Buffer[]) => (chunk: Buffer) => {
      this.heard += chunk.length;
      if (this.heard <= mostBytes) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        fail(tooMuch(host));
        channel.close();
      }
    };
    channel.on('data', hear(this.stdout));
    channel.stderr.on('data', hear(this.stderr));
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

  /** Calls `act` with the process id, at once or as soon as the host has told it. */
  whenStarted(act: (pid: string) => void): void {
    const output = readOutput(Buffer.concat(this.stdout));
    if (output) act(output.pid);
    else this.channel.once('data', () => this.whenStarted(act));
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
        `${all.toString('utf8')} ${stderr}`.trim(),
      ),
      l10n.t(
        'Check the login shell of the user there, and that authorized_keys forces no other command on the key.',
      ),
    );
  }
}

function tooMuch(host: string): OperatorError {
  return new OperatorError(
    'bad-answer',
    l10n.t(
      '{0} answered with more than {1} MiB, which was not read any further.',
      host,
      mostBytes / 1024 / 1024,
    ),
    l10n.t('Log in to the host and see to it: no host has so much to say.'),
  );
}
