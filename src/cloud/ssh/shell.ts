import { OperatorError } from '../../model/errors';

export interface ShellResult {
  /** exit status; 128 when a signal ended the script */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ShellOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** where the login is not root, through sudo, if the settings do not forbid it */
  readonly asRoot?: boolean;
  /** of all that it says: what says more is ended, and this rejects */
  readonly maxBytes?: number;
  /** hears what the script prints on its standard output while it runs */
  readonly onOutput?: (text: string) => void;
}

/** Nothing of the script was run. */
export class NotBegunError extends OperatorError {}

/** A login on a host. Rejects with an OperatorError, or CancelledError. */
export interface Shell {
  readonly host: string;
  /**
   * Runs a constant POSIX sh script. Data goes in `args` only, which arrive as $1, $2 ...: they are never part of
   * a command line, whatever bytes but NUL they hold. Standard input is empty. When the connection breaks this
   * rejects, and how far the script came is unknown; when it is given up, all its processes get a SIGTERM.
   */
  run(script: string, args: readonly string[], options?: ShellOptions): Promise<ShellResult>;
  close(): void;
}
