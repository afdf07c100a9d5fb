/**
 * The only command that is ever sent to a host. It is constant, and plain enough for any login shell. The script and
 * its arguments follow on standard input, a line each, `+` first and everything unusual as printf's octal escapes.
 * A closing `.` says that all lines have come: with less than all its arguments a script must not run. (xargs would
 * not do: it cuts long input in pieces and runs what it has read when the connection breaks.)
 * Before the script speaks, a line tells its process id, which is also that of its process group: what comes before
 * is the login shell's own, and without that line the script was never run.
 */
export const remoteCommand =
  `exec sh -c 'IFS= read -r s; ` +
  `while IFS= read -r a && [ "$a" != . ]; do a=$(printf %bx "\${a#+}"); set -- "$@" "\${a%x}"; done; ` +
  `[ "$a" = . ] || exit 254; ` +
  `s=$(printf %b "\${s#+}"); unset a; echo openstack-zombies $$; eval "$s"' sh`;

/** What to write to the standard input of `remoteCommand`. Throws for text that would not arrive as it is. */
export function remoteInput(script: string, args: readonly string[]): string {
  return `${[script, ...args].map((text) => `+${encode(text)}\n`).join('')}.\n`;
}

/** Takes the output of `remoteCommand` apart. Undefined as long as the script has not been started. */
export function readOutput(stdout: Buffer): { readonly pid: string; readonly said: Buffer } | undefined {
  const start = stdout.indexOf(startMark);
  const end = start < 0 ? -1 : stdout.indexOf('\n', start);
  if (end < 0) return undefined;
  return { pid: stdout.toString('latin1', start + startMark.length, end), said: stdout.subarray(end + 1) };
}

const startMark = 'openstack-zombies ';

/** Ends everything that the script started; $1 is its process id. */
export const killScript = 'kill -s TERM -- "-$1"';

function encode(text: string): string {
  if (text.includes('\0')) throw new RangeError('a NUL cannot be passed to a shell');
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('a lone surrogate has no UTF-8 form');
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^ -[\]-~]/g, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
