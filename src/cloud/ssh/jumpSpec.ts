/** One host of a ProxyJump, as it is written. */
export interface JumpSpec {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
}

/**
 * Reads `[user@]host[:port]` or `ssh://[user@]host[:port]`, several with commas between, in the order of the way:
 * ProxyJump in ssh_config(5). `none` is no jump at all. Undefined when it cannot be read.
 */
export function parseJumps(text: string): readonly JumpSpec[] | undefined {
  if (text.toLowerCase() === 'none') return [];
  const specs = text.split(',').map(parseJump);
  return specs.every((spec) => spec !== undefined) ? specs : undefined;
}

function parseJump(text: string): JumpSpec | undefined {
  const bare = text.replace(/^ssh:\/\/([^/]*)\/?$/i, '$1');
  const [, user, bracketed, plain, digits] =
    /^(?:([^,\s]+)@)?(?:\[([0-9A-Za-z:.%_-]+)\]|([A-Za-z0-9_][A-Za-z0-9_.-]*))(?::(\d{1,5}))?$/.exec(bare) ??
    [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? undefined : Number(digits);
  if (host === undefined || (port !== undefined && (port < 1 || port > 65535))) return undefined;
  return { ...(user === undefined ? {} : { user }), host, ...(port === undefined ? {} : { port }) };
}
