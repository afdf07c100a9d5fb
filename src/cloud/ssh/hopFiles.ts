import type { ConfigOptions } from './configOptions';
import type { Hop, Identity } from './hop';
import { expandPath, type Expansion } from './tokens';

/** What ssh2 can read of the usual files of ssh_config(5), IdentityFile. */
const usualKeys = ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => `~/.ssh/${name}`);
const usualKnownHosts = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
const usualGlobalKnownHosts = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];

/** The key of the settings is for the hosts; jump hosts get it too when ssh_config has no key for them. */
export function identityOf(
  options: ConfigOptions,
  expansion: Expansion,
  { keyFile, isTarget }: { readonly keyFile: string | undefined; readonly isTarget: boolean },
): Identity {
  const agent = agentOf(options.identityAgent, expansion);
  const rest = agent === undefined ? {} : { agent };
  if (keyFile !== undefined && (isTarget || options.identityFiles.length === 0)) {
    const file = expandPath(keyFile.replaceAll('%', '%%'), expansion, 'keyFile');
    return { files: [file], kind: 'setting', only: true, ...rest };
  }
  const usual = options.identityFiles.length === 0;
  const files = (usual ? usualKeys : options.identityFiles.filter(isFile)).map((file) =>
    expandPath(file, expansion, 'IdentityFile'),
  );
  return { files, kind: usual ? 'usual' : 'configured', only: options.identitiesOnly ?? false, ...rest };
}

export function knownHostsFilesOf(options: ConfigOptions, expansion: Expansion): Hop['knownHostsFiles'] {
  const own = (options.userKnownHostsFiles ?? usualKnownHosts).filter(isFile);
  const global = (options.globalKnownHostsFiles ?? usualGlobalKnownHosts).filter(isFile);
  const [first = '/dev/null', ...others] = [
    ...own.map((file) => expandPath(file, expansion, 'UserKnownHostsFile')),
    ...global.map((file) => expandPath(file, expansion, 'GlobalKnownHostsFile')),
  ];
  return [first, ...others];
}

function isFile(file: string): boolean {
  return file.toLowerCase() !== 'none';
}

/** A path, `SSH_AUTH_SOCK` or another `$VARIABLE` that holds it, or `none`: IdentityAgent in ssh_config(5). */
function agentOf(identityAgent = 'SSH_AUTH_SOCK', expansion: Expansion): string | undefined {
  if (identityAgent.toLowerCase() === 'none') return undefined;
  const [, name] =
    /^(?:(SSH_AUTH_SOCK)|\$(\w+))$/.exec(identityAgent)?.filter((part) => part !== undefined) ?? [];
  if (name === undefined) return expandPath(identityAgent, expansion, 'IdentityAgent');
  const path = Object.hasOwn(expansion.environment, name) ? expansion.environment[name] : undefined;
  return path === '' ? undefined : path;
}
