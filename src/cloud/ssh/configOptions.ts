import * as l10n from '@vscode/l10n';
import { argumentOf, argumentsOf, configProblem, type ConfigLine } from './configSyntax';
import { parseJumps, type JumpSpec } from './jumpSpec';

/** What ssh_config says of one host, as it is written: `~` and tokens are not expanded. */
export interface ConfigOptions {
  hostName?: string;
  user?: string;
  port?: number;
  /** in the order of the files; empty: the usual ones */
  identityFiles: string[];
  identitiesOnly?: boolean;
  identityAgent?: string;
  userKnownHostsFiles?: readonly string[];
  globalKnownHostsFiles?: readonly string[];
  strictHostKeyChecking?: StrictHostKeyChecking;
  hostKeyAlias?: string;
  /** seconds; 0 is none */
  connectTimeout?: number;
  serverAliveInterval?: number;
  serverAliveCountMax?: number;
  /** empty: `none` */
  proxyJump?: readonly JumpSpec[];
  proxyCommand?: string;
}

export type StrictHostKeyChecking = 'yes' | 'no' | 'ask' | 'accept-new';

/** Reads a line into the options. Its value is checked even where its block does not speak of the host, as ssh does. */
type Reader = (line: ConfigLine, options: ConfigOptions, active: boolean) => void;

/** Gives undefined for what is no value. */
type Parser<T> = (text: string) => T | undefined;

/** Reads a line with a keyword that concerns us; the others are passed over. */
export function readOption(line: ConfigLine, options: ConfigOptions, active: boolean): void {
  readers.get(line.keyword)?.(line, options, active);
}

/** The first value wins. */
function single<K extends keyof ConfigOptions>(key: K, parse: Parser<ConfigOptions[K]>): Reader {
  return (line, options, active) => {
    const text = argumentOf(line);
    const value = parse(text);
    if (value === undefined) throw badValue(line, text);
    if (active) options[key] ??= value;
  };
}

function list(key: 'userKnownHostsFiles' | 'globalKnownHostsFiles'): Reader {
  return (line, options, active) => {
    const files = argumentsOf(line);
    if (files.includes('')) throw badValue(line, '');
    const none = files.some((file) => file.toLowerCase() === 'none');
    if (none && files.length > 1) throw configProblem(line, l10n.t('"none" must stand alone'));
    if (active) options[key] ??= files;
  };
}

/** What would change the way to a host, or whom we trust, and is not done here. `harmless` values do nothing. */
function unsupported(harmless: RegExp): Reader {
  return (line, _options, active) => {
    if (active && !harmless.test(line.rest)) {
      throw configProblem(line, l10n.t('{0} is not supported', line.keyword));
    }
  };
}

const anything: Parser<string> = (text) => text;

const flag: Parser<boolean> = (text) => {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'true') return true;
  return word === 'no' || word === 'false' ? false : undefined;
};

const strictness: Parser<StrictHostKeyChecking> = (text) => {
  const word = text.toLowerCase();
  if (word === 'ask' || word === 'accept-new') return word;
  if (word === 'off') return 'no';
  const yes = flag(word);
  return yes === undefined ? undefined : yes ? 'yes' : 'no';
};

const port: Parser<number> = (text) => {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= 65535 ? value : undefined;
};

/** `90`, `1m30s`, `2h`: TIME FORMATS in sshd_config(5). */
const seconds: Parser<number> = (text) => {
  if (text.toLowerCase() === 'none') return 0;
  if (!/^(?:\d+[smhdw]?)+$/i.test(text)) return undefined;
  const total = [...text.matchAll(/(\d+)([smhdw]?)/gi)]
    .map(([, digits, unit = '']) => Number(digits) * (secondsOf[unit.toLowerCase()] ?? 1))
    .reduce((sum, part) => sum + part, 0);
  return total <= 0x7fffffff ? total : undefined;
};
const secondsOf: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

const count: Parser<number> = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

const identityFile: Reader = (line, options, active) => {
  const file = argumentOf(line);
  if (active && !options.identityFiles.includes(file)) options.identityFiles.push(file);
};

/** Whichever of ProxyJump and ProxyCommand comes first wins; but `ProxyJump none` leaves room for a command. */
const proxyJump: Reader = (line, options, active) => {
  argumentsOf(line);
  const text = /^[ \t=]*([^ \t#]*)/.exec(line.rest)?.[1] ?? '';
  const jumps = parseJumps(text);
  if (jumps === undefined) throw badValue(line, text);
  if (active && options.proxyCommand === undefined) options.proxyJump ??= jumps;
};

/** The command is the rest of the line as it stands, with quotes and `#`. */
const proxyCommand: Reader = (line, options, active) => {
  argumentsOf(line);
  const command = line.rest.replace(/^[ \t=]+/, '');
  if (command === '') throw badValue(line, '');
  if (active && (options.proxyJump ?? []).length === 0) options.proxyCommand ??= command;
};

const readers: ReadonlyMap<string, Reader> = new Map([
  ['hostname', single('hostName', anything)],
  ['user', single('user', anything)],
  ['port', single('port', port)],
  ['identityfile', identityFile],
  ['identitiesonly', single('identitiesOnly', flag)],
  ['identityagent', single('identityAgent', anything)],
  ['userknownhostsfile', list('userKnownHostsFiles')],
  ['globalknownhostsfile', list('globalKnownHostsFiles')],
  ['stricthostkeychecking', single('strictHostKeyChecking', strictness)],
  ['hostkeyalias', single('hostKeyAlias', anything)],
  ['connecttimeout', single('connectTimeout', seconds)],
  ['serveraliveinterval', single('serverAliveInterval', seconds)],
  ['serveralivecountmax', single('serverAliveCountMax', count)],
  ['proxyjump', proxyJump],
  ['proxycommand', proxyCommand],
  ['proxyusefdpass', unsupported(/^"?no\b/i)],
  ['canonicalizehostname', unsupported(/^"?(no|false)\b/i)],
  ['revokedhostkeys', unsupported(/^"?none\b/i)],
  ['knownhostscommand', unsupported(/^"?none\b/i)],
]);

function badValue(line: ConfigLine, text: string): Error {
  return configProblem(line, l10n.t('"{0}" is no value for {1}', text, line.keyword));
}
