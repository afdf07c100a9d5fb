import * as l10n from '@vscode/l10n';
import { BlockList, isIP } from 'node:net';
import type { KindId } from '../model/kindId';
import type { Suspect, Verdict } from '../model/suspect';

/** Which suspects the operator wants to see. Terms are joined by "and". */
export interface Filter {
  readonly text: string;
  /** what of the text was not understood, one line each, translated */
  readonly problems: readonly string[];
  matches(suspect: Suspect, now: Date): boolean;
}

type Test = (suspect: Suspect, now: Date) => boolean;
type Reader = (value: string, title: (kind: KindId) => string) => Test | undefined;

const minutesOf: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 };

const verdicts: readonly Verdict[] = ['confirmed', 'suspected', 'unknown'];

const fields: Readonly<Record<string, Reader>> = {
  host: (value) => (suspect) => like(suspect.host ?? '', value),
  kind: (value, title) => (suspect) => has(suspect.kind, value) || has(title(suspect.kind), value),
  verdict: readVerdict,
  project: (value) => (suspect) => has(suspect.projectId ?? '', value),
  name: (value) => (suspect) => (value.includes('*') ? like(suspect.name, value) : has(suspect.name, value)),
  age: readAge,
  ip: readAddress,
};

const examples: Readonly<Record<string, string>> = {
  verdict: 'verdict:confirmed',
  age: 'age:>7d',
  ip: 'ip:172.20.69.0/24',
};

/**
 * Reads `host:compute-01 kind:leftover age:>7d 172.20.69.0/24 text`. A host may hold `*`; an age has m, h, d or w and
 * `<` or `>`; an address is a fixed IP, a subnet, or the beginning of an IP up to a dot; quotes keep blanks and colons.
 */
export function readFilter(text: string, title: (kind: KindId) => string): Filter {
  const tests: Test[] = [];
  const problems: string[] = [];
  for (const word of text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []) {
    const test = readWord(word, title);
    if (typeof test === 'string') {
      problems.push(test);
    } else {
      tests.push(test);
    }
  }
  return {
    text: text.trim(),
    problems,
    matches: (suspect, now) => tests.every((test) => test(suspect, now)),
  };
}

function readWord(word: string, title: (kind: KindId) => string): Test | string {
  const bare = word.replaceAll('"', '');
  const address = readAddress(bare);
  if (address) {
    return address;
  }
  if (isIP(bare.split('/')[0] ?? '') !== 0) {
    return l10n.t('"{0}" is no subnet.', bare);
  }
  const [, name, value = ''] = /^([a-z]+):(.*)$/i.exec(word) ?? [];
  if (name === undefined) {
    return anywhere(bare, title);
  }
  const read = fields[name.toLowerCase()];
  if (!read) {
    return l10n.t(
      '"{0}" is no field; there are {1}. For example: host:compute-01 age:>7d',
      name,
      Object.keys(fields).join(', '),
    );
  }
  return (
    read(value.replaceAll('"', ''), title) ??
    l10n.t('"{0}" is not understood. For example: {1}', word, examples[name.toLowerCase()] ?? '')
  );
}

function anywhere(text: string, title: (kind: KindId) => string): Test {
  return ({ uuid, name, host, kind, projectId }) =>
    [uuid, name, host, projectId, title(kind)].some((value) => value !== undefined && has(value, text));
}

/** The words that the API uses; their beginning is enough. */
function readVerdict(value: string): Test | undefined {
  const wanted = verdicts.filter((verdict) => value !== '' && verdict.startsWith(value.toLowerCase()));
  return wanted.length === 0 ? undefined : ({ verdict }) => wanted.includes(verdict);
}

function readAge(value: string): Test | undefined {
  const [, sign = '>', count, unit = ''] = /^([<>])?(\d+)([mhdw])$/.exec(value) ?? [];
  const minutes = Number(count) * (minutesOf[unit] ?? Number.NaN);
  if (Number.isNaN(minutes)) {
    return undefined;
  }
  return ({ since }, now) => {
    const age = since === undefined ? Number.NaN : (now.getTime() - Date.parse(since)) / 60_000;
    return sign === '>' ? age > minutes : age < minutes;
  };
}

function readAddress(value: string): Test | undefined {
  if (/^(\d{1,3}\.){1,3}$/.test(value)) {
    return ({ addresses }) => addresses.some((address) => address.startsWith(value));
  }
  const [address = '', prefix] = value.split('/');
  const version = isIP(address);
  const bits = prefix === undefined || /^\d{1,3}$/.test(prefix) ? Number(prefix ?? 0) : Number.NaN;
  if (version === 0 || !(bits <= (version === 4 ? 32 : 128))) {
    return undefined;
  }
  const wanted = new BlockList();
  if (prefix === undefined) {
    wanted.addAddress(address, family(address));
  } else {
    wanted.addSubnet(address, bits, family(address));
  }
  return ({ addresses }) => addresses.some((each) => isIP(each) !== 0 && wanted.check(each, family(each)));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

function has(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

/** The whole text, where `*` stands for anything. */
function like(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(text);
}
