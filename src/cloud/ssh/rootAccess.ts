import * as l10n from '@vscode/l10n';
import type { ClientChannel } from 'ssh2';
import type { Passwords } from '../passwords';
import type { Hop } from './hop';
import { passwordPrompt, rootCommand, rootCommandWithPassword, rootReady } from './remoteScript';
import { NotBegunError } from './shell';
import { sudoRefusal } from './sudoErrors';

/** sudo, PAM and an overloaded host may take their time; a prompt of theirs that we do not know would take for ever. */
const patienceMs = 30_000;

/** All that sudo may say, and more. */
const maxLetters = 64 * 1024;

type Outcome = { readonly channel: ClientChannel } | { readonly said: string };

/** The way from a login that is not root to a shell that is. */
export class RootAccess {
  private asksPassword = false;

  constructor(
    private readonly hop: Hop,
    private readonly passwords: Passwords,
    private readonly openChannel: (command: string) => Promise<ClientChannel>,
  ) {}

  /** A shell of root that waits for a script on its standard input. Rejects with a NotBegunError. */
  async open(stop: AbortSignal): Promise<ClientChannel> {
    if (!this.asksPassword) {
      const outcome = await this.start(rootCommand, undefined, stop);
      if ('channel' in outcome) return outcome.channel;
      const refusal = sudoRefusal(this.hop, outcome.said);
      if (refusal.reason !== 'password-needed') throw refusal.error;
      this.asksPassword = true;
    }
    const answer = await this.passwords.use(
      this.hop.user,
      (password) => this.withPassword(password, stop),
      'sudo',
    );
    if (answer instanceof NotBegunError) throw answer;
    return answer;
  }

  /** Rejects when the password is wrong. One that is right and of no use is right: it is not asked for again. */
  private async withPassword(password: string, stop: AbortSignal): Promise<ClientChannel | NotBegunError> {
    const outcome = await this.start(rootCommandWithPassword, password, stop);
    if ('channel' in outcome) return outcome.channel;
    const refusal = sudoRefusal(this.hop, outcome.said);
    if (refusal.reason === 'not-allowed') return refusal.error;
    throw refusal.error;
  }

  private async start(command: string, password: string | undefined, stop: AbortSignal): Promise<Outcome> {
    const channel = await this.openChannel(command);
    return new Promise((resolve, reject) => {
      let stdout = '';
      let stderr = '';
      let answered = 0;
      const hear = (chunk: Buffer): void => {
        stdout += chunk.toString('latin1');
        if (stdout.length > maxLetters) return tooMuch();
        if (stdout.includes(rootReady)) settle(() => resolve({ channel }));
      };
      const hearError = (chunk: Buffer): void => {
        stderr += chunk.toString('utf8');
        if (stderr.length > maxLetters) return tooMuch();
        if (stderr.split(passwordPrompt).length - 1 <= answered) return;
        // Asked again after a wrong one, sudo gets an end: more attempts could lock the account.
        if (answered++ === 0 && password !== undefined) channel.write(`${password}\n`);
        else channel.end();
      };
      const closed = (): void =>
        settle(() => resolve({ said: `${stderr}${stdout}`.replaceAll(passwordPrompt, '') }));
      const giveUp = (): void => {
        channel.close();
        settle(() => reject(stop.reason as Error));
      };
      const late = setTimeout(() => {
        channel.close();
        settle(() => reject(this.tooLate()));
      }, patienceMs);
      const tooMuch = (): void => {
        channel.close();
        settle(() => resolve({ said: stderr.slice(0, 1000) }));
      };
      const settle = (act: () => void): void => {
        clearTimeout(late);
        channel.off('data', hear).off('close', closed).stderr.off('data', hearError);
        stop.removeEventListener('abort', giveUp);
        act();
      };
      channel.on('data', hear).on('close', closed).on('error', closed).stderr.on('data', hearError);
      stop.addEventListener('abort', giveUp, { once: true });
      if (stop.aborted) giveUp();
    });
  }

  private tooLate(): NotBegunError {
    return new NotBegunError(
      'timed-out',
      l10n.t('sudo on {0} did not come to an end after {1} seconds.', this.hop.host.host, patienceMs / 1000),
      l10n.t(
        'Try "sudo -n true" there as {0}: it may wait for something other than a password.',
        this.hop.user,
      ),
    );
  }
}
