/**
 * The command that is sent to a host. It is constant, and plain enough for any login shell. The script and
 * its arguments follow on standard input, a line each, `+` first and everything unusual as printf's octal escapes.
 * A closing `.` says that all lines have come: with less than all its arguments a script must not run. (xargs would
 * not do: it cuts long input in pieces and runs what it has read when the connection breaks.)
 * Before the script speaks, a line tells its process id, which is also that of its process group: what comes before
 * is the login shell's own, and without that line the script was never run.
 */
export const remoteCommand = `exec sh -c '${takeScript('$$')}' sh`;

/**
 * The same as root, for a login that is not. What sudo asks and says is in plain English, and when its shell runs it
 * says so before it reads anything: a password that sudo does not want is never taken for a script. The process group
 * is not the shell's own under every sudoers, so it is looked up: proc(5), field 5 of stat.
 */
export const rootCommand = `exec env LC_ALL=C sudo -n -- ${rootShell()}`;

/** The same where sudo wants a password, on standard input and after `passwordPrompt`. */
export const passwordPrompt = 'openstack-zombies-password:';
export const rootCommandWithPassword = `exec env LC_ALL=C sudo -S -p ${passwordPrompt} -- ${rootShell()}`;

/** What the shell of root says when it is ready for a script. */
export const rootReady = 'openstack-zombies-root\n';

function rootShell(): string {
  return `/bin/sh -c 'echo openstack-zombies-root; read -r a b c d e f < /proc/$$/stat; ${takeScript('$e')}' sh`;
}

/** In single quotes, and a line only. `group` is the process group to tell. */
function takeScript(group: string): string {
  return (
    `IFS= read -r s; ` +
    `while IFS= read -r a && [ "$a" != . ]; do a=$(printf %bx "\${a#+}"); set -- "$@" "\${a%x}"; done; ` +
    `[ "$a" = . ] || exit 254; ` +
    `s=$(printf %b "\${s#+}"); unset a; echo openstack-zombies ${group}; eval "$s"`
  );
}

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
